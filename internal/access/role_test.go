package access_test

import (
	"testing"

	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/resource"
)

const (
	cannot     = "broken trail-role-cannot-write at " + chaintest.TheRole
	unseenRole = "hidden trail-role-not-visible at " + chaintest.TheRole
	openRole   = "hidden value-unknown at "
)

// granting returns an inline policy of the role.
func granting(name, policy string) string {
	return "\naws_iam_role_policy \"" + name + "\" {\n name = \"" + name + "\"\n role = aws_iam_role.trail.name\n policy = " + policy + "\n}\n"
}

// writing lets the role write to log streams that a pattern names.
func writing(streams string) string {
	return `{"Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": "` + streams + `"}`
}

// TestTrust: who may assume the role.
func TestTrust(t *testing.T) {
	const (
		service   = `"Principal": {"Service": "cloudtrail.amazonaws.com"}`
		action    = `"Action": "sts:AssumeRole"`
		untrusted = cannot + " assume_role_policy"
	)
	from := func(key, value string) chaintest.Edits {
		return chaintest.Edits{action, action + `, "Condition": {"StringLike": {"` + key + `": "` + value + `"}}`}
	}
	for name, c := range map[string]struct {
		chaintest.Edits
		want, why string
	}{
		"CloudTrail":                    {nil, "ok", ""},
		"another service":               {chaintest.Edits{service, `"Principal": {"Service": "ec2.amazonaws.com"}`}, untrusted, "not for cloudtrail.amazonaws.com"},
		"for another action":            {chaintest.Edits{action, `"Action": "sts:TagSession"`}, untrusted, ""},
		"nobody":                        {chaintest.Edits{`"Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}`, `"Deny", "Principal": "*"`}, "broken! trail-role-cannot-write at " + chaintest.TheRole + " assume_role_policy", ""},
		"from the trail":                {from("aws:SourceArn", "arn:aws:cloudtrail:us-east-1:111122223333:trail/main"), "ok", ""},
		"from another trail":            {from("aws:SourceArn", "arn:aws:cloudtrail:us-east-1:111122223333:trail/other"), untrusted, "aws:SourceArn"},
		"from the trail by its own ARN": {append(chaintest.Edits{`name                       = "main"`, `name = "x"` + "\n arn = \"arn:aws:cloudtrail:us-east-1:111122223333:trail/main\""}, from("aws:SourceArn", "*:trail/main")...), "ok", ""},
		"from the account":              {from("aws:SourceAccount", "111122223333"), "ok", ""},
		"from another account":          {from("aws:SourceAccount", "444455556666"), untrusted, "aws:SourceAccount"},
		"from a trail without a name":   {append(chaintest.Edits{`name                       = "main"`, "name = unset()"}, from("aws:SourceArn", "*:trail/main")...), openRole + chaintest.TheRole + " assume_role_policy", "its trust policy: "},
		"an organization":               {from("aws:PrincipalOrgID", "o-1"), openRole + chaintest.TheRole + " assume_role_policy", "its trust policy: "},
	} {
		t.Run(name, func(t *testing.T) {
			chaintest.Compare(t, chaintest.Build(t, c.Of(t, chaintest.Complete)).Trails[chaintest.TheTrail].Role, c.want, c.why)
		})
	}
	t.Run("an organization, in a plan", func(t *testing.T) {
		d := chaintest.Build(t, from("aws:PrincipalOrgID", "o-1").Of(t, chaintest.Complete), chaintest.Planned)
		chaintest.Compare(t, d.Trails[chaintest.TheTrail].Role, unseenRole+" assume_role_policy", "its trust policy: ")
	})
	t.Run("an organization, and it may not write", func(t *testing.T) {
		world := append(from("aws:PrincipalOrgID", "o-1"), `"logs:PutLogEvents"`, `"logs:GetLogEvents"`).Of(t, chaintest.Complete)
		chaintest.Compare(t, chaintest.Build(t, world).Trails[chaintest.TheTrail].Role, cannot, "logs:PutLogEvents")
	})
}

