package cloudtrail

import (
	"maps"
	"slices"
	"sync"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// complete turns the smallest event that answers a question into a realistic record, and
// returns what in it cannot occur.
func (q Question) complete(small Event) (full Event, broken []*filterpattern.Pattern) {
	all := templates(small)
	few := min(len(all), fewTemplates)
	if full, broken = q.fill(small, all[:few]); full != nil && len(broken) == 0 {
		return full, nil
	}
	if against := q.impossibleAs(filterpattern.Object(small)); len(against) > 0 {
		return small, against
	}
	if better, against := q.fill(small, all[few:]); full == nil || better != nil && len(against) == 0 {
		full, broken = better, against
	}
	if full == nil {
		return small, nil
	}
	return full, broken
}

// fewTemplates is how many records are filled up before the smallest event itself is
// asked whether it can occur: the best ones come first.
const fewTemplates = 8

// fill returns the event filled up with the first base that makes a record which
// occurs, else with the first one that answers the question, and what is against
// it.
func (q Question) fill(small Event, bases []Event) (full Event, broken []*filterpattern.Pattern) {
	for _, base := range bases {
		merged := merge(base, small)
		for _, e := range []Event{merged, q.dropOptional(merged, small)} {
			m := filterpattern.Object(e)
			if !q.separates(m) {
				continue
			}
			against := q.impossibleAs(m)
			if len(against) == 0 {
				return e, nil
			}
			if full == nil {
				full, broken = e, against
			}
		}
	}
	return full, broken
}

// templates are records to fill a smallest event up with: known calls of its name,
// its code or its service, else the frame; with the caller that it has, or with
// one after the other where it says something else of the caller.
func templates(small Event) []Event {
	var fit, other []Event
	for _, c := range related(small) {
		if c.mayHave(small) {
			fit = append(fit, c.event())
		} else {
			other = append(other, c.event())
		}
	}
	caller, _ := small["userIdentity"].(Event)
	var all []Event
	for _, e := range append(fit, other...) {
		all = append(all, withCallers(e, caller)...)
	}
	return all
}

// related are calls that have something in common with an event.
func related(small Event) []call {
	var all []call
	same := func(calls []call, alike func(c call) bool) {
		for _, c := range calls {
			if alike(c) {
				all = append(all, c)
			}
		}
	}
	same(watched(), func(c call) bool { return c.name == small["eventName"] })
	same(denied, func(c call) bool { return small["errorCode"] == nil || c.extra["errorCode"] == small["errorCode"] })
	same(everyday, func(c call) bool { return c.source == small["eventSource"] || c.name == small["eventName"] })
	source, _ := small["eventSource"].(string)
	return append(all, call{source: source, name: "ListTagsForResource", read: true}, everyday[0])
}

// mayHave reports whether a call with the service and name of the event is not a call of
// another service.
func (c call) mayHave(small Event) bool {
	source, name := c.source, c.name
	if s, ok := small["eventSource"].(string); ok {
		source = s
	}
	if n, ok := small["eventName"].(string); ok {
		name = n
	}
	if services := servicesOf()[name]; len(services) > 0 {
		return slices.Contains(services, source)
	}
	return source != ""
}

// servicesOf has the services with a known call of a name.
var servicesOf = sync.OnceValue(func() map[string][]string {
	all := map[string][]string{}
	for _, c := range slices.Concat(watched(), denied, everyday) {
		all[c.name] = append(all[c.name], c.source)
	}
	return all
})

// withCallers returns a record with each caller that may be the wanted one.
func withCallers(e, caller Event) []Event {
	if len(caller) == 0 {
		return []Event{e}
	}
	var all []Event
	typ, told := caller["type"]
	if !told {
		all = append(all, e)
	}
	for _, i := range identities {
		if !told || i.typ == typ {
			other := maps.Clone(e)
			setCaller(other, i)
			all = append(all, other)
		}
	}
	if len(all) == 0 {
		return []Event{e}
	}
	return all
}

// dropOptional removes optional fields that the patterns look at, unless the smallest
// event has them.
func (q Question) dropOptional(full, small Event) Event {
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
