package access_test

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/chain/chaintest"
)

// attaching gives the role a policy by its ARN.
func attaching(arn string) string {
	return "\naws_iam_role_policy_attachment \"write\" {\n role = aws_iam_role.trail.name\n policy_arn = " + arn + "\n}\n"
}

// TestPermissions: what gives the role its policies, and what of them can be seen.
func TestPermissions(t *testing.T) {
	const (
		arn      = "arn:aws:iam::111122223333:policy/write"
		made     = "aws_iam_policy.write.arn"
		attached = "aws_iam_role_policy_attachment.write"
		aws      = `"arn:aws:iam::aws:policy/`
		outside  = "which " + attached + " attaches, is not in the input"
		second   = "aws_iam_policy \"second\" {\n policy = \"\"\n}"
	)
	managed := func(policy string) string {
		return "aws_iam_policy \"write\" {\n arn = \"" + arn + "\"\n policy = " + policy + "\n}\n"
	}
	good, bad := chaintest.PolicyOf(writing("*")), chaintest.PolicyOf(writing("arn:aws:logs:us-east-1:111122223333:log-group:other:*"))
	read := func(argument, value string) string {
		return "data \"aws_iam_policy\" \"p\" {\n " + argument + " = \"" + value + "\"\n}" + attaching("data.aws_iam_policy.p.arn")
	}
	for name, c := range map[string]struct {
		world     string // instead of the inline policy
		options   []chaintest.Option
		want, why string
	}{
		"an inline policy that is a variable":            {granting("write", "var.policy"), nil, openRole + "aws_iam_role_policy.write policy", "aws_iam_role_policy.write: the policy is what var.policy decides"},
		"an inline policy that is a variable, in a plan": {granting("write", "var.policy"), []chaintest.Option{chaintest.Planned}, unseenRole, "the policy is what var.policy decides"},
		"an inline policy that is none":                  {granting("write", `"no JSON"`), nil, openRole + chaintest.TheRole, "it is not a readable policy"},
		"an inline policy of another system":             {granting("write", `outside("data.http.policy")`), nil, unseenRole, "data.http.policy"},
		"an inline policy by a document":                 {granting("write", "data.aws_iam_policy_document.w.json") + PolicyDocument("w", "statement {\n actions = [\"logs:*\"]\n resources = [\"*\"]\n}"), []chaintest.Option{chaintest.Planned}, "ok", ""},
		"an inline policy by a document of a variable":   {granting("write", "data.aws_iam_policy_document.w.json") + PolicyDocument("w", "source_json = var.base"), []chaintest.Option{chaintest.Planned}, unseenRole, ""},
		"an inline policy of one of two documents":       {granting("write", "one(data.aws_iam_policy_document.v.json, data.aws_iam_policy_document.w.json)") + PolicyDocument("v", "") + PolicyDocument("w", ""), nil, openRole + "aws_iam_role_policy.write policy", ""},
		"a second inline policy that denies":             {granting("write", good) + granting("deny", chaintest.PolicyOf(`{"Effect": "Deny", "Action": "logs:*", "Resource": "*"}`)), nil, "broken! trail-role-cannot-write at " + chaintest.TheRole, ""},
		"a second inline policy that nobody sees":        {granting("write", good) + granting("x", "var.policy"), nil, openRole + "aws_iam_role_policy.x policy", ""},
		"two inline policies that nobody sees":           {granting("a", "var.policy") + granting("b", "var.policy"), nil, openRole + "aws_iam_role_policy.a policy", "aws_iam_role_policy.a: "},
		"an inline policy of some role":                  {granting("write", good) + strings.Replace(granting("x", good), chaintest.TheRole+".name", "var.role", 1), nil, unseenRole, "whether aws_iam_role_policy.x applies to this role is not known"},
		"an inline policy of another role":               {granting("write", good) + strings.Replace(granting("x", "var.policy"), chaintest.TheRole+".name", `"other"`, 1), nil, "ok", ""},

		"an attached policy":                           {managed(good) + attaching(made), nil, "ok", ""},
		"an attached policy that does not":             {managed(bad) + attaching(made), nil, cannot, "logs:CreateLogStream"},
		"an attached policy by its ARN":                {managed(good) + attaching(`"`+arn+`"`), nil, "ok", ""},
		"an attached policy that is a variable":        {managed("var.policy") + attaching(made), nil, openRole + "aws_iam_policy.write policy", attached + ": the policy is what var.policy decides"},
		"an attached policy of another system":         {managed(`outside("data.http.policy")`) + attaching(made), nil, unseenRole, outside},
		"an attached policy that is not in the input":  {attaching(`"` + arn + `"`), nil, unseenRole, "the policy " + arn + ", " + outside},
		"attached by reference to what is not there":   {attaching("aws_iam_policy.gone.arn"), nil, unseenRole, "aws_iam_policy.gone.arn, " + outside},
		"attached by a variable":                       {attaching("var.arn"), nil, unseenRole, outside},
		"attached by what nobody sees":                 {attaching("hidden()"), nil, unseenRole, attached + " attaches (known after apply), which is known only after apply"},
		"attached is one of two":                       {managed(good) + second + attaching("one(aws_iam_policy.second.arn, aws_iam_policy.write.arn)"), nil, unseenRole, attached + " attaches one of several policies"},
		"one of AWS's":                                 {attaching(aws + `CloudWatchLogsFullAccess"`), nil, "ok", ""},
		"one of AWS's that does not":                   {attaching(aws + `ReadOnlyAccess"`), nil, cannot, ""},
		"one of AWS's that nobody knows":               {attaching(aws + `Unheard"`), nil, unseenRole, "policy/Unheard, " + outside},
		"one of an account that has the name of AWS's": {attaching(`"arn:aws:iam::111122223333:policy/CloudWatchLogsFullAccess"`), nil, unseenRole, outside},
		"a role that has the name of AWS's":            {attaching(`"arn:aws:iam::aws:role/CloudWatchLogsFullAccess"`), nil, unseenRole, outside},
		"one of another service of that name":          {attaching(`"arn:aws:sns::aws:policy/CloudWatchLogsFullAccess"`), nil, unseenRole, outside},
		"one of AWS's that is read by name":            {read("name", "CloudWatchLogsFullAccess"), nil, "ok", ""},
		"one of AWS's in a path, by name":              {read("name", "AWSLambdaBasicExecutionRole"), nil, "ok", ""},
		"one of AWS's that is read by ARN":             {read("arn", "arn:aws:iam::aws:policy/CloudWatchLogsFullAccess"), nil, "ok", ""},
		"a policy that is read":                        {read("name", "ours"), nil, unseenRole, outside},

		"attached to many":   {managed(good) + "aws_iam_policy_attachment \"write\" {\n name = \"w\"\n roles = [\"other\", " + chaintest.TheRole + ".name]\n policy_arn = " + made + "\n}", nil, "ok", ""},
		"attached to others": {granting("write", good) + "aws_iam_policy_attachment \"write\" {\n name = \"w\"\n roles = [\"other\"]\n policy_arn = \"" + arn + "\"\n}", nil, "ok", ""},
	} {
		t.Run(name, func(t *testing.T) {
			world := chaintest.Edits{chaintest.TextOf(chaintest.TheRolePolicy), "", "", c.world}.Of(t, chaintest.Complete)
			chaintest.Compare(t, chaintest.Build(t, world, c.options...).Trails[chaintest.TheTrail].Role, c.want, c.why)
		})
	}
}

