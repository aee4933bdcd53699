package analysis

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/cloudtrail"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/verdict"
)

// Coverage says what a filter pattern means for one control. Answers are yes,
// no or unknown.
type Coverage struct {
	// Aimed: it matches some of the control's events because of the fields that
	// the control's reference tests.
	Aimed string `json:"aimed"`
	// Near: it is not aimed, but tries to be: it names a field of the reference
	// and can match none of its events.
	Near bool `json:"near"`
	// Names: it names a field of the reference, letter case apart.
	Names bool `json:"names"`
	// Invalid says why the pattern is refused.
	Invalid string `json:"invalid,omitempty"`
	// Covers: it matches every event of the control but for declared exclusions.
	Covers string `json:"covers"`
	Reason string `json:"reason,omitempty"` // of an answer that is unknown
	// Never: it matches no event of the control.
	Never bool `json:"never"`
	// Lost is an event of the control that it does not match; Recorded says that
	// AWS is known to write such events.
	Lost     cloudtrail.Event `json:"lost"`
	Recorded bool             `json:"recorded"`
	// Exclusions are the declared ones that it makes use of.
	Exclusions []string `json:"exclusions"`
	// Floods: it matches everyday events; Everyday is one of them.
	Floods   bool             `json:"floods"`
	Everyday cloudtrail.Event `json:"everyday"`
	// Wide: it matches more than the reference; Beyond is such an event.
	Wide   bool             `json:"wide"`
	Beyond cloudtrail.Event `json:"beyond"`
}

// A reference is a control's patterns, parsed.
type reference struct {
	want       *filterpattern.Pattern
	recorded   []*filterpattern.Pattern
	exclusions []*filterpattern.Pattern
	everyday   []cloudtrail.Event // those that are not the control's own
}

func newReference(c verdict.Control, exclusions []string) (reference, error) {
	var r reference
	var err error
	if r.want, err = filterpattern.Parse(c.MustMatch); err != nil {
		return r, err
	}
	if r.recorded, err = parseAll(c.Recorded); err != nil {
		return r, err
	}
	if r.exclusions, err = parseAll(exclusions); err != nil {
		return r, err
	}
	for _, e := range cloudtrail.Everyday() {
		if !r.want.Match(message(e)) {
			r.everyday = append(r.everyday, e)
		}
	}
	return r, nil
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

func message(e cloudtrail.Event) []byte {
	b, err := json.Marshal(e)
	if err != nil {
		return nil
	}
	return b
}

// cover answers everything about one pattern and one control. audit says that
// the filter reads a group that is known to hold CloudTrail records.
func (r reference) cover(text string, audit bool) Coverage {
	c := Coverage{Aimed: "no", Covers: "no", Exclusions: []string{}, Names: r.names(text)}
	have, err := filterpattern.Parse(text)
	if err != nil {
		c.Invalid, c.Near = err.Error(), true
		return c
	}
	c.Aimed = r.aimed(have, audit)
	if c.Aimed == "no" {
		c.Near = c.Names && have.Kind() == filterpattern.JSON && r.never(have)
		c.Never = c.Near
		if !c.Near {
			return c
		}
	}
	r.extent(have, &c)
	return c
}

// extent fills in what is matched and what is not.
func (r reference) extent(have *filterpattern.Pattern, c *Coverage) {
	c.Never = r.never(have)
	r.loss(have, c)
	for _, e := range r.everyday {
		if have.Match(message(e)) {
			c.Floods, c.Everyday = true, e
			break
		}
	}
	if wide := ask(have, nil, r.want); wide.Decision == filterpattern.Yes {
		c.Wide, c.Beyond = true, wide.Event
	}
	for _, x := range r.exclusions {
		if used := cloudtrail.Ask(cloudtrail.Question{Match: []*filterpattern.Pattern{r.want, x}, Miss: []*filterpattern.Pattern{have}}); used.Decision == filterpattern.Yes {
			c.Exclusions = append(c.Exclusions, x.String())
		}
	}
}

// loss looks for an event of the control that the pattern does not match: first
// among those that AWS is known to write, because these are the ones that
// matter.
func (r reference) loss(have *filterpattern.Pattern, c *Coverage) {
	for _, known := range r.recorded {
		if lost := r.lost(have, known); lost.Decision == filterpattern.Yes {
			c.Lost, c.Recorded = lost.Event, true
			return
		}
	}
	lost := r.lost(have, nil)
	switch lost.Decision {
	case filterpattern.Yes:
		c.Lost = lost.Event
	case filterpattern.No:
		c.Covers = "yes"
	default:
		c.Covers, c.Reason = "unknown", lost.Reason
	}
}

// lost asks for an event of the control, and of a kind if one is given, that is
// neither matched nor excluded.
func (r reference) lost(have, kind *filterpattern.Pattern) cloudtrail.Answer {
	q := cloudtrail.Question{Match: []*filterpattern.Pattern{r.want}, Miss: append([]*filterpattern.Pattern{have}, r.exclusions...)}
	if kind != nil {
		q.Match = append(q.Match, kind)
	}
	return cloudtrail.Ask(q)
}

func ask(have, also, miss *filterpattern.Pattern) cloudtrail.Answer {
	q := cloudtrail.Question{Match: []*filterpattern.Pattern{have}}
	if also != nil {
		q.Match = append(q.Match, also)
	}
	if miss != nil {
		q.Miss = []*filterpattern.Pattern{miss}
	}
	return cloudtrail.Ask(q)
}

func (r reference) never(have *filterpattern.Pattern) bool {
	return ask(have, r.want, nil).Decision == filterpattern.No
}

// aimed says whether a pattern matches events of the control because of the
// fields that the reference tests: it no longer does once they are taken away.
func (r reference) aimed(have *filterpattern.Pattern, audit bool) string {
	if have.Kind() != filterpattern.JSON {
		return r.aimedText(have, audit)
	}
	for _, s := range have.Selectors() {
		if !cloudtrail.IsField(steps(s)) {
			return "no"
		}
	}
	switch ask(have, r.want, have.Without(r.want.Selectors())).Decision {
	case filterpattern.Yes:
		return "yes"
	case filterpattern.No:
		return "no"
	}
	return "unknown"
}

// aimedText asks the same of a pattern over the raw text, by example: such
// patterns say nothing of fields, so they count only where the log is known to
// be CloudTrail's.
func (r reference) aimedText(have *filterpattern.Pattern, audit bool) string {
	if !audit || have.Kind() == filterpattern.Everything {
		return "no"
	}
	for _, e := range cloudtrail.Denied() {
		if !r.want.Match(message(e)) || !have.Match(message(e)) {
			continue
		}
		for _, s := range r.want.Selectors() {
			e = cloudtrail.Without(e, steps(s))
		}
		if !have.Match(message(e)) {
			return "yes"
		}
	}
	return "no"
}

// names says whether a text speaks of a field of the reference, whatever the
// letter case and whether it parses or not.
func (r reference) names(text string) bool {
	low := strings.ToLower(text)
	return slices.ContainsFunc(r.want.Selectors(), func(s filterpattern.Selector) bool {
		return strings.Contains(low, strings.ToLower(s.String()))
	})
}

func steps(s filterpattern.Selector) []string {
	return strings.Split(strings.TrimPrefix(s.String(), "$."), ".")
}
