package analysis

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/resource/resourcetest"
	"github.com/iacgate/iacgate/internal/verdict"
)

// complete is a world in which an alarm on denied calls exists, fires and reaches
// somebody. Cases edit it.
const complete = `
aws_cloudtrail "main" {
  name                       = "main"
  is_multi_region_trail      = true
  cloud_watch_logs_group_arn = "arn:aws:logs:us-east-1:111122223333:log-group:trail:*"
  cloud_watch_logs_role_arn  = aws_iam_role.trail.arn
}
aws_iam_role "trail" {
  name               = "trail"
  assume_role_policy = <<JSON
{"Statement": [{"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
JSON
}
aws_iam_role_policy "trail" {
  name   = "write"
  role   = aws_iam_role.trail.name
  policy = <<JSON
{"Statement": [{"Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": "arn:aws:logs:us-east-1:111122223333:log-group:trail:*"}]}
JSON
}
aws_cloudwatch_log_group "trail" {
  name = "trail"
}
aws_cloudwatch_log_metric_filter "denied" {
  name           = "denied"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = "{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }"
  metric_transformation {
    name      = "Denied"
    namespace = "Security"
    value     = "1"
  }
}
aws_cloudwatch_metric_alarm "denied" {
  alarm_name          = "denied-calls"
  metric_name         = "Denied"
  namespace           = "Security"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.security.arn]
}
aws_sns_topic "security" {
  name = "security"
}
aws_sns_topic_subscription "oncall" {
  topic_arn = aws_sns_topic.security.arn
  protocol  = "email"
  endpoint  = "oncall@example.org"
}
`

// The addresses in it.
const (
	theTrail        = "aws_cloudtrail.main"
	theRole         = "aws_iam_role.trail"
	theRolePolicy   = "aws_iam_role_policy.trail"
	theGroup        = "aws_cloudwatch_log_group.trail"
	theFilter       = "aws_cloudwatch_log_metric_filter.denied"
	theAlarm        = "aws_cloudwatch_metric_alarm.denied"
	theTopic        = "aws_sns_topic.security"
	theSubscription = "aws_sns_topic_subscription.oncall"
)

const denials = "unauthorized-api-calls"

// textOf is what the complete world says of a resource.
func textOf(address string) string {
	typ, name, _ := strings.Cut(address, ".")
	start := strings.Index(complete, typ+` "`+name+`" {`)
	return complete[start : start+strings.Index(complete[start:], "\n}\n")+3]
}

// edits are pairs: what of a world is replaced, and by what. "" is its end.
type edits []string

func (e edits) of(t *testing.T, world string) string {
	t.Helper()
	for pair := range slices.Chunk(e, 2) {
		switch old, new := pair[0], pair[1]; {
		case old == "":
			world += new + "\n"
		case strings.Count(world, old) != 1:
			t.Fatalf("the world has %d of %q", strings.Count(world, old), old)
		default:
			world = strings.Replace(world, old, new, 1)
		}
	}
	return world
}

// without takes a resource out of the complete world.
func without(addresses ...string) (e edits) {
	for _, address := range addresses {
		e = append(e, textOf(address), "")
	}
	return e
}

// An asked input is a document and the question that is put to it.
type asked struct {
	doc      *resource.Document
	Controls []verdict.Control
	Others   func() ([]verdict.Control, error)
	Config   config.Config
	Before   map[string]Past
}

// An option says something around the world.
type option func(*testing.T, *asked)

