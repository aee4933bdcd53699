package access_test

import (
	"testing"

	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/resource"
)

// TestOneOfSeveralPolicies: where the input does not say which document a policy is,
// all of them have to agree.
func TestOneOfSeveralPolicies(t *testing.T) {
	const (
		which   = "the plan does not show which part of the expression is used"
		holds   = "the plan does not show the value of local.policy"
		guessed = "inferred link-inferred at aws_sns_topic_policy.p policy"
	)
	a, b, topic := "data.aws_iam_policy_document.a json", "data.aws_iam_policy_document.b json", chaintest.TheTopic+" arn"
	uncertain := func(refs ...string) resource.Value {
		o, _ := chaintest.Local("", refs...).Origin()
		o.Cause, o.Via = resource.Referenced, nil
		return resource.UnknownValue(o)
	}
	const (
		other = "\n  statement {\n    actions   = [\"sns:Subscribe\"]\n    resources = [\"*\"]\n  }\n"
		deny  = "\n  statement {\n    effect = \"Deny\"\n    actions   = [\"sns:*\"]\n    resources = [\"*\"]\n    principals {\n      type = \"*\"\n      identifiers = [\"*\"]\n    }\n  }\n"
	)
	for name, c := range map[string]struct {
		value     resource.Value
		a, b      string
		want, why string
	}{
		"one document":                       {uncertain(a), statement, "", "ok", ""},
		"the document as a whole":            {uncertain("data.aws_iam_policy_document.a"), statement, "", "ok", ""},
		"the document in few letters":        {uncertain("data.aws_iam_policy_document.a minified_json"), statement, "", "ok", ""},
		"another attribute of it":            {uncertain("data.aws_iam_policy_document.a id"), statement, "", undecidedByP, "it is built from data.aws_iam_policy_document.a.id"},
		"two that let":                       {uncertain(a, b), statement, statement, guessed, which},
		"one that lets, one that does not":   {uncertain(a, b), statement, other, undecidedByP, which},
		"one that does not, one that lets":   {uncertain(a, b), other, statement, undecidedByP, which},
		"two that do not":                    {uncertain(a, b), other, other, deniedByP, ""},
		"two that deny":                      {uncertain(a, b), deny, deny, undecidedByP, which},
		"a document or something else":       {uncertain(a, topic), statement, "", undecidedByP, "it is built from"},
		"a local that is the document":       {chaintest.Local("policy", a), statement, "", guessed, holds},
		"a local beside other things":        {chaintest.Local("policy", a, topic), statement, "", guessed, holds},
		"a local that is one of two":         {chaintest.Local("policy", a, b), statement, other, undecidedByP, holds},
		"a local that is another one":        {chaintest.Local("policy", a), other, "", deniedByP, ""},
		"a local that denies":                {chaintest.Local("policy", a), deny, "", undecidedByP, holds},
		"a text that comes by a local":       {knownFrom(chaintest.Local("policy", b), `{"Statement": [`+chaintest.Publishing(chaintest.Lets)+`]}`), "", other, "ok", ""},
		"a text that is none, by a document": {knownFrom(uncertain(a), "no JSON"), statement, "", undecidedByP, "it is not a readable policy"},
		"a local without documents":          {chaintest.Local("policy", topic), "", "", undecidedByP, "the policy is local.policy"},
	} {
		t.Run(name, func(t *testing.T) {
			world := chaintest.Complete + byDocument + PolicyDocument("p", "") + PolicyDocument("a", c.a) + PolicyDocument("b", c.b)
			chaintest.Compare(t, chaintest.PublishOf(chaintest.Build(t, world, chaintest.Planned, chaintest.Setting(chaintest.ThePolicy, "policy", c.value))), c.want, c.why)
		})
	}
}

// knownFrom returns a value that is known and comes from where another one does.
func knownFrom(from resource.Value, text string) resource.Value {
	o, _ := from.Origin()
	return resource.StringValue(text).WithOrigin(o)
}

// TestUnreadPolicies: why a policy cannot be read, and what would settle it.
func TestUnreadPolicies(t *testing.T) {
	const managed = "aws_iam_policy.m.policy"
	for name, c := range map[string]struct {
		policy, why string
		options     []chaintest.Option
	}{
		"a variable":                    {"var.policy", "the policy is what var.policy decides", nil},
		"an expression nobody sees":     {"hidden()", "the policy is (known after apply)", nil},
		"what is made of a reference":   {"made(" + managed + ")", "the policy is built from " + managed + " in a way that iacgate does not evaluate", nil},
		"a text around a reference":     {`"x${` + managed + `}"`, "is built from " + managed + " in a way that iacgate does not evaluate", nil},
		"a reference in code":           {"one(" + managed + ")", "the policy is " + managed, nil},
		"a reference in a plan":         {managed, "it is built from " + managed + " and known only after apply. Put the code beside the plan or pass --source", []chaintest.Option{chaintest.Planned}},
		"what is made, in a plan":       {"made(" + managed + ")", "in a way that iacgate does not evaluate", []chaintest.Option{chaintest.Planned}},
		"a policy of another system":    {`outside("data.http.policy")`, "the policy is data.http.policy", nil},
		"a policy that nobody may read": {`secret("no JSON")`, "it is not a readable policy", nil},
	} {
		t.Run(name, func(t *testing.T) {
			d := chaintest.Build(t, chaintest.Complete+chaintest.PolicyResource("p", chaintest.TheTopic+".arn", c.policy), c.options...)
			chaintest.Compare(t, chaintest.PublishOf(d), undecidedByP, c.why)
		})
	}
}
