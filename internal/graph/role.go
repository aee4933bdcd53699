package graph

import (
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

// A Role is an IAM role.
type Role struct {
	Node
	Name   resource.Value
	Trust  resource.Value
	Inline resource.Value // inline_policy blocks
}

func newRole(n Node) *Role {
	return &Role{
		Node: n, Name: n.Resource.Attr("name"), Trust: n.Resource.Attr("assume_role_policy"),
		Inline: withDefault(n.Resource.Attr("inline_policy"), resource.NullValue()),
	}
}

// A RolePolicy gives a role permissions: an inline policy, or an attachment,
// whose Policy is null unless the managed policy is in the input.
type RolePolicy struct {
	Node
	Policy resource.Value
	Role   Target
}

// attach gives an attachment the text of a managed policy in the input.
func (p *RolePolicy) attach(g *Graph) {
	managed := kind{types: []string{"aws_iam_policy"}, attrs: []string{"arn", "id"}, named: g.managedPolicy, outside: outside}
	if t := g.target(p.Resource, p.Resource.Attr("policy_arn"), managed); len(t.To) == 1 {
		p.Policy = g.Resource(t.To[0]).Attr("policy")
	}
}

func (g *Graph) managedPolicy(text string, _ *resource.Resource) (Target, bool) {
	for _, r := range g.resources {
		if arn, ok := r.Attr("arn").Symbolic(); ok && r.Type == "aws_iam_policy" && arn == text {
			return Target{State: Known, To: []string{r.Address}}, true
		}
	}
	return Target{}, false
}

// outside is what no resource in the input makes and nothing joins in.
func outside(string, *resource.Resource) Target {
	return Target{State: External, Reason: "no resource in the input makes it"}
}

// Role returns the role with an ID.
func (g *Graph) Role(id string) *Role { return Find(g.Roles, id) }

// PoliciesOf returns the policies of a role; sure is false where some policy
// may be the role's or not.
func (g *Graph) PoliciesOf(role *Role) (policies []*RolePolicy, sure bool) {
	sure = true
	for _, p := range g.RolePolicies {
		switch {
		case len(p.Role.To) == 1 && p.Role.To[0] == role.ID:
			policies = append(policies, p)
		case p.Role.State == Unknown || p.Role.OneOf:
			sure = false
		}
	}
	return policies, sure
}

func (g *Graph) roleNamed(text string, _ *resource.Resource) (Target, bool) {
	name := text
	if arn, ok := ParseARN(text); ok {
		name = arn.Resource[strings.LastIndexByte(arn.Resource, '/')+1:]
	}
	for _, r := range g.Roles {
		if known, ok := r.Name.Symbolic(); ok && known == name && !r.External {
			return Target{State: Known, To: []string{r.ID}}, true
		}
	}
	return Target{}, false
}
