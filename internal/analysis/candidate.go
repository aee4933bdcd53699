package analysis

import (
	"maps"
	"slices"

	"github.com/iacgate/iacgate/internal/verdict"
)

// A Candidate is one path from a trail to a topic, "" standing for a node that
// the input does not have. Candidates stand in the order of their addresses. A
// filter goes with the trails that write to its group, or may; where none may,
// with one other. Of paths that differ in names alone there is the first.
type Candidate struct {
	Index     int    `json:"index"`
	Trail     string `json:"trail"`
	Assumed   bool   `json:"assumed"` // the input has no trail, so one is assumed elsewhere
	LogGroup  string `json:"log_group"`
	GroupName string `json:"group_name"`
	NamedBy   []int  `json:"named_by"` // entries of config.external that name the group
	Filter    string `json:"filter"`
	Alarm     string `json:"alarm"`
	Actor     string `json:"actor"`
	Action    string `json:"action"`
	Topic     string `json:"topic"`
	Reads     Reads  `json:"reads"`
	// What this plan deletes and the candidate needs.
	DeletedTrail string `json:"deleted_trail"`
	DeletedGroup string `json:"deleted_group"`
	DeletedTopic string `json:"deleted_topic"`
	// Reach is how many links it has; behind a missing node nothing is judged.
	Reach int `json:"reach"`
	// Rivals are candidates that differ in one hidden value: the input does not
	// say which of them is real.
	Rivals []int `json:"rivals"`
	// Set is which of the control's sets of filters it belongs to, -1 for none;
	// With are the other filters of that set.
	Set  int      `json:"set"`
	With []string `json:"with"`
}

// The number of links up to and with the one in which a node is missing.
const (
	reachTrail  = 1
	reachGroup  = 2
	reachFilter = 3
	reachAlarm  = 6
	reachAction = 7
	reachTopic  = 8
	everyLink   = 9
)

// control finds the candidates for one control, and whether the input has to do
// with it at all.
func (b *builder) control(d *Document, c verdict.Control, past Past) ControlFacts {
	filters, concerned := aimedAt(d, c.ID)
	trails := auditing(d)
	facts := ControlFacts{
		control: c.ID, Events: c.Events, MustMatch: b.references[c.ID].want.String(), Sources: b.references[c.ID].sources(), Candidates: []Candidate{}, Sets: []Set{},
		Relevant: concerned || len(trails) > 0 || past.isRelevant(), Hidden: []string{},
	}
	if !facts.Relevant {
		facts.Hidden = append(facts.Hidden, unread(d, c.ID)...)
		return facts
	}
	facts.Certain = past.isRelevant() || certain(d, filters, trails)
	facts.find(&heads{builder: b, doc: d, past: past, trails: trails}, d.unlike(filters))
	return facts
}

// isRelevant says whether the world before the plan has to do with the control.
func (p Past) isRelevant() bool { return p.Verdict != "" && p.Verdict != verdict.Skip }

// aimedAt returns the filters that are aimed at a control, else those that may
// be or nearly are, else "". concerned says that the input tries to meet it.
func aimedAt(d *Document, control string) (filters []string, concerned bool) {
	var perhaps []string
	for _, id := range slices.Sorted(maps.Keys(d.MetricFilters)) {
		switch c := d.MetricFilters[id].Coverage[control]; {
		case c.Aimed == Yes:
			filters = append(filters, id)
		case c.Aimed == Maybe, c.Near:
			perhaps = append(perhaps, id)
			concerned = concerned || c.Near && c.Names
		}
	}
	switch {
	case len(filters) > 0:
		return filters, true
	case len(perhaps) > 0:
		return perhaps, concerned
	}
	return []string{""}, false
}

// auditing returns the trails that record management events, as far as can be
// seen.
func auditing(d *Document) []string {
	var out []string
	for _, id := range slices.Sorted(maps.Keys(d.Trails)) {
		if d.Trails[id].Records.Management != No {
			out = append(out, id)
		}
	}
	return out
}
