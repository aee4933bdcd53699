package graph

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/resource"
)

// What one argument refers to, by where its value comes from.
func TestTargetByOrigin(t *testing.T) {
	const part = "the plan does not show which part of the expression is used"
	for _, c := range []struct{ name, value, want, reason string }{
		{"a reference", `aws_sns_topic.t.arn`, "known aws_sns_topic.t", ""},
		{"one of several", `one(aws_sns_topic.u.arn, aws_sns_topic.t.arn)`, "inferred one of aws_sns_topic.t aws_sns_topic.u", part},
		{"one, and it may be none", `one(aws_sns_topic.t.arn)`, "inferred aws_sns_topic.t", part},
		{"made of a reference", `made(aws_sns_topic.t.arn)`, "unknown", "it is made from aws_sns_topic.t.arn, and is not that"},
		{"a text around a reference", `"${aws_sns_topic.t.arn}:x"`, "unknown", "it is made from aws_sns_topic.t.arn, and is not that"},
		{"a reference to another attribute", `aws_sns_topic.t.owner`, "unknown", "aws_sns_topic.t.owner is known only after apply"},
		{"a reference to another kind of resource", `aws_sqs_queue.q.arn`, "unknown foreign aws_sqs_queue", "aws_sqs_queue.q.arn is known only after apply"},
		{"an attribute of another kind that may hold anything", `aws_cloudformation_stack.s.outputs`, "unknown", "aws_cloudformation_stack.s.outputs is known only after apply"},
		{"a reference to another provider's resource", `pagerduty_service.p.arn`, "unknown", "pagerduty_service.p.arn is known only after apply"},
		{"a variable", `var.topic`, "external", "var.topic has no value"},
		{"a variable in a text", `"${var.stage}-x"`, "external", "var.stage has no value"},
		{"a local that hides nothing known", `local.topic`, "unknown", "the plan does not show the value of local.topic"},
		{"something elsewhere", `outside("data.x.y")`, "external", "data.x.y is read from elsewhere"},
		{"what the provider chooses", `unset()`, "none", ""},
		{"what nobody sees", `hidden()`, "unknown", "it is known only after apply"},
		{"null", `null`, "none", ""},
		{"an empty text", `""`, "none", ""},
		{"a text that is not an ARN", `"alerts"`, "external foreign a text that is not an ARN", "it is not an ARN"},
		{"an ARN of another service", `"arn:aws:sqs:us-east-1:111122223333:q"`, "external foreign sqs", "it is not an SNS topic"},
		{"an ARN of a topic elsewhere", `"` + topicARN + `"`, "external " + topicARN, "no resource in the input makes it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := built(t, "aws_sns_topic \"t\" {}\naws_sns_topic \"u\" {}\naws_sns_topic_subscription \"s\" { v = "+c.value+" }")
			from := g.Resource("aws_sns_topic_subscription.s")
			checkTarget(t, g.target(from, from.Attr("v"), g.anyTopic()), c.want, c.reason)
		})
	}
}

// anyTopic returns what an argument may refer to that wants a topic, or a function.
func (g *Graph) anyTopic() kind {
	return kind{types: []string{"aws_sns_topic"}, attrs: []string{"arn", "id"}, also: otherActions, named: g.topicNamed, outside: g.topicOutside}
}

// checkTarget compares a target; a join that is known needs no reason.
func checkTarget(t *testing.T, got Target, want, reason string) {
	t.Helper()
	if told := (join{"v", "is", got}).String(); told != "v is "+want {
		t.Errorf("%q, want %q", told, "v is "+want)
	}
	if got.State != Known && got.Reason != reason {
		t.Errorf("because %q, want %q", got.Reason, reason)
	}
}

// ref returns an attribute of a resource.
func ref(address, attribute string) resource.Ref {
	return resource.Ref{Address: address, Attribute: attribute}
}

