package access_test

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/resource"
)

func queuePolicy(queue, policy string) string {
	return "\naws_sqs_queue_policy \"p\" {\n queue_url = " + queue + "\n policy = " + policy + "\n}\n"
}

// TestQueues: what lets SNS into a queue.
func TestQueues(t *testing.T) {
	const (
		denies    = "broken receiver-denies at "
		undecided = "unknown receiver-undecided at "
		byP       = "aws_sqs_queue_policy.p policy"
		nothing   = "nothing in the input gives it a policy"
	)
	good := chaintest.PolicyOf(chaintest.Sending(chaintest.SNS, "*", `"ArnEquals": {"aws:SourceArn": "`+chaintest.TopicText+`"}`))
	from := func(test, key, value string) string {
		return chaintest.QueueOf("") + queuePolicy(chaintest.TheQueue+".url", chaintest.PolicyOf(chaintest.Sending(chaintest.SNS, "*", `"`+test+`": {"`+key+`": "`+value+`"}`)))
	}
	for name, c := range map[string]struct {
		endpoint, world string
		options         []chaintest.Option
		want, why       string
	}{
		"without a policy":                       {"", chaintest.QueueOf(""), nil, denies + chaintest.TheQueue + " policy", nothing},
		"with a policy":                          {"", chaintest.QueueOf("") + queuePolicy(chaintest.TheQueue+".url", good), nil, "ok", ""},
		"with a policy by its id":                {"", chaintest.QueueOf("") + queuePolicy(chaintest.TheQueue+".id", good), nil, "ok", ""},
		"with a policy by its URL":               {"", chaintest.QueueOf("") + queuePolicy(`"https://sqs.us-east-1.amazonaws.com/111122223333/alarms"`, good), nil, "ok", ""},
		"with a policy inside":                   {"", chaintest.QueueOf("policy = " + good), nil, "ok", ""},
		"with a policy inside that does not":     {"", chaintest.QueueOf("policy = " + chaintest.PolicyOf(chaintest.Sending("events.amazonaws.com", "*", ""))), nil, denies + chaintest.TheQueue + " policy", "not for sns.amazonaws.com"},
		"from another topic":                     {"", from("ArnLike", "aws:SourceArn", "arn:aws:sns:us-east-1:111122223333:other"), nil, denies + byP, "aws:SourceArn"},
		"from the topic's account":               {"", from("StringEquals", "aws:SourceAccount", "111122223333"), nil, "ok", ""},
		"from another account":                   {"", from("StringEquals", "aws:SourceAccount", "444455556666"), nil, denies + byP, "aws:SourceAccount"},
		"from an owner":                          {"", from("StringEquals", "aws:SourceOwner", "111122223333"), nil, undecided + byP, "aws:SourceOwner"},
		"for another queue":                      {"", chaintest.QueueOf("") + queuePolicy(chaintest.TheQueue+".url", chaintest.PolicyOf(chaintest.Sending(chaintest.SNS, "*:other", ""))), nil, denies + byP, "is for the resource"},
		"for the queue by its own ARN":           {"", strings.Replace(chaintest.QueueOf("arn = \""+chaintest.AlarmsQueue+"\""), `"alarms"`, `"x"`, 1) + queuePolicy(chaintest.TheQueue+".url", chaintest.PolicyOf(chaintest.Sending(chaintest.SNS, chaintest.AlarmsQueue, ""))), nil, "ok", ""},
		"for a queue without a name":             {"", strings.Replace(chaintest.QueueOf(""), `"alarms"`, "unset()", 1) + queuePolicy(chaintest.TheQueue+".url", chaintest.PolicyOf(chaintest.Sending(chaintest.SNS, chaintest.AlarmsQueue, ""))), nil, undecided + byP, ""},
		"with a policy that is a variable":       {"", chaintest.QueueOf("") + queuePolicy(chaintest.TheQueue+".url", "var.policy"), nil, undecided + byP, "what var.policy decides"},
		"with the policy of some queue":          {"", chaintest.QueueOf("") + queuePolicy("var.queue", good), nil, undecided + chaintest.TheQueue + " policy", "whether aws_sqs_queue_policy.p applies to it is not known"},
		"with the policy of some queue far away": {"", chaintest.QueueOf("") + queuePolicy("var.queue\n at = \"eu-west-1 111122223333\"", good), nil, denies + chaintest.TheQueue + " policy", nothing},
		"without a policy, and not all is read":  {"", chaintest.QueueOf(""), []chaintest.Option{chaintest.WithGaps(resource.Gap{Text: "the module m is not installed"})}, undecided + chaintest.TheQueue + " policy", "nothing that was read gives it a policy, and not everything could be read: the module m is not installed"},

		"by its ARN":                    {`"` + chaintest.AlarmsQueue + `"`, chaintest.QueueOf("") + queuePolicy(chaintest.TheQueue+".url", good), nil, "ok", ""},
		"by its ARN, without one":       {`"` + chaintest.AlarmsQueue + `"`, chaintest.QueueOf(""), nil, denies + chaintest.TheQueue + " policy", nothing},
		"of another account":            {`"` + chaintest.AlarmsQueue + `"`, chaintest.QueueOf("at = \"us-east-1 444455556666\""), nil, "ok", ""},
		"elsewhere":                     {`"arn:aws:sqs:us-east-1:111122223333:elsewhere"`, chaintest.QueueOf(""), nil, "ok", ""},
		"this one, it seems":            {"one(aws_sqs_queue.q.arn)", chaintest.QueueOf(""), nil, undecided + chaintest.TheQueue + " policy", "which part of the expression is used"},
		"this one, and a policy denies": {"one(aws_sqs_queue.q.arn)", chaintest.QueueOf("policy = " + chaintest.PolicyOf(`{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}`)), nil, undecided + chaintest.TheQueue + " policy", "which part of the expression is used"},
	} {
		t.Run(name, func(t *testing.T) {
			endpoint := c.endpoint
			if endpoint == "" {
				endpoint = chaintest.TheQueue + ".arn"
			}
			chaintest.Compare(t, chaintest.DeliveryOf(chaintest.Build(t, chaintest.Delivered("sqs", endpoint, c.world), c.options...)), c.want, c.why)
		})
	}
}

