package graph

import (
	"github.com/iacgate/iacgate/internal/resource"
)

// A Role is an IAM role.
type Role struct {
	Node
	Name  resource.Value
	Trust resource.Value
	// Boundary is the permissions boundary; nil if there is none.
	Boundary *RolePolicy
}

func newRole(n Node) *Role {
	args := argumentsOf(n.Resource)
	return &Role{Node: n, Name: args.get("name"), Trust: args.get("assume_role_policy")}
}

// A RolePolicy gives a role permissions: an inline policy, or a managed one that
// is attached. Node is the resource that does so, which may be the role itself.
type RolePolicy struct {
	Node
	Role     Target
	Attached bool
	// Name is that of an inline policy, ARN that of an attached one.
	Name, ARN resource.Value
	// Policy is the document; null where that of an attached one is not in the input.
	Policy resource.Value
	// Managed says how an attached policy is managed.
	Managed Target

	role resource.Value
}

// An exclusive removes every inline policy of a role, or every attached one, that is not
// in its list.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role_policies_exclusive
type exclusive struct {
	Node
	role     Target
	argument resource.Value // role_name
	list     resource.Value
	attached bool
}

func (e *exclusive) concerns(role *Role) bool { return len(e.role.To) == 1 && e.role.To[0] == role.ID }
