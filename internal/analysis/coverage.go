package analysis

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/cloudtrail"
	"github.com/iacgate/iacgate/internal/filterpattern"
)

// Coverage says what a filter pattern means for one control.
type Coverage struct {
	// Aimed: it matches some of the control's events because of the fields that
	// the control's reference tests.
	Aimed Answer `json:"aimed"`
	// Near: it is not aimed, but tries to be: it does not parse, or it names a
	// field of the reference and can match none of its events.
	Near bool `json:"near"`
	// Names: it names a field of the reference, letter case apart.
	Names bool `json:"names"`
	// Invalid says why AWS refuses the pattern.
	Invalid string `json:"invalid"`
	// Matches says how many of the control's events it matches, declared
	// exclusions aside: all, not-unrecorded (all but some that AWS is not known to
	// write), not-all, never, none (it is no pattern) or unknown, with the Reason.
	Matches Extent `json:"matches"`
	Reason  string `json:"reason"`
	// Lost is an event of the control that it does not match, Loses names it.
	Lost  cloudtrail.Event `json:"lost"`
	Loses string           `json:"loses"`
	// Exclusions are the declared ones that it makes use of.
	Exclusions []string `json:"exclusions"`
	// Beyond says what it matches besides: none, some or everyday events; Extra
	// is one of them.
	Beyond Excess           `json:"beyond"`
	Extra  cloudtrail.Event `json:"extra"`
}

func notAimed(names bool) Coverage {
	return Coverage{Aimed: No, Names: names, Matches: MatchesUnknown, Beyond: BeyondNone, Exclusions: []string{}}
}

// cover answers everything about one pattern and one control. audit says that
// the filter reads a group that is known to hold CloudTrail records.
func (r reference) cover(text string, audit bool) Coverage {
	c := notAimed(r.names(text))
	have, err := filterpattern.Parse(text)
	if err != nil {
		c.Invalid, c.Near, c.Matches = err.Error(), true, MatchesNone
		return c
	}
	if c.Aimed = r.aimed(have, audit); c.Aimed != No {
		r.extent(have, &c)
		return c
	}
	have = have.Without(strange(have))
	if c.Near = c.Names && have.Kind() == filterpattern.JSON && r.never(have); c.Near {
		r.extent(have, &c)
	}
	return c
}

// strange are the selectors of a pattern that are no fields of CloudTrail
// records: what they ask for is never there.
func strange(have *filterpattern.Pattern) []filterpattern.Selector {
	return slices.DeleteFunc(have.Selectors(), func(s filterpattern.Selector) bool { return cloudtrail.IsField(s.Names()) })
}

// extent fills in what is matched and what is not.
func (r reference) extent(have *filterpattern.Pattern, c *Coverage) {
	if r.loss(c, have); c.Matches != MatchesAll && r.never(have) {
		c.Matches = MatchesNever
	}
	if e, floods := r.flood(have); floods {
		c.Beyond, c.Extra = BeyondEveryday, e
		return
	}
	if wide := r.ask([]*filterpattern.Pattern{have}, append([]*filterpattern.Pattern{r.want}, r.accepted...)...); wide.Decision == filterpattern.Yes {
		c.Beyond, c.Extra = BeyondSome, wide.Event
	}
}

// leavesOut returns the exclusions without which patterns would lose events.
func (r reference) leavesOut(have ...*filterpattern.Pattern) []string {
	out := []string{}
	for _, x := range r.exclusions {
		if r.ask([]*filterpattern.Pattern{r.want, x}, have...).Decision == filterpattern.Yes {
			out = append(out, x.String())
		}
	}
	return out
}