// TestQueuePolicyThatIsDeleted: what a queue repeats of its policy goes with it.
func TestQueuePolicyThatIsDeleted(t *testing.T) {
	const url = "https://sqs.us-east-1.amazonaws.com/111122223333/alarms"
	good := chaintest.PolicyOf(chaintest.Sending(chaintest.SNS, "*", ""))
	gone := "aws_sqs_queue_policy \"old\" {\n queue_url = \"" + url + "\"\n}"
	const denies = "broken receiver-denies at " + chaintest.TheQueue + " policy"
	for name, c := range map[string]struct {
		world, gone string
		want, why   string
	}{
		"which the queue repeats": {chaintest.QueueOf("url = \"" + url + "\"\n policy = " + good), gone, denies, "this plan deletes aws_sqs_queue_policy.old"},
		"of the queue by its id":  {chaintest.QueueOf("id = \"" + url + "\"\n policy = " + good), gone, denies, "this plan deletes aws_sqs_queue_policy.old"},
		"of another queue":        {chaintest.QueueOf("url = \"" + url + "x\"\n policy = " + good), gone, "ok", ""},
		"and another comes":       {chaintest.QueueOf("url = \""+url+"\"\n policy = "+good) + queuePolicy(chaintest.TheQueue+".url", good), gone, "ok", ""},
	} {
		t.Run(name, func(t *testing.T) {
			chaintest.Compare(t, chaintest.DeliveryOf(chaintest.Build(t, chaintest.Delivered("sqs", chaintest.TheQueue+".arn", c.world), chaintest.Deletes(c.gone))), c.want, c.why)
		})
	}
}

