package analysis

import (
	"strings"

	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/iampolicy"
	"github.com/iacgate/iacgate/internal/resource"
)

const cannotWrite = "trail-role-cannot-write"

// role says whether the trail's role lets CloudTrail write to its log group.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
func (b *builder) role(t *graph.Trail) Check {
	text, known := t.RoleArgument.Text()
	if t.RoleArgument.IsNull() || known && text == "" {
		return Check{State: Unasked}
	}
	if _, isARN := graph.ParseARN(text); known && !isARN {
		return Check{State: Broken, Code: cannotWrite, Resource: t.ID, Attribute: "cloud_watch_logs_role_arn", Reason: "it is no ARN of a role"}
	}
	if what, arn, known := b.graph.ARNOf(t.RoleArgument); known && (arn.Service != "iam" || !strings.HasPrefix(arn.Resource, "role")) {
		return Check{State: Broken, Code: cannotWrite, Resource: t.ID, Attribute: "cloud_watch_logs_role_arn", Reason: what + " is no ARN of a role"}
	}
	if gone := b.gone("aws_iam_role", "arn", text); gone != nil {
		return Check{State: Broken, Code: cannotWrite, Resource: gone.Address, Reason: "this plan deletes it"}
	}
	role := b.graph.Role(b.first(t.Role))
	if role == nil || role.External || t.Role.OneOf {
		o, _ := t.RoleArgument.Origin()
		check := Check{State: Hidden, Code: notVisible, Resource: t.ID, Attribute: "cloud_watch_logs_role_arn", Reason: t.Role.Text}
		return b.undecidedRole(check, len(o.Deciders) > 0 || b.graph.IsAround(t.RoleArgument))
	}
	trust := b.allows(written{resource: role.ID, value: role.Trust}, role.ID, iampolicy.AssumeByCloudTrail(nil, trailARN(t), iampolicy.Known(account(t.Scope()))))
	if trust.State == Broken {
		trust.Code, trust.Resource, trust.Attribute = cannotWrite, role.ID, "assume_role_policy"
		return trust
	}
	writes := b.roleWrites(t, role)
	if writes.State == OK && trust.State == Undecided {
		writes = b.undecidedRole(notSeen(role, "whom it trusts: "+trust.Reason), true)
		writes.Attribute = "assume_role_policy"
	}
	return writes
}

const notVisible = "trail-role-not-visible"

// notSeen is a role of which something cannot be seen.
func notSeen(role *graph.Role, reason string) Check {
	return Check{State: Hidden, Code: notVisible, Resource: role.ID, Reason: reason}
}

// undecidedRole is a role of which something that stands in code or a template
// depends on what nothing states: that is not seen, it is open.
func (b *builder) undecidedRole(c Check, written bool) Check {
	if written && !b.standing {
		c.Code = "value-unknown"
	}
	return c
}

// trailARN is the ARN of a trail, as far as it is known.
func trailARN(t *graph.Trail) iampolicy.Text {
	symbol, at := t.ID+".arn", t.Scope()
	if text, ok := t.Resource.Attr("arn").Symbolic(); ok {
		return iampolicy.Text{Text: text, Symbol: symbol}
	}
	name, ok := t.Name.Symbolic()
	if !ok {
		name = iampolicy.Hole
	}
	return iampolicy.Text{Text: "arn:" + partition(at) + ":cloudtrail:" + region(at) + ":" + account(at) + ":trail/" + name, Symbol: symbol}
}

// roleWrites asks the permissions that can be seen; where some cannot, only
// what they deny proves anything.
func (b *builder) roleWrites(t *graph.Trail, role *graph.Role) Check {
	group := b.graph.LogGroup(b.first(t.Group))
	if group == nil {
		return notSeen(role, "the log group cannot be seen")
	}
	granted := b.permissions(role)
	if len(granted.docs) == 0 {
		return b.withoutPolicy(t, role)
	}
	place := account(group.Place) + "_CloudTrail_" + region(group.Place)
	if check := b.writes(granted, role, group, place); check.State != OK {
		return check
	}
	if check := b.bounded(role, group, place); check.State != OK {
		return check
	}
	if org, _ := t.Organization.Truth(); org {
		return members(b.writes(granted, role, group, "o-"+iampolicy.Hole+"_"+iampolicy.Hole))
	}
	return Check{State: OK}
}

