// Package cloudtrail knows what CloudTrail records look like: which fields they have, which are always present, what
// ordinary and denied calls look like, and how to complete a few fields to a realistic record.
//
// It does not know what filter patterns mean (package filterpattern does) nor which events a trail records (package
// facts does).
//
// Source for the fields:
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
package cloudtrail

import (
	"slices"
	"sync"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/filterpattern/cover"
	"github.com/iacgate/iacgate/internal/truth"
)

// OrdinaryCall is the pattern of a call of an API as nearly every record has it: what
// fields of every record hold there, though AWS may write otherwise.
var OrdinaryCall = sync.OnceValue(func() *filterpattern.Pattern {
	p, err := filterpattern.Parse(`{ ($.eventType = "AwsApiCall") && ($.eventSource = "*.amazonaws.com") && ($.eventVersion = "1.*") && ` +
		`($.recipientAccountId = "*") && (($.readOnly IS TRUE) || ($.readOnly IS FALSE)) }`)
	if err != nil {
		panic(err) // a constant
	}
	return p
})

// An Answer is a decided question; Event is a complete record if Decision is Yes.
type Answer struct {
	Decision truth.Truth
	Event    Event
	Reason   string
}

// An Oracle answers questions about CloudTrail records. It is safe for concurrent
// use.
type Oracle struct {
	Everyday []Record // successful calls of every account: a pattern that matches one floods
	Denied   []Record // denied calls, in the codes that AWS is known to write
	// Watched are events of the benchmarks' other controls.
	Watched func() []Record
	axioms  cover.Axioms
	// floods are, by the text of a pattern, the everyday events that it matches.
	floods sync.Map
}

// NewOracle returns an oracle that knows the records of this package.
func NewOracle() *Oracle {
	return &Oracle{
		Everyday: records(everyday), Denied: records(denied), axioms: Axioms(),
		Watched: sync.OnceValue(func() []Record { return records(watched()) }),
	}
}

// Ask decides a question: where the answer is not plain, first with the known records, so
// that a witness looks familiar to the reader, then by proof.
func (o *Oracle) Ask(q Question) Answer {
	if cover.Exclude(q.Match, q.Miss, o.axioms) {
		return Answer{Decision: truth.No}
	}
	q.impossible = q.never()
	if r, ok := q.findKnown(o.Denied, o.Everyday); ok {
		return Answer{Decision: truth.Yes, Event: r.Event}
	}
	s, first := o.separate(q, nil), true
	for held := []*filterpattern.Pattern(nil); s.Decision == truth.Yes; s = o.separate(q, held) {
		if r, ok := q.findKnown(o.Watched()); first && ok {
			return Answer{Decision: truth.Yes, Event: r.Event}
		}
		first = false
		event, broken := q.complete(s.Event)
		if broken = without(broken, held); len(broken) == 0 {
			return Answer{Decision: truth.Yes, Event: event}
		}
		held = append(held, broken...)
	}
	if s.Decision == truth.Unknown && first {
		if r, ok := q.findKnown(o.Watched()); ok {
			return Answer{Decision: truth.Yes, Event: r.Event}
		}
	}
	return Answer{Decision: s.Decision, Reason: s.Reason}
}

// Holds decides a question whose event is not needed: all known records come before the
// search.
func (o *Oracle) Holds(q Question) truth.Truth {
	if cover.Exclude(q.Match, q.Miss, o.axioms) {
		return truth.No
	}
	if _, ok := q.findKnown(o.Denied, o.Everyday, o.Watched()); ok {
		return truth.Yes
	}
	return o.Ask(q).Decision
}

// MatchesEveryday says of each everyday event whether a pattern matches it. It is asked for
// every control, so the answer is kept.
func (o *Oracle) MatchesEveryday(p *filterpattern.Pattern) []bool {
	if known, ok := o.floods.Load(p.String()); ok {
		return known.([]bool)
	}
	matches := make([]bool, len(o.Everyday))
	for i, e := range o.Everyday {
		matches[i] = p.MatchMessage(e.Message)
	}
	o.floods.Store(p.String(), matches)
	return matches
}

// separate asks the solver. It adds patterns of records that do not occur only when an
// answer needs them, because most concern other fields.
func (o *Oracle) separate(q Question, held []*filterpattern.Pattern) cover.Separation {
	return cover.Separate(q.Match, slices.Concat(q.Miss, held), o.axioms)
}

// without returns the patterns that are not among others.
func without(patterns, others []*filterpattern.Pattern) []*filterpattern.Pattern {
	return slices.DeleteFunc(patterns, func(p *filterpattern.Pattern) bool { return slices.Contains(others, p) })
}
