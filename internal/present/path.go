package present

import (
	"strings"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/verdict"
)

// path is the shown candidate with the facts that it goes through.
type path struct {
	document.Candidate
	facts *document.Document
}

func (p path) notifier() document.Notifier { return p.facts.Alarms[p.Alarm].Notifiers[p.Notifier] }

func (p path) action() document.Action { return p.notifier().Actions[p.Action] }

func (p path) chain() verdict.Chain {
	c := verdict.Chain{Trail: p.Trail, LogGroup: p.LogGroup, MetricFilter: p.Filter, Alarm: p.Alarm, Topic: p.Topic}
	if p.LogGroup == "" {
		c.LogGroup = p.GroupName
	}
	if p.Filter != "" {
		c.Metric = p.facts.MetricFilters[p.Filter].Series.Text
	}
	if over := p.notifier().Composite; len(over) > 0 {
		c.CompositeAlarm = over[len(over)-1]
	}
	if p.Topic == "" {
		c.Topic = p.action().Text
	}
	c.Subscriptions = p.facts.Topics[p.Topic].Subscriptions
	return c
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
		s.Resource = p.notifier().Address
	case "topic":
		s.Resource = c.Topic
	case "subscription":
		s.Resource = strings.Join(c.Subscriptions, ", ")
	}
	return s
}
