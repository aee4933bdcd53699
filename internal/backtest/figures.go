package backtest

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/iacgate/iacgate/internal/alarm/replay"
	"github.com/iacgate/iacgate/internal/tally"
)

// Bounds of what a report lists.
const (
	maxEpisodes = 500 // of one alarm
	maxListed   = 20  // groups
	maxParts    = 3   // groups of one episode
	maxEvents   = 3   // ids of events of such a group
)

// addFigures fills in what follows from the timelines.
func (r *run) addFigures(a *Alarm, done replayed, matches tally.Series, groups []tally.Group) {
	a.Variants, a.Episodes, a.Days, a.Groups = []Variant{}, []Episode{}, []Day{}, []Group{}
	for _, g := range groups[:min(len(groups), maxListed)] {
		a.Groups = append(a.Groups, r.group(g))
	}
	for _, g := range groups[min(len(groups), maxListed):] {
		a.Others += g.Count
	}
	if len(done.timelines) == 0 {
		return
	}
	for i, t := range done.timelines {
		a.Variants = append(a.Variants, Variant{done.readings[i].clock, done.readings[i].extra, t.Transitions(), t.MinutesInAlarm()})
	}
	a.Range = r.rangeOf(done.timelines)
	a.Timeline = done.timelines[0]
	a.judged = a.Timeline.Judged()
	for _, e := range a.Timeline.Episodes() {
		if len(a.Episodes) == maxEpisodes {
			break
		}
		a.Episodes = append(a.Episodes, episode(e, matches, groups, lookBack(done)))
	}
	a.Days = days(a.Timeline, matches)
	if !r.options.Timelines {
		a.Timeline = replay.Timeline{}
	}
}

// lookBack is how many minutes before an episode its data points may lie.
func lookBack(done replayed) int64 {
	if len(done.timelines) == 0 {
		return 0
	}
	return int64(done.timelines[0].WarmUp)
}

// rangeOf returns the smallest and the largest figures of timelines.
func (r *run) rangeOf(timelines []replay.Timeline) Range {
	var out Range
	for i, t := range timelines {
		one := figuresOf(t, r.tally.Coverage.Share())
		if i == 0 {
			out = one
			continue
		}
		out = out.with(one)
	}
	return out
}

// figuresOf returns the figures of one timeline, of which a share of the hours has data.
func figuresOf(t replay.Timeline, covered float64) Range {
	episodes, minutes := t.Transitions(), t.MinutesInAlarm()
	judged := float64(t.Judged())
	out := Range{Episodes: Ints{episodes, episodes}, MinutesInAlarm: Ints{minutes, minutes}}
	if judged > 0 {
		share := float64(minutes) / judged
		out.ShareInAlarm = Floats{rounded(share, 4), rounded(share, 4)}
	}
	if weeks := judged * covered / (7 * 24 * 60); weeks > 0 {
		rate := rounded(float64(episodes)/weeks, 2)
		out.PerWeek = Floats{rate, rate}
	}
	return out
}

func (a Range) with(b Range) Range {
	return Range{
		Episodes:       Ints{min(a.Episodes.Least, b.Episodes.Least), max(a.Episodes.Most, b.Episodes.Most)},
		PerWeek:        Floats{min(a.PerWeek.Least, b.PerWeek.Least), max(a.PerWeek.Most, b.PerWeek.Most)},
		MinutesInAlarm: Ints{min(a.MinutesInAlarm.Least, b.MinutesInAlarm.Least), max(a.MinutesInAlarm.Most, b.MinutesInAlarm.Most)},
		ShareInAlarm:   Floats{min(a.ShareInAlarm.Least, b.ShareInAlarm.Least), max(a.ShareInAlarm.Most, b.ShareInAlarm.Most)},
	}
}

func rounded(f float64, digits int) float64 {
	scale := math.Pow10(digits)
	return math.Round(f*scale) / scale
}