// TestWhichRole: what the trail names.
func TestWhichRole(t *testing.T) {
	const (
		named      = "aws_iam_role.trail.arn"
		argument   = chaintest.TheTrail + " cloud_watch_logs_role_arn"
		hiddenRole = "hidden trail-role-not-visible at " + argument
		second     = "aws_iam_role \"second\" {\n name = \"second\"\n}"
	)
	for name, c := range map[string]struct {
		role      string
		world     string
		want, why string
	}{
		"the role":            {named, "", "ok", ""},
		"the role by its ARN": {`"arn:aws:iam::111122223333:role/trail"`, "", "ok", ""},
		"none":                {"null", "", "none", ""},
		"an empty text":       {`""`, "", "none", ""},
		"a name":              {`"trail"`, "", "broken trail-role-cannot-write at " + argument, "it is not the ARN of a role"},
		"a role elsewhere":    {`"arn:aws:iam::111122223333:role/other"`, "", hiddenRole, "role/other"},
		"a role that is read": {"data.aws_iam_role.trail.arn", "data \"aws_iam_role\" \"trail\" {\n name = \"other\"\n}", hiddenRole, ""},
		"one of two":          {"one(aws_iam_role.second.arn, aws_iam_role.trail.arn)", second, hiddenRole, ""},
		"a variable":          {"var.role", "", openRole + argument, "what var.role decides"},
		"what cannot be seen": {"hidden()", "", hiddenRole, ""},
	} {
		t.Run(name, func(t *testing.T) {
			world := chaintest.Edits{"aws_iam_role.trail.arn", c.role, "", c.world}.Of(t, chaintest.Complete)
			chaintest.Compare(t, chaintest.Build(t, world).Trails[chaintest.TheTrail].Role, c.want, c.why)
		})
	}
	t.Run("a variable of a plan", func(t *testing.T) {
		d := chaintest.Build(t, chaintest.Edits{"aws_iam_role.trail.arn", "var.role"}.Of(t, chaintest.Complete), chaintest.Planned)
		chaintest.Compare(t, d.Trails[chaintest.TheTrail].Role, hiddenRole, "")
	})
	t.Run("a role that the plan deletes", func(t *testing.T) {
		const arn = "arn:aws:iam::111122223333:role/old"
		d := chaintest.Build(t, chaintest.Edits{"aws_iam_role.trail.arn", `"` + arn + `"`}.Of(t, chaintest.Complete), chaintest.Deletes(`aws_iam_role "old" { arn = "`+arn+`" }`))
		chaintest.Compare(t, d.Trails[chaintest.TheTrail].Role, "broken trail-role-cannot-write at aws_iam_role.old", "this plan deletes it")
	})
}

