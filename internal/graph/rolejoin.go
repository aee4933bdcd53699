package graph

import (
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

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

// joinRoles resolves the roles of policies, attachments and exclusive lists.
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

func (g *Graph) restrict(e *exclusive, role kind) {
	e.argument = argumentsOf(e.Resource).get("role_name")
	e.role = g.target(e.Resource, e.argument, role)
	g.exclusives = append(g.exclusives, e)
}

// ownPolicies are those that a role's own arguments name. A policy that
// is also a resource belongs to that resource: the role shows how it was before.
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

// attachment returns an attached policy, or several if an unknown value represents all of
// them.
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

// elements returns the elements of a list; one that is not known represents itself.
func elements(v resource.Value) []resource.Value {
	if v.IsUnknown() {
		return []resource.Value{v}
	}
	return v.List()
}
