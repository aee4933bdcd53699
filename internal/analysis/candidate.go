package analysis

import (
	"maps"
	"slices"

	"github.com/iacgate/iacgate/internal/truth"
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
	FedBy     string `json:"fed_by"`  // what may bring events into the group without a trail
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
	filters, aimed := aimedAt(d, c.ID)
	trails := auditing(d)
	facts := ControlFacts{
		control: c.ID, Events: c.Events, MustMatch: b.asked.references[c.ID].want.String(), Sources: b.asked.references[c.ID].sources(), Candidates: []Candidate{}, Sets: []Set{},
		Relevant: len(aimed) > 0 || len(trails) > 0 || past.isRelevant(), Hidden: []string{},
	}
	if !facts.Relevant {
		facts.Hidden = append(facts.Hidden, unread(d, c.ID)...)
		for _, rule := range b.graph.Deliveries {
			facts.Hidden = append(facts.Hidden, rule.ID+" may bring events of CloudTrail into a log group")
		}
		return facts
	}
	facts.Certain = past.isRelevant() || certain(d, slices.Concat(filters, aimed), trails)
	facts.find(&heads{builder: b, doc: d, past: past, trails: trails, blind: blind(d)}, d.unlike(filters), d.unlike(aimed))
	return facts
}

// isRelevant says whether the world before the plan has to do with the control.
func (p Past) isRelevant() bool { return p.Verdict != "" && p.Verdict != verdict.Skip }

// aimedAt returns the filters that may meet a control alone, and all that are
// aimed at it, which may do it together. Alone are those that are aimed and do not
// serve another control, else those that may be or nearly are, else "".
func aimedAt(d *Document, control string) (alone, aimed []string) {
	var perhaps []string
	for _, id := range slices.Sorted(maps.Keys(d.MetricFilters)) {
		c := d.MetricFilters[id].Coverage[control]
		switch {
		case c.Aimed == truth.Yes:
			aimed = append(aimed, id)
			if c.Serves == "" {
				alone = append(alone, id)
			}
		case c.Aimed == truth.Unknown, c.Near:
			perhaps = append(perhaps, id)
		}
	}
	switch {
	case len(alone) > 0:
		return alone, aimed
	case len(perhaps) > 0:
		return perhaps, aimed
	}
	return []string{""}, aimed
}

// blind returns the trails that record no management events.
func blind(d *Document) []string {
	var out []string
	for _, id := range slices.Sorted(maps.Keys(d.Trails)) {
		if d.Trails[id].Records.Management == truth.No {
			out = append(out, id)
		}
	}
	return out
}

// auditing returns the trails that record management events, as far as can be
// seen.
func auditing(d *Document) []string {
	var out []string
	for _, id := range slices.Sorted(maps.Keys(d.Trails)) {
		if d.Trails[id].Records.Management != truth.No {
			out = append(out, id)
		}
	}
	return out
}
