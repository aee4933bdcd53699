package facts

import (
	"slices"

	"github.com/iacgate/iacgate/internal/alarmrule"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/schedule"
	"github.com/iacgate/iacgate/internal/truth"
)

// muteRules returns the mute rules that name an alarm of their region and account, and those
// of them that never end.
//
//   - https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutAlarmMuteRule.html
//   - https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MuteTargets.html
func (b *Base) muteRules(node graph.Node, name resource.Value) (rules, endless []string) {
	rules, endless = []string{}, []string{}
	for _, m := range b.Graph.MuteRules {
		here := m.Scope().Same(node.Scope())
		if here == truth.No || !slices.ContainsFunc(m.Alarms.List(), func(v resource.Value) bool { return isNameOf(v, node, name) }) {
			continue
		}
		if rules = append(rules, m.ID); isEndless(m) && m.Uncertain() == "" && here == truth.Yes {
			endless = append(endless, m.ID)
		}
	}
	return rules, endless
}

// isEndless reports whether a mute rule mutes for good.
func isEndless(m *graph.MuteRule) bool {
	expression, known := m.Expression.Text()
	duration, told := m.Duration.Text()
	if !known || !told || !m.Expires.IsNull() {
		return false
	}
	always, err := schedule.IsAlways(expression, duration)
	return err == nil && always
}

// isSuppressed reports whether the suppressor of a composite alarm is in ALARM whenever
// the composite alarm goes off because one metric alarm does: it is that alarm, or a
// composite alarm that goes off with it, or is on for good.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-suppression.html
func (b *Base) isSuppressed(c *graph.CompositeAlarm, child graph.Node, name resource.Value) bool {
	if isAlarm(c.Suppressor, child, name) {
		return true
	}
	return slices.ContainsFunc(b.Graph.Composites, func(s *graph.CompositeAlarm) bool {
		return s.Scope().Same(c.Scope()) == truth.Yes && isAlarm(c.Suppressor, s.Node, s.Name) && goesOffWith(s, child, name)
	})
}

// goesOffWith reports whether a composite alarm is in ALARM whenever one other is.
func goesOffWith(s *graph.CompositeAlarm, child graph.Node, name resource.Value) bool {
	text, known := s.Rule.Symbolic()
	if !known {
		return false
	}
	rule, err := alarmrule.Parse(text)
	if err != nil {
		return false
	}
	return rule.Eval(func(ref string) alarmrule.State {
		if namesAlarm(ref, child, name) == truth.Yes {
			return alarmrule.Alarm
		}
		return alarmrule.Unseen
	}) == truth.Yes
}