// TestQueueKeys: SNS has to be let to the queue's key, too.
func TestQueueKeys(t *testing.T) {
	good := queuePolicy(chaintest.TheQueue+".url", chaintest.PolicyOf(chaintest.Sending(chaintest.SNS, "*", "")))
	for name, c := range map[string]struct {
		id, policy, key string
		want            string
	}{
		"AWS's for queues":                 {`"alias/aws/sqs"`, good, "", "broken receiver-key-denies at " + chaintest.TheQueue + " kms_master_key_id"},
		"one that lets SNS":                {theKey + ".arn", good, "policy = " + chaintest.PolicyOf(using(chaintest.SNS, bothUses, "")), "ok"},
		"one that lets CloudWatch":         {theKey + ".arn", good, "policy = " + chaintest.PolicyOf(using(cloudWatch, bothUses, "")), "broken receiver-key-denies at " + theKey + " policy"},
		"one that lets decrypt alone":      {theKey + ".arn", good, "policy = " + chaintest.PolicyOf(using(chaintest.SNS, `"kms:Decrypt"`, "")), "broken receiver-key-denies at " + theKey + " policy"},
		"one for another topic":            {theKey + ".arn", good, "policy = " + chaintest.PolicyOf(using(chaintest.SNS, bothUses, `, "Condition": {"ArnEquals": {"aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:other"}}`)), "broken receiver-key-denies at " + theKey + " policy"},
		"one for another account":          {theKey + ".arn", good, "policy = " + chaintest.PolicyOf(using(chaintest.SNS, bothUses, `, "Condition": {"StringEquals": {"aws:SourceAccount": "444455556666"}}`)), "broken receiver-key-denies at " + theKey + " policy"},
		"one that is a variable":           {theKey + ".arn", good, "policy = var.policy", "unknown receiver-undecided at " + theKey + " policy"},
		"one of elsewhere":                 {`"arn:aws:kms:us-east-1:111122223333:key/other"`, good, "", "ok"},
		"one of elsewhere, and no policy":  {`"arn:aws:kms:us-east-1:111122223333:key/other"`, "", "", "broken receiver-denies at " + chaintest.TheQueue + " policy"},
		"one that does not, and no policy": {theKey + ".arn", "", "", "broken receiver-denies at " + chaintest.TheQueue + " policy"},
	} {
		t.Run(name, func(t *testing.T) {
			world := chaintest.QueueOf("kms_master_key_id = "+c.id) + c.policy + kmsKey("aws_kms_key", "k", c.key)
			chaintest.Compare(t, chaintest.DeliveryOf(chaintest.Build(t, chaintest.Delivered("sqs", chaintest.TheQueue+".arn", world))), c.want, "")
		})
	}
}

const (
	theFunction = "aws_lambda_function.f"
	theLive     = "aws_lambda_alias.live"
)

