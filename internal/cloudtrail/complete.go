package cloudtrail

import (
	"maps"
	"slices"
	"sync"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// Axioms are what is known of every CloudTrail record: the required fields are
// there, and fields that hold text hold nothing else.
func Axioms() filterpattern.Axioms {
	ax := filterpattern.Axioms{FreeText: "$.requestParameters.name"}
	for _, f := range fields {
		known := filterpattern.Field{Path: "$." + f.path, Required: f.required, Prefer: f.prefer}
		switch f.shape {
		case text:
			known.Kinds = filterpattern.StringValue
		case truth:
			known.Kinds = filterpattern.BooleanValue
		case object:
			known.Kinds = filterpattern.ObjectValue
		default:
			continue
		}
		ax.Fields = append(ax.Fields, known)
	}
	return ax
}

// A Question asks for one record that every pattern of Match matches and none
// of Miss does.
type Question struct{ Match, Miss []*filterpattern.Pattern }

// An Answer is a decided question; Event is a complete record where Decision is
// Yes.
type Answer struct {
	Decision filterpattern.Decision
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

// An Oracle answers questions about CloudTrail records. It is not safe for
// concurrent use.
type Oracle struct {
	Everyday []Record // successful calls of every account: a pattern that matches one floods
	Denied   []Record // denied calls, in the codes that AWS is known to write
	// Watched are what the benchmarks' other controls are about.
	Watched func() []Record
	axioms  filterpattern.Axioms
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
	for _, r := range slices.Concat(o.Denied, o.Everyday) {
		if q.separates(r.Message) {
			return Answer{Decision: filterpattern.Yes, Event: r.Event}
		}
	}
	s := filterpattern.Separate(q.Match, q.Miss, o.axioms)
	if s.Decision == filterpattern.No {
		return Answer{Decision: s.Decision}
	}
	for _, r := range o.Watched() {
		if q.separates(r.Message) {
			return Answer{Decision: filterpattern.Yes, Event: r.Event}
		}
	}
	if s.Decision != filterpattern.Yes {
		return Answer{Decision: s.Decision, Reason: s.Reason}
	}
	return Answer{Decision: filterpattern.Yes, Event: q.complete(s.Event)}
}

func (q Question) separates(m *filterpattern.Message) bool {
	for _, p := range q.Match {
		if !p.MatchMessage(m) {
			return false
		}
	}
	return !slices.ContainsFunc(q.Miss, func(p *filterpattern.Pattern) bool { return p.MatchMessage(m) })
}

// complete fills a smallest event up to a realistic record: with a known call
// of the same name or with the same error code, else with the frame. Fields that the patterns
// look at and the event does not set are taken out where they spoil the answer.
func (q Question) complete(small Event) Event {
	bases := []Event{}
	for _, known := range watched() {
		if known.name == small["eventName"] {
			bases = append(bases, known.event())
		}
	}
	for _, known := range denied {
		if e := known.event(); small["errorCode"] == nil || e["errorCode"] == small["errorCode"] {
			bases = append(bases, e)
		}
	}
	for _, base := range append(bases, frame()) {
		full := merge(base, small)
		for _, e := range []Event{full, q.bare(full, small)} {
			if q.separates(filterpattern.Object(e)) {
				return e
			}
		}
	}
	return small
}

// bare takes out what the patterns look at and a record can do without, unless
// the smallest event has it.
func (q Question) bare(full, small Event) Event {
	for _, p := range slices.Concat(q.Match, q.Miss) {
		for _, s := range p.Selectors() {
			path := s.Names()
			if _, set := Lookup(small, path); !set && !required(path) {
				full = Without(full, path)
			}
		}
	}
	return full
}

// merge returns base with everything of over in it, objects merged.
func merge(base, over Event) Event {
	out := maps.Clone(base)
	for k, v := range over {
		below, ok := v.(Event)
		if under, both := out[k].(Event); ok && both {
			v = merge(under, below)
		}
		out[k] = v
	}
	return out
}

// Lookup returns the value of the field at path.
func Lookup(e Event, path []string) (v any, ok bool) {
	v = e
	for _, step := range path {
		below, isObject := v.(Event)
		if !isObject {
			return nil, false
		}
		if v, ok = below[step]; !ok {
			return nil, false
		}
	}
	return v, true
}

// Without returns e without the field at path.
func Without(e Event, path []string) Event {
	below, ok := e[path[0]]
	if !ok {
		return e
	}
	out := maps.Clone(e)
	inner, isObject := below.(Event)
	if len(path) == 1 || !isObject {
		delete(out, path[0])
		return out
	}
	out[path[0]] = Without(inner, path[1:])
	return out
}
