package access_test

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/resource"
)

// PolicyDocument returns a data source that writes a policy.
func PolicyDocument(name, body string) string {
	return "\ndata \"aws_iam_policy_document\" \"" + name + "\" {\n" + body + "\n}\n"
}

// byDocument sets the topic's policy by the document p.
const byDocument = `
aws_sns_topic_policy "p" {
  arn    = aws_sns_topic.security.arn
  policy = data.aws_iam_policy_document.p.json
}
`

// statement lets CloudWatch publish to the topic; cases edit it.
const statement = `
  statement {
    sid       = "publish"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.security.arn]
    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com"]
    }
  }
`

// TestPolicyDocuments: what a data source makes of its statements.
func TestPolicyDocuments(t *testing.T) {
	const (
		resources  = "resources = [aws_sns_topic.security.arn]"
		actions    = `actions   = ["sns:Publish"]`
		sid        = `sid       = "publish"`
		principals = "principals {\n      type        = \"Service\"\n      identifiers = [\"cloudwatch.amazonaws.com\"]\n    }"
		denied     = "broken! topic-policy-denies at aws_sns_topic_policy.p policy"
		second     = "aws_sns_topic \"second\" {\n name = \"second\"\n}"
		me         = "data \"aws_caller_identity\" \"me\" {\n at = \"us-east-1 111122223333\"\n}"
		another    = "data \"aws_caller_identity\" \"me\" {\n at = \"us-east-1 444455556666\"\n}"
	)
	condition := func(test, variable, values string) string {
		return "condition {\n test = \"" + test + "\"\n variable = \"" + variable + "\"\n values = " + values + "\n}\n"
	}
	account := func(value string) string { return condition("StringEquals", "aws:SourceAccount", "["+value+"]") }
	with := func(more string) chaintest.Edits { return chaintest.Edits{principals, principals + "\n" + more} }
	for name, c := range map[string]struct {
		chaintest.Edits
		more      string // resources of the world
		want, why string
	}{
		"a statement that lets":             {nil, "", "ok", ""},
		"of the effect Allow":               {chaintest.Edits{sid, `effect = "Allow"`}, "", "ok", ""},
		"of the effect Deny":                {chaintest.Edits{sid, `effect = "Deny"`}, "", denied, ""},
		"of an effect that is a variable":   {chaintest.Edits{sid, `effect = var.effect`}, "", undecidedByP, "an effect that is not known"},
		"of another action":                 {chaintest.Edits{actions, `actions = ["sns:Subscribe"]`}, "", deniedByP, ""},
		"of all actions but others":         {chaintest.Edits{actions, `not_actions = ["sns:Subscribe"]`}, "", "ok", ""},
		"of all actions but this":           {chaintest.Edits{actions, `not_actions = ["sns:Publish"]`}, "", deniedByP, ""},
		"of an action that is a variable":   {chaintest.Edits{actions, `actions = [var.action]`}, "", undecidedByP, ""},
		"of actions that are a variable":    {chaintest.Edits{actions, `actions = var.actions`}, "", undecidedByP, ""},
		"about another topic":               {chaintest.Edits{resources, "resources = [aws_sns_topic.second.arn]"}, second, deniedByP, ""},
		"about both topics":                 {chaintest.Edits{resources, "resources = [aws_sns_topic.second.arn, aws_sns_topic.security.arn]"}, second, "ok", ""},
		"about all topics but another":      {chaintest.Edits{resources, "not_resources = [aws_sns_topic.second.arn]"}, second, "ok", ""},
		"about all topics but this":         {chaintest.Edits{resources, "not_resources = [aws_sns_topic.security.arn]"}, "", deniedByP, ""},
		"about the topic by its id":         {chaintest.Edits{resources, "resources = [aws_sns_topic.security.id]"}, "", "ok", ""},
		"about the topic's name":            {chaintest.Edits{resources, "resources = [aws_sns_topic.security.name]"}, "", undecidedByP, ""},
		"about what is not in the input":    {chaintest.Edits{resources, "resources = [aws_sns_topic.elsewhere.arn]"}, "", undecidedByP, ""},
		"about one of two topics":           {chaintest.Edits{resources, "resources = [one(aws_sns_topic.second.arn, aws_sns_topic.security.arn)]"}, second, undecidedByP, ""},
		"about what is made of the topic":   {chaintest.Edits{resources, "resources = [made(aws_sns_topic.security.arn)]"}, "", undecidedByP, ""},
		"about what cannot be seen":         {chaintest.Edits{resources, "resources = [hidden()]"}, "", undecidedByP, ""},
		"for another service":               {chaintest.Edits{`"cloudwatch.amazonaws.com"`, `"events.amazonaws.com"`}, "", deniedByP, ""},
		"for everybody":                     {chaintest.Edits{`"Service"`, `"*"`, `"cloudwatch.amazonaws.com"`, `"*"`}, "", "ok", ""},
		"for principals not to be seen":     {chaintest.Edits{principals, "principals = hidden()"}, "", undecidedByP, "it cannot be seen as a whole"},
		"for all but others":                {chaintest.Edits{"principals {", "not_principals {", `"cloudwatch.amazonaws.com"`, `"events.amazonaws.com"`}, "", "ok", ""},
		"for all but this service":          {chaintest.Edits{"principals {", "not_principals {"}, "", deniedByP, ""},
		"for not_principals not to be seen": {chaintest.Edits{sid, "not_principals = hidden()"}, "", undecidedByP, "it cannot be seen as a whole"},

		"from the account":                               {with(account(`"111122223333"`)), "", "ok", ""},
		"from another account":                           {with(account(`"444455556666"`)), "", deniedByP, "aws:SourceAccount"},
		"from either account":                            {with(account(`"444455556666"`) + account(`"111122223333"`)), "", "ok", ""},
		"from the account by two tests":                  {with(account(`"111122223333"`) + condition("StringLike", "aws:SourceAccount", `["4*"]`)), "", deniedByP, "aws:SourceAccount"},
		"from the account and by an alarm":               {with(account(`"111122223333"`) + condition("StringEquals", "aws:SourceArn", "["+chaintest.TheAlarm+".arn]")), "", "ok", ""},
		"from the alarm of another name":                 {with(condition("ArnLike", "aws:SourceArn", `["arn:aws:cloudwatch:*:*:alarm:other"]`)), "", deniedByP, "aws:SourceArn"},
		"from the account of the caller":                 {with(account("data.aws_caller_identity.me.account_id")), me, "ok", ""},
		"from the account of another one":                {with(account("data.aws_caller_identity.me.account_id")), another, deniedByP, "aws:SourceAccount"},
		"from the account of a caller that is not there": {with(account("data.aws_caller_identity.me.account_id")), "", undecidedByP, ""},
		"from the account of a member":                   {with(account("aws_guardduty_member.m.account_id")), "aws_guardduty_member \"m\" {\n account_id = \"111122223333\"\n}", undecidedByP, ""},
		"from an account not to be seen":                 {with(account("hidden()")), "", undecidedByP, ""},
		"under conditions not to be seen":                {chaintest.Edits{sid, "condition = hidden()"}, "", undecidedByP, "it cannot be seen as a whole"},
		"from an account of the request":                 {with(account(`"&{aws:SourceAccount}"`)), "", "ok", ""},

		"variables of an old version": {append(chaintest.Edits{"\n  statement", "version = \"2008-10-17\"\n statement"}, with(account(`"&{aws:SourceAccount}"`))...), "", deniedByP, ""},
		"an empty version is the new": {append(chaintest.Edits{"\n  statement", "version = \"\"\n statement"}, with(account(`"&{aws:SourceAccount}"`))...), "", "ok", ""},
		"no statements":               {chaintest.Edits{statement, ""}, "", deniedByP, "no statement allows"},
		"statements not to be seen":   {chaintest.Edits{statement, "statement = hidden()"}, "", undecidedByP, "not all of the policy can be seen"},
	} {
		t.Run(name, func(t *testing.T) {
			world := chaintest.Complete + byDocument + c.more + PolicyDocument("p", c.Of(t, statement))
			chaintest.Compare(t, chaintest.PublishOf(chaintest.Build(t, world, chaintest.Planned)), c.want, c.why)
		})
	}
}

