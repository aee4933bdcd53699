package graph

import (
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// An exclusive takes away every inline policy of a role, or every attached one,
// that is not in its list.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role_policies_exclusive
type exclusive struct {
	Node
	role     Target
	argument resource.Value // role_name
	list     resource.Value
	attached bool
}

func (g *Graph) restrict(e *exclusive, role kind) {
	e.argument = argumentsOf(e.Resource).get("role_name")
	e.role = g.target(e.Resource, e.argument, role)
	g.exclusives = append(g.exclusives, e)
}

func (e *exclusive) concerns(role *Role) bool { return len(e.role.To) == 1 && e.role.To[0] == role.ID }

// Restricts returns the ID of a resource that takes policies of a role away, "" if
// there is none.
func (g *Graph) Restricts(role *Role) string {
	for _, e := range g.exclusives {
		if e.concerns(role) {
			return e.ID
		}
	}
	return ""
}

// of are the policies that are left.
func (e *exclusive) of(g *Graph, policies []*RolePolicy, unsure string) (left []*RolePolicy, stillUnsure string) {
	for _, p := range policies {
		switch e.keeps(g, p) {
		case truth.Unknown:
			unsure = e.ID
			left = append(left, p)
		case truth.Yes:
			left = append(left, p)
		}
	}
	return left, unsure
}

// keeps says whether a policy stays. What the list has it attaches by itself.
func (e *exclusive) keeps(g *Graph, p *RolePolicy) truth.Truth {
	if e.attached != p.Attached || e.ID == p.ID {
		return truth.Yes
	}
	kept := truth.No
	for _, listed := range elements(e.list) {
		kept = max(kept, e.lists(g, listed, p))
	}
	return kept
}

// lists says whether an element of the list is a policy.
func (e *exclusive) lists(g *Graph, listed resource.Value, p *RolePolicy) truth.Truth {
	if !e.attached {
		return names(listed, p)
	}
	t := g.target(e.Resource, listed, g.managedKind())
	if len(t.To) > 0 && !t.OneOf && len(p.Managed.To) == 1 {
		for _, id := range t.To {
			if id == p.Managed.To[0] {
				return truth.Yes
			}
		}
		return truth.No
	}
	return Equal(listed, p.ARN)
}

// names says whether a value is the name of an inline policy: its text, or a
// reference to it. A value that is not known may stand for several names.
func names(listed resource.Value, p *RolePolicy) truth.Truth {
	o, ok := listed.Origin()
	if !ok || !listed.IsUnknown() || o.Cause != resource.Referenced || !o.Certain || o.Made || o.Symbolic != "" {
		return Equal(listed, p.Name)
	}
	for _, ref := range o.Refs {
		if ref == (resource.Ref{Address: p.ID, Attribute: "name"}) {
			return truth.Yes
		}
	}
	return Equal(listed, p.Name)
}
