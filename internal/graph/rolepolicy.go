package graph

import (
	"slices"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// PoliciesOf returns the policies of a role, without those that exclusive lists remove;
// unsure names a resource that may add or remove one.
func (g *Graph) PoliciesOf(role *Role) (policies []*RolePolicy, unsure string) {
	for _, p := range g.RolePolicies {
		switch {
		case slices.Contains(p.Role.To, role.ID) && !p.Role.OneOf:
			policies = append(policies, p)
		case mayBe(p.Role, p.role, role):
			unsure = p.ID
		}
	}
	policies = slices.DeleteFunc(policies, func(p *RolePolicy) bool { return p.ID == role.ID && isSetBeside(p, policies) })
	for _, e := range g.exclusives {
		switch {
		case e.concerns(role):
			policies, unsure = e.filter(g, policies, unsure)
		case mayBe(e.role, e.argument, role):
			unsure = e.ID
		}
	}
	return policies, unsure
}

// mayBe reports whether an unknown argument may name this role.
func mayBe(t Target, argument resource.Value, role *Role) bool {
	switch {
	case t.OneOf:
		return slices.Contains(t.To, role.ID)
	case len(t.To) > 0 || t.State == None || !argument.IsUnknown():
		return false
	}
	return Equal(argument, role.Name) != truth.No
}

// isSetBeside reports whether a resource sets a policy that the role shows, too.
func isSetBeside(p *RolePolicy, policies []*RolePolicy) bool {
	return slices.ContainsFunc(policies, func(o *RolePolicy) bool {
		return o.ID != p.ID && !p.Attached && !o.Attached && Equal(o.Name, p.Name) == truth.Yes
	})
}

// Restricts returns the ID of a resource that removes policies of a role, "" if there is
// none.
func (g *Graph) Restricts(role *Role) string {
	for _, e := range g.exclusives {
		if e.concerns(role) {
			return e.ID
		}
	}
	return ""
}

// filter returns the policies that remain.
func (e *exclusive) filter(g *Graph, policies []*RolePolicy, unsure string) (left []*RolePolicy, stillUnsure string) {
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

// keeps reports whether a policy stays. The resource attaches the policies of its list itself.
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

// lists reports whether an element of the list is a policy.
func (e *exclusive) lists(g *Graph, listed resource.Value, p *RolePolicy) truth.Truth {
	if !e.attached {
		return isNameOf(listed, p)
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

// isNameOf reports whether a value is the name of an inline policy: its text, or a
// reference to it. A value that is not known may represent several names.
func isNameOf(listed resource.Value, p *RolePolicy) truth.Truth {
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
