package coverage

import (
	"slices"

	"github.com/iacgate/iacgate/internal/cloudtrail"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/truth"
	"github.com/iacgate/iacgate/internal/verdict"
)

// written is a pattern as somebody wrote it; err says why AWS refuses it.
type written struct {
	text    string
	pattern *filterpattern.Pattern
	err     error
}

// findLost asks for an event of the control, and of a kind if one is given, that is
// neither matched nor excluded: rather one that the pattern names than one that
// merely lacks a field.
func (r reference) findLost(have []*filterpattern.Pattern, kind ...*filterpattern.Pattern) cloudtrail.Answer {
	match, miss := slices.Concat([]*filterpattern.Pattern{r.want}, kind), slices.Concat(have, r.exclusions)
	if rest := unnamedCallers(have, slices.Concat(have, r.exclusions)); len(rest) > 0 {
		if named := r.ask(match, slices.Concat(miss, rest)...); named.Decision == truth.Yes {
			return named
		}
	}
	return r.ask(match, miss...)
}

// ask asks for one of the control's events.
func (r reference) ask(match []*filterpattern.Pattern, miss ...*filterpattern.Pattern) cloudtrail.Answer {
	return r.oracle.Ask(r.question(match, miss))
}

// holds is ask where the event is not needed.
func (r reference) holds(match []*filterpattern.Pattern, miss ...*filterpattern.Pattern) truth.Truth {
	return r.oracle.Holds(r.question(match, miss))
}

func (r reference) question(match, miss []*filterpattern.Pattern) cloudtrail.Question {
	return cloudtrail.Question{Match: match, Miss: miss, Never: r.never}
}

func (r reference) neverMatches(have *filterpattern.Pattern) bool {
	return r.holds([]*filterpattern.Pattern{have, r.want}) == truth.No
}

// everydayEvent returns an everyday event that a pattern matches and that is not the control's
// own.
func (r reference) everydayEvent(have *filterpattern.Pattern) (cloudtrail.Event, bool) {
	for i, matches := range r.oracle.MatchesEveryday(have) {
		if matches && !r.owned[i] {
			return r.oracle.Everyday[i].Event, true
		}
	}
	return nil, false
}

// A reference is a control's patterns, parsed.
type reference struct {
	id         string
	want       *filterpattern.Pattern
	written    string                   // want, as the control has it
	text       string                   // want, in canonical form
	from       []string                 // the services that the control is about; none if any may be
	sources    []string                 // the services that write the control's events; none if any may
	accepted   []*filterpattern.Pattern // published variants: what these match is not too much
	recorded   []*filterpattern.Pattern
	exclusions []*filterpattern.Pattern
	never      []*filterpattern.Pattern // events of the reference that no service writes
	differs    string                   // what to say where the texts of a profile differ
	owned      []bool                   // of each everyday event, whether it is the control's own
	oracle     *cloudtrail.Oracle
}

func newReference(c verdict.Control, oracle *cloudtrail.Oracle) (reference, error) {
	r := reference{id: c.ID, from: c.Sources, written: c.MustMatch, oracle: oracle}
	var err error
	if r.want, err = filterpattern.Parse(c.MustMatch); err != nil {
		return r, err
	}
	if r.accepted, err = parseAll(c.Accepted); err != nil {
		return r, err
	}
	if r.recorded, err = parseAll(c.Recorded); err != nil {
		return r, err
	}
	r.text, r.sources = r.want.String(), r.sourcesOfEvents()
	r.never = r.impossibleCalls()
	for _, e := range oracle.Everyday {
		r.owned = append(r.owned, r.owns(e))
	}
	return r, nil
}

// owns reports whether an event is one of the control's.
func (r reference) owns(e cloudtrail.Record) bool {
	own := func(p *filterpattern.Pattern) bool { return p.MatchMessage(e.Message) }
	return own(r.want) || slices.ContainsFunc(r.accepted, own)
}

// unnamedCallers returns the events of which exclusions say nothing because the caller lacks
// the field that they are about, and is neither a person nor a role. A pattern that
// keeps out what is declared keeps them out, too: != asks for the field.
func unnamedCallers(have, exclusions []*filterpattern.Pattern) []*filterpattern.Pattern {
	var all []*filterpattern.Pattern
	for _, p := range have {
		for _, out := range p.Excludes() {
			field := out.Selectors()[0]
			declared := slices.ContainsFunc(exclusions, func(x *filterpattern.Pattern) bool {
				return slices.ContainsFunc(x.Selectors(), func(s filterpattern.Selector) bool { return s.String() == field.String() })
			})
			if declared && cloudtrail.EveryPrincipal(field.Names()) {
				all = append(all, cloudtrail.NoPrincipal(field.String())...)
			}
		}
	}
	return all
}

// namesCalls reports whether the reference tests the names of calls.
func (r reference) namesCalls() bool {
	return slices.ContainsFunc(r.want.Selectors(), func(s filterpattern.Selector) bool { return s.String() == eventName })
}

const eventName = "$.eventName"

// sourcesOfEvents returns the services that write the control's events; none if the
// reference does not name calls, so that any may.
func (r reference) sourcesOfEvents() []string {
	out := append([]string{}, r.from...)
	if len(out) > 0 || !r.namesCalls() {
		return out
	}
	for _, known := range r.oracle.Watched() {
		source, _ := known.Event["eventSource"].(string)
		if r.want.MatchMessage(known.Message) && !slices.Contains(out, source) {
			out = append(out, source)
		}
	}
	return out
}

// impossibleCalls are patterns of what the calls that the reference names never are: those
// of another service than the one that the control is about, events of another
// type, reads. A call that nobody knows may be anything.
func (r reference) impossibleCalls() []*filterpattern.Pattern {
	var names []string
	for _, c := range r.want.Comparisons() {
		if c.Equal && c.Selector.String() == eventName {
			names = append(names, c.Text)
		}
	}
	return cloudtrail.NeverOf(names, r.from)
}

func parseAll(texts []string) ([]*filterpattern.Pattern, error) {
	var out []*filterpattern.Pattern
	for _, t := range texts {
		p, err := filterpattern.Parse(t)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}