// TestDocumentsUponDocuments: a statement replaces one of its Sid below it.
func TestDocumentsUponDocuments(t *testing.T) {
	const (
		base    = "data.aws_iam_policy_document.base.json"
		other   = "data.aws_iam_policy_document.other.json"
		denied  = "broken! topic-policy-denies at aws_sns_topic_policy.p policy"
		partial = "not all of the policy can be seen"
	)
	deny := strings.Replace(statement, "actions ", "effect = \"Deny\"\n actions ", 1)
	unnamed := strings.Replace(deny, `sid       = "publish"`, "", 1)
	beside := "statement {\n sid = \"other\"\n actions = [\"sns:Subscribe\"]\n resources = [\"*\"]\n}"
	text := `"{\"Statement\": [{\"Sid\": \"publish\", \"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"*\", \"Resource\": \"*\"}]}"`
	for name, c := range map[string]struct {
		p, base, other string
		want, why      string
	}{
		"upon one":                            {"source_policy_documents = [" + base + "]", statement, "", "ok", ""},
		"upon one, replaced":                  {"source_policy_documents = [" + base + "]\n" + statement, deny, "", "ok", ""},
		"upon one with a denial of no name":   {"source_policy_documents = [" + base + "]\n" + statement, unnamed, "", denied, ""},
		"upon one, beside another":            {"source_policy_documents = [" + base + "]\n" + beside, statement, "", "ok", ""},
		"upon one of no name, beside another": {"source_policy_documents = [" + base + "]\n" + strings.Replace(beside, `sid = "other"`, "", 1), strings.Replace(statement, `sid       = "publish"`, "", 1), "", "ok", ""},
		"upon two, of which the later counts": {"source_policy_documents = [" + base + ", " + other + "]", statement, deny, denied, ""},
		"upon the older argument":             {"source_json = " + base, statement, "", "ok", ""},
		"the newer argument over the older":   {"source_json = " + base + "\nsource_policy_documents = [" + other + "]", statement, deny, denied, ""},
		"overridden":                          {"override_policy_documents = [" + base + "]\n" + statement, deny, "", denied, ""},
		"overridden by the older argument":    {"override_json = " + base + "\n" + statement, deny, "", denied, ""},
		"the older override comes last":       {"override_json = " + base + "\noverride_policy_documents = [" + other + "]", statement, deny, "ok", ""},
		"upon a text":                         {"source_policy_documents = [" + text + "]", "", "", denied, ""},
		"upon what the provider leaves open":  {"source_json = unset()\n" + statement, "", "", "ok", ""},
		"upon a variable":                     {"source_policy_documents = [var.base]\n" + statement, "", "", undecidedByP, partial},
		"upon a list that is a variable":      {"source_policy_documents = var.base\n" + statement, "", "", undecidedByP, partial},
		"upon one of two":                     {"source_policy_documents = [one(" + base + ", " + other + ")]\n" + statement, deny, statement, undecidedByP, partial},
		"upon one that cannot be seen":        {"source_policy_documents = [" + base + "]\n" + statement, "statement = hidden()", "", undecidedByP, partial},
		"upon a variable and a document":      {"source_policy_documents = [var.base, " + base + "]", statement, "", undecidedByP, partial},
		"upon a variable, and overridden":     {"source_json = var.base\noverride_json = " + base, statement, "", undecidedByP, partial},
		"upon what is upon a variable":        {"source_policy_documents = [" + base + ", " + other + "]", "source_json = var.base", statement, undecidedByP, partial},
		"overridden by a variable":            {"override_json = var.over\n" + statement, "", "", undecidedByP, partial},
	} {
		t.Run(name, func(t *testing.T) {
			world := chaintest.Complete + byDocument + PolicyDocument("p", c.p) + PolicyDocument("base", c.base) + PolicyDocument("other", c.other)
			chaintest.Compare(t, chaintest.PublishOf(chaintest.Build(t, world, chaintest.Planned)), c.want, c.why)
		})
	}
}

