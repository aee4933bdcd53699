package cloudtrail

import (
	"slices"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// A Question asks for one record that every pattern of Match matches and none
// of Miss does.
type Question struct {
	Match, Miss []*filterpattern.Pattern
	// Never are patterns of records that do not occur for this question, in addition to
	// those that never occur.
	Never []*filterpattern.Pattern
	// Unlisted are open fields whose unlisted values count, too.
	Unlisted []string

	impossible []*filterpattern.Pattern // all patterns of records that do not occur
}

// findKnown returns the first known record that answers the question.
func (q Question) findKnown(known ...[]Record) (Record, bool) {
	for _, records := range known {
		for _, r := range records {
			if q.separates(r.Message) && !slices.ContainsFunc(q.Never, func(p *filterpattern.Pattern) bool { return p.MatchMessage(r.Message) }) {
				return r, true
			}
		}
	}
	return Record{}, false
}

func (q Question) separates(m *filterpattern.Message) bool {
	for _, p := range q.Match {
		if !p.MatchMessage(m) {
			return false
		}
	}
	return !slices.ContainsFunc(q.Miss, func(p *filterpattern.Pattern) bool { return p.MatchMessage(m) })
}

// impossibleAs returns the patterns of records that do not occur which a record fits.
func (q Question) impossibleAs(m *filterpattern.Message) []*filterpattern.Pattern {
	var fit []*filterpattern.Pattern
	for _, p := range q.impossible {
		if p.MatchMessage(m) {
			fit = append(fit, p)
		}
	}
	return fit
}

func (q Question) never() []*filterpattern.Pattern {
	all := slices.Concat(q.Never, contradictions())
	for _, u := range unlisted() {
		if !slices.Contains(q.Unlisted, u.field) {
			all = append(all, u.pattern)
		}
	}
	return all
}