// A reader may tell what a local can hold.
func TestTargetOfLocal(t *testing.T) {
	topic, other := ref("aws_sns_topic.t", "arn"), ref("aws_sns_topic.u", "arn")
	function, alias := ref("aws_lambda_function.f", "arn"), ref("aws_lambda_alias.live", "arn")
	for _, c := range []struct {
		name string
		refs []resource.Ref
		want string
	}{
		{"one topic", []resource.Ref{topic}, "inferred one of aws_sns_topic.t"},
		{"two topics, one of them twice", []resource.Ref{other, topic, topic}, "inferred one of aws_sns_topic.t aws_sns_topic.u"},
		{"a topic or a function", []resource.Ref{topic, function}, "inferred one of aws_lambda_function.f aws_sns_topic.t foreign aws_lambda_function"},
		{"an alias of a function", []resource.Ref{alias}, "inferred one of aws_lambda_alias.live foreign aws_lambda_alias"},
		{"the name of a function", []resource.Ref{ref("aws_lambda_function.f", "function_name")}, "unknown"},
		{"what no alarm acts on", []resource.Ref{ref("aws_sqs_queue.q", "arn")}, "unknown"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := resource.Origin{Cause: resource.Local, Refs: c.refs, Via: []string{"local.x"}}
			checkOrigin(t, o, c.want, "the plan does not show the value of local.x")
		})
	}
}

func checkOrigin(t *testing.T, o resource.Origin, want, reason string) {
	t.Helper()
	g := built(t, "aws_sns_topic \"t\" {}\naws_sns_topic \"u\" {}")
	checkTarget(t, g.target(g.Resource("aws_sns_topic.t"), resource.UnknownValue(o), g.anyTopic()), want, reason)
}

// What readers tell besides, and the notation has no words for.
func TestTargetOfOtherOrigins(t *testing.T) {
	references := func(refs ...resource.Ref) resource.Origin {
		return resource.Origin{Cause: resource.Referenced, Refs: refs, Certain: true}
	}
	topic, other := ref("aws_sns_topic.t", "arn"), ref("aws_sns_topic.u", "arn")
	for _, c := range []struct {
		name         string
		origin       resource.Origin
		want, reason string
	}{
		{"something elsewhere, of another kind",
			resource.Origin{Cause: resource.Outside, Refs: []resource.Ref{ref("data.aws_sqs_queue.q", "arn")}},
			"external foreign aws_sqs_queue", "data.aws_sqs_queue.q.arn is read from elsewhere"},
		{"a text of a place alone",
			resource.Origin{Cause: resource.Referenced, Symbolic: resource.Symbol("account of aws")},
			"unknown", "it is not an ARN"},
		{"a text of which all is told that can be",
			resource.Origin{Cause: resource.Composed, Symbolic: resource.Generated("aws_sns_topic.t")},
			"unknown", "it is not an ARN"},
		{"what the workspace decides",
			resource.Origin{Cause: resource.Variable, Refs: []resource.Ref{topic}, Deciders: []string{"terraform.workspace"}, Via: []string{"local.x"}},
			"external", "the workspace is not known"},
		{"a variable", resource.Origin{Cause: resource.Variable, Via: []string{"var.topic"}}, "external", "var.topic has no value"},
		{"an attribute that a plan leaves out", references(ref("aws_sns_topic.t", "")), "known aws_sns_topic.t", ""},
		{"several that are certain", references(topic, other), "known aws_sns_topic.t aws_sns_topic.u", ""},
		{"a resource that is not in the input", references(ref(`module.m["a.b"].aws_sns_topic.t[0]`, "arn")), `known module.m["a.b"].aws_sns_topic.t[0]`, ""},
	} {
		t.Run(c.name, func(t *testing.T) { checkOrigin(t, c.origin, c.want, c.reason) })
	}
}

func TestTargetWithoutOrigin(t *testing.T) {
	g := built(t, `aws_sns_topic "t" {}`)
	if got := g.unknownTarget(resource.Value{}, g.anyTopic()); got.State != Unknown {
		t.Errorf("nothing is known of where it comes from: %+v", got)
	}
}

