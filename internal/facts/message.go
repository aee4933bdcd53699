package facts

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// A member is a member of an alarm message: one of some texts, an object, or unknown.
type member struct {
	texts  []string
	object map[string]member
}

// messageOf returns the message that CloudWatch publishes when an alarm that acts on a
// topic goes off. A composite alarm's has other members than a metric alarm's.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
func (b *Base) messageOf(t *graph.Topic) (message map[string]member, whole bool) {
	message = map[string]member{"NewStateValue": {texts: []string{"ALARM"}}, "AlarmName": {texts: b.alarmNames(t)}}
	for _, name := range []string{
		"AlarmDescription", "AWSAccountId", "NewStateReason", "StateChangeTime", "Region", "AlarmArn", "OldStateValue",
		"OKActions", "AlarmActions", "InsufficientDataActions",
	} {
		message[name] = member{}
	}
	var metric, composite bool
	for _, a := range b.Graph.Alarms {
		metric = metric || actsOn(a.Actions, t)
	}
	for _, c := range b.Graph.Composites {
		composite = composite || actsOn(c.Actions, t)
	}
	whole = metric && !composite
	if whole {
		message["AlarmConfigurationUpdatedTimestamp"] = member{}
		message["Trigger"] = member{object: b.triggerOf(t)}
	}
	return message, whole
}

func actsOn(actions []graph.Target, t *graph.Topic) bool {
	return slices.ContainsFunc(actions, func(a graph.Target) bool { return slices.Contains(a.To, t.ID) })
}

// triggerOf returns the alarm's settings in a message. An alarm over queries has Metrics
// in place of MetricName, so neither is certainly missing.
func (b *Base) triggerOf(t *graph.Topic) map[string]member {
	trigger := map[string]member{}
	for _, name := range []string{
		"StatisticType", "Statistic", "Unit", "Dimensions", "Period", "EvaluationPeriods", "DatapointsToAlarm", "ComparisonOperator",
		"Threshold", "TreatMissingData", "EvaluateLowSampleCountPercentile", "Metrics", "ExtendedStatistic",
	} {
		trigger[name] = member{}
	}
	trigger["MetricName"] = member{texts: b.alarmTexts(t, func(a *graph.Alarm) resource.Value { return a.Series.Name })}
	trigger["Namespace"] = member{texts: b.alarmTexts(t, func(a *graph.Alarm) resource.Value { return a.Series.Namespace })}
	return trigger
}

