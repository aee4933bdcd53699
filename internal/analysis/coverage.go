package analysis

import (
	"slices"

	"github.com/iacgate/iacgate/internal/cloudtrail"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/truth"
)

// Coverage says what a filter pattern means for one control.
type Coverage struct {
	// Aimed: it matches some of the control's events because of the fields that
	// the control's reference tests.
	Aimed truth.Truth `json:"aimed"`
	// Near: it is not aimed, but tries to be: it does not parse, or it tests a field of
	// the reference against a misspelt value and can match none of its events.
	Near bool `json:"near"`
	// Serves is the other control whose events it covers; "" for none. What such a
	// pattern loses here is not its fault.
	Serves string `json:"serves"`
	// Invalid says why AWS refuses the pattern.
	Invalid string `json:"invalid"`
	// Matches says how many of the control's events it matches, declared
	// exclusions aside: all, not-unrecorded (all but some that AWS is not known to
	// write), not-all, never, none (it is no pattern) or unknown, with the Reason.
	Matches Extent `json:"matches"`
	Reason  string `json:"reason"`
	// Lost is an event of the control that it does not match, Loses names it and the
	// field that makes the difference, or says what is misspelt.
	Lost  cloudtrail.Event `json:"lost"`
	Loses string           `json:"loses"`
	// Excludable are the exclusions under which it would lose nothing.
	Excludable []string `json:"excludable"`
	// Enumerates are the fields of which it lists the values that are known today.
	Enumerates []string `json:"enumerates"`
	// Exclusions are the declared ones that it makes use of.
	Exclusions []string `json:"exclusions"`
	// Beyond says what it matches besides: none, some or everyday events; Extra
	// is one of them, Gains names it.
	Beyond Excess           `json:"beyond"`
	Extra  cloudtrail.Event `json:"extra"`
	Gains  string           `json:"gains"`
	// Differs says what the texts of the profile print, where they differ.
	Differs string `json:"differs"`
}

func notAimed() Coverage {
	return Coverage{Aimed: truth.No, Matches: MatchesUnknown, Beyond: BeyondNone, Exclusions: []string{}, Excludable: []string{}, Enumerates: []string{}}
}

// cover answers everything about one pattern and one control. audit says that
// the filter reads a group that is known to hold CloudTrail records.
func (r reference) cover(text string, audit bool) Coverage {
	c := notAimed()
	have, err := filterpattern.Parse(text)
	if err != nil {
		c.Invalid, c.Matches = err.Error(), MatchesNone
		return c
	}
	if c.Aimed = r.aimed(have, audit); c.Aimed != truth.No {
		r.extent(have, &c)
	}
	return c
}

// covers says whether nothing is lost that AWS is known to write.
func (c Coverage) covers() bool { return c.Matches == MatchesAll || c.Matches == MatchesNotUnrecorded }

// strange are the selectors of a pattern that are no fields of CloudTrail
// records: what they ask for is never there.
func strange(have *filterpattern.Pattern) []filterpattern.Selector {
	return slices.DeleteFunc(have.Selectors(), func(s filterpattern.Selector) bool { return cloudtrail.IsField(s.Names()) })
}

// extent fills in what is matched and what is not. What a pattern asks of fields
// that no record has never holds.
func (r reference) extent(written *filterpattern.Pattern, c *Coverage) {
	have := written.Without(strange(written))
	r.loss(c, have)
	switch {
	case c.Matches != MatchesAll && r.neverMatches(have):
		c.Matches = MatchesNever
		if c.Loses = r.slips(written); c.Loses == "" && c.Lost != nil {
			c.Loses = r.names(c.Lost, r.difference(have, c.Lost))
		}
	case c.Lost != nil:
		c.Loses = r.names(c.Lost, r.difference(have, c.Lost))
		c.Excludable = r.excludable(have)
	}
	r.excess(have, c)
	if c.Matches == MatchesAll && c.Beyond == BeyondNone {
		c.Differs = r.differs
	}
}