// TestFunctions: what lets SNS invoke a function, an alias or a version.
func TestFunctions(t *testing.T) {
	const (
		function  = "\naws_lambda_function \"f\" {\n function_name = \"to-slack\"\n}\n"
		alias     = "\naws_lambda_alias \"live\" {\n name = \"live\"\n function_name = aws_lambda_function.f.function_name\n}\n"
		denies    = "broken receiver-denies at "
		undecided = "unknown receiver-undecided at "
		permitted = "aws_lambda_permission.p"
		nothing   = "nothing in the input gives it a permission"
		byName    = "function_name = aws_lambda_function.f.function_name"
		bySNS     = "principal = \"sns.amazonaws.com\""
		qualified = "qualifier = \"live\""
	)
	permission := func(arguments ...string) string {
		return "\naws_lambda_permission \"p\" {\n action = \"lambda:InvokeFunction\"\n" + strings.Join(arguments, "\n") + "\n}\n"
	}
	second := func(p string) string { return strings.Replace(p, `"p"`, `"q"`, 1) }
	for name, c := range map[string]struct {
		endpoint, world string
		options         []chaintest.Option
		want, why       string
	}{
		"without a permission":             {"", function, nil, denies + theFunction, nothing},
		"with a permission":                {"", function + permission(byName, bySNS), nil, "ok", ""},
		"by the function's ARN":            {"", function + permission("function_name = aws_lambda_function.f.arn", bySNS), nil, "ok", ""},
		"by the function's name":           {"", function + permission(`function_name = "to-slack"`, bySNS), nil, "ok", ""},
		"of another function":              {"", function + permission(`function_name = "other"`, bySNS), nil, denies + theFunction, nothing},
		"of some function":                 {"", function + permission("function_name = var.f", bySNS), nil, undecided + theFunction, "whether " + permitted + " applies to it is not known"},
		"of some function far away":        {"", function + permission("function_name = var.f\n at = \"eu-west-1 111122223333\"", bySNS), nil, denies + theFunction, nothing},
		"of this function or another":      {"", function + strings.Replace(function, `"f"`, `"g"`, 1) + permission("function_name = one(aws_lambda_function.f.arn, aws_lambda_function.g.arn)", bySNS), nil, undecided + theFunction, "whether " + permitted + " applies to it is not known"},
		"a sure one beside a perhaps":      {"", function + permission(byName, bySNS) + second(permission("function_name = var.f", bySNS)), nil, undecided + permitted, "not all of the policy can be seen"},
		"a wrong one beside a perhaps":     {"", function + permission(byName, `principal = "events.amazonaws.com"`) + second(permission("function_name = var.f", bySNS)), nil, undecided + permitted, "not all of the policy can be seen"},
		"a wrong one beside a good":        {"", function + permission(byName, `principal = "events.amazonaws.com"`) + second(permission(byName, bySNS)), nil, "ok", ""},
		"of another service":               {"", function + permission(byName, `principal = "events.amazonaws.com"`), nil, denies + theFunction, `statement "aws_lambda_permission.p"`},
		"of everybody":                     {"", function + permission(byName, `principal = "*"`), nil, "ok", ""},
		"of a principal to be seen later":  {"", function + permission(byName, "principal = var.who"), nil, undecided + permitted, ""},
		"of another action":                {"", function + strings.Replace(permission(byName, bySNS), "InvokeFunction", "GetFunction", 1), nil, denies + theFunction, ""},
		"from the topic":                   {"", function + permission(byName, bySNS, `source_arn = "`+chaintest.TopicText+`"`), nil, "ok", ""},
		"from topics of a pattern":         {"", function + permission(byName, bySNS, `source_arn = "arn:aws:sns:*:*:sec*"`), nil, "ok", ""},
		"from another topic":               {"", function + permission(byName, bySNS, `source_arn = "arn:aws:sns:us-east-1:111122223333:other"`), nil, denies + theFunction, "aws:SourceArn"},
		"from the account":                 {"", function + permission(byName, bySNS, `source_account = "111122223333"`), nil, "ok", ""},
		"from another account":             {"", function + permission(byName, bySNS, `source_account = "444455556666"`), nil, denies + theFunction, "aws:SourceAccount"},
		"from an account of a pattern":     {"", function + permission(byName, bySNS, `source_account = "1*"`), nil, denies + theFunction, "aws:SourceAccount"},
		"of an organization":               {"", function + permission(byName, bySNS, `principal_org_id = "o-1"`), nil, undecided + permitted, "aws:PrincipalOrgID"},
		"of no organization":               {"", function + permission(byName, bySNS, `principal_org_id = ""`), nil, "ok", ""},
		"with a token":                     {"", function + permission(byName, bySNS, `event_source_token = "t"`), nil, denies + theFunction, "lambda:EventSourceToken"},
		"of a function URL":                {"", function + permission(byName, bySNS, `function_url_auth_type = "NONE"`), nil, denies + theFunction, "lambda:FunctionUrlAuthType"},
		"by way of a URL":                  {"", function + permission(byName, bySNS, `invoked_via_function_url = true`), nil, denies + theFunction, "lambda:InvokedViaFunctionUrl"},
		"by way of anything":               {"", function + permission(byName, bySNS, `invoked_via_function_url = false`), nil, "ok", ""},
		"without one, and not all is read": {"", function, []chaintest.Option{chaintest.WithGaps(resource.Gap{Text: "a gap"})}, undecided + theFunction, "nothing that was read gives it a permission, and not everything could be read: a gap"},
		"of an alias":                      {"", function + permission(byName, bySNS, qualified), nil, denies + theFunction, nothing},

		"an alias without its own":   {theLive + ".arn", function + alias + permission(byName, bySNS), nil, denies + theLive, nothing},
		"an alias with its own":      {theLive + ".arn", function + alias + permission(byName, bySNS, qualified), nil, "ok", ""},
		"an alias with another's":    {theLive + ".arn", function + alias + permission(byName, bySNS, `qualifier = "test"`), nil, denies + theLive, nothing},
		"an alias with that of some": {theLive + ".arn", function + alias + permission(byName, bySNS, "qualifier = var.alias"), nil, undecided + theLive, "whether " + permitted},
		"a version without its own":  {theFunction + ".qualified_arn", function + permission(byName, bySNS), nil, denies + chaintest.TheSubscription, nothing},
		"a version with its own":     {theFunction + ".qualified_arn", function + permission(byName, bySNS, "qualifier = aws_lambda_function.f.version"), nil, "ok", ""},
		"elsewhere":                  {`"arn:aws:lambda:us-east-1:111122223333:function:elsewhere"`, function, nil, "ok", ""},
		"this one, it seems":         {"one(aws_lambda_function.f.arn)", function, nil, undecided + theFunction, "which part of the expression is used"},
	} {
		t.Run(name, func(t *testing.T) {
			endpoint := c.endpoint
			if endpoint == "" {
				endpoint = theFunction + ".arn"
			}
			chaintest.Compare(t, chaintest.DeliveryOf(chaintest.Build(t, chaintest.Delivered("lambda", endpoint, c.world), c.options...)), c.want, c.why)
		})
	}
	t.Run("a permission that is deleted", func(t *testing.T) {
		gone := func(function string) chaintest.Option {
			return chaintest.Deletes("aws_lambda_permission \"old\" {\n function_name = \"" + function + "\"\n}")
		}
		world := chaintest.Delivered("lambda", theFunction+".arn", function)
		chaintest.Compare(t, chaintest.DeliveryOf(chaintest.Build(t, world, gone("to-slack"))), denies+theFunction, "this plan deletes aws_lambda_permission.old, and nothing else gives it a permission")
		chaintest.Compare(t, chaintest.DeliveryOf(chaintest.Build(t, world, gone("other"))), denies+theFunction, nothing)
	})
	t.Run("a permission that code settles", func(t *testing.T) {
		d := chaintest.Build(t, chaintest.Delivered("lambda", theFunction+".arn", function+permission(byName, bySNS)), chaintest.WithSettled(permitted, "principal"))
		chaintest.Compare(t, chaintest.DeliveryOf(d), "ok", "")
		if doubts := d.Subscriptions[chaintest.TheSubscription].Doubts; len(doubts) != 1 || doubts[0].Code != "link-inferred" || !strings.Contains(doubts[0].Text, "main.tf:7") {
			t.Errorf("doubts %v", doubts)
		}
	})
}

