package access

import (
	"strings"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/iampolicy"
	"github.com/iacgate/iacgate/internal/resource"
)

const codeCannotWrite = "trail-role-cannot-write"

// checkRole reports whether the trail's role lets CloudTrail write to its log group.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
func (w *World) checkRole(t *graph.Trail) document.Check {
	text, known := t.RoleArgument.Text()
	if t.RoleArgument.IsNull() || known && text == "" {
		return document.Check{State: document.Unasked}
	}
	if _, isARN := graph.ParseARN(text); known && !isARN {
		return document.Check{State: document.Broken, Code: codeCannotWrite, Resource: t.ID, Attribute: "cloud_watch_logs_role_arn", Reason: "it is not the ARN of a role"}
	}
	if what, arn, known := w.graph.ARNOf(t.RoleArgument); known && (arn.Service != "iam" || !strings.HasPrefix(arn.Resource, "role")) {
		return document.Check{State: document.Broken, Code: codeCannotWrite, Resource: t.ID, Attribute: "cloud_watch_logs_role_arn", Reason: what + " is not the ARN of a role"}
	}
	if gone := w.findDeleted("aws_iam_role", "arn", text); gone != nil {
		return document.Check{State: document.Broken, Code: codeCannotWrite, Resource: gone.Address, Reason: "this plan deletes it"}
	}
	role := w.graph.Role(t.Role.First())
	if role == nil || role.External || t.Role.OneOf {
		o, _ := t.RoleArgument.Origin()
		check := document.Check{State: document.Hidden, Code: codeNotVisible, Resource: t.ID, Attribute: "cloud_watch_logs_role_arn", Reason: t.Role.Text}
		return w.undecidedRole(check, len(o.Deciders) > 0 || w.graph.IsAround(t.RoleArgument))
	}
	trust := w.checkPolicy(policyText{resource: role.ID, value: role.Trust}, role.ID, iampolicy.AssumeByCloudTrail(nil, trailARN(t), iampolicy.Known(account(t.Scope()))))
	if trust.State == document.Broken {
		trust.Code, trust.Resource, trust.Attribute = codeCannotWrite, role.ID, "assume_role_policy"
		return trust
	}
	writes := w.checkRoleWrites(t, role)
	if writes.State == document.OK && trust.State == document.Undecided {
		writes = w.undecidedRole(notSeen(role, "its trust policy: "+trust.Reason), true)
		writes.Attribute = "assume_role_policy"
	}
	return writes
}

const codeNotVisible = "trail-role-not-visible"

// notSeen returns the check of a role that cannot be read completely.
func notSeen(role *graph.Role, reason string) document.Check {
	return document.Check{State: document.Hidden, Code: codeNotVisible, Resource: role.ID, Reason: reason}
}

// undecidedRole returns the check of a role that depends on a value that the code or
// template does not state: it is undecided, not hidden.
func (w *World) undecidedRole(c document.Check, written bool) document.Check {
	if written && !w.existing {
		c.Code = "value-unknown"
	}
	return c
}

// checkRoleWrites evaluates the permissions that can be read; if some cannot, only a
// denial proves anything.
func (w *World) checkRoleWrites(t *graph.Trail, role *graph.Role) document.Check {
	group := w.graph.LogGroup(t.Group.First())
	if group == nil {
		return notSeen(role, "the log group is not known")
	}
	granted := w.permissions(role)
	if len(granted.docs) == 0 {
		return w.withoutPolicy(t, role)
	}
	place := account(group.Place) + "_CloudTrail_" + region(group.Place)
	if check := w.checkWrites(granted, role, group, place); check.State != document.OK {
		return check
	}
	if check := w.checkBoundary(role, group, place); check.State != document.OK {
		return check
	}
	if org, _ := t.Organization.Truth(); org {
		return onlyMembers(w.checkWrites(granted, role, group, "o-"+iampolicy.UnknownMark+"_"+iampolicy.UnknownMark))
	}
	return document.Check{State: document.OK}
}

