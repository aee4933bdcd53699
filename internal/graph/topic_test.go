package graph

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/resource"
)

const topicARN = "arn:aws:sns:us-east-1:111122223333:alerts"

func TestTopicOfPolicy(t *testing.T) {
	checkJoins(t, []joinCase{
		{"a reference", `
aws_sns_topic "t" {}
aws_sns_topic_policy "p" { arn = aws_sns_topic.t.arn }`, `
aws_sns_topic_policy.p of known aws_sns_topic.t`},
		{"a reference to the id, which is the ARN", `
aws_sns_topic "t" {}
aws_sns_topic_policy "p" { arn = aws_sns_topic.t.id }`, `
aws_sns_topic_policy.p of known aws_sns_topic.t`},
		{"a reference to the name, which is not", `
aws_sns_topic "t" {}
aws_sns_topic_policy "p" { arn = aws_sns_topic.t.name }`, `
aws_sns_topic_policy.p of unknown`},
		{"one of two references", `
aws_sns_topic "t" {}
aws_sns_topic "u" {}
aws_sns_topic_policy "p" { arn = one(aws_sns_topic.u.arn, aws_sns_topic.t.arn) }`, `
aws_sns_topic_policy.p of inferred one of aws_sns_topic.t aws_sns_topic.u`},
		{"twice the same reference", `
aws_sns_topic "t" {}
aws_sns_topic_policy "p" { arn = one(aws_sns_topic.t.arn, aws_sns_topic.t.id) }`, `
aws_sns_topic_policy.p of inferred aws_sns_topic.t`},
		{"one of which one is a topic", `
aws_sns_topic "t" {}
aws_sns_topic_policy "p" { arn = one(aws_lambda_function.f.arn, aws_sns_topic.t.arn) }`, `
aws_sns_topic_policy.p of inferred aws_sns_topic.t`},
		{"made of a reference", `
aws_sns_topic "t" {}
aws_sns_topic_policy "p" { arn = made(aws_sns_topic.t.arn) }`, `
aws_sns_topic_policy.p of unknown`},
		{"a text around a reference", `
aws_sns_topic "t" {}
aws_sns_topic_policy "p" { arn = "${aws_sns_topic.t.arn}-old" }`, `
aws_sns_topic_policy.p of unknown`},
	})
}