// excess looks for an event that is none of the control's.
func (r reference) excess(have *filterpattern.Pattern, c *Coverage) {
	if e, floods := r.flood(have); floods {
		c.Beyond, c.Extra, c.Gains = BeyondEveryday, e, r.names(e, nil)
		return
	}
	if c.Matches == MatchesNever {
		return // what it matches is misspelt, too
	}
	wide := r.oracle.Ask(cloudtrail.Question{Match: []*filterpattern.Pattern{have}, Miss: append([]*filterpattern.Pattern{r.want}, r.accepted...)})
	if wide.Decision == filterpattern.Yes {
		c.Beyond, c.Extra, c.Gains = BeyondSome, wide.Event, r.names(wide.Event, nil)
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
		c.Matches, c.Exclusions, c.Enumerates = MatchesAll, r.leavesOut(have...), r.enumerates(have)
		return
	case lost.Decision == filterpattern.Yes && r.losesNameless(have):
		c.Matches, c.Lost, c.Exclusions = MatchesNotUnrecorded, lost.Event, r.leavesOut(have...)
		c.Loses = r.names(c.Lost, nil)
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
	c.Loses = r.names(c.Lost, nil)
}

// losesNameless says whether nothing is lost but events that no exclusion can name.
func (r reference) losesNameless(have []*filterpattern.Pattern) bool {
	rest := nameless(have, r.exclusions)
	return len(rest) > 0 && r.lost(slices.Concat(have, rest)).Decision == filterpattern.No
}

// coversVariant says whether the patterns match all that a published variant
// does which leaves nothing out that AWS writes.
func (r reference) coversVariant(have []*filterpattern.Pattern) bool {
	return r.namesCalls() && slices.ContainsFunc(r.accepted, func(variant *filterpattern.Pattern) bool {
		return r.ask([]*filterpattern.Pattern{variant}, have...).Decision == filterpattern.No
	})
}

// enumerates returns the open fields of which the patterns match the listed
// values alone: one that AWS adds tomorrow is lost.
func (r reference) enumerates(have []*filterpattern.Pattern) []string {
	out := []string{}
	for _, p := range have {
		for _, s := range p.Selectors() {
			field := s.String()
			if !cloudtrail.Open(field) || slices.Contains(out, field) {
				continue
			}
			q := r.question([]*filterpattern.Pattern{r.want}, slices.Concat(have, r.exclusions))
			if q.Unlisted = []string{field}; r.oracle.Ask(q).Decision == filterpattern.Yes {
				out = append(out, field)
			}
		}
	}
	return out
}

// lost asks for an event of the control, and of a kind if one is given, that is
// neither matched nor excluded: rather one that the pattern names than one that
// merely lacks a field.
func (r reference) lost(have []*filterpattern.Pattern, kind ...*filterpattern.Pattern) cloudtrail.Answer {
	match, miss := slices.Concat([]*filterpattern.Pattern{r.want}, kind), slices.Concat(have, r.exclusions)
	if rest := nameless(have, slices.Concat(have, r.exclusions)); len(rest) > 0 {
		if named := r.ask(match, slices.Concat(miss, rest)...); named.Decision == filterpattern.Yes {
			return named
		}
	}
	return r.ask(match, miss...)
}

// ask asks for one of the control's events.
func (r reference) ask(match []*filterpattern.Pattern, miss ...*filterpattern.Pattern) cloudtrail.Answer {
	return r.oracle.Ask(r.question(match, miss))
}

func (r reference) question(match, miss []*filterpattern.Pattern) cloudtrail.Question {
	return cloudtrail.Question{Match: match, Miss: miss, Never: r.never}
}

func (r reference) neverMatches(have *filterpattern.Pattern) bool {
	return r.ask([]*filterpattern.Pattern{have, r.want}).Decision == filterpattern.No
}

// aimed says whether a pattern matches events of the control because of the
// fields that the reference tests: it no longer does once they are taken away.
func (r reference) aimed(have *filterpattern.Pattern, audit bool) truth.Truth {
	if have.Kind() != filterpattern.JSON {
		return r.aimedText(have, audit)
	}
	if len(strange(have)) > 0 {
		return truth.No
	}
	switch r.ask([]*filterpattern.Pattern{have, r.want}, have.Without(r.want.Selectors())).Decision {
	case filterpattern.Yes:
		return truth.Yes
	case filterpattern.No:
		return truth.No
	}
	return truth.Unknown
}

// aimedText asks the same of a pattern over the raw text, by example: such
// patterns say nothing of fields, so they count only where the log is known to
// be CloudTrail's.
func (r reference) aimedText(have *filterpattern.Pattern, audit bool) truth.Truth {
	if !audit || have.Kind() == filterpattern.Everything {
		return truth.No
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
			return truth.Yes
		}
	}
	return truth.No
}