// withoutPolicy returns the check of a role without a policy in the input. If role and
// trail exist already, AWS would have refused the trail without a policy.
func (w *World) withoutPolicy(t *graph.Trail, role *graph.Role) document.Check {
	by := w.graph.Restricts(role)
	switch gone := w.deletedPolicyOf(role); {
	case gone != nil:
		return document.Check{State: document.Broken, Code: codeCannotWrite, Resource: gone.Address, Reason: "this plan deletes it, and the role has no other policy"}
	case by != "":
		return document.Check{State: document.Broken, Code: codeCannotWrite, Resource: by, Reason: "it leaves " + role.ID + " no policy"}
	case w.gap != "":
		return notSeen(role, "nothing that was read gives it a policy, and not everything could be read: "+w.gap)
	case w.isUnchanged(t.Node) && w.isUnchanged(role.Node):
		return notSeen(role, "nothing in the input gives it a policy; its policies are managed elsewhere")
	}
	return document.Check{State: document.Broken, Code: codeCannotWrite, Resource: role.ID, Reason: "nothing in the input gives it a policy"}
}

// isUnchanged reports whether a resource exists and this input does not change it. Code
// and templates do not say what exists.
func (w *World) isUnchanged(n graph.Node) bool {
	return w.existing && n.Resource.Position == nil && n.Resource.Change.Action == resource.Exists
}

// onlyMembers returns a fault of the log streams of an organization's member accounts:
// only their events are lost.
func onlyMembers(c document.Check) document.Check {
	if c.State != document.Broken {
		return document.Check{State: document.OK}
	}
	c.State, c.Code = document.Partial, "trail-role-misses-members"
	return c
}

// checkWrites checks both permissions that a log stream needs.
func (w *World) checkWrites(granted permissions, role *graph.Role, group *graph.LogGroup, name string) document.Check {
	stream := iampolicy.Text{Text: groupARN(group) + ":log-stream:" + name, Symbol: group.ID + ".arn"}
	groupName, _ := group.Name.Symbolic()
	var requests []iampolicy.Request
	for _, action := range []string{"logs:CreateLogStream", "logs:PutLogEvents"} {
		request := iampolicy.WriteLogs(action, []iampolicy.Text{stream})
		request.Plain = resource.Symbols(groupName)
		requests = append(requests, request)
	}
	return w.checkRequests(granted, role, requests)
}

// checkRequests evaluates several requests in order. A denial says more than a missing
// permission.
func (w *World) checkRequests(granted permissions, role *graph.Role, requests []iampolicy.Request) document.Check {
	check, allowed := document.Check{State: document.OK}, true
	for _, request := range requests {
		result := w.evaluate(granted.docs, request)
		switch result.Decision {
		case iampolicy.Unknown:
			reason := result.Reason
			if result.Statement < 0 {
				reason = granted.hidden
			}
			if check.State == document.OK {
				check = w.undecidedRole(notSeen(role, reason), granted.written || result.Statement >= 0)
				if check.Code != codeNotVisible && granted.open != "" && granted.open != role.ID {
					check.Resource, check.Attribute = granted.open, "policy"
				}
			}
		case iampolicy.Denied:
			return w.deniedRole(role, request.Action, result)
		case iampolicy.NotAllowed:
			if allowed {
				check, allowed = w.deniedRole(role, request.Action, result), false
			}
		}
	}
	return check
}

// deniedRole returns the check of a role that lacks a permission. If a resource removes
// policies, adding one fixes nothing.
func (w *World) deniedRole(role *graph.Role, action string, result iampolicy.Result) document.Check {
	check := document.Check{State: document.Broken, Code: codeCannotWrite, Resource: role.ID, Reason: action + ": " + result.Reason, Denies: result.Decision == iampolicy.Denied}
	if by := w.graph.Restricts(role); by != "" && !check.Denies {
		check.Resource, check.Reason = by, "it leaves "+role.ID+" without "+check.Reason
	}
	return check
}

// checkBoundary checks the permissions boundary of a role, which has to allow the same as
// its policies.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
func (w *World) checkBoundary(role *graph.Role, group *graph.LogGroup, name string) document.Check {
	if role.Boundary == nil {
		return document.Check{State: document.OK}
	}
	within := permissions{}
	w.addPolicy(&within, role.Boundary)
	check := w.checkWrites(within, role, group, name)
	if check.State != document.OK {
		check.Resource, check.Attribute, check.Reason = role.ID, "permissions_boundary", "its boundary: "+check.Reason
		check.Denies = check.State == document.Broken // another policy of the role fixes nothing
	}
	return check
}