// A reference represents a node whatever text it has, too.
func TestExactReferenceWithText(t *testing.T) {
	g := built(t, "aws_sns_topic \"t\" { name = \"other\" }\naws_sns_topic \"u\" { name = \"alerts\" }")
	for _, c := range []struct {
		name, attribute, want string
		exact                 bool
	}{
		{"an attribute that stands for it", "arn", "known aws_sns_topic.t", true},
		{"an attribute that does not", "owner", "known aws_sns_topic.u", true},
		{"a text around it", "arn", "known aws_sns_topic.u", false},
	} {
		v := resource.UnknownValue(resource.Origin{
			Cause: resource.Referenced, Refs: []resource.Ref{ref("aws_sns_topic.t", c.attribute)}, Certain: true, Exact: c.exact, Symbolic: topicARN,
		})
		checkTarget(t, g.target(g.Resource("aws_sns_topic.t"), v, g.anyTopic()), c.want, "")
	}
}

// A plan does not show the text around a reference: it is taken to be the whole.
func TestJoinsOfPlan(t *testing.T) {
	for _, c := range []joinCase{
		{"a log group's ARN with :*", `
aws_cloudwatch_log_group "g" {}
aws_cloudtrail "t" { cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.g.arn}:*" }`, `
aws_cloudtrail.t group known aws_cloudwatch_log_group.g`},
		{"a name that the world knows", `
aws_cloudwatch_log_group "g" { name = "audit" }
aws_cloudtrail "t" { name = "audit" }
aws_cloudwatch_log_metric_filter "f" { log_group_name = aws_cloudtrail.t.name }`, `
aws_cloudwatch_log_metric_filter.f group known aws_cloudwatch_log_group.g`},
		{"one of several", `
aws_sns_topic "t" {}
aws_sns_topic "u" {}
aws_cloudwatch_metric_alarm "a" { alarm_actions = [one(aws_sns_topic.t.arn, aws_sns_topic.u.arn)] }`, `
aws_cloudwatch_metric_alarm.a action inferred one of aws_sns_topic.t aws_sns_topic.u`},
		{"several roles, all of them", `
aws_iam_role "r" {}
aws_iam_policy "m" {}
aws_iam_policy_attachment "p" {
  roles      = [aws_iam_role.r.name, aws_iam_role.s.name]
  policy_arn = aws_iam_policy.m.arn
}`, `
aws_iam_policy_attachment.p gives to known aws_iam_role.r
aws_iam_policy_attachment.p gives known aws_iam_policy.m
aws_iam_policy_attachment.p gives to known aws_iam_role.s
aws_iam_policy_attachment.p gives known aws_iam_policy.m`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(lines(c.want), joins(builtOfPlan(t, c.world))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The target has the words for a value, and nothing sensitive.
func TestTextOfTarget(t *testing.T) {
	for value, want := range map[string]string{
		`"` + topicARN + `"`:         topicARN,
		`secret("` + topicARN + `")`: "(sensitive)",
		`aws_sns_topic.t.arn`:        "aws_sns_topic.t.arn",
		`"${var.stage}-x"`:           "what var.stage decides",
		`hidden()`:                   "(known after apply)",
	} {
		g := built(t, "aws_sns_topic \"t\" { v = "+value+" }")
		from := g.Resource("aws_sns_topic.t")
		if got := g.target(from, from.Attr("v"), g.anyTopic()).Text; got != want {
			t.Errorf("%s: %q, want %q", value, got, want)
		}
	}
}

func TestOnly(t *testing.T) {
	for want, to := range map[string][]string{"a": {"a"}, "": {"a", "b"}} {
		if got := (Target{To: to}).Only(); got != want {
			t.Errorf("%q: %q", to, got)
		}
	}
	if got := (Target{}).Only(); got != "" {
		t.Errorf("nothing: %q", got)
	}
}

func TestAddressType(t *testing.T) {
	for address, want := range map[string]string{
		`aws_sns_topic.t`:                                  "aws_sns_topic",
		`aws_sns_topic.t[0]`:                               "aws_sns_topic",
		`data.aws_sns_topic.t`:                             "aws_sns_topic",
		`module.a.aws_sns_topic.t`:                         "aws_sns_topic",
		`module.a["x.y"].module.b[1].data.aws_sns_topic.t`: "aws_sns_topic",
		`module.a["]."].aws_sns_topic.t`:                   "aws_sns_topic",
		`module.a["\"].x."].aws_sns_topic.t["z"]`:          "aws_sns_topic",
		`module.a`: "",
		``:         "",
	} {
		if got := addressType(address); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}
