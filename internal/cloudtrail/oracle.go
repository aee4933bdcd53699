package cloudtrail

import (
	"slices"
	"sync"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/filterpattern/cover"
	"github.com/iacgate/iacgate/internal/truth"
)

// Axioms are what is known of every CloudTrail record: the required fields are
// there, and fields that hold text hold nothing else.
func Axioms() cover.Axioms {
	ax := cover.Axioms{FreeText: "$.requestParameters.name"}
	for _, f := range fields {
		known := cover.Field{Path: "$." + f.path, Required: f.required, Prefer: slices.Concat(f.prefer, f.values)}
		switch f.shape {
		case textShape:
			known.Kinds = cover.StringValue
		case boolShape:
			known.Kinds = cover.BooleanValue
		case objectShape:
			known.Kinds = cover.ObjectValue
		default:
			continue
		}
		ax.Fields = append(ax.Fields, known)
	}
	return ax
}

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

// A Question asks for one record that every pattern of Match matches and none
// of Miss does.
type Question struct {
	Match, Miss []*filterpattern.Pattern
	// Never are patterns of records that do not occur among those in question, besides
	// those that occur nowhere.
	Never []*filterpattern.Pattern
	// Unlisted are open fields of which values that nobody has listed count, too.
	Unlisted []string

	impossible []*filterpattern.Pattern // all patterns of records that do not occur
}

// An Answer is a decided question; Event is a complete record where Decision is
// Yes.
type Answer struct {
	Decision truth.Truth
	Event    Event
	Reason   string
}

// A Record is an event that patterns are asked about.
type Record struct {
	Event   Event
	Message *filterpattern.Message
}

func records(calls []call) []Record {
	out := make([]Record, len(calls))
	for i, c := range calls {
		e := c.event()
		out[i] = Record{e, filterpattern.Object(e)}
	}
	return out
}

// An Oracle answers questions about CloudTrail records. It is safe for concurrent
// use.
type Oracle struct {
	Everyday []Record // successful calls of every account: a pattern that matches one floods
	Denied   []Record // denied calls, in the codes that AWS is known to write
	// Watched are what the benchmarks' other controls are about.
	Watched func() []Record
	axioms  cover.Axioms
}

// NewOracle returns an oracle that knows the records of this package.
func NewOracle() *Oracle {
	return &Oracle{
		Everyday: records(everyday), Denied: records(denied), axioms: Axioms(),
		Watched: sync.OnceValue(func() []Record { return records(watched()) }),
	}
}

// Ask decides a question: first among the known records, so that a witness looks
// like what the reader has seen, then by proof.
func (o *Oracle) Ask(q Question) Answer {
	q.impossible = q.never()
	if r, ok := q.among(o.Denied, o.Everyday); ok {
		return Answer{Decision: truth.Yes, Event: r.Event}
	}
	s, first := o.separate(q, nil), true
	for held := []*filterpattern.Pattern(nil); s.Decision == truth.Yes; s = o.separate(q, held) {
		if r, ok := q.among(o.Watched()); first && ok {
			return Answer{Decision: truth.Yes, Event: r.Event}
		}
		first = false
		event, broken := q.realise(s.Event)
		if broken = without(broken, held); len(broken) == 0 {
			return Answer{Decision: truth.Yes, Event: event}
		}
		held = append(held, broken...)
	}
	if s.Decision == truth.Unknown && first {
		if r, ok := q.among(o.Watched()); ok {
			return Answer{Decision: truth.Yes, Event: r.Event}
		}
	}
	return Answer{Decision: s.Decision, Reason: s.Reason}
}

// separate asks the solver, which is told of the records that do not occur only
// as far as its answers need it: most of them are about fields of no interest.
func (o *Oracle) separate(q Question, held []*filterpattern.Pattern) cover.Separation {
	return cover.Separate(q.Match, slices.Concat(q.Miss, held), o.axioms)
}

// among returns the first known record that answers the question.
func (q Question) among(known ...[]Record) (Record, bool) {
	for _, r := range slices.Concat(known...) {
		if q.separates(r.Message) && !slices.ContainsFunc(q.Never, func(p *filterpattern.Pattern) bool { return p.MatchMessage(r.Message) }) {
			return r, true
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

// broken are the patterns of records that do not occur which a record fits.
func (q Question) broken(m *filterpattern.Message) []*filterpattern.Pattern {
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

// without returns the patterns that are not among others.
func without(patterns, others []*filterpattern.Pattern) []*filterpattern.Pattern {
	return slices.DeleteFunc(patterns, func(p *filterpattern.Pattern) bool { return slices.Contains(others, p) })
}