// episode describes an episode: the matches that its data points may hold.
func episode(e replay.Episode, matches tally.Series, groups []tally.Group, back int64) Episode {
	out := Episode{Start: clock(e.Start), End: clock(e.End), Minutes: int(e.End - e.Start), Before: e.Before, Open: e.Open, Because: []Part{}, start: e.Start, end: e.End}
	out.Matches = within(matches, e.Start-back, e.End)
	for _, g := range groups {
		if n := within(g.Early, e.Start-back, e.End); n > 0 {
			out.Because = append(out.Because, Part{g.Caller, n, firstEvents(g, e.Start-back, e.End)})
		}
	}
	slices.SortStableFunc(out.Because, func(a, b Part) int { return int(b.Matches - a.Matches) })
	out.Because = out.Because[:min(len(out.Because), maxParts)]
	return out
}

// firstEvents returns the ids of events of a group's first minutes from one minute to
// another, exclusively.
func firstEvents(g tally.Group, from, to int64) (ids []string) {
	i, _ := slices.BinarySearchFunc(g.Events, from, func(e tally.MinuteEvent, from int64) int { return cmp.Compare(int64(e.At), from) })
	for ; i < len(g.Events) && int64(g.Events[i].At) < to && len(ids) < maxEvents; i++ {
		ids = append(ids, g.Events[i].ID.String())
	}
	return ids
}

// at returns the place of the first entry of a series from a minute on.
func at(s tally.Series, from int64) int {
	i, _ := slices.BinarySearchFunc(s, from, func(m tally.Minute, from int64) int { return int(m.At - from) })
	return i
}

// within sums a series from one minute to another, exclusively.
func within(s tally.Series, from, to int64) (n int64) {
	for i := at(s, from); i < len(s) && s[i].At < to; i++ {
		n += s[i].Count
	}
	return n
}

const minutesPerDay = 24 * 60

// days sums up an alarm day by day.
func days(t replay.Timeline, matches tally.Series) []Day {
	out := []Day{}
	if t.IsEmpty() {
		return out
	}
	episodes := t.Episodes()
	for day := t.From / minutesPerDay; day*minutesPerDay < t.To(); day++ {
		from, to := day*minutesPerDay, (day+1)*minutesPerDay
		d := Day{Day: time.Unix(from*60, 0).UTC().Format(time.DateOnly), Matches: within(matches, from, to)}
		for _, e := range episodes {
			if e.Start >= from && e.Start < to && !e.Before {
				d.Episodes++
			}
			d.Minutes += int(max(0, min(e.End, to)-max(e.Start, from)))
		}
		out = append(out, d)
	}
	return out
}

func (r *run) group(g tally.Group) Group {
	out := Group{
		Caller: g.Caller, Matches: g.Count, Days: len(g.Days), Burst: g.Burst, Events: g.First, Addresses: g.Addresses, Sessions: g.Sessions,
		AtLeast: g.Partial || g.Blurred,
	}
	if out.Events == nil {
		out.Events = []string{}
	}
	if len(g.Early) > 0 {
		out.First = clock(g.Early[0].At)
	}
	return out
}

// describeControl writes what the alarms of a control miss.
func (r *run) describeControl(w *Watch, c WatchedControl, n controlCounters) Control {
	out := Control{Input: w.Input, When: w.When, State: w.State, Control: c.ID, Unknown: blind(w, c), Alarms: len(c.Alarms), Missed: r.missed(n.missed), Perhaps: r.missed(n.perhaps)}
	if n.events >= 0 {
		out.Events = r.counts(n.events).Total
	}
	return out
}

func (r *run) missed(counter int) Missed {
	out := Missed{Groups: []Group{}}
	if counter < 0 {
		return out
	}
	c := r.counts(counter)
	out.Events = c.Total
	for _, g := range c.Groups[:min(len(c.Groups), maxListed)] {
		out.Groups = append(out.Groups, r.group(g))
	}
	return out
}