// TestWriting: which streams the role may write to.
func TestWriting(t *testing.T) {
	const (
		streams   = `"Resource": "arn:aws:logs:us-east-1:111122223333:log-group:trail:*"`
		actions   = `["logs:CreateLogStream", "logs:PutLogEvents"]`
		prefix    = "arn:aws:logs:us-east-1:111122223333:log-group:trail:log-stream:"
		deny      = `{"Effect": "Deny", "Action": "logs:PutLogEvents", "Resource": "*"}`
		partial   = "partial trail-role-misses-members at " + chaintest.TheRole
		organized = "is_multi_region_trail      = true"
	)
	organization := chaintest.Edits{organized, organized + "\n is_organization_trail = true"}
	to := func(pattern string) chaintest.Edits { return chaintest.Edits{streams, `"Resource": "` + pattern + `"`} }
	for name, c := range map[string]struct {
		chaintest.Edits
		want, why string
	}{
		"all streams of the group":          {nil, "ok", ""},
		"the stream of the account":         {to(prefix + "111122223333_CloudTrail_us-east-1*"), "ok", ""},
		"the stream of another account":     {to(prefix + "444455556666_CloudTrail_us-east-1*"), cannot, "logs:CreateLogStream"},
		"the stream of another region":      {to(prefix + "111122223333_CloudTrail_eu-west-1*"), cannot, "logs:CreateLogStream"},
		"streams of another group":          {to("arn:aws:logs:us-east-1:111122223333:log-group:other:*"), cannot, "logs:CreateLogStream"},
		"the group without its streams":     {to("arn:aws:logs:us-east-1:111122223333:log-group:trail"), cannot, ""},
		"no streams made":                   {chaintest.Edits{actions, `["logs:PutLogEvents"]`}, cannot, "logs:CreateLogStream: "},
		"nothing put":                       {chaintest.Edits{actions, `["logs:CreateLogStream"]`}, cannot, "logs:PutLogEvents: "},
		"denied the second action":          {chaintest.Edits{"", granting("deny", chaintest.PolicyOf(deny))}, "broken! trail-role-cannot-write at " + chaintest.TheRole, "logs:PutLogEvents: "},
		"denied says more than not allowed": {chaintest.Edits{actions, `["logs:PutLogEvents"]`, "", granting("deny", chaintest.PolicyOf(deny))}, "broken! trail-role-cannot-write at " + chaintest.TheRole, "logs:PutLogEvents: "},
		"under a condition":                 {chaintest.Edits{streams, streams + `, "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}`}, openRole + chaintest.TheRole, "aws:SourceAccount"},
		"to a group without a name":         {chaintest.Edits{`name = "trail"` + "\n}", "name = unset()\n}", `"arn:aws:logs:us-east-1:111122223333:log-group:trail:*"` + "\n  cloud", "aws_cloudwatch_log_group.trail.arn\n  cloud"}, openRole + chaintest.TheRole, ""},
		"to a group that nobody sees":       {chaintest.Edits{`"arn:aws:logs:us-east-1:111122223333:log-group:trail:*"` + "\n  cloud", "var.group\n  cloud"}, unseenRole, "the log group is not known"},
		"for an organization":               {organization, "ok", ""},
		"for one member of an organization": {append(to(prefix+"111122223333_CloudTrail_us-east-1*"), organization...), partial, "logs:CreateLogStream"},
		"for no member of an organization":  {append(to(prefix+"444455556666_CloudTrail_us-east-1*"), organization...), cannot, ""},
		"for an organization by name":       {append(append(to(prefix+"111122223333_CloudTrail_us-east-1*"), "", granting("members", chaintest.PolicyOf(writing(prefix+"o-1_*")))), organization...), "ok", ""},
	} {
		t.Run(name, func(t *testing.T) {
			chaintest.Compare(t, chaintest.Build(t, c.Of(t, chaintest.Complete)).Trails[chaintest.TheTrail].Role, c.want, c.why)
		})
	}
}

// TestRolesWithoutPolicies: what gives a role none, and what may.
func TestRolesWithoutPolicies(t *testing.T) {
	const none = "nothing in the input gives it a policy"
	bare := chaintest.Without(chaintest.TheRolePolicy)
	exclusive := "aws_iam_role_policies_exclusive \"only\" {\n role_name = aws_iam_role.trail.name\n policy_names = []\n}"
	deleted := chaintest.Deletes("aws_iam_role_policy \"old\" {\n role = \"trail\"\n name = \"old\"\n}")
	there := func(address string) chaintest.Option {
		return chaintest.At(address, func(r *resource.Resource) { r.Position = nil })
	}
	for name, c := range map[string]struct {
		chaintest.Edits
		options   []chaintest.Option
		want, why string
	}{
		"none":                        {bare, nil, cannot, none},
		"one that the plan deletes":   {bare, []chaintest.Option{deleted}, "broken trail-role-cannot-write at aws_iam_role_policy.old", "this plan deletes it"},
		"one of another role deleted": {bare, []chaintest.Option{chaintest.Deletes("aws_iam_role_policy \"old\" {\n role = \"other\"\n}")}, cannot, none},
		"one of no role deleted, and the role has no name": {append(bare, `  name               = "trail"`, ""), []chaintest.Option{chaintest.Deletes("aws_iam_role_policy \"old\" {\n}")}, cannot, none},
		"an attachment deleted":                            {bare, []chaintest.Option{chaintest.Deletes("aws_iam_role_policy_attachment \"old\" {\n role = \"trail\"\n}")}, "broken trail-role-cannot-write at aws_iam_role_policy_attachment.old", ""},
		"attachments of many deleted":                      {bare, []chaintest.Option{chaintest.Deletes("aws_iam_policy_attachment \"old\" {\n roles = [\"other\", \"trail\"]\n}")}, "broken trail-role-cannot-write at aws_iam_policy_attachment.old", ""},
		"attachments of others deleted":                    {bare, []chaintest.Option{chaintest.Deletes("aws_iam_policy_attachment \"old\" {\n roles = [\"other\"]\n}")}, cannot, none},
		"one that is taken away":                           {chaintest.Edits{"", exclusive}, nil, "broken trail-role-cannot-write at aws_iam_role_policies_exclusive.only", "it leaves " + chaintest.TheRole + " no policy"},
		"not all was read":                                 {bare, []chaintest.Option{chaintest.WithGaps(resource.Gap{Text: "the module m is not installed"})}, unseenRole, "and not everything could be read: the module m is not installed"},
		"all of it is there already":                       {bare, []chaintest.Option{chaintest.Planned, there(chaintest.TheTrail), there(chaintest.TheRole)}, unseenRole, "its policies are managed elsewhere"},
		"the role is there already":                        {bare, []chaintest.Option{chaintest.Planned, there(chaintest.TheRole)}, cannot, none},
		"the trail is there already":                       {bare, []chaintest.Option{chaintest.Planned, there(chaintest.TheTrail)}, cannot, none},
		"code says what shall be there":                    {bare, []chaintest.Option{there(chaintest.TheTrail), there(chaintest.TheRole)}, cannot, none},
		"the role is made":                                 {bare, []chaintest.Option{chaintest.Planned, there(chaintest.TheTrail), there(chaintest.TheRole), chaintest.At(chaintest.TheRole, func(r *resource.Resource) { r.Change.Action = resource.Create })}, cannot, none},
	} {
		t.Run(name, func(t *testing.T) {
			chaintest.Compare(t, chaintest.Build(t, c.Of(t, chaintest.Complete), c.options...).Trails[chaintest.TheTrail].Role, c.want, c.why)
		})
	}
}

