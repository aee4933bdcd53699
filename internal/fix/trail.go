package fix

import (
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

var trailFixes = map[string]func(*draft){
	"trail-not-multi-region":      set("is_multi_region_trail", rawLiteral("true")),
	"trail-logging-off":           set("enable_logging", rawLiteral("true")),
	"trail-without-global-events": set("include_global_service_events", rawLiteral("true")),
	"trail-misses-events":         (*draft).addSelector,
	"trail-without-log-group":     (*draft).deliverToGroup,
	"trail-without-role":          func(d *draft) { d.giveRole(d.LogGroup) },
	"trail-role-cannot-write":     (*draft).fixRole,
	"log-group-mismatch":          (*draft).readTrailGroup,
	"log-group-class":             set("log_group_class", literal("STANDARD")),
}

// addSelector adds a selector for all management events. Only advanced selectors and
// basic ones exclude each other, so a selector that is added to its kind takes nothing
// away:
// https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html
func (d *draft) addSelector() {
	kind, arguments := "event_selector", []argument{
		{"event_selector.0.read_write_type", literal("All")}, {"event_selector.0.include_management_events", rawLiteral("true")},
	}
	if v := d.target.Attr("advanced_event_selector"); len(v.List()) > 0 {
		kind, arguments = "advanced_event_selector", []argument{
			{"advanced_event_selector.0.name", literal("Management events")},
			{"advanced_event_selector.0.field_selector.0.field", literal("eventCategory")},
			{"advanced_event_selector.0.field_selector.0.equals", list{literal("Management")}},
		}
	}
	switch {
	case d.language != HCL && kind == "event_selector" && !d.selectsDataEvents():
		d.sets = arguments // the list may be made by a function, to which nothing can be added
	case d.terraform:
		d.appendBlock(arguments)
	default:
		selectors := d.properties(d.target.Type, arguments).Content[1]
		d.appendCode(d.property(d.target.Type, kind), d.item(selectors.Content[0]))
	}
}

// selectsDataEvents says whether a basic selector is for data events, too.
func (d *draft) selectsDataEvents() bool {
	for _, s := range d.target.Attr("event_selector").List() {
		if len(s.Get("data_resource").List()) > 0 {
			return true
		}
	}
	return false
}

// deliverToGroup gives the trail a log group, a new one where no filter reads any.
func (d *draft) deliverToGroup() {
	group := d.LogGroup
	if group == "" {
		group = d.onlyOf("aws_cloudwatch_log_group")
	}
	if group == "" {
		group = d.newAddress("aws_cloudwatch_log_group", "trail", "TrailLogGroup")
		d.add(group, argument{"name", literal("/aws/cloudtrail/" + d.trailName())}, argument{"retention_in_days", rawLiteral("365")})
	} else {
		d.refer(group, "arn")
	}
	d.assign("cloud_watch_logs_group_arn", logStreams(d.scope, group))
	if v := d.target.Attr("cloud_watch_logs_role_arn"); v.IsNull() {
		d.giveRole(group)
	}
}

func (d *draft) trailName() string {
	if text, ok := d.target.Attr("name").Text(); ok && !d.target.Attr("name").IsSensitive() {
		return text
	}
	return "trail"
}

// giveRole makes a role that may write to the group, and gives it to the trail.
func (d *draft) giveRole(group string) {
	if !d.reachesOrAdds(group) {
		d.impossible = true
		return
	}
	role := d.newAddress("aws_iam_role", "cloudtrail_logs", "CloudTrailLogsRole")
	d.add(role, argument{"assume_role_policy", policyDocument{assumedByCloudTrail}})
	d.grantWrite(role, group)
	d.assign("cloud_watch_logs_role_arn", ref{role, "arn"})
}

// grantWrite lets a role write to a group, and returns the address of the policy.
func (d *draft) grantWrite(role, group string) string {
	rule := d.newAddress("aws_iam_role_policy", "cloudtrail_logs", "CloudTrailLogsRolePolicy")
	writing := d.newPolicy("cloudtrail_logs", object{
		{"Effect", literal("Allow")},
		{"Action", list{literal("logs:CreateLogStream"), literal("logs:PutLogEvents")}},
		{"Resource", logStreams(d.scope, group)},
	})
	d.add(rule, argument{"name", literal("write-log-streams")}, argument{"role", ref{role, "id"}}, argument{"policy", writing})
	return rule
}

var assumedByCloudTrail = object{
	{"Effect", literal("Allow")},
	{"Principal", object{{"Service", literal("cloudtrail.amazonaws.com")}}},
	{"Action", literal("sts:AssumeRole")},
}

// fixRole lets CloudTrail assume the trail's role, or the role write to the group.
func (d *draft) fixRole() {
	if d.Attribute == "assume_role_policy" {
		d.assign("assume_role_policy", policyDocument{assumedByCloudTrail})
		return
	}
	if d.target.Type != "aws_iam_role" || d.Attribute != "" || !d.reaches(d.LogGroup) {
		d.impossible = true
		return
	}
	d.grantWrite(d.target.Address, d.LogGroup)
}

// readTrailGroup lets the filter read the group that the trail writes to.
func (d *draft) readTrailGroup() {
	group, filter := d.find(d.TrailGroup), d.find(d.Filter)
	if group == nil || filter == nil || filter.Key.Kind != resource.NoKey || group.Scope.Same(filter.Scope) == truth.No {
		d.impossible = true
		return
	}
	d.assign("log_group_name", d.refer(group.Address, "name"))
}
