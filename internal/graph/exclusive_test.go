package graph

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A role with two inline policies and two attached ones.
const manyPolicies = `
aws_iam_role "r" { name = "trail" }
aws_iam_role_policy "a" {
  role   = "trail"
  name   = "write"
  policy = "{a}"
}
aws_iam_role_policy "b" {
  role   = "trail"
  name   = "read"
  policy = "{b}"
}
aws_iam_policy "m" {
  arn    = "arn:aws:iam::111122223333:policy/m"
  policy = "{m}"
}
aws_iam_role_policy_attachment "c" {
  role       = "trail"
  policy_arn = "arn:aws:iam::111122223333:policy/m"
}
aws_iam_role_policy_attachment "d" {
  role       = "trail"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
`

// What these are in words.
const (
	inlineA   = "aws_iam_role_policy.a inline write {a}\n"
	inlineB   = "aws_iam_role_policy.b inline read {b}\n"
	attachedC = "aws_iam_role_policy_attachment.c attaches known aws_iam_policy.m {m}\n"
	attachedD = "aws_iam_role_policy_attachment.d attaches external null\n"
)

func TestExclusiveInlinePolicies(t *testing.T) {
	const unsure = "unsure aws_iam_role_policies_exclusive.e"
	only := func(list string) string {
		return manyPolicies + "aws_iam_role_policies_exclusive \"e\" {\nrole_name = \"trail\"\npolicy_names = " + list + "\n}"
	}
	checkPolicies(t, []joinCase{
		{"none is left", only(`[]`), attachedC + attachedD},
		{"a name", only(`["write"]`), inlineA + attachedC + attachedD},
		{"both names", only(`["read", "write"]`), inlineA + inlineB + attachedC + attachedD},
		{"a variable", only(`[var.name]`), inlineA + inlineB + attachedC + attachedD + unsure},
		{"a variable that one name may be", only(`["wr${var.rest}"]`), inlineA + attachedC + attachedD + unsure},
		{"a list that nobody sees", only(`hidden()`), inlineA + inlineB + attachedC + attachedD + unsure},
	})
}

// A plan tells of which policy the name is listed, and not that name.
func TestExclusiveOfPlan(t *testing.T) {
	for _, c := range []struct{ name, list, want string }{
		{"of this policy", `[aws_iam_role_policy.p.name]`, `
aws_iam_role_policy.p inline unknown {p}`},
		{"of another policy, which may be called alike", `[aws_iam_role_policy.gone.name]`, `
aws_iam_role_policy.p inline unknown {p}
unsure aws_iam_role_policies_exclusive.e`},
		{"another attribute of this policy", `[aws_iam_role_policy.p.id]`, `
aws_iam_role_policy.p inline unknown {p}
unsure aws_iam_role_policies_exclusive.e`},
		{"of this policy, or nothing", `[one(aws_iam_role_policy.p.name)]`, `
aws_iam_role_policy.p inline unknown {p}
unsure aws_iam_role_policies_exclusive.e`},
		{"of several policies", `made(aws_iam_role_policy.gone.name, aws_iam_role_policy.p.name)`, `
aws_iam_role_policy.p inline unknown {p}
unsure aws_iam_role_policies_exclusive.e`},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := builtOfPlan(t, `
aws_iam_role "r" {}
aws_iam_role_policy "p" {
  role   = aws_iam_role.r.id
  name   = unset()
  policy = "{p}"
}
aws_iam_role_policies_exclusive "e" {
  role_name    = aws_iam_role.r.name
  policy_names = `+c.list+`
}`)
			if diff := cmp.Diff(lines(c.want), policiesOf(g, "aws_iam_role.r")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestExclusiveAttachments(t *testing.T) {
	const (
		own    = "aws_iam_role_policy_attachments_exclusive.e attaches "
		unsure = "unsure aws_iam_role_policy_attachments_exclusive.e"
	)
	only := func(list string) string {
		return manyPolicies + "aws_iam_role_policy_attachments_exclusive \"e\" {\nrole_name = \"trail\"\npolicy_arns = " + list + "\n}"
	}
	checkPolicies(t, []joinCase{
		{"none is left", only(`[]`), inlineA + inlineB},
		{"an ARN", only(`["arn:aws:iam::111122223333:policy/m"]`), inlineA + inlineB + attachedC + own + "known aws_iam_policy.m {m}"},
		{"an ARN of AWS", only(`["arn:aws:iam::aws:policy/ReadOnlyAccess"]`), inlineA + inlineB + attachedD + own + "external null"},
		{"one that nothing else attaches", only(`["arn:aws:iam::aws:policy/Other"]`), inlineA + inlineB + own + "external null"},
		{"a reference, which may have any ARN", only(`[aws_iam_policy.m.arn]`),
			inlineA + inlineB + attachedC + attachedD + own + "known aws_iam_policy.m {m}\n" + unsure},
		{"another one of the input", only(`[aws_iam_policy.n.arn]`), inlineA + inlineB + attachedD + own + "known aws_iam_policy.n null\n" + unsure},
		{"a list that nobody sees", only(`hidden()`), inlineA + inlineB + attachedC + attachedD + own + "unknown null\n" + unsure},
		{"one of two", only(`[one(aws_iam_policy.m.arn, aws_iam_policy.n.arn)]`),
			inlineA + inlineB + attachedC + attachedD + own + "inferred one of aws_iam_policy.m aws_iam_policy.n null\n" + unsure},
	})
}

func TestExclusiveOfRole(t *testing.T) {
	restricted := func(role string) string {
		return manyPolicies + "aws_iam_role \"s\" {}\naws_iam_role_policies_exclusive \"e\" {\nrole_name = " + role + "\npolicy_names = []\n}"
	}
	all := inlineA + inlineB + attachedC + attachedD
	for _, c := range []struct{ name, role, want, restricts string }{
		{"its name", `"trail"`, attachedC + attachedD, "aws_iam_role_policies_exclusive.e"},
		{"a reference", `aws_iam_role.r.name`, attachedC + attachedD, "aws_iam_role_policies_exclusive.e"},
		{"another role", `aws_iam_role.s.name`, all, ""},
		{"another name", `"another"`, all, ""},
		{"a variable", `var.role`, all + "unsure aws_iam_role_policies_exclusive.e", ""},
		{"a variable that cannot be its name", `"${var.stage}-log"`, all, ""},
		{"one of two roles", `one(aws_iam_role.r.name, aws_iam_role.s.name)`, all + "unsure aws_iam_role_policies_exclusive.e", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := built(t, restricted(c.role))
			if diff := cmp.Diff(lines(c.want), policiesOf(g, "aws_iam_role.r")); diff != "" {
				t.Error(diff)
			}
			if got := g.Restricts(g.Role("aws_iam_role.r")); got != c.restricts {
				t.Errorf("restricted by %q, want %q", got, c.restricts)
			}
		})
	}
}

// What two lists leave is in both.
func TestTwoExclusives(t *testing.T) {
	checkPolicies(t, []joinCase{
		{"one of each kind", manyPolicies + `
aws_iam_role_policies_exclusive "e" {
  role_name    = "trail"
  policy_names = ["read"]
}
aws_iam_role_policy_attachments_exclusive "e" {
  role_name   = "trail"
  policy_arns = []
}`, inlineB},
		{"two of one kind", manyPolicies + `
aws_iam_role_policies_exclusive "e" {
  role_name    = "trail"
  policy_names = ["read"]
}
aws_iam_role_policies_exclusive "f" {
  role_name    = "trail"
  policy_names = ["write"]
}`, attachedC + attachedD},
	})
}