// withoutPolicy is a role to which nothing in the input gives a policy. Where it
// and the trail are there already, AWS would have refused the trail without one.
func (b *builder) withoutPolicy(t *graph.Trail, role *graph.Role) Check {
	by := b.graph.Restricts(role)
	switch gone := b.goneFrom(role); {
	case gone != nil:
		return Check{State: Broken, Code: cannotWrite, Resource: gone.Address, Reason: "this plan deletes it, and the role has no other policy"}
	case by != "":
		return Check{State: Broken, Code: cannotWrite, Resource: by, Reason: "it leaves " + role.ID + " no policy"}
	case b.gap != "":
		return notSeen(role, "nothing that was read gives it a policy, and not all was read: "+b.gap)
	case b.stands(t.Node) && b.stands(role.Node):
		return notSeen(role, "nothing in the input gives it a policy; what does is managed elsewhere")
	}
	return Check{State: Broken, Code: cannotWrite, Resource: role.ID, Reason: "nothing in the input gives it a policy"}
}

// stands says whether something is there and this input leaves it as it is. Code
// and templates do not say what is there.
func (b *builder) stands(n graph.Node) bool {
	return b.standing && n.Resource.Position == nil && n.Resource.Change.Action == resource.Exists
}

// members is what is wrong with the streams of an organization's accounts: their
// events alone are lost.
func members(c Check) Check {
	if c.State != Broken {
		return Check{State: OK}
	}
	c.State, c.Code = Partial, "trail-role-misses-members"
	return c
}

// writes asks for both permissions that a log stream needs.
func (b *builder) writes(granted permissions, role *graph.Role, group *graph.LogGroup, name string) Check {
	stream := iampolicy.Text{Text: groupARN(group) + ":log-stream:" + name, Symbol: group.ID + ".arn"}
	groupName, _ := group.Name.Symbolic()
	var requests []iampolicy.Request
	for _, action := range []string{"logs:CreateLogStream", "logs:PutLogEvents"} {
		request := iampolicy.WriteLogs(action, []iampolicy.Text{stream})
		request.Plain = resource.Symbols(groupName)
		requests = append(requests, request)
	}
	return b.may(granted, role, requests)
}

// may asks whether a role may do all of some things, in their order. What is
// denied says more than what is only not allowed.
func (b *builder) may(granted permissions, role *graph.Role, requests []iampolicy.Request) Check {
	check, allowed := Check{State: OK}, true
	for _, request := range requests {
		result := b.evaluate(granted.docs, request)
		switch result.Decision {
		case iampolicy.Unknown:
			reason := result.Reason
			if result.Statement < 0 {
				reason = granted.hidden
			}
			if check.State == OK {
				check = b.undecidedRole(notSeen(role, reason), granted.written || result.Statement >= 0)
				if check.Code != notVisible && granted.open != "" && granted.open != role.ID {
					check.Resource, check.Attribute = granted.open, "policy"
				}
			}
		case iampolicy.Denied:
			return b.refused(role, request.Action, result)
		case iampolicy.NotAllowed:
			if allowed {
				check, allowed = b.refused(role, request.Action, result), false
			}
		}
	}
	return check
}

// refused is a role that may not do what it needs. Where something takes
// policies away, another policy mends nothing.
func (b *builder) refused(role *graph.Role, action string, result iampolicy.Result) Check {
	check := Check{State: Broken, Code: cannotWrite, Resource: role.ID, Reason: action + ": " + result.Reason, Denies: result.Decision == iampolicy.Denied}
	if by := b.graph.Restricts(role); by != "" && !check.Denies {
		check.Resource, check.Reason = by, "it leaves "+role.ID+" without "+check.Reason
	}
	return check
}

// bounded asks the boundary of a role, which has to allow what its policies do.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
func (b *builder) bounded(role *graph.Role, group *graph.LogGroup, name string) Check {
	if role.Boundary == nil {
		return Check{State: OK}
	}
	within := permissions{}
	b.add(&within, role.Boundary)
	check := b.writes(within, role, group, name)
	if check.State != OK {
		check.Resource, check.Attribute, check.Reason = role.ID, "permissions_boundary", "its boundary: "+check.Reason
		check.Denies = check.State == Broken // another policy of the role mends nothing
	}
	return check
}

func groupARN(l *graph.LogGroup) string {
	name, ok := l.Name.Symbolic()
	if !ok {
		name = iampolicy.Hole
	}
	return "arn:" + partition(l.Place) + ":logs:" + region(l.Place) + ":" + account(l.Place) + ":log-group:" + name
}
