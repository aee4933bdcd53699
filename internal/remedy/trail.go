package remedy

import (
	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// Only advanced selectors and basic ones exclude each other, so a selector that
// is added to its kind takes nothing away:
// https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html

var trailMends = map[string]func(*work){
	"trail-not-multi-region":      set("is_multi_region_trail", bare("true")),
	"trail-logging-off":           set("enable_logging", bare("true")),
	"trail-without-global-events": set("include_global_service_events", bare("true")),
	"trail-misses-events":         (*work).records,
	"trail-without-log-group":     (*work).delivers,
	"trail-without-role":          func(w *work) { w.writes(w.LogGroup) },
	"trail-role-cannot-write":     (*work).mayWrite,
	"log-group-mismatch":          (*work).reads,
	"log-group-class":             set("log_group_class", literal("STANDARD")),
}

// records adds a selector for all management events.
func (w *work) records() {
	kind, arguments := "event_selector", []argument{
		{"event_selector.0.read_write_type", literal("All")}, {"event_selector.0.include_management_events", bare("true")},
	}
	if v := w.at.Attr("advanced_event_selector"); len(v.List()) > 0 {
		kind, arguments = "advanced_event_selector", []argument{
			{"advanced_event_selector.0.name", literal("Management events")},
			{"advanced_event_selector.0.field_selector.0.field", literal("eventCategory")},
			{"advanced_event_selector.0.field_selector.0.equals", list{literal("Management")}},
		}
	}
	if (!w.terraform || w.language == JSON) && kind == "event_selector" && !w.recordsData() {
		w.sets = arguments // the list may be made by a function, to which nothing can be added
		return
	}
	if w.terraform {
		w.within(arguments)
		return
	}
	w.into = w.property(w.at.Type, kind)
	w.more = w.item(properties(w.scope, w.at.Type, arguments).Content[1].Content[0])
}

// within adds a block of Terraform to what is edited.
func (w *work) within(arguments []argument) {
	if w.language == HCL {
		w.more = format(body(w.scope, arguments))
		return
	}
	b := jsonBody(w.scope, arguments)
	w.into, w.more = b.Content[0].Value, w.item(b.Content[1])
}

// recordsData says whether a basic selector is for data events, too.
func (w *work) recordsData() bool {
	for _, s := range w.at.Attr("event_selector").List() {
		if len(s.Get("data_resource").List()) > 0 {
			return true
		}
	}
	return false
}

// item writes a further element of a list that is there already.
func (w *work) item(n *yaml.Node) string {
	if w.language == JSON {
		return jsonText(n)
	}
	return w.encode(&yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{n}})
}

// delivers gives the trail a log group, a new one where no filter reads any.
func (w *work) delivers() {
	group := w.LogGroup
	if group == "" {
		group = w.sole("aws_cloudwatch_log_group")
	}
	if group == "" {
		group = w.name("aws_cloudwatch_log_group", "trail", "TrailLogGroup")
		w.make(group, argument{"name", literal("/aws/cloudtrail/" + w.label())}, argument{"retention_in_days", bare("365")})
	} else {
		w.point(group, "arn")
	}
	w.assign("cloud_watch_logs_group_arn", streams(w.scope, group))
	if v := w.at.Attr("cloud_watch_logs_role_arn"); !v.IsNull() {
		return
	}
	w.writes(group)
}

func (w *work) label() string {
	if text, ok := w.at.Attr("name").Text(); ok && !w.at.Attr("name").IsSensitive() {
		return text
	}
	return "trail"
}

// writes makes a role that may write to the group, and gives it to the trail.
func (w *work) writes(group string) {
	if _, fresh := w.fresh[group]; !fresh && !w.reaches(group) {
		w.stuck = true
		return
	}
	role := w.name("aws_iam_role", "cloudtrail_logs", "CloudTrailLogsRole")
	w.make(role, argument{"assume_role_policy", policy{trust}})
	w.grant(role, group)
	w.assign("cloud_watch_logs_role_arn", ref{role, "arn"})
}

// grant lets a role write to a group, and returns the policy that does.
func (w *work) grant(role, group string) string {
	rule := w.name("aws_iam_role_policy", "cloudtrail_logs", "CloudTrailLogsRolePolicy")
	writing := w.policy("cloudtrail_logs", object{
		{"Effect", literal("Allow")},
		{"Action", list{literal("logs:CreateLogStream"), literal("logs:PutLogEvents")}},
		{"Resource", streams(w.scope, group)},
	})
	w.make(rule, argument{"name", literal("write-log-streams")}, argument{"role", ref{role, "id"}}, argument{"policy", writing})
	return rule
}

var trust = object{
	{"Effect", literal("Allow")},
	{"Principal", object{{"Service", literal("cloudtrail.amazonaws.com")}}},
	{"Action", literal("sts:AssumeRole")},
}

// mayWrite lets the trail's role do its work.
func (w *work) mayWrite() {
	if w.Attribute == "assume_role_policy" {
		w.assign("assume_role_policy", policy{trust})
		return
	}
	if w.at.Type != "aws_iam_role" || w.Attribute != "" || w.LogGroup == "" || !w.reaches(w.LogGroup) {
		w.stuck = true
		return
	}
	w.grant(w.at.Address, w.LogGroup)
}

// reads turns the filter to the group that the trail writes to.
func (w *work) reads() {
	group, filter := w.find(w.TrailGroup), w.find(w.Filter)
	if group == nil || filter == nil || filter.Key.Kind != resource.NoKey || group.Scope.Same(filter.Scope) == truth.No {
		w.stuck = true
		return
	}
	w.assign("log_group_name", w.point(group.Address, "name"))
}
