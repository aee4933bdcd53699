package analysis

import (
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
		return Check{State: "none"}
	}
	if _, isARN := graph.ParseARN(text); known && !isARN {
		return Check{State: "broken", Code: cannotWrite, Resource: t.ID, Attribute: "cloud_watch_logs_role_arn", Reason: "it is no ARN of a role"}
	}
	if gone := b.gone("aws_iam_role", "arn", text); gone != nil {
		return Check{State: "broken", Code: cannotWrite, Resource: gone.Address, Reason: "this plan deletes it"}
	}
	hidden := Check{State: "hidden", Code: "trail-role-not-visible", Resource: t.ID, Attribute: "cloud_watch_logs_role_arn", Reason: t.Role.Text}
	role := b.graph.Role(b.first(t.Role))
	if role == nil || role.External || t.Role.OneOf {
		return hidden
	}
	hidden.Resource, hidden.Attribute, hidden.Reason = role.ID, "", "its policies are known only after apply"
	trail := iampolicy.Text{Text: iampolicy.Hole, Symbol: t.ID + ".arn"}
	trust := b.allows(written{resource: role.ID, value: role.Trust}, role.ID, iampolicy.AssumeByCloudTrail(nil, trail, iampolicy.Known(account(t.Scope()))))
	if trust.State == "broken" {
		trust.Code, trust.Resource, trust.Attribute = cannotWrite, role.ID, "assume_role_policy"
		return trust
	}
	return b.roleWrites(t, role, hidden)
}

// roleWrites asks the permissions that can be seen; where some cannot, only
// what they allow proves anything.
func (b *builder) roleWrites(t *graph.Trail, role *graph.Role, hidden Check) Check {
	docs, complete := b.permissions(role)
	group := b.graph.LogGroup(b.first(t.Group))
	switch gone := b.goneFrom(role); {
	case len(docs) == 0 && gone != nil:
		return Check{State: "broken", Code: cannotWrite, Resource: gone.Address, Reason: "this plan deletes it, and the role has no other policy"}
	case !complete || len(docs) == 0 || group == nil:
		return hidden
	}
	place := account(group.Place) + "_CloudTrail_" + region(group.Place)
	if check := b.writes(docs, role, group, place); check.State == "broken" {
		return check
	} else if check.State == "unknown" {
		hidden.Reason = check.Reason
		return hidden
	}
	if org, _ := t.Organization.Truth(); org {
		return members(b.writes(docs, role, group, "o-"+iampolicy.Hole+"_"+iampolicy.Hole))
	}
	return Check{State: "ok"}
}

// members is what is wrong with the streams of an organization's accounts: their
// events alone are lost.
func members(c Check) Check {
	if c.State != "broken" {
		return Check{State: "ok"}
	}
	c.State, c.Code = "partial", "trail-role-misses-members"
	return c
}

// writes asks for both permissions that a log stream needs, in their order.
func (b *builder) writes(docs []iampolicy.Document, role *graph.Role, group *graph.LogGroup, name string) Check {
	check := Check{State: "ok"}
	stream := iampolicy.Text{Text: groupARN(group) + ":log-stream:" + name, Symbol: group.ID + ".arn"}
	for _, action := range []string{"logs:CreateLogStream", "logs:PutLogEvents"} {
		result := b.evaluate(docs, iampolicy.WriteLogs(action, []iampolicy.Text{stream}))
		one := Check{State: "ok"}
		switch result.Decision {
		case iampolicy.Unknown:
			one = Check{State: "unknown", Reason: result.Reason}
		case iampolicy.Denied, iampolicy.NotAllowed:
			one = Check{State: "broken", Code: cannotWrite, Resource: role.ID, Reason: action + ": " + result.Reason, Denies: result.Decision == iampolicy.Denied}
		}
		check = check.and(one)
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

func (b *builder) permissions(role *graph.Role) (docs []iampolicy.Document, complete bool) {
	policies, complete := b.graph.PoliciesOf(role)
	values := []resource.Value{}
	for _, p := range policies {
		values = append(values, p.Policy)
	}
	for _, block := range role.Inline.List() {
		values = append(values, block.Get("policy"))
	}
	for _, v := range values {
		parts := (&reader{builder: b}).documents(v)
		complete = complete && len(parts) == 1 && !parts[0].Incomplete
		docs = append(docs, parts...)
	}
	managed := role.Resource.Attr("managed_policy_arns")
	return docs, complete && !role.Inline.IsUnknown() && len(managed.List()) == 0
}

// gone returns the resource of a type that this plan deletes and that an
// attribute identifies; nil if there is none.
func (b *builder) gone(typ, attribute, text string) *resource.Resource {
	for _, r := range b.deleted {
		if known, ok := r.Attr(attribute).Text(); r.Type == typ && ok && text != "" && known == text {
			return r
		}
	}
	return nil
}

// goneFrom returns a policy of a role that this plan deletes.
func (b *builder) goneFrom(role *graph.Role) *resource.Resource {
	name, _ := role.Name.Text()
	for _, typ := range []string{"aws_iam_role_policy", "aws_iam_role_policy_attachment"} {
		if r := b.gone(typ, "role", name); r != nil {
			return r
		}
	}
	return nil
}
