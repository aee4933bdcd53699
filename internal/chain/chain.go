// Package chain finds the candidates of a control: the paths from a trail through filters
// and alarms to a topic, and the sets of filters that cover a control together. It does
// not judge them: the Rego policies do.
package chain

import (
	"maps"
	"slices"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/facts"
	"github.com/iacgate/iacgate/internal/truth"
	"github.com/iacgate/iacgate/internal/verdict"
)

// Find finds the candidates of every control that is asked for, and writes them into
// the document. past has the verdicts on the world before this plan, by control; nil if
// there was none.
func Find(b *facts.Base, past map[string]Past) {
	made := 0
	for _, c := range b.Controls.List() {
		h := &finder{base: b, doc: b.Document, past: past[c.ID], trails: managementTrails(b.Document), dataOnly: DataOnlyTrails(b.Document), left: maxCandidates - made}
		facts := controlFacts(h, c)
		made += len(facts.Candidates)
		b.Document.Controls[c.ID] = facts
	}
}

// controlFacts finds the candidates for one control, and whether the input is relevant
// for it.
func controlFacts(h *finder, c verdict.Control) document.ControlFacts {
	d := h.doc
	filters, aimed := aimedAt(d, c.ID)
	facts := document.ControlFacts{
		Events: c.Events, MustMatch: h.base.Controls.MustMatch(c.ID), Sources: h.base.Controls.Sources(c.ID), Candidates: []document.Candidate{}, Sets: []document.Set{},
		Relevant: len(aimed) > 0 || len(h.trails) > 0 || h.past.isRelevant(), Hidden: []string{},
	}
	if !facts.Relevant {
		facts.Hidden = append(facts.Hidden, hiddenReasons(d, c.ID)...)
		for _, rule := range h.base.Graph.Deliveries {
			facts.Hidden = append(facts.Hidden, rule.ID+" may send CloudTrail events to a log group")
		}
		return facts
	}
	facts.Certain = h.past.isRelevant() || existsForCertain(d, slices.Concat(filters, aimed), h.trails)
	h.fill(&facts, c.ID, distinctFilters(d, filters), distinctFilters(d, aimed))
	return facts
}

// isRelevant reports whether the world before the plan is relevant for the control.
func (p Past) isRelevant() bool { return p.Verdict != "" && p.Verdict != verdict.Skip }

// aimedAt returns the filters that may meet a control alone, and all that are
// aimed at it, which may do it together. Alone are those that are aimed and do not
// serve another control, else those that may be or nearly are, else "".
func aimedAt(d *document.Document, control string) (alone, aimed []string) {
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

// hiddenReasons returns what may contain a trail or a filter that would make a control
// relevant: gaps, and filters whose existence and pattern are unknown.
func hiddenReasons(d *document.Document, control string) []string {
	out := slices.Clone(d.Incomplete)
	for _, g := range d.Gaps {
		if g.Decides {
			out = append(out, g.Text)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(d.MetricFilters)) {
		if f := d.MetricFilters[id]; f.Uncertain != "" && f.Coverage[control].Aimed == truth.Unknown && !slices.Contains(out, f.Uncertain) {
			out = append(out, f.Uncertain)
		}
	}
	return out
}

// existsForCertain reports whether something that makes a control relevant exists for certain.
func existsForCertain(d *document.Document, filters, trails []string) bool {
	exists := func(id string) bool {
		f, ok := d.MetricFilters[id]
		return ok && f.Uncertain == ""
	}
	return slices.ContainsFunc(filters, exists) ||
		slices.ContainsFunc(trails, func(id string) bool { return d.Trails[id].Uncertain == "" })
}
