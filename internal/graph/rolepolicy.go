package graph

import (
	"slices"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// A RolePolicy gives a role permissions: an inline policy, or a managed one that
// is attached. Node is the resource that says so, which may be the role itself.
type RolePolicy struct {
	Node
	Role     Target
	Attached bool
	// Name is that of an inline policy, ARN that of an attached one.
	Name, ARN resource.Value
	// Policy is the document; null where that of an attached one is not in the input.
	Policy resource.Value
	// Managed is what an attached policy is.
	Managed Target

	role resource.Value
}

// joinRoles finds what gives roles permissions, and what takes them away.
func (g *Graph) joinRoles() {
	for _, r := range g.Roles {
		if !r.External {
			g.ownPolicies(r)
		}
	}
	role := g.roleKind()
	for _, n := range g.grants {
		args := argumentsOf(n.Resource)
		switch n.Resource.Type {
		case "aws_iam_role_policy":
			p := &RolePolicy{Node: n, Name: args.get("name"), Policy: args.get("policy")}
			g.grant(p, args.get("role"), role)
		case "aws_iam_role_policy_attachment":
			g.attach(n, args.get("role"), args.get("policy_arn"))
		case "aws_iam_policy_attachment":
			for _, name := range elements(args.get("roles")) {
				g.attach(n, name, args.get("policy_arn"))
			}
		case "aws_iam_role_policies_exclusive":
			g.restrict(&exclusive{Node: n, list: args.get("policy_names")}, role)
		case "aws_iam_role_policy_attachments_exclusive":
			g.restrict(&exclusive{Node: n, list: args.get("policy_arns"), attached: true}, role)
			for _, arn := range elements(args.get("policy_arns")) {
				g.attach(n, args.get("role_name"), arn)
			}
		}
	}
}

// ownPolicies are those that a role's own arguments name. One that a resource of
// its own sets is that resource's: what the role says of it is how it was before.
func (g *Graph) ownPolicies(role *Role) {
	args, itself := argumentsOf(role.Resource), Target{State: Known, To: []string{role.ID}}
	for _, block := range elements(args.get("inline_policy")) {
		if block.Get("policy").IsNull() {
			continue // an empty block: the role shall have none
		}
		g.RolePolicies = append(g.RolePolicies, &RolePolicy{Node: role.Node, Role: itself, Name: block.Get("name"), Policy: block.Get("policy")})
	}
	for _, arn := range elements(args.get("managed_policy_arns")) {
		g.RolePolicies = append(g.RolePolicies, g.attachment(role.Node, itself, arn)...)
	}
	if boundary := args.get("permissions_boundary"); !boundary.IsNull() {
		role.Boundary = g.attachment(role.Node, itself, boundary)[0]
	}
}

func (g *Graph) grant(p *RolePolicy, role resource.Value, k kind) {
	p.role, p.Role = role, g.target(p.Resource, role, k)
	g.RolePolicies = append(g.RolePolicies, p)
}

func (g *Graph) attach(n Node, role, arn resource.Value) {
	to := g.target(n.Resource, role, g.roleKind())
	for _, p := range g.attachment(n, to, arn) {
		p.role = role
		g.RolePolicies = append(g.RolePolicies, p)
	}
}

// attachment is an attached policy, or several where a value that is not known
// stands for all of them.
func (g *Graph) attachment(n Node, role Target, arn resource.Value) (all []*RolePolicy) {
	t := g.target(n.Resource, arn, g.managedKind())
	if t.OneOf || len(t.To) == 0 {
		return []*RolePolicy{{Node: n, Role: role, Attached: true, ARN: arn, Managed: t}}
	}
	for _, id := range t.To {
		p := &RolePolicy{Node: n, Role: role, Attached: true, ARN: arn, Managed: Target{State: t.State, To: []string{id}, Text: t.Text}}
		if made := g.resources[id]; made != nil {
			p.Policy = argumentsOf(made).get("policy")
		}
		all = append(all, p)
	}
	return all
}

func (g *Graph) managedKind() kind {
	return kind{types: []string{"aws_iam_policy"}, attrs: []string{"arn", "id"}, named: g.managedPolicy, outside: outside}
}

func (g *Graph) managedPolicy(text string, _ *resource.Resource) (Target, bool) {
	var found *resource.Resource
	for _, r := range g.resources {
		arn, ok := argumentsOf(r).get("arn").Symbolic()
		if !ok || r.Type != "aws_iam_policy" || arn != text {
			continue
		}
		if found == nil || r.Mode < found.Mode || r.Mode == found.Mode && r.Address < found.Address {
			found = r // what the input manages comes before what it reads
		}
	}
	if found == nil {
		return Target{}, false
	}
	return Target{State: Known, To: []string{found.Address}}, true
}

// PoliciesOf returns the policies that a role has once what takes policies away
// has done so; unsure names a resource that may give it one or take one away.
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
			policies, unsure = e.of(g, policies, unsure)
		case mayBe(e.role, e.argument, role):
			unsure = e.ID
		}
	}
	return policies, unsure
}

// mayBe says whether an argument that names no role for certain may name this one.
func mayBe(t Target, argument resource.Value, role *Role) bool {
	switch {
	case t.OneOf:
		return slices.Contains(t.To, role.ID)
	case len(t.To) > 0 || t.State == None || !argument.IsUnknown():
		return false
	}
	return Equal(argument, role.Name) != truth.No
}

// isSetBeside says whether a resource sets a policy that the role shows, too.
func isSetBeside(p *RolePolicy, policies []*RolePolicy) bool {
	return slices.ContainsFunc(policies, func(o *RolePolicy) bool {
		return o.ID != p.ID && !p.Attached && !o.Attached && Equal(o.Name, p.Name) == truth.Yes
	})
}

// elements are the elements of a list; one that is not known stands for itself.
func elements(v resource.Value) []resource.Value {
	if v.IsUnknown() {
		return []resource.Value{v}
	}
	return v.List()
}