// alarmTexts returns the texts of a part of the alarms that act on a topic; none if one
// of them is not known.
func (b *Base) alarmTexts(t *graph.Topic, part func(*graph.Alarm) resource.Value) (texts []string) {
	for _, a := range b.Graph.Alarms {
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

// matchBody evaluates a filter policy on the body of messages: every key has to match,
// and for $or one of its policies.
// https://docs.aws.amazon.com/sns/latest/dg/string-value-matching.html
func matchBody(rules map[string]any, message map[string]member, whole bool) (truth.Truth, string) {
	worst, key := truth.Yes, ""
	for _, name := range slices.Sorted(maps.Keys(rules)) {
		one := truth.No
		if alternatives, ok := rules[name].([]any); ok && name == "$or" {
			for _, a := range alternatives {
				inner, _ := a.(map[string]any)
				passed, _ := matchBody(inner, message, whole)
				one = max(one, passed)
			}
		} else {
			one = matchMember(rules[name], name, message, whole)
		}
		if one < worst {
			worst, key = one, name
		}
	}
	return worst, key
}

func matchMember(rule any, name string, message map[string]member, whole bool) truth.Truth {
	is, there := message[name]
	inner, nested := rule.(map[string]any)
	switch {
	case !there && !whole:
		return truth.Unknown
	case !there && nested:
		passed, _ := matchBody(inner, nil, true)
		return passed
	case !there:
		return truth.Of(matchesAbsence(rule))
	case nested && is.object == nil:
		return truth.Unknown
	case nested:
		passed, _ := matchBody(inner, is.object, whole)
		return passed
	case testsPresence(rule):
		return truth.Yes
	}
	return matchRule(rule, is.texts)
}

// testsPresence reports whether a rule only requires that the member exists.
func testsPresence(rule any) bool {
	values, _ := rule.([]any)
	return slices.ContainsFunc(values, func(v any) bool {
		test, ok := v.(map[string]any)
		return ok && test["exists"] == true
	})
}

// checkFilterPolicy judges a filter policy.
// https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering.html
func (b *Base) checkFilterPolicy(policy string, scope resource.Value, t *graph.Topic) document.Check {
	var rules map[string]any
	if err := json.Unmarshal([]byte(policy), &rules); err != nil {
		return document.Check{State: document.Undecided, Code: "subscription-filter-undecided", Reason: "filter_policy is not a JSON object"}
	}
	if body, _ := scope.Text(); body != "MessageBody" {
		return checkAttributePolicy(rules)
	}
	message, whole := b.messageOf(t)
	passed, key := matchBody(rules, message, whole)
	_, there := message[key]
	switch {
	case passed == truth.Unknown:
		return document.Check{State: document.Undecided, Code: "subscription-filter-undecided", Reason: "it tests " + key + " of the message body"}
	case passed == truth.No && there:
		return document.Check{State: document.Broken, Code: "subscription-filtered", Reason: "it does not let " + describeMember(key, message[key]) + " through"}
	case passed == truth.No:
		return document.Check{State: document.Broken, Code: "subscription-filtered", Reason: "it requires the field " + key + "; alarm messages have none"}
	}
	return document.Check{State: document.OK}
}

// checkAttributePolicy evaluates a policy on attributes. Alarm messages have none, and
// without any, not even a test for absence matches.
// https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html
func checkAttributePolicy(rules map[string]any) document.Check {
	for _, key := range slices.Sorted(maps.Keys(rules)) {
		return document.Check{State: document.Broken, Code: "subscription-filtered", Reason: "it requires the message attribute " + key + "; alarm messages have none"}
	}
	return document.Check{State: document.OK}
}

func describeMember(key string, m member) string {
	return strings.TrimSpace(key + " " + strings.Join(m.texts, " or "))
}

// alarmNames returns the names of the alarms that act on a topic; none if one of
// them is not known.
func (b *Base) alarmNames(t *graph.Topic) []string {
	var names []string
	known := true
	add := func(name resource.Value, actions []graph.Target) {
		for _, a := range actions {
			if slices.Contains(a.To, t.ID) {
				text, ok := name.Text()
				names, known = append(names, text), known && ok
			}
		}
	}
	for _, a := range b.Graph.Alarms {
		add(a.Name, a.Actions)
	}
	for _, c := range b.Graph.Composites {
		add(c.Name, c.Actions)
	}
	if !known {
		return nil
	}
	return names
}

func matchesAbsence(rule any) bool {
	values, _ := rule.([]any)
	for _, v := range values {
		if test, ok := v.(map[string]any); ok && test["exists"] == false {
			return true
		}
	}
	return false
}

// matchRule reports whether a rule lets a member of a message through, whichever of
// some texts it is.
func matchRule(rule any, possible []string) truth.Truth {
	values, isList := rule.([]any)
	if !isList || len(possible) == 0 {
		return truth.Unknown
	}
	low, high := truth.Yes, truth.No
	for _, text := range possible {
		one := truth.No
		for _, v := range values {
			one = max(one, matchValue(v, text))
		}
		low, high = min(low, one), max(high, one)
	}
	if low != high {
		return truth.Unknown
	}
	return low
}

// matchValue reports whether one value of a rule accepts a text.
// https://docs.aws.amazon.com/sns/latest/dg/string-value-matching.html
func matchValue(value any, text string) truth.Truth {
	test, isTest := value.(map[string]any)
	if !isTest {
		return truth.Of(value == text)
	}
	for _, operator := range []struct {
		name string
		is   func(text, operand string) bool
	}{
		{"prefix", strings.HasPrefix}, {"suffix", strings.HasSuffix}, {"equals-ignore-case", strings.EqualFold},
	} {
		if operand, ok := test[operator.name].(string); ok && len(test) == 1 {
			return truth.Of(operator.is(text, operand))
		}
	}
	switch operand := test["anything-but"].(type) {
	case string:
		return truth.Of(operand != text)
	case []any:
		return truth.Of(!slices.Contains(operand, any(text)))
	}
	return truth.Unknown
}