// loss looks for an event of the control that none of the patterns matches, and
// says whether AWS is known to write such events. Where the control does not say
// which ones AWS writes, it writes all of them.
func (r reference) loss(c *Coverage, have ...*filterpattern.Pattern) {
	lost := r.lost(have)
	switch {
	case lost.Decision == filterpattern.No || lost.Decision == filterpattern.Yes && r.coversVariant(have):
		c.Matches, c.Exclusions = MatchesAll, r.leavesOut(have...)
		return
	case lost.Decision == filterpattern.Yes:
		c.Matches, c.Lost = MatchesNotUnrecorded, lost.Event
		if len(r.recorded) == 0 {
			c.Matches = MatchesNotAll
		}
	default:
		c.Matches, c.Reason = MatchesUnknown, lost.Reason
	}
	for _, known := range r.recorded {
		if lost := r.lost(have, known); lost.Decision == filterpattern.Yes {
			c.Matches, c.Lost = MatchesNotAll, lost.Event
			break
		}
	}
	c.Loses = r.name(c.Lost)
}

// coversVariant says whether the patterns match all that a published variant
// does which leaves nothing out that AWS writes.
func (r reference) coversVariant(have []*filterpattern.Pattern) bool {
	return r.namesCalls() && slices.ContainsFunc(r.accepted, func(variant *filterpattern.Pattern) bool {
		return r.ask([]*filterpattern.Pattern{variant}, have...).Decision == filterpattern.No
	})
}

// name says which event is lost by the fields that the reference tests.
func (r reference) name(e cloudtrail.Event) string {
	var named []string
	for _, s := range r.want.Selectors() {
		if v, ok := cloudtrail.Lookup(e, s.Names()); ok {
			named = append(named, strings.TrimPrefix(s.String(), "$.")+" "+quoted(v))
		}
	}
	return strings.Join(named, ", ")
}

func quoted(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(b)
}

// lost asks for an event of the control, and of a kind if one is given, that is
// neither matched nor excluded.
func (r reference) lost(have []*filterpattern.Pattern, kind ...*filterpattern.Pattern) cloudtrail.Answer {
	return r.ask(slices.Concat([]*filterpattern.Pattern{r.want}, kind), slices.Concat(have, r.exclusions)...)
}

func (r reference) ask(match []*filterpattern.Pattern, miss ...*filterpattern.Pattern) cloudtrail.Answer {
	return r.oracle.Ask(cloudtrail.Question{Match: match, Miss: miss})
}

func (r reference) never(have *filterpattern.Pattern) bool {
	return r.ask([]*filterpattern.Pattern{have, r.want}).Decision == filterpattern.No
}

// aimed says whether a pattern matches events of the control because of the
// fields that the reference tests: it no longer does once they are taken away.
func (r reference) aimed(have *filterpattern.Pattern, audit bool) Answer {
	if have.Kind() != filterpattern.JSON {
		return r.aimedText(have, audit)
	}
	if len(strange(have)) > 0 {
		return No
	}
	switch r.ask([]*filterpattern.Pattern{have, r.want}, have.Without(r.want.Selectors())).Decision {
	case filterpattern.Yes:
		return Yes
	case filterpattern.No:
		return No
	}
	return Maybe
}

// aimedText asks the same of a pattern over the raw text, by example: such
// patterns say nothing of fields, so they count only where the log is known to
// be CloudTrail's.
func (r reference) aimedText(have *filterpattern.Pattern, audit bool) Answer {
	if !audit || have.Kind() == filterpattern.Everything {
		return No
	}
	for _, known := range slices.Concat(r.oracle.Denied, r.oracle.Watched()) {
		if !r.want.MatchMessage(known.Message) || !have.MatchMessage(known.Message) {
			continue
		}
		bare := known.Event
		for _, s := range r.want.Selectors() {
			bare = cloudtrail.Without(bare, s.Names())
		}
		if !have.MatchMessage(filterpattern.Object(bare)) {
			return Yes
		}
	}
	return No
}

// names says whether a text speaks of a field of the reference, whatever the
// letter case and whether it parses or not.
func (r reference) names(text string) bool {
	low := strings.ToLower(text)
	return slices.ContainsFunc(r.want.Selectors(), func(s filterpattern.Selector) bool {
		return strings.Contains(low, strings.ToLower(s.String()))
	})
}