func TestTopicByARN(t *testing.T) {
	for _, c := range []struct{ name, topic, arn, want string }{
		{"equal to the topic's own", `arn = "` + topicARN + `"`, topicARN, "known aws_sns_topic.t"},
		{"other than the topic's own", `arn = "` + topicARN + `2"`, topicARN, "external " + topicARN},
		{"the topic's own decides, not its name", "name = \"alerts\"\narn = \"" + topicARN + `2"`, topicARN, "external " + topicARN},
		{"the topic's name and place", `name = "alerts"`, topicARN, "known aws_sns_topic.t"},
		{"another name", `name = "alerts2"`, topicARN, "external " + topicARN},
		{"another region", "name = \"alerts\"\nat = \"eu-west-1 111122223333\"", topicARN, "external " + topicARN},
		{"another account", "name = \"alerts\"\nat = \"us-east-1 999988887777\"", topicARN, "external " + topicARN},
		{"the topic's region is not known", "name = \"alerts\"\nat = \" 111122223333\"", topicARN, "inferred aws_sns_topic.t"},
		{"the topic's account is not known", "name = \"alerts\"\nat = \"us-east-1 \"", topicARN, "inferred aws_sns_topic.t"},
		{"a variable in both", `name = "${var.stage}-alerts"`, "arn:aws:sns:us-east-1:111122223333:${var.stage}-alerts", "known aws_sns_topic.t"},
		{"a variable for the account", `name = "alerts"`, "arn:aws:sns:us-east-1:${var.account}:alerts", "unknown"},
		{"a variable for a name that no topic has", `name = "alerts"`, "arn:aws:sns:us-east-1:111122223333:${var.stage}-alerts", "external arn:aws:sns:us-east-1:111122223333:" + resource.Symbol("var.stage") + "-alerts"},
		{"a topic without a name", `name = unset()`, topicARN, "external " + topicARN},
		{"a queue of the same name", `name = "alerts"`, "arn:aws:sqs:us-east-1:111122223333:alerts", "external foreign sqs"},
		{"no ARN", `name = "alerts"`, "alerts", "external foreign a text that is not an ARN"},
		{"a variable in what is no ARN", `name = "prod-alerts"`, "${var.stage}-alerts", "external"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := built(t, fmt.Sprintf("aws_sns_topic \"t\" {\n%s\n}\naws_cloudwatch_metric_alarm \"a\" { alarm_actions = [%q] }", c.topic, c.arn))
			if diff := cmp.Diff([]string{"aws_cloudwatch_metric_alarm.a action " + c.want}, joins(g)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTopicsOutsideTheInput(t *testing.T) {
	checkJoins(t, []joinCase{
		{"two alarms meet in one", `
aws_cloudwatch_metric_alarm "a" { alarm_actions = ["` + topicARN + `"] }
aws_cloudwatch_composite_alarm "c" { alarm_actions = ["` + topicARN + `"] }`, `
aws_cloudwatch_metric_alarm.a action external ` + topicARN + `
aws_cloudwatch_composite_alarm.c action external ` + topicARN},
		{"an alarm finds what a subscription has named", `
aws_cloudwatch_metric_alarm "a" { alarm_actions = ["` + topicARN + `"] }
aws_sns_topic_subscription "s" { topic_arn = "` + topicARN + `" }`, `
aws_cloudwatch_metric_alarm.a action external ` + topicARN + `
aws_sns_topic_subscription.s topic external ` + topicARN},
		{"a data source is outside", `
data "aws_sns_topic" "t" { arn = "` + topicARN + `" }
aws_cloudwatch_metric_alarm "a" { alarm_actions = ["` + topicARN + `"] }`, `
aws_cloudwatch_metric_alarm.a action external data.aws_sns_topic.t`},
		{"a data source of that name", `
data "aws_sns_topic" "t" { name = "alerts" }
aws_cloudwatch_metric_alarm "a" { alarm_actions = ["` + topicARN + `"] }`, `
aws_cloudwatch_metric_alarm.a action external data.aws_sns_topic.t`},
		{"a data source that reads what is managed", `
aws_sns_topic "z" { name = "alerts" }
data "aws_sns_topic" "t" { name = "alerts" }
aws_cloudwatch_metric_alarm "a" { alarm_actions = [data.aws_sns_topic.t.arn] }`, `
aws_cloudwatch_metric_alarm.a action known aws_sns_topic.z`},
		{"a data source in another account than what is managed", `
aws_sns_topic "z" {
  name = "alerts"
  at   = "us-east-1 999988887777"
}
data "aws_sns_topic" "t" { name = "alerts" }
aws_cloudwatch_metric_alarm "a" { alarm_actions = [data.aws_sns_topic.t.arn] }`, `
aws_cloudwatch_metric_alarm.a action known data.aws_sns_topic.t`},
		{"a data source of a variable is not known to read what is managed", `
aws_sns_topic "z" { name = "alerts" }
data "aws_sns_topic" "t" { name = var.name }
aws_cloudwatch_metric_alarm "a" { alarm_actions = [data.aws_sns_topic.t.arn] }`, `
aws_cloudwatch_metric_alarm.a action known data.aws_sns_topic.t`},
		{"a data source of another type reads no topic", `
aws_sns_topic "z" { name = "alerts" }
data "aws_cloudwatch_log_group" "t" { name = "alerts" }
aws_cloudwatch_metric_alarm "a" { alarm_actions = [data.aws_cloudwatch_log_group.t.arn] }`, `
aws_cloudwatch_metric_alarm.a action unknown foreign aws_cloudwatch_log_group`},
		{"what is managed comes before what reads it", `
aws_sns_topic "z" { name = "alerts" }
data "aws_sns_topic" "t" { name = "alerts" }
aws_cloudwatch_metric_alarm "a" { alarm_actions = ["` + topicARN + `"] }`, `
aws_cloudwatch_metric_alarm.a action known aws_sns_topic.z`},
	})
}

// An ARN may say where a topic lives when its provider does not.
func TestPlaceOfTopic(t *testing.T) {
	account := resource.Symbol("account of aws.eu")
	for _, c := range []struct {
		name, arguments string
		want            resource.Scope
	}{
		{"no ARN", `name = "alerts"`, resource.Scope{Provider: "aws", Region: "us-east-1", Account: "111122223333"}},
		{"an ARN", `arn = "arn:aws:sns:eu-west-1:999988887777:alerts"`, resource.Scope{Provider: "aws", Region: "eu-west-1", Account: "999988887777"}},
		{"no ARN, and a text", `arn = "alerts"`, resource.Scope{Provider: "aws", Region: "us-east-1", Account: "111122223333"}},
		{"an account that is left to a provider", `arn = "arn:aws:sns:eu-west-1:` + account + `:alerts"`,
			resource.Scope{Provider: "aws", Region: "eu-west-1", AccountOf: "account of aws.eu"}},
	} {
		g := built(t, "aws_sns_topic \"t\" {\n"+c.arguments+"\n}")
		if got := g.Topic("aws_sns_topic.t").Place; got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

// What topics, queues and keys are given by resources of their own.
func TestPoliciesOfTopics(t *testing.T) {
	g := built(t, `
aws_sns_topic "t" { name = "alerts" }
aws_sns_topic "u" {}
aws_sns_topic_policy "a" { arn = aws_sns_topic.t.arn }
aws_sns_topic_policy "b" { arn = "`+topicARN+`" }
aws_sns_topic_policy "c" { arn = one(aws_sns_topic.t.arn, aws_sns_topic.u.arn) }
aws_sns_topic_policy "d" { arn = hidden() }
aws_sns_topic_policy "e" { arn = "`+topicARN+`2" }
`)
	for id, want := range map[string]string{
		"aws_sns_topic.t": "aws_sns_topic_policy.a aws_sns_topic_policy.b aws_sns_topic_policy.c",
		"aws_sns_topic.u": "aws_sns_topic_policy.c",
		topicARN + "2":    "aws_sns_topic_policy.e",
	} {
		if got := ids(g.Topic(id).Policies); got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
}

func TestSubscriptionsOfTopics(t *testing.T) {
	g := built(t, `
aws_sns_topic "t" {}
aws_sns_topic "u" {}
aws_sns_topic_subscription "a" { topic_arn = aws_sns_topic.t.arn }
aws_sns_topic_subscription "b" { topic_arn = one(aws_sns_topic.t.arn, aws_sns_topic.u.arn) }
aws_sns_topic_subscription "c" { topic_arn = one(aws_sns_topic.u.arn) }
aws_sns_topic_subscription "d" { topic_arn = aws_sns_topic.gone.arn }
aws_sns_topic_subscription "e" { topic_arn = hidden() }
aws_chatbot_slack_channel_configuration "f" { sns_topic_arns = [aws_sns_topic.t.arn, aws_sns_topic.u.arn] }
aws_chatbot_teams_channel_configuration "g" { sns_topic_arns = one(aws_sns_topic.t.arn) }
`)
	for id, want := range map[string]string{
		"aws_sns_topic.t": "f g a perhaps b",
		"aws_sns_topic.u": "f c perhaps b",
	} {
		topic := g.Topic(id)
		got := strings.Join(slices.Concat(bare(topic.Subscriptions), []string{"perhaps"}, bare(topic.Perhaps)), " ")
		if got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
	if to := g.Subscription("aws_sns_topic_subscription.e").Topic; to.State != Unknown || len(to.To) > 0 {
		t.Errorf("a topic that cannot be seen: %+v", to)
	}
}

// bare returns the names of subscriptions without their types.
func bare(all []*Subscription) (names []string) {
	for _, s := range all {
		names = append(names, s.Resource.Name)
	}
	return names
}

func TestSubscription(t *testing.T) {
	g := built(t, `
aws_sns_topic_subscription "s" {
  protocol             = "email"
  endpoint             = "oncall@example.com"
  filter_policy        = "{}"
  pending_confirmation = unset()
}
aws_chatbot_slack_channel_configuration "c" { sns_topic_arns = unset() }
`)
	s, c := g.Subscription("aws_sns_topic_subscription.s"), g.Subscription("aws_chatbot_slack_channel_configuration.c")
	for _, v := range []struct {
		what string
		got  resource.Value
		want string
	}{
		{"protocol", s.Protocol, "email"},
		{"endpoint", s.Endpoint, "oncall@example.com"},
		{"filter", s.Filter, "{}"},
		{"scope of the filter", s.FilterScope, "MessageAttributes"},
		{"confirms itself", s.AutoConfirms, "false"},
		{"pending", s.Pending, "null"},
		{"role", s.RoleArgument, "null"},
		{"protocol of a chat channel", c.Protocol, "chatbot"},
		{"endpoint of a chat channel", c.Endpoint, "aws_chatbot_slack_channel_configuration.c"},
		{"a chat channel confirms itself", c.AutoConfirms, "true"},
	} {
		if got := shown(v.got); got != v.want {
			t.Errorf("%s: %q, want %q", v.what, got, v.want)
		}
	}
	if c.Topic.State != None && c.Topic.State != "" {
		t.Errorf("a chat channel without topics: %+v", c.Topic)
	}
}

func TestTopicArguments(t *testing.T) {
	topic := built(t, `aws_sns_topic "t" { policy = unset() }`).Topic("aws_sns_topic.t")
	for _, c := range []struct {
		what string
		got  resource.Value
		want string
	}{
		{"policy", topic.Policy, "null"},
		{"FIFO", topic.FIFO, "false"},
		{"encryption", topic.KMS, "null"},
		{"ARN", topic.ARN, "null"},
	} {
		if got := shown(c.got); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
}