// TestPoliciesInTheRole: the role's own arguments, which a plan shows as they were
// before it takes a policy away.
func TestPoliciesInTheRole(t *testing.T) {
	const (
		logs       = `managed_policy_arns = ["arn:aws:iam::aws:policy/CloudWatchLogsFullAccess"]`
		attachment = "aws_iam_role_policy_attachment \"old\" {\n role = %\n policy_arn = \"arn:aws:iam::aws:policy/CloudWatchLogsFullAccess\"\n}"
		ofMany     = "aws_iam_policy_attachment \"old\" {\n roles = %\n policy_arn = \"arn:aws:iam::aws:policy/CloudWatchLogsFullAccess\"\n}"
		inlineOld  = "aws_iam_role_policy \"old\" {\n role = %\n name = \"write\"\n}"
	)
	inline := "inline_policy {\n name = \"write\"\n policy = " + chaintest.PolicyOf(writing("*")) + "}"
	gone := func(world, role string) []chaintest.Option {
		return []chaintest.Option{chaintest.Deletes(strings.Replace(world, "%", role, 1))}
	}
	by := func(typ string) string { return "broken trail-role-cannot-write at " + typ + ".old" }
	for name, c := range map[string]struct {
		arguments string
		options   []chaintest.Option
		want      string
	}{
		"an inline policy":                                            {inline, nil, "ok"},
		"an inline policy that is deleted":                            {inline, gone(inlineOld, `"trail"`), by("aws_iam_role_policy")},
		"another inline policy is deleted":                            {inline, gone(strings.Replace(inlineOld, "write", "other", 1), `"trail"`), "ok"},
		"that of another role is deleted":                             {inline, gone(inlineOld, `"other"`), "ok"},
		"an inline policy, and an attachment of no ARN is deleted":    {inline, gone("aws_iam_role_policy_attachment \"old\" {\n role = %\n}", `"trail"`), "ok"},
		"an inline policy that is a variable":                         {strings.Replace(inline, inline[strings.Index(inline, "<<"):], "var.policy\n}", 1), nil, openRole + chaintest.TheRole},
		"an attached policy":                                          {logs, nil, "ok"},
		"an attached policy that is deleted":                          {logs, gone(attachment, `"trail"`), by("aws_iam_role_policy_attachment")},
		"another one is deleted":                                      {logs, gone(strings.Replace(attachment, "LogsFull", "ReadOnly", 1), `"trail"`), "ok"},
		"an attachment to many is deleted":                            {logs, gone(ofMany, `["other", "trail"]`), by("aws_iam_policy_attachment")},
		"an attachment to others is deleted":                          {logs, gone(ofMany, `["other"]`), "ok"},
		"an attached policy, and an inline one of no name is deleted": {logs, gone("aws_iam_role_policy \"old\" {\n role = %\n}", `"trail"`), "ok"},
	} {
		t.Run(name, func(t *testing.T) {
			world := chaintest.Edits{chaintest.TextOf(chaintest.TheRolePolicy), "", `name               = "trail"`, "name = \"trail\"\n" + c.arguments}.Of(t, chaintest.Complete)
			chaintest.Compare(t, chaintest.Build(t, world, c.options...).Trails[chaintest.TheTrail].Role, c.want, "")
		})
	}
}
