package backtest

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/iacgate/iacgate/internal/alarm"
	"github.com/iacgate/iacgate/internal/alarm/replay"
	"github.com/iacgate/iacgate/internal/facts"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/tally"
)

// Bounds of honest proposals.
const (
	proposalHours   = 7 * 24
	proposalCovered = 0.95
	quietShare      = 0.01 // of the time in ALARM
	maxTried        = 25   // groups
	maxThresholds   = 1000 // that are tried
	maxProposed     = 5
)

// propose looks for what keeps an alarm within the bound; nil where it is.
func (r *run) propose(w *Watch, m *facts.Monitor, a *Alarm, done replayed, filters []filterCounters) *Proposal {
	p := &Proposal{PerWeek: usualPerWeek, Exclusions: []Exclusion{}}
	if r.options.PerWeek != nil {
		p.PerWeek = *r.options.PerWeek
	}
	if a.Range.PerWeek.Most <= p.PerWeek && a.Range.ShareInAlarm.Most <= quietShare || w.State == Before {
		return nil
	}
	if p.Why = r.whyNoProposal(); p.Why != "" {
		return p
	}
	p.Threshold, p.Why = r.threshold(m, done, filters, p.PerWeek)
	p.Exclusions = append(p.Exclusions, r.exclusions(w, m, done, filters)...)
	return p
}

// whyNoProposal says what keeps the data from proposing anything.
func (r *run) whyNoProposal() string {
	switch d := r.report.Data; {
	case d.Hours < proposalHours:
		return fmt.Sprintf("the data cover %d hours, and a proposal needs 7 days", d.Hours)
	case d.Covered < proposalCovered:
		return fmt.Sprintf("%d of %d hours have no record, and a proposal needs 95 %% of them", d.SilentHours, d.Hours)
	case len(d.Cut) > 0 || len(d.MissingFiles) > 0:
		return "the data are not whole"
	}
	return ""
}

// half is an alarm over one half of the data, by every reading.
type half struct {
	readings []reading
	replays  []*replay.Replay
}

// at replays a half with a threshold.
func (h half) at(threshold float64) []replay.Timeline {
	out := make([]replay.Timeline, len(h.replays))
	for i, one := range h.replays {
		out[i] = one.RunAt(threshold, h.readings[i].extra)
	}
	return out
}

// threshold returns the smallest threshold from which on every one up to the limit keeps
// the first half quiet in every reading: episodes do not get fewer with every step.
func (r *run) threshold(m *facts.Monitor, done replayed, filters []filterCounters, perWeek float64) (*Threshold, string) {
	if !isRaised(m.Settings) {
		return nil, "its threshold is not a number of events, so that none is proposed"
	}
	first, second, ok := r.halves(m, filters)
	if !ok {
		return nil, "the halves of the data are too short for its periods"
	}
	limit := min(math.Floor(r.options.Limit), maxThresholds)
	best, fitted := 0.0, Range{}
	for t := limit; t >= 1; t-- {
		figures := r.rangeOf(first.at(t))
		if figures.PerWeek.Most > perWeek || figures.ShareInAlarm.Most > quietShare {
			break
		}
		best, fitted = t, figures
	}
	if best == 0 {
		return nil, fmt.Sprintf("no threshold up to %g keeps it at %g a week and in ALARM for at most 1 %% of the time", limit, perWeek)
	}
	out := &Threshold{Value: best, Limit: limit, Fitted: fitted, Tested: r.rangeOf(second.at(best))}
	out.Confirmed = out.Tested.PerWeek.Most <= perWeek && out.Tested.ShareInAlarm.Most <= quietShare
	r.addLost(out, done, filters)
	return out, ""
}

// isRaised reports whether the threshold is a number of events that has to be reached.
func isRaised(s alarm.Settings) bool {
	return s.Math == nil && (s.Statistic == "Sum" || s.Statistic == "SampleCount") &&
		(s.Operator == "GreaterThanThreshold" || s.Operator == "GreaterThanOrEqualToThreshold")
}

// halves returns the alarm over the first and the second half of the data.
func (r *run) halves(m *facts.Monitor, filters []filterCounters) (first, second half, ok bool) {
	from, to := r.window()
	middle := from + (to-from)/2
	for i, part := range []struct{ from, to int64 }{{from, middle}, {middle, to}} {
		done := r.replaySeries(m, r.readings(m, filters, part.from, part.to), func(late bool) replay.Series { return r.series(m, filters, late, part.from, part.to) })
		if done.unknown != "" || done.timelines[0].Judged() <= 0 {
			return first, second, false
		}
		h := half{done.readings, done.replays}
		if i == 0 {
			first = h
		} else {
			second = h
		}
	}
	return first, second, true
}