// facts are what is said of a world, which is code unless an option says otherwise.
func facts(t *testing.T, world string, options ...option) *Document {
	t.Helper()
	d, err := build(t, world, options...)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func build(t *testing.T, world string, options ...option) (*Document, error) {
	t.Helper()
	a := asked{
		doc:      &resource.Document{Path: "world", Format: resource.HCL, Resources: resourcetest.World(t, world)},
		Controls: controls(t, denials), Config: config.Default(),
		Others: func() ([]verdict.Control, error) { return controls(t, "*"), nil },
	}
	for _, o := range options {
		o(t, &a)
	}
	asked, err := NewControls(a.Controls, a.Others, a.Config)
	if err != nil {
		return nil, err
	}
	return Build(a.doc, graph.Build(a.doc.Resources), Question{asked, a.Before})
}

// controls reads the product's own, whose ids may be a glob.
func controls(t *testing.T, id string) (all []verdict.Control) {
	t.Helper()
	files, err := filepath.Glob("../../policies/controls/" + id + ".yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no control %s: %v", id, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c, err := config.ParseControl(file, strings.TrimSuffix(filepath.Base(file), ".yaml"), data)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	return all
}

// asking asks for other controls.
func asking(ids ...string) option {
	return func(t *testing.T, a *asked) {
		a.Controls = nil
		for _, id := range ids {
			a.Controls = append(a.Controls, controls(t, id)...)
		}
	}
}

// planned makes a plan of the input: it says what a value refers to, and not what
// its text is.
func planned(_ *testing.T, a *asked) {
	a.doc.Format = resource.Plan
	for _, r := range a.doc.Resources {
		r.Attributes = textless(r.Attributes)
	}
}

func textless(v resource.Value) resource.Value {
	plain := v
	o, _ := v.Origin()
	switch {
	case v.Kind() == resource.List:
		var elements []resource.Value
		for _, e := range v.List() {
			elements = append(elements, textless(e))
		}
		plain = resource.ListValue(elements...)
	case v.Kind() == resource.Map:
		fields := map[string]resource.Value{}
		for _, name := range v.Keys() {
			fields[name] = textless(v.Get(name))
		}
		plain = resource.MapValue(fields)
	case v.IsUnknown() && o.Cause == resource.Referenced:
		o.Symbolic, o.Exact = "", false
		plain = resource.UnknownValue(o)
	}
	if v.IsSensitive() {
		return plain.AsSensitive()
	}
	return plain
}

// deletes adds what the plan deletes.
func deletes(world string) option {
	return func(t *testing.T, a *asked) {
		for _, r := range resourcetest.World(t, world) {
			r.Change.Action, r.Change.Reason = resource.Delete, "delete_because_no_resource_config"
			a.doc.Before = append(a.doc.Before, r)
		}
	}
}

// gapped leaves a part of the input unread.
func gapped(gaps ...resource.Gap) option {
	return func(_ *testing.T, a *asked) { a.doc.Gaps = gaps }
}

// configured changes the configuration.
func configured(change func(*config.Config)) option {
	return func(_ *testing.T, a *asked) { change(&a.Config) }
}

// at changes one resource in a way that the notation has no words for.
func at(address string, change func(*resource.Resource)) option {
	return func(t *testing.T, a *asked) {
		i := slices.IndexFunc(a.doc.Resources, func(r *resource.Resource) bool { return r.Address == address })
		if i < 0 {
			t.Fatalf("the world has no %s", address)
		}
		change(a.doc.Resources[i])
	}
}

// found puts a check in one line: "broken topic-policy-denies at address policy",
// with an exclamation mark where a statement denies.
func found(c Check) string {
	line := string(c.State)
	if c.State == OK {
		return line
	}
	if c.Denies {
		line += "!"
	}
	if c.Code != "" {
		line += " " + c.Code
	}
	if c.Resource != "" {
		line += " at " + c.Resource
	}
	return strings.TrimSpace(line + " " + c.Attribute)
}

// compare holds a check to its line, and its reason to a part of it.
func compare(t *testing.T, got Check, want, why string) {
	t.Helper()
	if found(got) != want {
		t.Errorf("%s (%s), want %s", found(got), got.Reason, want)
	}
	if !strings.Contains(got.Reason, why) {
		t.Errorf("the reason is %q, want %q", got.Reason, why)
	}
}

// setting gives an attribute a value that the notation has no words for.
func setting(address, attribute string, v resource.Value) option {
	return at(address, func(r *resource.Resource) {
		fields := map[string]resource.Value{attribute: v}
		for _, name := range r.Attributes.Keys() {
			if name != attribute {
				fields[name] = r.Attributes.Get(name)
			}
		}
		r.Attributes = resource.MapValue(fields)
	})
}

// local is a local that holds one of some attributes, "ADDRESS ATTRIBUTE", or what
// is made of them.
func local(name string, refs ...string) resource.Value {
	o := resource.Origin{Cause: resource.Local, Via: []string{"local." + name}}
	for _, ref := range refs {
		address, attribute, _ := strings.Cut(ref, " ")
		o.Refs = append(o.Refs, resource.Ref{Address: address, Attribute: attribute})
	}
	return resource.UnknownValue(o)
}

// settles says that the code beside the plan says an attribute.
func settles(address, attribute string) option {
	return at(address, func(r *resource.Resource) {
		r.Settled = map[string]resource.Position{attribute: {File: "main.tf", Line: 7}}
	})
}

// placeless leaves open where a resource lives.
func placeless(address string) option {
	return at(address, func(r *resource.Resource) { r.Scope = resource.Scope{Provider: "aws.open"} })
}