// TestStreams: SNS writes to a delivery stream with a role.
func TestStreams(t *testing.T) {
	const (
		stream    = "\naws_kinesis_firehose_delivery_stream \"s\" {\n name = \"alarms\"\n}\n"
		endpoint  = "aws_kinesis_firehose_delivery_stream.s.arn"
		theWriter = "aws_iam_role.w"
		denies    = "broken receiver-denies at "
		undecided = "unknown receiver-undecided at "
		argument  = chaintest.TheSubscription + " subscription_role_arn"
		both      = `"firehose:PutRecord", "firehose:PutRecordBatch"`
		arn       = "arn:aws:firehose:us-east-1:111122223333:deliverystream/alarms"
	)
	role := func(service string) string {
		return "\naws_iam_role \"w\" {\n name = \"w\"\n assume_role_policy = " +
			chaintest.PolicyOf(`{"Effect": "Allow", "Principal": {"Service": "`+service+`"}, "Action": "sts:AssumeRole"}`) + "}\n"
	}
	policy := func(actions, resource string) string {
		return "\naws_iam_role_policy \"w\" {\n role = aws_iam_role.w.name\n policy = " +
			chaintest.PolicyOf(`{"Effect": "Allow", "Action": [`+actions+`], "Resource": "`+resource+`"}`) + "}\n"
	}
	there := chaintest.At(theWriter, func(r *resource.Resource) { r.Position = nil })
	for name, c := range map[string]struct {
		endpoint, role string
		world          string
		options        []chaintest.Option
		want, why      string
	}{
		"with a role":                                       {endpoint, theWriter + ".arn", stream + role(chaintest.SNS) + policy(both, arn), nil, "ok", ""},
		"without a role":                                    {endpoint, "null", stream, nil, denies + argument, "with a role, and none is set"},
		"with an empty role":                                {endpoint, `""`, stream, nil, denies + argument, "with a role, and none is set"},
		"with a role of elsewhere":                          {endpoint, `"arn:aws:iam::111122223333:role/other"`, stream, nil, "ok", ""},
		"with a role that is read":                          {endpoint, "data.aws_iam_role.w.arn", stream + "data \"aws_iam_role\" \"w\" {\n name = \"w\"\n}", nil, "ok", ""},
		"with another service's role":                       {endpoint, theWriter + ".arn", stream + role("firehose.amazonaws.com") + policy(both, arn), nil, denies + theWriter + " assume_role_policy", "not for sns.amazonaws.com"},
		"with a role of a variable's trust":                 {endpoint, theWriter + ".arn", stream + strings.Replace(role(chaintest.SNS), chaintest.PolicyOf(`{"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sts:AssumeRole"}`), "var.trust\n", 1) + policy(both, arn), nil, undecided + theWriter + " assume_role_policy", "what var.trust decides"},
		"with a role without a policy":                      {endpoint, theWriter + ".arn", stream + role(chaintest.SNS), nil, denies + theWriter, "nothing in the input gives it a policy"},
		"with a role without a policy, and not all is read": {endpoint, theWriter + ".arn", stream + role(chaintest.SNS), []chaintest.Option{chaintest.WithGaps(resource.Gap{Text: "a gap"})}, undecided + theWriter, "a gap"},
		"with a role whose policy is deleted":               {endpoint, theWriter + ".arn", stream + role(chaintest.SNS), []chaintest.Option{chaintest.Deletes("aws_iam_role_policy \"old\" {\n role = \"w\"\n}")}, denies + theWriter, "this plan deletes aws_iam_role_policy.old"},
		"with a role that is there already":                 {endpoint, theWriter + ".arn", stream + role(chaintest.SNS), []chaintest.Option{chaintest.Planned, there}, "ok", ""},
		"with a role that may write once":                   {endpoint, theWriter + ".arn", stream + role(chaintest.SNS) + policy(`"firehose:PutRecord"`, arn), nil, denies + theWriter, "firehose:PutRecordBatch"},
		"with a role that may write many":                   {endpoint, theWriter + ".arn", stream + role(chaintest.SNS) + policy(`"firehose:PutRecordBatch"`, arn), nil, denies + theWriter, "firehose:PutRecord:"},
		"with a role for another stream":                    {endpoint, theWriter + ".arn", stream + role(chaintest.SNS) + policy(both, arn+"x"), nil, denies + theWriter, "is for the resource"},
		"with a role whose policy is a variable":            {endpoint, theWriter + ".arn", stream + role(chaintest.SNS) + "aws_iam_role_policy \"w\" {\n role = aws_iam_role.w.name\n policy = var.policy\n}", nil, undecided + "aws_iam_role_policy.w policy", "what var.policy decides"},
		"with a role whose policy is elsewhere":             {endpoint, theWriter + ".arn", stream + role(chaintest.SNS) + "aws_iam_role_policy_attachment \"w\" {\n role = aws_iam_role.w.name\n policy_arn = \"arn:aws:iam::111122223333:policy/x\"\n}", nil, "ok", ""},
		"by its ARN":                                        {`"` + arn + `"`, theWriter + ".arn", stream + role(chaintest.SNS) + policy(both, arn+"x"), nil, denies + theWriter, ""},
		"elsewhere":                                         {`"` + arn + `x"`, theWriter + ".arn", stream + role(chaintest.SNS), nil, "ok", ""},
		"elsewhere, with another service's role":            {`"` + arn + `x"`, theWriter + ".arn", stream + role("firehose.amazonaws.com"), nil, denies + theWriter + " assume_role_policy", ""},
		"of its own ARN":                                    {endpoint, theWriter + ".arn", strings.Replace(stream, `name = "alarms"`, "name = \"x\"\n arn = \""+arn+"\"", 1) + role(chaintest.SNS) + policy(both, arn), nil, "ok", ""},
		"without a name":                                    {endpoint, theWriter + ".arn", strings.Replace(stream, `"alarms"`, "unset()", 1) + role(chaintest.SNS) + policy(both, arn), nil, undecided + theWriter, ""},
	} {
		t.Run(name, func(t *testing.T) {
			world := strings.Replace(chaintest.Delivered("firehose", c.endpoint, c.world), "protocol  =", "subscription_role_arn = "+c.role+"\n protocol =", 1)
			chaintest.Compare(t, chaintest.DeliveryOf(chaintest.Build(t, world, c.options...)), c.want, c.why)
		})
	}
}

