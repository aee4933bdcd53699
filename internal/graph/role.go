package graph

import (
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// A Role is an IAM role.
type Role struct {
	Node
	Name  resource.Value
	Trust resource.Value
	// Boundary is the policy that bounds what the others allow; nil if there is none.
	Boundary *RolePolicy
}

func newRole(n Node) *Role {
	args := argumentsOf(n.Resource)
	return &Role{Node: n, Name: args.get("name"), Trust: args.get("assume_role_policy")}
}

// Role returns the role with an ID.
func (g *Graph) Role(id string) *Role { return g.indexes.roles.find(g.Roles, id) }

func (g *Graph) roleKind() kind {
	return kind{types: []string{"aws_iam_role"}, attrs: []string{"arn", "id", "name"}, named: g.roleNamed, outside: outside}
}

func (g *Graph) roleNamed(text string, _ *resource.Resource) (Target, bool) {
	name := text
	arn, isARN := ParseARN(text)
	if isARN {
		name = arn.Resource[strings.LastIndexByte(arn.Resource, '/')+1:]
	}
	for _, r := range g.Roles {
		if isARN && arn.Scope().SameAccount(r.Scope()) == truth.No {
			continue
		}
		if known, ok := r.Name.Symbolic(); ok && known == name && !r.External {
			return Target{State: Known, To: []string{r.ID}}, true
		}
	}
	return Target{}, false
}

// outside is what no resource in the input makes and nothing joins in.
func outside(string, *resource.Resource) Target {
	return Target{State: External, Reason: "no resource in the input makes it"}
}
