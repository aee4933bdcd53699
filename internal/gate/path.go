package gate

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/verdict"
)

// path is the shown candidate with the facts that it goes through.
type path struct {
	document.Candidate
	facts *document.Document
}

func (p path) actor() document.Notifier { return p.facts.Alarms[p.Alarm].Notifiers[p.Notifier] }
func (p path) action() document.Action  { return p.actor().Actions[p.Action] }

func (p path) chain() verdict.Chain {
	c := verdict.Chain{Trail: p.Trail, LogGroup: p.LogGroup, MetricFilter: p.Filter, Alarm: p.Alarm, Topic: p.Topic}
	if p.LogGroup == "" {
		c.LogGroup = p.GroupName
	}
	if p.Filter != "" {
		c.Metric = p.facts.MetricFilters[p.Filter].Series.Text
	}
	if over := p.actor().Composite; len(over) > 0 {
		c.CompositeAlarm = over[len(over)-1]
	}
	if p.Topic == "" {
		c.Topic = p.action().Text
	}
	c.Subscriptions = p.facts.Topics[p.Topic].Subscriptions
	return c
}

// with are the chains of the filters that cover the control together with this
// one: of each the first that holds, else the first.
func (r reporter) with(c verdict.Control, shown path, a policy.Answer) []verdict.Candidate {
	var out []verdict.Candidate
	all := r.facts.Controls[c.ID].Candidates
	for _, filter := range shown.PartnerFilters {
		partner := func(p document.Candidate) bool {
			return p.Set == shown.Set && p.Filter == filter && p.Trail == shown.Trail
		}
		i := slices.IndexFunc(a.Whole, func(i int) bool { return partner(all[i]) })
		if i >= 0 {
			i = a.Whole[i]
		} else {
			i = slices.IndexFunc(all, partner)
		}
		standing := policy.Standing{Candidate: i, Verdict: verdict.Unknown}
		if at := slices.IndexFunc(a.Standing, func(s policy.Standing) bool { return s.Candidate == i }); at >= 0 {
			standing = a.Standing[at]
		}
		out = append(out, r.candidate(c, standing))
	}
	return out
}

// step is one link as a person reads it.
func (p path) step(link verdict.Link, c verdict.Chain) verdict.Step {
	s := verdict.Step{Link: link}
	switch link {
	case "trail":
		s.Resource = c.Trail
	case "log_group":
		s.Resource = c.LogGroup
		if p.GroupName != c.LogGroup {
			s.Detail = p.GroupName
		}
	case "metric_filter":
		s.Resource = c.MetricFilter
	case "pattern":
		s.Resource = c.MetricFilter
		if pattern := p.facts.MetricFilters[p.Filter].Pattern; pattern != nil {
			s.Detail = *pattern
		}
	case "metric":
		s.Resource = c.Metric
	case "alarm":
		s.Resource, s.Detail = c.Alarm, p.facts.MetricFilters[p.Filter].Watchers[p.Alarm].Fires.Text
	case "action":
		s.Resource = p.actor().Address
	case "topic":
		s.Resource = c.Topic
	case "subscription":
		s.Resource = strings.Join(c.Subscriptions, ", ")
	}
	return s
}
