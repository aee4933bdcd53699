package graph

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// policiesOf returns the policies of a role in words: inline or attached, what they
// are called and the document.
func policiesOf(g *Graph, id string) []string {
	policies, unsure := g.PoliciesOf(g.Role(id))
	var all []string
	for _, p := range policies {
		all = append(all, strings.Join(words(p), " "))
	}
	if unsure != "" {
		all = append(all, "unsure "+unsure)
	}
	return all
}

func words(p *RolePolicy) []string {
	if p.Attached {
		return append(append([]string{p.ID, "attaches", string(p.Managed.State)}, named(p.Managed)...), shown(p.Policy))
	}
	return []string{p.ID, "inline", shown(p.Name), shown(p.Policy)}
}

func checkPolicies(t *testing.T, cases []joinCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(lines(c.want), policiesOf(built(t, c.world), "aws_iam_role.r")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPoliciesOfRole(t *testing.T) {
	checkPolicies(t, []joinCase{
		{"none", `
aws_iam_role "r" {
  inline_policy       = unset()
  managed_policy_arns = unset()
}`, ``},
		{"in the role", `
aws_iam_role "r" {
  inline_policy {
    name   = "write"
    policy = "{1}"
  }
  inline_policy {}
  managed_policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess", aws_iam_policy.m.arn]
}
aws_iam_policy "m" { policy = "{2}" }`, `
aws_iam_role.r inline write {1}
aws_iam_role.r attaches external null
aws_iam_role.r attaches known aws_iam_policy.m {2}`},
		{"in the role, and nobody sees which", `
aws_iam_role "r" { inline_policy = hidden() }`, `
aws_iam_role.r inline unknown unknown`},
		{"a resource of its own", `
aws_iam_role "r" { name = "trail" }
aws_iam_role_policy "a" {
  role   = aws_iam_role.r.id
  name   = "write"
  policy = "{1}"
}
aws_iam_role_policy "b" {
  role   = "trail"
  policy = "{2}"
}
aws_iam_role_policy "c" {
  role   = "other"
  policy = "{3}"
}`, `
aws_iam_role_policy.a inline write {1}
aws_iam_role_policy.b inline null {2}`},
		{"attached", `
aws_iam_role "r" { name = "trail" }
aws_iam_policy "m" {
  arn    = "arn:aws:iam::111122223333:policy/m"
  policy = "{1}"
}
aws_iam_role_policy_attachment "a" {
  role       = aws_iam_role.r.name
  policy_arn = aws_iam_policy.m.arn
}
aws_iam_role_policy_attachment "b" {
  role       = "trail"
  policy_arn = "arn:aws:iam::111122223333:policy/m"
}
aws_iam_role_policy_attachment "c" {
  role       = "trail"
  policy_arn = "arn:aws:iam::111122223333:policy/away"
}
aws_iam_role_policy_attachment "e" {
  role       = "trail"
  policy_arn = aws_iam_policy.m.id
}
aws_iam_role_policy_attachment "d" {
  role       = "other"
  policy_arn = aws_iam_policy.m.arn
}`, `
aws_iam_role_policy_attachment.a attaches known aws_iam_policy.m {1}
aws_iam_role_policy_attachment.b attaches known aws_iam_policy.m {1}
aws_iam_role_policy_attachment.c attaches external null
aws_iam_role_policy_attachment.e attaches known aws_iam_policy.m {1}`},
		{"attached to several roles", `
aws_iam_role "r" { name = "trail" }
aws_iam_role "s" { name = "other" }
aws_iam_policy "m" { policy = "{1}" }
aws_iam_policy_attachment "a" {
  roles      = ["other", "trail"]
  policy_arn = aws_iam_policy.m.arn
}`, `
aws_iam_policy_attachment.a attaches known aws_iam_policy.m {1}`},
		{"attached, and one of two", `
aws_iam_role "r" {}
aws_iam_role_policy_attachment "a" {
  role       = aws_iam_role.r.name
  policy_arn = one(aws_iam_policy.n.arn, aws_iam_policy.m.arn)
}
aws_iam_policy "m" { policy = "{1}" }`, `
aws_iam_role_policy_attachment.a attaches inferred one of aws_iam_policy.m aws_iam_policy.n null`},
		{"attached by something that is not in the input", `
aws_iam_role "r" {}
aws_iam_role_policy_attachment "a" {
  role       = aws_iam_role.r.name
  policy_arn = aws_iam_policy.gone.arn
}`, `
aws_iam_role_policy_attachment.a attaches known aws_iam_policy.gone null`},
		{"a policy that is not a policy", `
aws_iam_role "r" {}
aws_iam_role_policy_attachment "a" {
  role       = aws_iam_role.r.name
  policy_arn = aws_sns_topic.t.arn
}`, `
aws_iam_role_policy_attachment.a attaches unknown foreign aws_sns_topic null`},
		{"what has the ARN of a policy and is none", `
aws_iam_role "r" { name = "trail" }
aws_sns_topic "t" { arn = "arn:aws:iam::111122223333:policy/m" }
aws_iam_role_policy_attachment "a" {
  role       = "trail"
  policy_arn = "arn:aws:iam::111122223333:policy/m"
}`, `
aws_iam_role_policy_attachment.a attaches external null`},
	})
}

// What a resource of its own sets, the role may show as well, as it was before.
func TestPolicySetBesideTheRole(t *testing.T) {
	checkPolicies(t, []joinCase{
		{"of that name", `
aws_iam_role "r" {
  inline_policy {
    name   = "write"
    policy = "{old}"
  }
}
aws_iam_role_policy "p" {
  role   = aws_iam_role.r.id
  name   = "write"
  policy = "{new}"
}`, `
aws_iam_role_policy.p inline write {new}`},
		{"of another name", `
aws_iam_role "r" {
  inline_policy {
    name   = "read"
    policy = "{1}"
  }
}
aws_iam_role_policy "p" {
  role   = aws_iam_role.r.id
  name   = "write"
  policy = "{2}"
}`, `
aws_iam_role.r inline read {1}
aws_iam_role_policy.p inline write {2}`},
		{"two in the role", `
aws_iam_role "r" {
  inline_policy {
    name   = "write"
    policy = "{1}"
  }
  inline_policy {
    name   = "write"
    policy = "{2}"
  }
}`, `
aws_iam_role.r inline write {1}
aws_iam_role.r inline write {2}`},
		{"two beside it", `
aws_iam_role "r" {}
aws_iam_role_policy "p" {
  role   = aws_iam_role.r.id
  name   = "write"
  policy = "{1}"
}
aws_iam_role_policy "q" {
  role   = aws_iam_role.r.id
  name   = "write"
  policy = "{2}"
}`, `
aws_iam_role_policy.p inline write {1}
aws_iam_role_policy.q inline write {2}`},
		{"an attached one is not inline", `
aws_iam_role "r" { managed_policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }
aws_iam_role_policy "p" {
  role   = aws_iam_role.r.id
  policy = "{1}"
}`, `
aws_iam_role.r attaches external null
aws_iam_role_policy.p inline null {1}`},
	})
}

func TestRoleOfPolicy(t *testing.T) {
	checkJoins(t, []joinCase{
		{"in the role", `
aws_iam_role "r" {
  managed_policy_arns = [aws_iam_policy.m.arn]
  inline_policy {
    policy = "{1}"
  }
}`, `
aws_iam_role.r gives to known aws_iam_role.r
aws_iam_role.r gives to known aws_iam_role.r
aws_iam_role.r gives known aws_iam_policy.m`},
		{"beside it", `
aws_iam_role "r" { name = "trail" }
aws_iam_role_policy "p" { role = "trail" }
aws_iam_role_policy "q" { role = "away" }`, `
aws_iam_role_policy.p gives to known aws_iam_role.r
aws_iam_role_policy.q gives to external`},
	})
}

// What may give a role a policy, and nobody knows.
func TestUnsurePoliciesOfRole(t *testing.T) {
	const roles = `
aws_iam_role "r" { name = "trail" }
aws_iam_role "s" { name = "other" }
aws_iam_role_policy "p" { role = `
	checkPolicies(t, []joinCase{
		{"one of two roles", roles + `one(aws_iam_role.r.id, aws_iam_role.s.id) }`, `
unsure aws_iam_role_policy.p`},
		{"one of two other roles", roles + `one(aws_iam_role.s.id, aws_iam_role.t.id) }`, ``},
		{"a variable", roles + `var.role }`, `
unsure aws_iam_role_policy.p`},
		{"a variable that cannot be its name", roles + `"${var.stage}-log" }`, ``},
		{"a variable that can be its name", roles + `"tr${var.rest}" }`, `
unsure aws_iam_role_policy.p`},
		{"a variable, and a policy that is attached", `
aws_iam_role "r" { name = "trail" }
aws_iam_role_policy_attachment "p" { role = var.role }`, `
unsure aws_iam_role_policy_attachment.p`},
		{"another name", roles + `"another" }`, ``},
		{"another role", roles + `aws_iam_role.s.name }`, ``},
		{"no role", roles + `"" }`, ``},
		{"a role that is unset", roles + `unset() }`, ``},
	})
}

func TestBoundaryOfRole(t *testing.T) {
	for _, c := range []struct{ name, argument, want string }{
		{"none", `null`, ""},
		{"a policy", `aws_iam_policy.m.arn`, "aws_iam_role.r attaches known aws_iam_policy.m {1}"},
		{"one that is made elsewhere", `"arn:aws:iam::aws:policy/Limit"`, "aws_iam_role.r attaches external null"},
		{"one that nobody sees", `hidden()`, "aws_iam_role.r attaches unknown null"},
	} {
		g := built(t, `
aws_iam_role "r" { permissions_boundary = `+c.argument+` }
aws_iam_policy "m" { policy = "{1}" }`)
		got := ""
		if b := g.Role("aws_iam_role.r").Boundary; b != nil {
			got = strings.Join(words(b), " ")
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if policies := policiesOf(g, "aws_iam_role.r"); policies != nil {
			t.Errorf("%s: a boundary gives nothing, and yet %q", c.name, policies)
		}
	}
}

// What is only read gives nobody anything: its policies are not all in the input.
func TestRoleThatIsRead(t *testing.T) {
	g := built(t, `
data "aws_iam_role" "r" { managed_policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }
data "aws_iam_role_policy" "p" { role = data.aws_iam_role.r.name }`)
	if got := policiesOf(g, "data.aws_iam_role.r"); got != nil {
		t.Errorf("%q", got)
	}
}

func TestTrustOfRole(t *testing.T) {
	if got := shown(built(t, `aws_iam_role "r" { assume_role_policy = "{trust}" }`).Role("aws_iam_role.r").Trust); got != "{trust}" {
		t.Error(got)
	}
}
