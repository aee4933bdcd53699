package backtest

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/iacgate/iacgate/internal/alarm/replay"
	"github.com/iacgate/iacgate/internal/facts"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/tally"
)

// exclusions returns the groups without which there would be the fewest episodes: fewer by
// some reading, and more by none. A group has to be there on half of the days and for longer
// than the last third of the data: what has just begun may be an attack.
func (r *run) exclusions(w *Watch, m *facts.Monitor, done replayed, filters []filterCounters) []Exclusion {
	if len(m.Filters) != 1 || m.Filters[0].Pattern.Kind() != filterpattern.JSON {
		return nil
	}
	from, to := r.window()
	days := (to - from + minutesPerDay - 1) / minutesPerDay
	x := excluding{
		monitor: m, left: map[exclusionReading]int{},
		series: map[bool]replay.Series{false: r.series(m, filters, false, from, to), true: r.series(m, filters, true, from, to)},
	}
	var tried []candidate
	quietest := done.quietest()
	for _, g := range r.counts(filters[0].matches).Groups {
		if len(tried) == maxTried {
			break
		}
		if g.Partial || g.Blurred || int64(len(g.Days))*2 < days || g.Early[0].At >= from+(to-from)*2/3 {
			continue
		}
		if e, ok := x.replay(g, quietest, 0); ok {
			tried = append(tried, candidate{g, e.Removed.Most, len(tried)})
		}
	}
	full := func(g tally.Group, least int) (Exclusion, bool) { return x.replay(g, done, least) }
	return best(tried, full, func(e *Exclusion) bool { return r.addForms(e, w, m) })
}

// A candidate for an exclusion, tried by one reading: by all of them it removes at the least
// no more than that.
type candidate struct {
	group   tally.Group
	removed int
	place   int
}

// best returns the exclusions that remove the most at the least, those of larger groups
// first. full tries a group by every reading, as long as it removes at least a number: what
// cannot be among the best any more is given up.
func best(tried []candidate, full func(g tally.Group, least int) (Exclusion, bool), addForms func(*Exclusion) bool) (out []Exclusion) {
	slices.SortStableFunc(tried, func(a, b candidate) int { return b.removed - a.removed })
	places := map[tally.Caller]int{}
	for _, c := range tried {
		least := 0
		if len(out) == maxProposed {
			last := out[maxProposed-1]
			if least = last.Removed.Least; c.place > places[last.Caller] {
				least++
			}
		}
		if c.removed < least {
			continue
		}
		e, ok := full(c.group, least)
		if !ok || e.Removed.Most == 0 || !addForms(&e) {
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

// excluding replays an alarm without one group after the other.
type excluding struct {
	monitor *facts.Monitor
	series  map[bool]replay.Series // of all groups, by whether the clock is the late one
	left    map[exclusionReading]int

	data    []replay.Datum // of the last series without a group
	minutes []int64        // of that group
	memory  replay.Memory
	current *replay.Replay // in the memory, or of all groups where that is the same
	of      exclusionReading
}

// An exclusionReading is an alarm without a group, by one reading.
type exclusionReading struct {
	without tally.Caller
	reading
}

// replay replays the alarm without a group, by the readings of what was replayed with it. It
// is not ok if by one of them fewer episodes are removed than the least that is asked for.
func (x *excluding) replay(g tally.Group, done replayed, least int) (Exclusion, bool) {
	e := Exclusion{Caller: g.Caller, Matches: g.Count, Days: len(g.Days), Burst: g.Burst}
	for i := range done.readings {
		left, err := x.transitions(g, done, i)
		removed := done.timelines[i].Transitions() - left
		if err != nil || removed < least {
			return e, false
		}
		if i == 0 {
			e.Removed, e.Left = Ints{removed, removed}, Ints{left, left}
		}
		e.Removed = Ints{min(e.Removed.Least, removed), max(e.Removed.Most, removed)}
		e.Left = Ints{min(e.Left.Least, left), max(e.Left.Most, left)}
	}
	return e, true
}

// transitions returns those that are left without a group by a reading. The readings of one
// clock follow each other: they look at the same data points.
func (x *excluding) transitions(g tally.Group, done replayed, i int) (int, error) {
	of := exclusionReading{g.Caller, done.readings[i]}
	if left, ok := x.left[of]; ok {
		return left, nil
	}
	if x.current == nil || x.of.without != g.Caller || x.of.late != of.late {
		if err := x.exclude(g, done.replays[i], of.late); err != nil {
			return 0, err
		}
		x.of = of
	}
	left := done.timelines[i].Transitions()
	if x.current != done.replays[i] {
		left = x.current.Run(of.extra).Transitions()
	}
	x.left[of] = left
	return left, nil
}

// exclude makes the replay without a group the current one.
func (x *excluding) exclude(g tally.Group, all *replay.Replay, late bool) error {
	window, err := windowOf(x.monitor)
	if err != nil {
		return err
	}
	without := x.without(g, late)
	if x.current = all; !all.IsSame(without, x.minutes) {
		x.current, err = x.memory.New(x.monitor.Settings, window, without)
	}
	return err
}

// without takes the matches of a group out of a series: their events publish the default
// value then, if there is one.
func (x *excluding) without(g tally.Group, late bool) replay.Series {
	out, f := x.series[late], x.monitor.Filters[0]
	of := g.Early
	if late {
		of = g.Late
	}
	x.minutes = x.minutes[:0]
	for _, minute := range of {
		x.minutes = append(x.minutes, minute.At)
	}
	left := int64(0) // to take in the minute of the first of them
	if len(of) > 0 {
		left = of[0].Count
	}
	all := out.Data
	out.Data = x.data[:0]
	for _, d := range all {
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
	x.data = out.Data
	return out
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
