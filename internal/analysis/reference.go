package analysis

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/cloudtrail"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/verdict"
)

// A reference is a control's patterns, parsed.
type reference struct {
	want       *filterpattern.Pattern
	from       []string                 // the services that write the control's events; none where any may
	accepted   []*filterpattern.Pattern // published variants: what these match is not too much
	recorded   []*filterpattern.Pattern
	exclusions []*filterpattern.Pattern
	everyday   []cloudtrail.Record // those that are not the control's own
	oracle     *cloudtrail.Oracle
}

func newReference(c verdict.Control, x leftOut, oracle *cloudtrail.Oracle) (reference, error) {
	r := reference{oracle: oracle}
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
	if r.exclusions, err = x.of(c, r.want); err != nil {
		return r, err
	}
	r.from = c.Sources
	if len(r.recorded) == 0 && r.namesCalls() {
		r.recorded, err = r.calls()
	}
	if err != nil {
		return r, err
	}
	for _, e := range oracle.Everyday {
		own := func(p *filterpattern.Pattern) bool { return p.MatchMessage(e.Message) }
		if !own(r.want) && !slices.ContainsFunc(r.accepted, own) {
			r.everyday = append(r.everyday, e)
		}
	}
	return r, nil
}

// namesCalls says whether the reference tests the names of calls.
func (r reference) namesCalls() bool {
	return slices.ContainsFunc(r.want.Selectors(), func(s filterpattern.Selector) bool { return s.String() == "$.eventName" })
}

// sources are the services that write the control's events; none where the
// reference does not name calls, so that any may.
func (r reference) sources() []string {
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

// calls are the control's calls, each with the service that writes it: no other
// service has calls of these names, whatever a pattern leaves open.
func (r reference) calls() ([]*filterpattern.Pattern, error) {
	var texts []string
	for _, source := range r.sources() {
		var names []string
		for _, known := range r.oracle.Watched() {
			if known.Event["eventSource"] == source && r.want.MatchMessage(known.Message) {
				names = append(names, fmt.Sprintf("($.eventName = %q)", known.Event["eventName"]))
			}
		}
		texts = append(texts, fmt.Sprintf("{ ($.eventSource = %q) && (%s) }", source, strings.Join(names, " || ")))
	}
	return parseAll(texts)
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
