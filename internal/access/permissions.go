package access

import (
	"strings"

	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/iampolicy"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// permissions are the policies of a role, and in words which of them cannot be read.
type permissions struct {
	docs    []iampolicy.Document
	hidden  string
	written bool   // what cannot be seen is written in this input
	open    string // the policy in this input of which something is not known
}

func (p *permissions) hide(reason string) {
	if p.hidden == "" {
		p.hidden = reason
	}
	p.docs = append(p.docs, iampolicy.Document{Incomplete: true})
}

func (w *World) permissions(role *graph.Role) (all permissions) {
	policies, unsure := w.graph.PoliciesOf(role)
	for _, p := range policies {
		if !w.isDeleted(p, role) {
			w.addPolicy(&all, p)
		}
	}
	if unsure != "" {
		all.hide("whether " + unsure + " applies to this role is not known")
	}
	return all
}

// addPolicy adds what a policy says: its document, or that of the policy that AWS
// manages under its name.
func (w *World) addPolicy(to *permissions, p *graph.RolePolicy) {
	if p.Policy.IsUnknown() && !isOutside(p.Policy) && to.open == "" {
		if to.open = p.ID; p.Attached && len(p.Managed.To) == 1 {
			to.open = p.Managed.To[0]
		}
	}
	parts := (&reader{World: w}).documents(p.Policy)
	if len(parts) == 0 && p.Attached {
		if doc, ok := w.awsManaged(p); ok {
			parts = []iampolicy.Document{doc}
		}
	}
	if len(parts) != 1 || parts[0].Incomplete {
		to.hide(w.unreadable(p))
		to.written = to.written || !p.Policy.IsNull() && !isOutside(p.Policy)
	}
	to.docs = append(to.docs, parts...)
}

// awsManaged returns the policy that AWS manages under an ARN, or under the name
// that a data source asks for.
func (w *World) awsManaged(p *graph.RolePolicy) (iampolicy.Document, bool) {
	v := p.ARN
	if len(p.Managed.To) == 1 {
		if from := w.graph.Resource(p.Managed.To[0]); from != nil && from.Mode == resource.Data {
			if name, ok := from.Attr("name").Text(); ok && name != "" {
				return iampolicy.ManagedNamed(name)
			}
			v = from.Attr("arn")
		}
	}
	text, _ := v.Symbolic()
	arn, ok := graph.ParseARN(text)
	name, isPolicy := strings.CutPrefix(arn.Resource, "policy/")
	if !ok || !isPolicy || arn.Service != "iam" || arn.Account != "aws" {
		return iampolicy.Document{}, false
	}
	return iampolicy.Managed(name)
}

// unreadable says why the document of a policy cannot be read.
func (w *World) unreadable(p *graph.RolePolicy) string {
	switch {
	case p.Attached && len(p.Managed.To) == 0 && p.ARN.IsUnknown() && p.Managed.State == graph.Unknown:
		return p.ID + " attaches " + p.ARN.Display() + ", which is known only after apply"
	case p.Attached && p.Managed.OneOf:
		return p.ID + " attaches one of several policies"
	case p.Attached && (p.Policy.IsNull() || isOutside(p.Policy)):
		return "the policy " + p.ARN.Display() + ", which " + p.ID + " attaches, is not in the input"
	}
	return p.ID + ": " + w.unread(p.Policy)
}

// isOutside reports whether a value comes from outside the input.
func isOutside(v resource.Value) bool {
	o, ok := v.Origin()
	return v.IsUnknown() && ok && (o.Cause == resource.Outside || o.Cause == resource.Computed)
}

// isDeleted reports whether the plan deletes a policy that a role's attributes still
// show: they are from before the plan.
func (w *World) isDeleted(p *graph.RolePolicy, role *graph.Role) bool {
	if p.ID != role.ID {
		return false
	}
	for _, r := range w.deleted {
		switch r.Type {
		case "aws_iam_role_policy":
			if isOf(r, "role", role) && graph.Equal(r.Attr("name"), p.Name) == truth.Yes && !p.Attached {
				return true
			}
		case "aws_iam_role_policy_attachment", "aws_iam_policy_attachment":
			if p.Attached && graph.Equal(r.Attr("policy_arn"), p.ARN) == truth.Yes && (isOf(r, "role", role) || isOf(r, "roles", role)) {
				return true
			}
		}
	}
	return false
}

// isOf reports whether an attribute names a role, alone or among others.
func isOf(r *resource.Resource, attribute string, role *graph.Role) bool {
	v := r.Attr(attribute)
	for _, name := range append(v.List(), v) {
		if text, ok := name.Text(); ok && text != "" && graph.Equal(name, role.Name) == truth.Yes {
			return true
		}
	}
	return false
}

// deletedPolicyOf returns a policy of a role that this plan deletes.
func (w *World) deletedPolicyOf(role *graph.Role) *resource.Resource {
	for _, r := range w.deleted {
		switch r.Type {
		case "aws_iam_role_policy", "aws_iam_role_policy_attachment":
			if isOf(r, "role", role) {
				return r
			}
		case "aws_iam_policy_attachment":
			if isOf(r, "roles", role) {
				return r
			}
		}
	}
	return nil
}