// addLost says which of today's episodes a threshold would lose, and which it keeps.
func (r *run) addLost(t *Threshold, done replayed, filters []filterCounters) {
	now, then := done.timelines[0], done.replays[0].RunAt(t.Value, done.readings[0].extra)
	kept := then.Episodes()
	lost := slices.DeleteFunc(now.Episodes(), func(e replay.Episode) bool {
		return slices.ContainsFunc(kept, func(k replay.Episode) bool { return k.Start < e.End && k.End > e.Start })
	})
	t.Lost, t.Unseen = len(lost), r.causes(lost, done, filters)
	t.Kept, t.Heard = len(kept), r.causes(kept, done, filters)
}

// causes returns whose matches there are in episodes, each once: what an episode looks back on
// may be a part of the one before.
func (r *run) causes(episodes []replay.Episode, done replayed, filters []filterCounters) []Part {
	sums, counted := map[tally.Caller]int64{}, int64(math.MinInt64)
	for _, e := range episodes {
		from := max(e.Start-lookBack(done), counted)
		counted = e.End
		for _, f := range filters {
			for _, g := range r.counts(f.matches).Groups {
				if n := within(g.Early, from, e.End); n > 0 {
					sums[g.Caller] += n
				}
			}
		}
	}
	parts := []Part{}
	for caller, n := range sums {
		parts = append(parts, Part{Caller: caller, Matches: n})
	}
	slices.SortFunc(parts, compareParts)
	return parts[:min(len(parts), maxListed)]
}

func compareParts(a, b Part) int {
	if a.Matches != b.Matches {
		return int(b.Matches - a.Matches)
	}
	return strings.Compare(fmt.Sprint(a.Caller), fmt.Sprint(b.Caller))
}

// exclusions returns the groups without which there would be the fewest episodes: fewer by
// some reading, and more by none. A group
// has to be there on half of the days and for longer than the last third of the data: what
// has just begun may be an attack.
func (r *run) exclusions(w *Watch, m *facts.Monitor, done replayed, filters []filterCounters) []Exclusion {
	if len(m.Filters) != 1 || m.Filters[0].Pattern.Kind() != filterpattern.JSON {
		return nil
	}
	from, to := r.window()
	days := (to - from + minutesPerDay - 1) / minutesPerDay
	series := map[bool]replay.Series{false: r.series(m, filters, false, from, to), true: r.series(m, filters, true, from, to)}
	var tried []candidate
	quietest := done.quietest()
	for _, g := range r.counts(filters[0].matches).Groups {
		if len(tried) == maxTried {
			break
		}
		if g.Partial || g.Blurred || int64(len(g.Days))*2 < days || g.Early[0].At >= from+(to-from)*2/3 {
			continue
		}
		if e, ok := r.exclusion(m, g, quietest, series); ok && e.Removed.Most >= 0 {
			tried = append(tried, candidate{g, e.Removed.Most, len(tried)})
		}
	}
	return best(tried, func(g tally.Group) (Exclusion, bool) { return r.exclusion(m, g, done, series) }, func(e *Exclusion) bool { return r.addForms(e, w, m) })
}

// A candidate for an exclusion, tried by one reading: by all of them it removes at the least
// no more than that.
type candidate struct {
	group   tally.Group
	removed int
	place   int
}

// best returns the exclusions that remove the most at the least, those of larger groups
// first. What cannot be among them is not tried by every reading.
func best(tried []candidate, full func(tally.Group) (Exclusion, bool), addForms func(*Exclusion) bool) (out []Exclusion) {
	slices.SortStableFunc(tried, func(a, b candidate) int { return b.removed - a.removed })
	places := map[tally.Caller]int{}
	for _, c := range tried {
		if len(out) == maxProposed && c.removed < out[maxProposed-1].Removed.Least {
			break
		}
		e, ok := full(c.group)
		if !ok || e.Removed.Least < 0 || e.Removed.Most == 0 || !addForms(&e) {
			continue
		}
		places[e.Caller], out = c.place, append(out, e)
		slices.SortFunc(out, func(a, b Exclusion) int {
			return cmp.Or(cmp.Compare(b.Removed.Least, a.Removed.Least), cmp.Compare(places[a.Caller], places[b.Caller]))
		})
		out = out[:min(len(out), maxProposed)]
	}
	return out
}

// exclusion replays an alarm without one group.
func (r *run) exclusion(m *facts.Monitor, g tally.Group, done replayed, series map[bool]replay.Series) (Exclusion, bool) {
	without := r.replaySeries(m, done.readings, func(late bool) replay.Series { return minus(series[late], m.Filters[0], g, late) })
	if without.unknown != "" {
		return Exclusion{}, false
	}
	e := Exclusion{Caller: g.Caller, Matches: g.Count, Days: len(g.Days), Burst: g.Burst}
	for i := range without.timelines {
		left := without.timelines[i].Transitions()
		removed := done.timelines[i].Transitions() - left
		if i == 0 {
			e.Removed, e.Left = Ints{removed, removed}, Ints{left, left}
		}
		e.Removed = Ints{min(e.Removed.Least, removed), max(e.Removed.Most, removed)}
		e.Left = Ints{min(e.Left.Least, left), max(e.Left.Most, left)}
	}
	return e, true
}