// TestTakenAway: if something removes policies, adding one fixes nothing.
func TestTakenAway(t *testing.T) {
	const (
		only = "aws_iam_role_policies_exclusive \"only\" {\n role_name = aws_iam_role.trail.name\n policy_names = [\"other\"]\n}"
		by   = "broken trail-role-cannot-write at aws_iam_role_policies_exclusive.only"
	)
	other := granting("other", chaintest.PolicyOf(writing("arn:aws:logs:us-east-1:111122223333:log-group:other:*")))
	chaintest.Compare(t, chaintest.Build(t, chaintest.Complete+other+only).Trails[chaintest.TheTrail].Role, by, "it leaves "+chaintest.TheRole+" without logs:CreateLogStream")
	denied := granting("other", chaintest.PolicyOf(`{"Effect": "Deny", "Action": "*", "Resource": "*"}`))
	chaintest.Compare(t, chaintest.Build(t, chaintest.Complete+denied+only).Trails[chaintest.TheTrail].Role, "broken! trail-role-cannot-write at "+chaintest.TheRole, "logs:CreateLogStream")
}

// TestBoundaries: a boundary has to allow what the policies of a role do.
func TestBoundaries(t *testing.T) {
	const (
		name     = `name               = "trail"`
		argument = " permissions_boundary"
	)
	policy := func(statements ...string) string {
		return "aws_iam_policy \"boundary\" {\n arn = \"arn:aws:iam::111122223333:policy/boundary\"\n policy = " + chaintest.PolicyOf(statements...) + "\n}"
	}
	for kind, c := range map[string]struct {
		boundary, world string
		want, why       string
	}{
		"that allows it":                          {"aws_iam_policy.boundary.arn", policy(writing("*")), "ok", ""},
		"that allows another":                     {"aws_iam_policy.boundary.arn", policy(writing("arn:aws:logs:us-east-1:111122223333:log-group:other:*")), "broken! trail-role-cannot-write at " + chaintest.TheRole + argument, "its boundary: logs:CreateLogStream"},
		"that AWS manages":                        {`"arn:aws:iam::aws:policy/PowerUserAccess"`, "", "ok", ""},
		"that AWS manages, and does not allow it": {`"arn:aws:iam::aws:policy/ReadOnlyAccess"`, "", "broken! trail-role-cannot-write at " + chaintest.TheRole + argument, "its boundary: "},
		"that is not in the input":                {`"arn:aws:iam::111122223333:policy/other"`, "", unseenRole + argument, "its boundary: the policy arn:aws:iam::111122223333:policy/other"},
	} {
		t.Run(kind, func(t *testing.T) {
			world := chaintest.Edits{name, name + "\n permissions_boundary = " + c.boundary, "", c.world}.Of(t, chaintest.Complete)
			chaintest.Compare(t, chaintest.Build(t, world).Trails[chaintest.TheTrail].Role, c.want, c.why)
		})
	}
}