// TestReceiversOutside: what nobody judges is said, once.
func TestReceiversOutside(t *testing.T) {
	const note = "receiver-outside"
	for name, c := range map[string]struct {
		protocol, endpoint, world string
		want                      string
	}{
		"a queue elsewhere":          {"sqs", `"arn:aws:sqs:us-east-1:111122223333:elsewhere"`, "", note},
		"a queue of another account": {"sqs", `"arn:aws:sqs:us-east-1:444455556666:elsewhere"`, "", "subscription-other-account"},
		"a function elsewhere":       {"lambda", `"arn:aws:lambda:us-east-1:111122223333:function:elsewhere"`, "", note},
		"a stream with a role elsewhere": {"firehose", "aws_kinesis_firehose_delivery_stream.s.arn\n subscription_role_arn = \"arn:aws:iam::111122223333:role/other\"",
			"aws_kinesis_firehose_delivery_stream \"s\" {\n name = \"s\"\n}", note},
		"a queue that a variable names": {"sqs", "var.queue", "", ""},
		"a queue of the input":          {"sqs", chaintest.TheQueue + ".arn", chaintest.QueueOf("policy = " + chaintest.PolicyOf(chaintest.Sending(chaintest.SNS, "*", ""))), ""},
		"a function of the input":       {"lambda", theFunction + ".arn", "aws_lambda_function \"f\" {\n function_name = \"f\"\n}\naws_lambda_permission \"p\" {\n action = \"lambda:*\"\n function_name = \"f\"\n principal = \"sns.amazonaws.com\"\n}", ""},
		"a URL":                         {"https", `"https://alerts.example.org/in"` + "\n endpoint_auto_confirms = true", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			for _, doubt := range chaintest.Build(t, chaintest.Delivered(c.protocol, c.endpoint, c.world)).Subscriptions[chaintest.TheSubscription].Doubts {
				got += doubt.Code
			}
			if got != c.want {
				t.Errorf("doubts %q, want %q", got, c.want)
			}
		})
	}
}
