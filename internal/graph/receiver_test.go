package graph

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/resource"
)

// subscribed returns the join of a subscription to its receiver.
func subscribed(t *testing.T, protocol, endpoint, world string) string {
	t.Helper()
	g := built(t, fmt.Sprintf("aws_sns_topic_subscription \"s\" {\nprotocol = %q\nendpoint = %s\n}\n%s", protocol, endpoint, world))
	s := g.Subscription("aws_sns_topic_subscription.s")
	return join{"s", "receiver", s.Receiver}.String()
}

func TestQueueOfSubscription(t *testing.T) {
	const arn = `"arn:aws:sqs:us-east-1:111122223333:inbox"`
	for _, c := range []struct{ name, endpoint, world, want string }{
		{"a reference", `aws_sqs_queue.q.arn`, `aws_sqs_queue "q" {}`, "known aws_sqs_queue.q"},
		{"a reference to the URL, which an endpoint is not", `aws_sqs_queue.q.url`, `aws_sqs_queue "q" {}`, "unknown"},
		{"an ARN", arn, `aws_sqs_queue "q" { name = "inbox" }`, "known aws_sqs_queue.q"},
		{"the queue's own ARN", arn, `aws_sqs_queue "q" { arn = ` + arn + ` }`, "known aws_sqs_queue.q"},
		{"an ARN of another name", arn, `aws_sqs_queue "q" { name = "inbox2" }`, "external foreign what is made elsewhere"},
		{"an ARN of another service", `"arn:aws:sns:us-east-1:111122223333:inbox"`, `aws_sqs_queue "q" { name = "inbox" }`, "external foreign what is made elsewhere"},
		{"an ARN in another region", arn, "aws_sqs_queue \"q\" {\nname = \"inbox\"\nat = \"eu-west-1 111122223333\"\n}", "external foreign what is made elsewhere"},
		{"an ARN in a region that is not known", arn, "aws_sqs_queue \"q\" {\nname = \"inbox\"\nat = \" 111122223333\"\n}", "inferred aws_sqs_queue.q"},
		{"the second queue", arn, "aws_sqs_queue \"p\" { name = \"other\" }\naws_sqs_queue \"q\" { name = \"inbox\" }", "known aws_sqs_queue.q"},
		{"a function", `aws_lambda_function.f.arn`, ``, "unknown foreign aws_lambda_function"},
		{"a variable", `var.queue`, ``, "external"},
	} {
		if got := subscribed(t, "sqs", c.endpoint, c.world); got != "s receiver "+c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestQueueOfPolicy(t *testing.T) {
	const queue = `aws_sqs_queue "q" { name = "inbox" }`
	for _, c := range []struct{ name, url, want string }{
		{"a reference to the URL", `aws_sqs_queue.q.url`, "known aws_sqs_queue.q"},
		{"a reference to the id, which is the URL", `aws_sqs_queue.q.id`, "known aws_sqs_queue.q"},
		{"a reference to the ARN, which is not", `aws_sqs_queue.q.arn`, "unknown"},
		{"a URL", `"https://sqs.us-east-1.amazonaws.com/111122223333/inbox"`, "known aws_sqs_queue.q"},
		{"a URL in another region", `"https://sqs.eu-west-1.amazonaws.com/111122223333/inbox"`, "external foreign what is made elsewhere"},
		{"a URL in another account", `"https://sqs.us-east-1.amazonaws.com/999988887777/inbox"`, "external foreign what is made elsewhere"},
		{"a URL of another name", `"https://sqs.us-east-1.amazonaws.com/111122223333/inbox2"`, "external foreign what is made elsewhere"},
		{"a name", `"inbox"`, "external foreign what is made elsewhere"},
		{"a path", `"a/b/c/111122223333/inbox"`, "external foreign what is made elsewhere"},
		{"a URL of another host", `"https://localhost/sqs/111122223333/inbox"`, "external foreign what is made elsewhere"},
	} {
		g := built(t, "aws_sqs_queue_policy \"p\" { queue_url = "+c.url+" }\n"+queue)
		if diff := cmp.Diff([]string{"aws_sqs_queue_policy.p of " + c.want}, joins(g)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestPoliciesOfQueues(t *testing.T) {
	g := built(t, `
aws_sqs_queue "q" {}
aws_sqs_queue "r" {}
aws_sqs_queue_policy "a" { queue_url = aws_sqs_queue.q.url }
aws_sqs_queue_policy "b" { queue_url = one(aws_sqs_queue.q.url, aws_sqs_queue.r.url) }
aws_sqs_queue_policy "c" { queue_url = aws_sqs_queue.gone.url }
`)
	for id, want := range map[string]string{
		"aws_sqs_queue.q": "aws_sqs_queue_policy.a aws_sqs_queue_policy.b",
		"aws_sqs_queue.r": "aws_sqs_queue_policy.b",
	} {
		if got := ids(g.Queue(id).Policies); got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
}

func TestKeyOfQueueAndTopic(t *testing.T) {
	checkJoins(t, []joinCase{
		{"a key", `
aws_kms_key "k" {}
aws_sns_topic "t" { kms_master_key_id = aws_kms_key.k.id }
aws_sqs_queue "q" { kms_master_key_id = aws_kms_key.k.key_id }`, `
aws_sns_topic.t key known aws_kms_key.k
aws_sqs_queue.q key known aws_kms_key.k`},
		{"none", `
aws_sns_topic "t" { kms_master_key_id = "" }
aws_sqs_queue "q" {}`, ``},
	})
}

// A function and an alias of it, as most of the following worlds have them.
const functionWithAlias = `
aws_lambda_function "f" { function_name = "pager" }
aws_lambda_alias "live" {
  name          = "live"
  function_name = aws_lambda_function.f.function_name
}
`

func TestFunctionOfSubscription(t *testing.T) {
	const arn = "arn:aws:lambda:us-east-1:111122223333:function:pager"
	for _, c := range []struct{ name, endpoint, world, want string }{
		{"a reference", `aws_lambda_function.f.arn`, functionWithAlias, "known aws_lambda_function.f"},
		{"a reference to a version", `aws_lambda_function.f.qualified_arn`, functionWithAlias, "known aws_lambda_function.f"},
		{"a reference to an alias", `aws_lambda_alias.live.arn`, functionWithAlias, "known aws_lambda_alias.live"},
		{"a reference to what is not a name of it", `aws_lambda_function.f.version`, functionWithAlias, "unknown"},
		{"an ARN", `"` + arn + `"`, functionWithAlias, "known aws_lambda_function.f"},
		{"an ARN of an alias, which its function answers for", `"` + arn + `:live"`, functionWithAlias, "known aws_lambda_function.f"},
		{"an ARN that an alias has", `"` + arn + `:live"`, functionWithAlias + "aws_lambda_alias \"named\" {\nname = \"live\"\narn = \"" + arn + ":live\"\n}", "known aws_lambda_alias.named"},
		{"an ARN of another name", `"` + arn + `2"`, functionWithAlias, "external foreign what is made elsewhere"},
		{"an ARN of another service", `"arn:aws:sqs:us-east-1:111122223333:pager"`, functionWithAlias, "external foreign what is made elsewhere"},
		{"an ARN in another account", `"arn:aws:lambda:us-east-1:999988887777:function:pager"`, functionWithAlias, "external foreign what is made elsewhere"},
		{"an ARN in an account that is not known", `"` + arn + `"`,
			"aws_lambda_function \"f\" {\nfunction_name = \"pager\"\nat = \"us-east-1 \"\n}", "inferred aws_lambda_function.f"},
		{"a queue", `aws_sqs_queue.q.arn`, ``, "unknown foreign aws_sqs_queue"},
	} {
		if got := subscribed(t, "lambda", c.endpoint, c.world); got != "s receiver "+c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// What an argument invokes: a function, and the alias or version of it.
func TestInvoked(t *testing.T) {
	for _, c := range []struct{ name, endpoint, function, qualifier string }{
		{"a function", `aws_lambda_function.f.arn`, "aws_lambda_function.f", "null"},
		{"a version, which nobody knows yet", `aws_lambda_function.f.qualified_arn`, "aws_lambda_function.f", "unknown"},
		{"an alias", `aws_lambda_alias.live.arn`, "aws_lambda_function.f", "live"},
		{"the function that an alias is of", `aws_lambda_alias.live.function_name`, "aws_lambda_function.f", "null"},
		{"the ARN of an alias", `"arn:aws:lambda:us-east-1:111122223333:function:pager:live"`, "aws_lambda_function.f", "live"},
		{"the ARN of a version", `"arn:aws:lambda:us-east-1:111122223333:function:pager:7"`, "aws_lambda_function.f", "7"},
		{"a function that is made elsewhere", `"arn:aws:lambda:us-east-1:111122223333:function:away:live"`, "", "null"},
		{"nothing that can be seen", `hidden()`, "", "null"},
		{"one of two functions", `one(aws_lambda_function.f.arn, aws_lambda_function.g.arn)`, "", "null"},
	} {
		g := built(t, functionWithAlias+fmt.Sprintf(`
aws_lambda_function "g" {}
aws_sns_topic_subscription "s" {
  protocol = "lambda"
  endpoint = %s
}`, c.endpoint))
		to, qualifier := g.InvokedFunction(g.Subscription("aws_sns_topic_subscription.s"))
		if to.Only() != c.function || shown(qualifier) != c.qualifier {
			t.Errorf("%s: %q %q, want %q %q", c.name, to.Only(), shown(qualifier), c.function, c.qualifier)
		}
	}
}

// The version is that of the function: what refers to it is the same.
func TestVersionInvoked(t *testing.T) {
	g := built(t, `
aws_lambda_function "f" {}
aws_sns_topic_subscription "s" { endpoint = aws_lambda_function.f.qualified_arn }`)
	_, qualifier := g.InvokedFunction(g.Subscription("aws_sns_topic_subscription.s"))
	if !refersTo(qualifier, "aws_lambda_function.f", "version") {
		t.Errorf("%+v", qualifier)
	}
}

func TestFunctionOfPermission(t *testing.T) {
	for _, c := range []struct{ name, arguments, function, qualifier string }{
		{"a reference to the name", `function_name = aws_lambda_function.f.function_name`, "known aws_lambda_function.f", "null"},
		{"a reference to the id, which is the name", `function_name = aws_lambda_function.f.id`, "known aws_lambda_function.f", "null"},
		{"a reference to the ARN", `function_name = aws_lambda_function.f.arn`, "known aws_lambda_function.f", "null"},
		{"a name", `function_name = "pager"`, "known aws_lambda_function.f", "null"},
		{"a name and an alias", `function_name = "pager:live"`, "known aws_lambda_function.f", "live"},
		{"an account, a name and an alias", `function_name = "111122223333:function:pager:live"`, "known aws_lambda_function.f", "live"},
		{"an account and a name", `function_name = "111122223333:function:pager"`, "known aws_lambda_function.f", "null"},
		{"more than a name can have", `function_name = "111122223333:function:pager:live:more"`, "external foreign what is made elsewhere", "null"},
		{"an ARN with an alias", `function_name = "arn:aws:lambda:us-east-1:111122223333:function:pager:live"`, "known aws_lambda_function.f", "live"},
		{"a reference to an alias", `function_name = aws_lambda_alias.live.arn`, "known aws_lambda_function.f", "live"},
		{"the alias in an argument of its own", "function_name = \"pager\"\nqualifier = \"live\"", "known aws_lambda_function.f", "live"},
		{"the argument comes first", "function_name = \"pager:live\"\nqualifier = \"7\"", "known aws_lambda_function.f", "7"},
		{"another name", `function_name = "pager2"`, "external foreign what is made elsewhere", "null"},
		{"a name in another region", "function_name = \"pager\"\nat = \"eu-west-1 111122223333\"", "external foreign what is made elsewhere", "null"},
		{"a variable", `function_name = var.function`, "external", "null"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := built(t, functionWithAlias+"aws_lambda_permission \"p\" {\n"+c.arguments+"\n}").Permissions[0]
			if got := (join{"p", "function", p.Function}).String(); got != "p function "+c.function || shown(p.Qualifier) != c.qualifier {
				t.Errorf("%q %q, want %q %q", got, shown(p.Qualifier), c.function, c.qualifier)
			}
		})
	}
}

func TestFunctionOfAlias(t *testing.T) {
	checkJoins(t, []joinCase{
		{"a reference", functionWithAlias, `
aws_lambda_alias.live of known aws_lambda_function.f`},
		{"a name", `
aws_lambda_function "f" { function_name = "pager" }
aws_lambda_alias "live" {
  name          = "live"
  function_name = "pager"
}`, `
aws_lambda_alias.live of known aws_lambda_function.f`},
		{"a function that is made elsewhere", `
aws_lambda_alias "live" {
  name          = "live"
  function_name = "pager"
}`, `
aws_lambda_alias.live of external foreign what is made elsewhere`},
	})
}

func TestStreamOfSubscription(t *testing.T) {
	const arn = `"arn:aws:firehose:us-east-1:111122223333:deliverystream/archive"`
	const stream = `aws_kinesis_firehose_delivery_stream "d" { name = "archive" }`
	for _, c := range []struct{ name, endpoint, world, want string }{
		{"a reference", `aws_kinesis_firehose_delivery_stream.d.arn`, stream, "known aws_kinesis_firehose_delivery_stream.d"},
		{"an ARN", arn, stream, "known aws_kinesis_firehose_delivery_stream.d"},
		{"an ARN of another name", arn, `aws_kinesis_firehose_delivery_stream "d" { name = "archive2" }`, "external foreign what is made elsewhere"},
		{"an ARN of another service", `"arn:aws:kinesis:us-east-1:111122223333:deliverystream/archive"`, stream, "external foreign what is made elsewhere"},
		{"an ARN of another part of the service", `"arn:aws:firehose:us-east-1:111122223333:archive"`, stream, "external foreign what is made elsewhere"},
		{"a name", `"archive"`, stream, "external foreign what is made elsewhere"},
	} {
		if got := subscribed(t, "firehose", c.endpoint, c.world); got != "s receiver "+c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestReceiverByProtocol(t *testing.T) {
	checkJoins(t, []joinCase{
		{"a delivery stream has a role", `
aws_iam_role "r" {}
aws_kinesis_firehose_delivery_stream "d" {}
aws_sns_topic_subscription "s" {
  protocol              = "firehose"
  endpoint              = aws_kinesis_firehose_delivery_stream.d.arn
  subscription_role_arn = aws_iam_role.r.arn
}`, `
aws_sns_topic_subscription.s receiver known aws_kinesis_firehose_delivery_stream.d
aws_sns_topic_subscription.s role known aws_iam_role.r`},
		{"a queue has none", `
aws_iam_role "r" {}
aws_sqs_queue "q" {}
aws_sns_topic_subscription "s" {
  protocol              = "sqs"
  endpoint              = aws_sqs_queue.q.arn
  subscription_role_arn = aws_iam_role.r.arn
}`, `
aws_sns_topic_subscription.s receiver known aws_sqs_queue.q`},
		{"an address has nothing behind it", `
aws_sqs_queue "q" {}
aws_sns_topic_subscription "s" {
  protocol = "email"
  endpoint = aws_sqs_queue.q.arn
}`, ``},
		{"what a variable decides has nothing behind it", `
aws_sqs_queue "q" {}
aws_sns_topic_subscription "s" {
  protocol = var.protocol
  endpoint = aws_sqs_queue.q.arn
}`, ``},
	})
}

func TestReceivers(t *testing.T) {
	g := built(t, `
aws_sqs_queue "q" {
  name              = "inbox"
  policy            = unset()
  kms_master_key_id = "alias/aws/sqs"
}
aws_lambda_function "f" { function_name = "pager" }
aws_lambda_alias "a" { name = "live" }
aws_kinesis_firehose_delivery_stream "d" { name = "archive" }
`)
	for _, c := range []struct {
		what string
		got  resource.Value
		want string
	}{
		{"queue", g.Queue("aws_sqs_queue.q").Name, "inbox"},
		{"policy of a queue", g.Queue("aws_sqs_queue.q").Policy, "null"},
		{"key of a queue", g.Queue("aws_sqs_queue.q").KMS, "alias/aws/sqs"},
		{"function", g.Function("aws_lambda_function.f").Name, "pager"},
		{"a function is not an alias", g.Function("aws_lambda_function.f").Alias, "null"},
		{"alias", g.Function("aws_lambda_alias.a").Alias, "live"},
		{"an alias has the name of no function", g.Function("aws_lambda_alias.a").Name, "null"},
		{"stream", g.Stream("aws_kinesis_firehose_delivery_stream.d").Name, "archive"},
	} {
		if got := shown(c.got); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
	if g.Queue("aws_lambda_function.f") != nil || g.Function("aws_sqs_queue.q") != nil || g.Stream("gone") != nil {
		t.Error("one kind is found under another")
	}
}
