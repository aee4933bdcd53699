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

// A RolePolicy gives a role permissions: an inline policy, or an attachment
// whose Policy is null.
type RolePolicy struct {
	Node
	Policy resource.Value
	Role   Target
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

func (g *Graph) roleNamed(text string, _ *resource.Resource) Target {
	name := text
	if arn, ok := ParseARN(text); ok {
		name = arn.Resource[strings.LastIndexByte(arn.Resource, '/')+1:]
	}
	for _, r := range g.Roles {
		if known, ok := r.Name.Text(); ok && known == name && !r.External {
			return Target{State: Known, To: []string{r.ID}}
		}
	}
	return Target{State: External, Reason: "no resource in the input makes it"}
}
