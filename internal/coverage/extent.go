package coverage

import (
	"slices"

	"github.com/iacgate/iacgate/internal/cloudtrail"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/truth"
)

func NotAimed() document.Coverage {
	return document.Coverage{Aimed: truth.No, Matches: document.MatchesUnknown, Beyond: document.BeyondNone, Exclusions: []string{}, Excludable: []string{}, Enumerates: []string{}}
}

// cover answers everything about one pattern and one control. audit says that
// the filter reads a group that is known to hold CloudTrail records.
func (r reference) cover(w *written, audit bool) document.Coverage {
	c := NotAimed()
	if w.err != nil {
		c.Invalid, c.Matches = w.err.Error(), document.MatchesNone
		return c
	}
	if c.Aimed = r.aimed(w.pattern, audit); c.Aimed != truth.No {
		r.fillExtent(w.pattern, &c)
	}
	return c
}

// coversAll reports whether nothing is lost that AWS is known to write.
func coversAll(c document.Coverage) bool {
	return c.Matches == document.MatchesAll || c.Matches == document.MatchesNotUnrecorded
}

// unknownFields returns the selectors of a pattern that are not fields of CloudTrail
// records: what they ask for is never there.
func unknownFields(have *filterpattern.Pattern) []filterpattern.Selector {
	return slices.DeleteFunc(have.Selectors(), func(s filterpattern.Selector) bool { return cloudtrail.IsField(s.Names()) })
}

// fillExtent fills in what is matched and what is not. What a pattern asks of fields
// that no record has never holds.
func (r reference) fillExtent(written *filterpattern.Pattern, c *document.Coverage) {
	have := written.Without(unknownFields(written))
	r.fillLoss(c, have)
	switch {
	case c.Matches != document.MatchesAll && r.neverMatches(have):
		c.Matches = document.MatchesNever
		if c.Loses = r.misspellings(written); c.Loses == "" && c.Lost != nil {
			c.Loses = r.describe(c.Lost, r.decidingFields(have, c.Lost))
		}
	case c.Lost != nil:
		c.Loses = r.describe(c.Lost, r.decidingFields(have, c.Lost))
		c.Excludable = r.excludable(have)
	}
	r.fillExcess(have, c)
	if c.Matches == document.MatchesAll && c.Beyond == document.BeyondNone {
		c.Differs = r.differs
	}
}

// fillExcess looks for an event that is none of the control's.
func (r reference) fillExcess(have *filterpattern.Pattern, c *document.Coverage) {
	if e, floods := r.everydayEvent(have); floods {
		c.Beyond, c.Extra, c.Gains = document.BeyondEveryday, e, r.describe(e, nil)
		return
	}
	if c.Matches == document.MatchesNever {
		return // what it matches is misspelt, too
	}
	wide := r.oracle.Ask(cloudtrail.Question{Match: []*filterpattern.Pattern{have}, Miss: append([]*filterpattern.Pattern{r.want}, r.accepted...)})
	if wide.Decision == truth.Yes {
		c.Beyond, c.Extra, c.Gains = document.BeyondSome, wide.Event, r.describe(wide.Event, nil)
	}
}

// neededExclusions returns the exclusions without which patterns would lose events.
func (r reference) neededExclusions(have ...*filterpattern.Pattern) []string {
	out := []string{}
	for _, x := range r.exclusions {
		if r.holds([]*filterpattern.Pattern{r.want, x}, have...) == truth.Yes {
			out = append(out, x.String())
		}
	}
	return out
}

// fillLoss looks for an event of the control that none of the patterns matches, and
// reports whether AWS is known to write such events. Where the control does not say
// which ones AWS writes, it writes all of them.
func (r reference) fillLoss(c *document.Coverage, have ...*filterpattern.Pattern) {
	lost := r.findLost(have)
	switch {
	case lost.Decision == truth.No || lost.Decision == truth.Yes && r.coversVariant(have):
		c.Matches, c.Exclusions, c.Enumerates = document.MatchesAll, r.neededExclusions(have...), r.enumeratedFields(have)
		return
	case lost.Decision == truth.Yes && r.losesUnnamedCallersOnly(have):
		c.Matches, c.Lost, c.Exclusions = document.MatchesNotUnrecorded, lost.Event, r.neededExclusions(have...)
		c.Loses = r.describe(c.Lost, nil)
		return
	case lost.Decision == truth.Yes:
		c.Matches, c.Lost = document.MatchesNotUnrecorded, lost.Event
		if len(r.recorded) == 0 {
			c.Matches = document.MatchesNotAll
		}
	default:
		c.Matches, c.Reason = document.MatchesUnknown, lost.Reason
	}
	for _, known := range r.recorded {
		if lost := r.findLost(have, known); lost.Decision == truth.Yes {
			c.Matches, c.Lost = document.MatchesNotAll, lost.Event
			break
		}
	}
	c.Loses = r.describe(c.Lost, nil)
}

// losesUnnamedCallersOnly reports whether nothing is lost but events that no exclusion can name.
func (r reference) losesUnnamedCallersOnly(have []*filterpattern.Pattern) bool {
	rest := unnamedCallers(have, r.exclusions)
	return len(rest) > 0 && r.findLost(slices.Concat(have, rest)).Decision == truth.No
}

// coversVariant reports whether the patterns match all that a published variant
// does which leaves nothing out that AWS writes.
func (r reference) coversVariant(have []*filterpattern.Pattern) bool {
	return r.namesCalls() && slices.ContainsFunc(r.accepted, func(variant *filterpattern.Pattern) bool {
		return r.holds([]*filterpattern.Pattern{variant}, have...) == truth.No
	})
}

// enumeratedFields returns the open fields of which the patterns match the listed
// values alone: one that AWS adds tomorrow is lost.
func (r reference) enumeratedFields(have []*filterpattern.Pattern) []string {
	out := []string{}
	for _, p := range have {
		for _, s := range p.Selectors() {
			field := s.String()
			if !cloudtrail.Open(field) || slices.Contains(out, field) {
				continue
			}
			q := r.question([]*filterpattern.Pattern{r.want}, slices.Concat(have, r.exclusions))
			if q.Unlisted = []string{field}; r.oracle.Holds(q) == truth.Yes {
				out = append(out, field)
			}
		}
	}
	return out
}

// aimed reports whether a pattern matches events of the control because of the
// fields that the reference tests: it no longer does once they are taken away.
func (r reference) aimed(have *filterpattern.Pattern, audit bool) truth.Truth {
	if have.Kind() != filterpattern.JSON {
		return r.aimedText(have, audit)
	}
	if len(unknownFields(have)) > 0 {
		return truth.No
	}
	return r.holds([]*filterpattern.Pattern{have, r.want}, have.Without(r.want.Selectors()))
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