// TestHiddenInADocument: where a local can only be the topic, it is likely to be it.
func TestHiddenInADocument(t *testing.T) {
	const second = "aws_sns_topic \"second\" {\n name = \"second\"\n}"
	for name, c := range map[string]struct {
		refs      []string
		want, why string
	}{
		"the topic alone":            {[]string{chaintest.TheTopic + " arn"}, "inferred link-inferred at aws_sns_topic_policy.p policy", "the plan does not show the value of local.topics"},
		"the topic by its id":        {[]string{chaintest.TheTopic + " id"}, "inferred link-inferred at aws_sns_topic_policy.p policy", ""},
		"the topic and other things": {[]string{chaintest.TheAlarm + " arn", chaintest.TheTopic + " arn", chaintest.TheTopic + " name"}, "inferred link-inferred at aws_sns_topic_policy.p policy", ""},
		"another topic":              {[]string{"aws_sns_topic.second arn"}, undecidedByP, ""},
		"the topic or another":       {[]string{chaintest.TheTopic + " arn", "aws_sns_topic.second arn"}, undecidedByP, ""},
		"the topic's name":           {[]string{chaintest.TheTopic + " name"}, undecidedByP, ""},
		"what is not in the input":   {[]string{"aws_sns_topic.elsewhere arn"}, undecidedByP, ""},
	} {
		t.Run(name, func(t *testing.T) {
			hides := func(t *testing.T, a *chaintest.Input) {
				p := resource.MapValue(map[string]resource.Value{
					"actions": chaintest.List("sns:Publish"), "resources": chaintest.Local("topics", c.refs...),
					"principals": resource.ListValue(resource.MapValue(map[string]resource.Value{
						"type": resource.StringValue("Service"), "identifiers": chaintest.List("cloudwatch.amazonaws.com"),
					})),
				})
				chaintest.Setting("data.aws_iam_policy_document.p", "statement", resource.ListValue(p))(t, a)
			}
			world := chaintest.Complete + second + byDocument + PolicyDocument("p", "")
			chaintest.Compare(t, chaintest.PublishOf(chaintest.Build(t, world, chaintest.Planned, hides)), c.want, c.why)
		})
	}
}
