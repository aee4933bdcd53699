package graph

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/resource/resourcetest"
)

// A joinCase is a world and its joins, one a line.
type joinCase struct{ name, world, want string }

func checkJoins(t *testing.T, cases []joinCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(lines(c.want), joins(built(t, c.world))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// built returns the graph of a world in the notation.
func built(t *testing.T, world string) *Graph {
	t.Helper()
	return Build(resourcetest.World(t, world))
}

// builtOfPlan returns the graph of a world as a plan tells it: of an unknown value it
// has the attributes that it is made of, and not how.
func builtOfPlan(t *testing.T, world string) *Graph {
	t.Helper()
	resources := resourcetest.World(t, world)
	for _, r := range resources {
		r.Attributes = asPlanned(r.Attributes)
	}
	return Build(resources)
}

func asPlanned(v resource.Value) resource.Value {
	switch o, _ := v.Origin(); {
	case v.Kind() == resource.List:
		var list []resource.Value
		for _, e := range v.List() {
			list = append(list, asPlanned(e))
		}
		return resource.ListValue(list...)
	case v.Kind() == resource.Map:
		fields := map[string]resource.Value{}
		for _, k := range v.Keys() {
			fields[k] = asPlanned(v.Get(k))
		}
		return resource.MapValue(fields)
	case v.IsUnknown():
		o.Symbolic, o.Exact, o.Deciders = "", false, nil
		return resource.UnknownValue(o)
	}
	return v
}

// lines returns the lines of a text that say something.
func lines(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// A join is the reference of one argument of a node.
type join struct {
	from, what string
	to         Target
}

func (j join) String() string {
	words := append([]string{j.from, j.what, string(j.to.State)}, named(j.to)...)
	return strings.Join(words, " ")
}

func named(t Target) []string {
	words := slices.Clone(t.To)
	if t.OneOf {
		words = slices.Insert(words, 0, "one of")
	}
	if t.Foreign != "" {
		words = append(words, "foreign", t.Foreign)
	}
	return words
}

// joins returns the joins of a graph as lines. What refers to nothing has none.
func joins(g *Graph) []string {
	var all []string
	for _, j := range slices.Concat(logJoins(g), actionJoins(g), topicJoins(g), receiverJoins(g), keyJoins(g), roleJoins(g)) {
		if j.to.State != None && j.to.State != "" {
			all = append(all, j.String())
		}
	}
	return all
}

func logJoins(g *Graph) (all []join) {
	for _, t := range g.Trails {
		all = append(all, join{t.ID, "group", t.Group}, join{t.ID, "role", t.Role})
	}
	for _, f := range g.Filters {
		all = append(all, join{f.ID, "group", f.Group})
	}
	for _, l := range g.LogGroups {
		all = append(all, join{l.ID, "key", l.Key})
	}
	return all
}

func actionJoins(g *Graph) (all []join) {
	for _, a := range g.Alarms {
		for _, to := range a.Actions {
			all = append(all, join{a.ID, "action", to})
		}
	}
	for _, c := range g.Composites {
		for _, to := range c.Actions {
			all = append(all, join{c.ID, "action", to})
		}
	}
	return all
}

func topicJoins(g *Graph) (all []join) {
	for _, t := range g.Topics {
		all = append(all, join{t.ID, "key", t.Key})
	}
	for _, p := range g.TopicPolicies {
		all = append(all, join{p.ID, "of", p.Of})
	}
	for _, s := range g.Subscriptions {
		all = append(all, join{s.ID, "topic", s.Topic}, join{s.ID, "receiver", s.Receiver}, join{s.ID, "role", s.Role})
	}
	return all
}

func receiverJoins(g *Graph) (all []join) {
	for _, q := range g.Queues {
		all = append(all, join{q.ID, "key", q.Key})
	}
	for _, p := range g.QueuePolicies {
		all = append(all, join{p.ID, "of", p.Of})
	}
	for _, f := range g.Functions {
		all = append(all, join{f.ID, "of", f.Of})
	}
	for _, p := range g.Permissions {
		all = append(all, join{p.ID, "function", p.Function})
	}
	return all
}

func keyJoins(g *Graph) (all []join) {
	for _, a := range g.aliases {
		all = append(all, join{a.ID, "key", a.key})
	}
	for _, p := range g.KeyPolicies {
		all = append(all, join{p.ID, "of", p.Of})
	}
	return all
}

func roleJoins(g *Graph) (all []join) {
	for _, p := range g.RolePolicies {
		all = append(all, join{p.ID, "gives to", p.Role})
		all = append(all, join{p.ID, "gives", p.Managed})
	}
	for _, e := range g.exclusives {
		all = append(all, join{e.ID, "restricts", e.role})
	}
	return all
}

// ids returns the IDs of nodes, in their order.
func ids[T identified](nodes []T) string {
	var all []string
	for _, n := range nodes {
		all = append(all, n.NodeID())
	}
	return strings.Join(all, " ")
}

// everyKind has one of each type that makes a node.
const everyKind = `
aws_cloudtrail "x" {}
aws_cloudwatch_log_group "x" {}
aws_cloudwatch_log_metric_filter "x" {}
aws_cloudwatch_metric_alarm "x" {}
aws_cloudwatch_composite_alarm "x" {}
aws_cloudwatch_alarm_mute_rule "x" {}
aws_cloudwatch_log_alarm "x" {}
aws_sns_topic "x" {}
aws_sns_topic_policy "x" {}
aws_sns_topic_subscription "x" {}
aws_chatbot_slack_channel_configuration "x" {}
aws_chatbot_teams_channel_configuration "x" {}
aws_sqs_queue "x" {}
aws_sqs_queue_policy "x" {}
aws_lambda_function "x" {}
aws_lambda_alias "x" {}
aws_lambda_permission "x" {}
aws_kinesis_firehose_delivery_stream "x" {}
aws_kms_key "x" {}
aws_kms_replica_key "x" {}
aws_kms_external_key "x" {}
aws_kms_key_policy "x" {}
aws_kms_alias "x" {}
aws_iam_role "x" {}
aws_iam_role_policy "x" {}
aws_s3_bucket "x" {}
`

func TestBuildSortsByKind(t *testing.T) {
	g := built(t, everyKind)
	for _, c := range []struct{ kind, got, want string }{
		{"trails", ids(g.Trails), "aws_cloudtrail.x"},
		{"log groups", ids(g.LogGroups), "aws_cloudwatch_log_group.x"},
		{"filters", ids(g.Filters), "aws_cloudwatch_log_metric_filter.x"},
		{"alarms", ids(g.Alarms), "aws_cloudwatch_log_alarm.x aws_cloudwatch_metric_alarm.x"},
		{"composites", ids(g.Composites), "aws_cloudwatch_composite_alarm.x"},
		{"mute rules", ids(g.MuteRules), "aws_cloudwatch_alarm_mute_rule.x"},
		{"topics", ids(g.Topics), "aws_sns_topic.x"},
		{"topic policies", ids(g.TopicPolicies), "aws_sns_topic_policy.x"},
		{"subscriptions", ids(g.Subscriptions), "aws_chatbot_slack_channel_configuration.x aws_chatbot_teams_channel_configuration.x aws_sns_topic_subscription.x"},
		{"queues", ids(g.Queues), "aws_sqs_queue.x"},
		{"queue policies", ids(g.QueuePolicies), "aws_sqs_queue_policy.x"},
		{"functions", ids(g.Functions), "aws_lambda_alias.x aws_lambda_function.x"},
		{"permissions", ids(g.Permissions), "aws_lambda_permission.x"},
		{"streams", ids(g.Streams), "aws_kinesis_firehose_delivery_stream.x"},
		{"keys", ids(g.Keys), "aws_kms_external_key.x aws_kms_key.x aws_kms_replica_key.x"},
		{"key policies", ids(g.KeyPolicies), "aws_kms_key_policy.x"},
		{"roles", ids(g.Roles), "aws_iam_role.x"},
		{"role policies", ids(g.RolePolicies), "aws_iam_role_policy.x"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.kind, c.got, c.want)
		}
	}
	if len(g.Other) != 1 || g.Other[0].Type != "aws_cloudwatch_log_alarm" {
		t.Errorf("other: %v", g.Other)
	}
	if joined := joins(g); joined != nil {
		t.Errorf("nothing refers to anything, and yet: %q", joined)
	}
}

// What is managed comes first, wherever a reader has it.
func TestBuildPutsManagedFirst(t *testing.T) {
	world := resourcetest.World(t, `
aws_sns_topic "t" {}
data "aws_sns_topic" "t" {}
aws_cloudwatch_log_group "g" {}
data "aws_cloudwatch_log_group" "g" {}
`)
	slices.Reverse(world)
	g := Build(world)
	if got := ids(g.Topics); got != "aws_sns_topic.t data.aws_sns_topic.t" {
		t.Errorf("topics: %q", got)
	}
	if got := ids(g.LogGroups); got != "aws_cloudwatch_log_group.g data.aws_cloudwatch_log_group.g" {
		t.Errorf("log groups: %q", got)
	}
}

func TestNode(t *testing.T) {
	g := built(t, `
aws_sns_topic "maybe" { uncertain = "count is not known" }
data "aws_sns_topic" "read" { at = "eu-west-1 999988887777" }
aws_cloudwatch_metric_alarm "a" { alarm_actions = ["arn:aws:sns:us-east-1:111122223333:away"] }
`)
	maybe, read, away := g.Topic("aws_sns_topic.maybe"), g.Topic("data.aws_sns_topic.read"), g.Topic("arn:aws:sns:us-east-1:111122223333:away")
	if maybe.External || maybe.Uncertain() != "count is not known" || maybe.Scope().Region != resourcetest.Region {
		t.Errorf("a resource: %+v", maybe.Node)
	}
	if !read.External || read.Uncertain() != "" || read.Scope().Region != "eu-west-1" {
		t.Errorf("a data source: %+v", read.Node)
	}
	if !away.External || away.Uncertain() != "" || away.Scope() != (resource.Scope{}) {
		t.Errorf("a name: %+v", away.Node)
	}
}