// addForms adds the forms that an exclusion is written in. It returns false if it cannot be
// written, or the pattern would cover a control no more.
func (r *run) addForms(e *Exclusion, w *Watch, m *facts.Monitor) bool {
	condition, guard, ok := conditionOf(e.Caller)
	if !ok {
		return false
	}
	declared, err := filterpattern.Parse("{ " + condition + " }")
	if err != nil {
		return false
	}
	guarded, ok := guardedPattern(m.Filters[0].Pattern, guard)
	if !ok || !r.covers(w, m.Alarm, guarded.String(), declared.String()) {
		return false
	}
	e.Condition, e.Pattern, e.Declaration = declared.String(), guarded.String(), declarationOf(controlsOf(w, m.Alarm), condition)
	return true
}

// covers reports whether a pattern still covers every control of an alarm.
func (r *run) covers(w *Watch, address, pattern, declared string) bool {
	if r.options.Covers == nil {
		return true
	}
	return !slices.ContainsFunc(w.Controls, func(c WatchedControl) bool {
		return c.Reference != nil && slices.Contains(c.Alarms, address) && !r.options.Covers(c.ID, pattern, declared)
	})
}

// minus takes the matches of a group out of a series: their events publish the default
// value then, if there is one.
func minus(s replay.Series, f facts.MonitorFilter, g tally.Group, late bool) replay.Series {
	of := g.Early
	if late {
		of = g.Late
	}
	left := int64(0) // to take in the minute of the first of them
	if len(of) > 0 {
		left = of[0].Count
	}
	out := s
	out.Data = make([]replay.Datum, 0, len(s.Data))
	for _, d := range s.Data {
		for len(of) > 0 && of[0].At < d.Minute {
			if of, left = of[1:], 0; len(of) > 0 {
				left = of[0].Count
			}
		}
		taken := int64(0)
		if len(of) > 0 && of[0].At == d.Minute && d.Value == f.Value {
			taken = min(left, d.Count)
			left -= taken
		}
		if d.Count -= taken; d.Count > 0 {
			out.Data = append(out.Data, d)
		}
		if taken > 0 && f.Default != nil {
			out.Data = append(out.Data, replay.Datum{Minute: d.Minute, Value: *f.Default, Count: taken})
		}
	}
	return out
}

// conditionOf returns a condition that is true of the events of a caller, and one that is
// true of all others. Never a bare name of a call: whoever calls has to be known.
func conditionOf(c tally.Caller) (condition, guard string, ok bool) {
	type test struct{ field, value string }
	tests := []test{}
	switch {
	case c.ARN != "" && c.Type == "IAMUser":
		tests = append(tests, test{"userIdentity.arn", c.ARN})
	case c.ARN != "":
		tests = append(tests, test{"userIdentity.sessionContext.sessionIssuer.arn", c.ARN})
	case c.Type == "AWSService":
		tests = append(tests, test{"userIdentity.invokedBy", c.Principal})
	default:
		return "", "", false
	}
	tests = append(tests, test{"eventSource", c.Source}, test{"eventName", c.Name})
	if c.Code != "" {
		tests = append(tests, test{"errorCode", c.Code})
	}
	var is, isNot []string
	for _, t := range tests {
		if t.value == "" || strings.ContainsAny(t.value, "\"*\\\n") {
			return "", "", false
		}
		is = append(is, `($.`+t.field+` = "`+t.value+`")`)
		isNot = append(isNot, `($.`+t.field+` NOT EXISTS)`, `($.`+t.field+` != "`+t.value+`")`)
	}
	return strings.Join(is, " && "), strings.Join(isNot, " || "), true
}

// guardedPattern returns a pattern that matches what another does but for what a guard
// keeps out; not ok if AWS refuses it.
func guardedPattern(p *filterpattern.Pattern, guard string) (*filterpattern.Pattern, bool) {
	text := strings.TrimSpace(p.String())
	inner := strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(text, "{"), "}"))
	out, err := filterpattern.Parse("{ (" + inner + ") && (" + guard + ") }")
	if err != nil || utf8.RuneCountInString(out.String()) > filterpattern.MaxLength {
		return nil, false
	}
	return out, true
}

// declarationOf returns an entry of .iacgate.yaml.
func declarationOf(controls []string, condition string) string {
	text := "exclusions:\n  - pattern: '{ " + strings.ReplaceAll(condition, "'", "''") + " }'\n    reason: '...' # why nobody needs to hear of it\n"
	if len(controls) > 0 {
		text += "    controls: [" + strings.Join(controls, ", ") + "]\n"
	}
	return text
}
