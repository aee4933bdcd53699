package replay

import (
	"fmt"
	"slices"

	"github.com/iacgate/iacgate/internal/alarmrule"
	"github.com/iacgate/iacgate/internal/truth"
)

// Composite returns the states of a composite alarm, in the minutes that all alarms have which its rule names. They are
// given by these names. Only before its first evaluation it is in INSUFFICIENT_DATA.
//
// "For a composite alarm, this initial time after creation is the only time that the alarm can be in INSUFFICIENT_DATA
// state." https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
func Composite(rule *alarmrule.Rule, children map[string]Timeline) (Timeline, error) {
	c, problem := combine(rule, children)
	if problem != "" {
		return Timeline{}, replayError(problem)
	}
	for _, minute := range c.changes() {
		c.out.add(minute, c.at(minute))
	}
	return c.out, nil
}

// combination is a composite alarm with its children.
type combination struct {
	rule     *alarmrule.Rule
	children map[string]Timeline // in the same minutes
	out      Timeline
}

func combine(rule *alarmrule.Rule, children map[string]Timeline) (combination, string) {
	c := combination{rule: rule, children: map[string]Timeline{}}
	if rule.Open() {
		return c, "a part of the rule is not known"
	}
	refs := rule.Children()
	if len(refs) == 0 {
		return c, "the rule names no alarm"
	}
	for _, ref := range refs {
		if _, ok := children[ref.Name]; !ok {
			return c, fmt.Sprintf("the rule names alarm %q, which is not replayed", ref.Name)
		}
	}
	from, judged, to := common(refs, children)
	if from >= to {
		return c, "the alarms that the rule names have no minute in common"
	}
	c.out = Timeline{From: from, WarmUp: int(min(judged, to) - from), minutes: int(to - from)}
	for _, ref := range refs {
		c.children[ref.Name] = children[ref.Name].within(from, to)
	}
	return c, ""
}

// common returns the minutes that all children have, and the first in which none of them warms up.
func common(refs []alarmrule.Ref, children map[string]Timeline) (from, judged, to int64) {
	first := children[refs[0].Name]
	from, to = first.From, first.To()
	for _, ref := range refs {
		t := children[ref.Name]
		from, to = max(from, t.From), min(to, t.To())
		judged = max(judged, t.From+int64(t.WarmUp))
	}
	return from, judged, to
}

// changes returns the first minute and those in which any child has another state than in the minute before.
func (c combination) changes() []int {
	minutes := []int{0}
	for _, t := range c.children {
		for _, change := range t.changes {
			minutes = append(minutes, int(change.minute))
		}
	}
	slices.Sort(minutes)
	return slices.Compact(minutes)
}

// at evaluates the rule.
func (c combination) at(i int) State {
	fires := c.rule.Eval(func(name string) alarmrule.State {
		return [...]alarmrule.State{alarmrule.InsufficientData, alarmrule.OK, alarmrule.Alarm}[c.children[name].at(i)]
	})
	if fires == truth.Yes {
		return Alarm
	}
	return OK
}
