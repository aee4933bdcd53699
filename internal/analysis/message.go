package analysis

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// A member is one of an alarm message: a text of which it is one, an object, or
// something of which nobody knows what it is.
type member struct {
	texts  []string
	object map[string]member
}

// messageOf is the message that CloudWatch publishes when an alarm that acts on a
// topic goes off. A composite alarm's has other members than a metric alarm's.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
func (b *builder) messageOf(t *graph.Topic) (message map[string]member, whole bool) {
	message = map[string]member{"NewStateValue": {texts: []string{"ALARM"}}, "AlarmName": {texts: b.acting(t)}}
	for _, name := range []string{
		"AlarmDescription", "AWSAccountId", "NewStateReason", "StateChangeTime", "Region", "AlarmArn", "OldStateValue",
		"OKActions", "AlarmActions", "InsufficientDataActions",
	} {
		message[name] = member{}
	}
	var metric, composite bool
	for _, a := range b.graph.Alarms {
		metric = metric || actsOn(a.Actions, t)
	}
	for _, c := range b.graph.Composites {
		composite = composite || actsOn(c.Actions, t)
	}
	if metric != composite && metric {
		message["AlarmConfigurationUpdatedTimestamp"] = member{}
		message["Trigger"] = member{object: b.triggerOf(t)}
	}
	return message, metric && !composite
}

func actsOn(actions []graph.Target, t *graph.Topic) bool {
	return slices.ContainsFunc(actions, func(a graph.Target) bool { return slices.Contains(a.To, t.ID) })
}

// triggerOf is what a message says of the alarm's settings. An alarm over queries has
// Metrics for MetricName, so neither may be missing for certain.
func (b *builder) triggerOf(t *graph.Topic) map[string]member {
	trigger := map[string]member{}
	for _, name := range []string{
		"StatisticType", "Statistic", "Unit", "Dimensions", "Period", "EvaluationPeriods", "DatapointsToAlarm", "ComparisonOperator",
		"Threshold", "TreatMissingData", "EvaluateLowSampleCountPercentile", "Metrics", "ExtendedStatistic",
	} {
		trigger[name] = member{}
	}
	trigger["MetricName"] = member{texts: b.ofActing(t, func(a *graph.Alarm) resource.Value { return a.Series.Name })}
	trigger["Namespace"] = member{texts: b.ofActing(t, func(a *graph.Alarm) resource.Value { return a.Series.Namespace })}
	return trigger
}

// ofActing are the texts of a part of the alarms that act on a topic; none where one
// of them is not known.
func (b *builder) ofActing(t *graph.Topic, part func(*graph.Alarm) resource.Value) (texts []string) {
	for _, a := range b.graph.Alarms {
		if !actsOn(a.Actions, t) {
			continue
		}
		text, known := part(a).Text()
		if !known || part(a).IsNull() {
			return nil
		}
		texts = append(texts, text)
	}
	return texts
}

// bodyPasses judges a filter policy on the body of messages: every key has to be met,
// and of $or one of its policies.
// https://docs.aws.amazon.com/sns/latest/dg/string-value-matching.html
func bodyPasses(rules map[string]any, message map[string]member, whole bool) (truth.Truth, string) {
	worst, key := truth.Yes, ""
	for _, name := range slices.Sorted(maps.Keys(rules)) {
		one := truth.No
		if alternatives, ok := rules[name].([]any); ok && name == "$or" {
			for _, a := range alternatives {
				inner, _ := a.(map[string]any)
				passed, _ := bodyPasses(inner, message, whole)
				one = max(one, passed)
			}
		} else {
			one = memberPasses(rules[name], name, message, whole)
		}
		if one < worst {
			worst, key = one, name
		}
	}
	return worst, key
}

func memberPasses(rule any, name string, message map[string]member, whole bool) truth.Truth {
	is, there := message[name]
	inner, nested := rule.(map[string]any)
	switch {
	case !there && !whole:
		return truth.Unknown
	case !there && nested:
		passed, _ := bodyPasses(inner, nil, true)
		return passed
	case !there:
		return truth.Of(acceptsAbsence(rule))
	case nested && is.object == nil:
		return truth.Unknown
	case nested:
		passed, _ := bodyPasses(inner, is.object, whole)
		return passed
	case asksForPresence(rule):
		return truth.Yes
	}
	return passes(rule, is.texts)
}

// asksForPresence says whether a rule asks for nothing but that there is a member.
func asksForPresence(rule any) bool {
	values, _ := rule.([]any)
	return slices.ContainsFunc(values, func(v any) bool {
		test, ok := v.(map[string]any)
		return ok && test["exists"] == true
	})
}

// letsThrough judges a filter policy.
// https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering.html
func (b *builder) letsThrough(policy string, scope resource.Value, t *graph.Topic) Check {
	var rules map[string]any
	if err := json.Unmarshal([]byte(policy), &rules); err != nil {
		return Check{State: Undecided, Code: "subscription-filter-undecided", Reason: "filter_policy is not a JSON object"}
	}
	if body, _ := scope.Text(); body != "MessageBody" {
		return attributesPass(rules)
	}
	message, whole := b.messageOf(t)
	passed, key := bodyPasses(rules, message, whole)
	_, there := message[key]
	switch {
	case passed == truth.Unknown:
		return Check{State: Undecided, Code: "subscription-filter-undecided", Reason: "it tests " + key + " of the message body"}
	case passed == truth.No && there:
		return Check{State: Broken, Code: "subscription-filtered", Reason: "it does not let " + saidOf(key, message[key]) + " through"}
	case passed == truth.No:
		return Check{State: Broken, Code: "subscription-filtered", Reason: "it asks for the member " + key + "; alarm messages carry none"}
	}
	return Check{State: OK}
}

// attributesPass judges a policy on attributes. Alarm messages carry none, and where
// there is none not even a test for absence holds.
// https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html
func attributesPass(rules map[string]any) Check {
	for _, key := range slices.Sorted(maps.Keys(rules)) {
		return Check{State: Broken, Code: "subscription-filtered", Reason: "it asks for the message attribute " + key + "; alarm messages carry none"}
	}
	return Check{State: OK}
}

func saidOf(key string, m member) string {
	return strings.TrimSpace(key + " " + strings.Join(m.texts, " or "))
}
