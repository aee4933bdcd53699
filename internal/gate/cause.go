package gate

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/verdict"
)

// cause says what this plan has to do with a fault.
func (r reporter) cause(control string, f policy.Finding) string {
	past, ok := r.past[control]
	if !ok || past.Chain == nil || f.Level != verdict.Error {
		return ""
	}
	for _, d := range r.facts.Deleted {
		if slices.Contains(before(past.Chain, f.Link), d.Address) {
			return strings.TrimSuffix("this plan deletes "+d.Address+" ("+d.Reason+")", " ()")
		}
	}
	if past.Verdict == verdict.Pass && slices.Contains([]string{"update", "replace"}, r.action(f.Resource)) {
		return "this plan causes it: before it, every link held"
	}
	return ""
}

// before is what a link was before the plan.
func before(c *verdict.Chain, link verdict.Link) []string {
	switch link {
	case "trail":
		return []string{c.Trail}
	case "log_group":
		return []string{c.LogGroup}
	case "metric_filter", "pattern":
		filters := []string{c.MetricFilter}
		for _, further := range c.With {
			filters = append(filters, further.MetricFilter)
		}
		return filters
	case "alarm":
		return []string{c.Alarm, c.CompositeAlarm}
	case "action", "topic":
		return []string{c.Topic}
	case "subscription":
		return c.Subscriptions
	}
	return nil
}

func (r reporter) action(address string) string {
	if x := r.world.Resource(address); x != nil {
		return x.Change.Action.String()
	}
	return ""
}
