// Package chaintest builds judged documents from resources written as text, for table
// tests. Only tests import it.
package chaintest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/chain"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/coverage"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/facts"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/resource/resourcetest"
	"github.com/iacgate/iacgate/internal/verdict"
)

// Complete is a world in which an alarm on denied calls exists, fires and reaches
// somebody. Cases edit it.
const Complete = `
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
	TheTrail        = "aws_cloudtrail.main"
	TheRole         = "aws_iam_role.trail"
	TheRolePolicy   = "aws_iam_role_policy.trail"
	TheGroup        = "aws_cloudwatch_log_group.trail"
	TheFilter       = "aws_cloudwatch_log_metric_filter.denied"
	TheAlarm        = "aws_cloudwatch_metric_alarm.denied"
	TheTopic        = "aws_sns_topic.security"
	TheSubscription = "aws_sns_topic_subscription.oncall"
)

const Denials = "unauthorized-api-calls"

// TextOf returns what the complete world says of a resource.
func TextOf(address string) string {
	typ, name, _ := strings.Cut(address, ".")
	start := strings.Index(Complete, typ+` "`+name+`" {`)
	return Complete[start : start+strings.Index(Complete[start:], "\n}\n")+3]
}

// Edits are pairs: what of a world is replaced, and by what. "" is its end.
type Edits []string

func (e Edits) Of(t *testing.T, world string) string {
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

// Without takes a resource out of the complete world.
func Without(addresses ...string) (e Edits) {
	for _, address := range addresses {
		e = append(e, TextOf(address), "")
	}
	return e
}

// An Input input is a document and the question that is put to it.
type Input struct {
	Doc      *resource.Document
	Controls []verdict.Control
	Others   func() ([]verdict.Control, error)
	Config   config.Config
	Before   map[string]chain.Past
}

// An Option says something around the world.
type Option func(*testing.T, *Input)

// Build returns what is said of a world, which is code unless an option says otherwise.
func Build(t *testing.T, world string, options ...Option) *document.Document {
	t.Helper()
	d, err := BuildWithError(t, world, options...)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func BuildWithError(t *testing.T, world string, options ...Option) (*document.Document, error) {
	t.Helper()
	a := Input{
		Doc:      &resource.Document{Path: "world", Format: resource.HCL, Resources: resourcetest.World(t, world)},
		Controls: Controls(t, Denials), Config: config.Default(),
		Others: func() ([]verdict.Control, error) { return Controls(t, "*"), nil },
	}
	for _, o := range options {
		o(t, &a)
	}
	asked, err := coverage.NewControls(a.Controls, a.Others, a.Config)
	if err != nil {
		return nil, err
	}
	base, err := facts.Build(a.Doc, graph.Build(a.Doc.Resources), asked)
	if err != nil {
		return nil, err
	}
	chain.Find(base, a.Before)
	return base.Document, nil
}

// Controls reads the product's own, whose ids may be a glob.
func Controls(t *testing.T, id string) (all []verdict.Control) {
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

// Asking asks for other controls.
func Asking(ids ...string) Option {
	return func(t *testing.T, a *Input) {
		a.Controls = nil
		for _, id := range ids {
			a.Controls = append(a.Controls, Controls(t, id)...)
		}
	}
}

// Planned makes a plan of the input: it says what a value refers to, and not what
// its text is.
func Planned(_ *testing.T, a *Input) {
	a.Doc.Format = resource.Plan
	for _, r := range a.Doc.Resources {
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

// Deletes adds what the plan deletes.
func Deletes(world string) Option {
	return func(t *testing.T, a *Input) {
		for _, r := range resourcetest.World(t, world) {
			r.Change.Action, r.Change.Reason = resource.Delete, "delete_because_no_resource_config"
			a.Doc.Before = append(a.Doc.Before, r)
		}
	}
}

// WithGaps leaves a part of the input unread.
func WithGaps(gaps ...resource.Gap) Option {
	return func(_ *testing.T, a *Input) { a.Doc.Gaps = gaps }
}

// Configured changes the configuration.
func Configured(change func(*config.Config)) Option {
	return func(_ *testing.T, a *Input) { change(&a.Config) }
}

// At changes one resource in a way that the notation has no words for.
func At(address string, change func(*resource.Resource)) Option {
	return func(t *testing.T, a *Input) {
		i := slices.IndexFunc(a.Doc.Resources, func(r *resource.Resource) bool { return r.Address == address })
		if i < 0 {
			t.Fatalf("the world has no %s", address)
		}
		change(a.Doc.Resources[i])
	}
}

// Line puts a check in one line: "broken topic-policy-denies at address policy",
// with an exclamation mark where a statement denies.
func Line(c document.Check) string {
	line := string(c.State)
	if c.State == document.OK {
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

// Compare holds a check to its line, and its reason to a part of it.
func Compare(t *testing.T, got document.Check, want, why string) {
	t.Helper()
	if Line(got) != want {
		t.Errorf("%s (%s), want %s", Line(got), got.Reason, want)
	}
	if !strings.Contains(got.Reason, why) {
		t.Errorf("the reason is %q, want %q", got.Reason, why)
	}
}

// Setting gives an attribute a value that the notation has no words for.
func Setting(address, attribute string, v resource.Value) Option {
	return At(address, func(r *resource.Resource) {
		fields := map[string]resource.Value{attribute: v}
		for _, name := range r.Attributes.Keys() {
			if name != attribute {
				fields[name] = r.Attributes.Get(name)
			}
		}
		r.Attributes = resource.MapValue(fields)
	})
}

// Local returns a local that holds one of some attributes, "ADDRESS ATTRIBUTE", or what
// is made of them.
func Local(name string, refs ...string) resource.Value {
	o := resource.Origin{Cause: resource.Local, Via: []string{"local." + name}}
	for _, ref := range refs {
		address, attribute, _ := strings.Cut(ref, " ")
		o.Refs = append(o.Refs, resource.Ref{Address: address, Attribute: attribute})
	}
	return resource.UnknownValue(o)
}

// WithSettled says that the code beside the plan says an attribute.
func WithSettled(address, attribute string) Option {
	return At(address, func(r *resource.Resource) {
		r.Settled = map[string]resource.Position{attribute: {File: "main.tf", Line: 7}}
	})
}

// WithoutPlace leaves open where a resource lives.
func WithoutPlace(address string) Option {
	return At(address, func(r *resource.Resource) { r.Scope = resource.Scope{Provider: "aws.open"} })
}
