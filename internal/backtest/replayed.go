package backtest

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/iacgate/iacgate/internal/alarm"
	"github.com/iacgate/iacgate/internal/alarm/replay"
	"github.com/iacgate/iacgate/internal/facts"
	"github.com/iacgate/iacgate/internal/tally"
)

// A reading is one of the readings of what CloudWatch does not say.
type reading struct {
	clock string
	late  bool
	extra int
}

// replayed is an alarm with its timelines, one for each reading.
type replayed struct {
	readings  []reading
	timelines []replay.Timeline
	replays   []*replay.Replay // by reading; nil of a composite alarm
	unknown   string
}

// quietest is the alarm by the reading with the fewest notifications alone.
func (d replayed) quietest() replayed {
	least := 0
	for i, t := range d.timelines {
		if t.Transitions() < d.timelines[least].Transitions() {
			least = i
		}
	}
	return replayed{readings: d.readings[least : least+1], timelines: d.timelines[least : least+1], replays: d.replays[least : least+1]}
}

// controlsOf returns the controls that an alarm is about.
func controlsOf(w *Watch, address string) []string {
	var out []string
	for _, c := range w.Controls {
		if slices.Contains(c.Alarms, address) {
			out = append(out, c.ID)
		}
	}
	return out
}

// replayMonitor replays one metric alarm by every reading.
func (r *run) replayMonitor(m *facts.Monitor, filters []filterCounters) replayed {
	out := replayed{unknown: m.Unknown}
	if m.Unknown != "" {
		return out
	}
	from, to := r.window()
	if from >= to {
		return replayed{unknown: fmt.Sprintf("the data are not longer than the last %d minutes, which are left out", edge)}
	}
	return r.replaySeries(m, r.readings(m, filters, from, to), func(late bool) replay.Series { return r.series(m, filters, late, from, to) })
}

// replaySeries replays an alarm over series.
func (r *run) replaySeries(m *facts.Monitor, readings []reading, series func(late bool) replay.Series) replayed {
	window, err := windowOf(m)
	if err != nil {
		return replayed{unknown: err.Error()}
	}
	var out replayed
	made := map[bool]*replay.Replay{}
	for _, reading := range readings {
		one, ok := made[reading.late]
		if !ok {
			if one, err = replay.New(m.Settings, window, series(reading.late)); err != nil {
				return replayed{unknown: err.Error()}
			}
			made[reading.late] = one
		}
		out.readings, out.replays = append(out.readings, reading), append(out.replays, one)
		out.timelines = append(out.timelines, one.Run(reading.extra))
	}
	return out
}

// windowOf says where the periods of an alarm lie.
func windowOf(m *facts.Monitor) (w replay.Window, err error) {
	w.WallClock = m.WallClock
	w.Location, err = replay.Zone(m.Timezone)
	return w, err
}

// window returns the minutes that are replayed.
func (r *run) window() (from, to int64) {
	from, to = r.tally.Data.From, r.tally.Data.To
	if _, late := r.tally.Clocks(); late != tally.LogClock {
		to = max(from, to-edge)
	}
	return from, to
}

// readings returns the readings of an alarm: by two clocks, if they differ, and with two
// ranges, unless default values leave no minute without a sample.
func (r *run) readings(m *facts.Monitor, filters []filterCounters, from, to int64) []reading {
	extras := []int{replayExtra, 0}
	hasDefaults := !slices.ContainsFunc(m.Filters, func(f facts.MonitorFilter) bool { return f.Default == nil })
	if hasDefaults && isWhole(r.series(m, filters, false, from, to)) && isWhole(r.series(m, filters, true, from, to)) {
		extras = extras[:1]
	}
	early, late := r.tally.Clocks()
	clocks := []reading{{clock: string(early)}}
	if early != late {
		clocks = append(clocks, reading{clock: string(late), late: true})
	}
	var out []reading
	for _, c := range clocks {
		for _, extra := range extras {
			c.extra = extra
			out = append(out, c)
		}
	}
	return out
}

// isWhole reports whether there is a sample in every minute.
func isWhole(s replay.Series) bool {
	minutes := int64(0)
	for i, d := range s.Data {
		if i == 0 || d.Minute != s.Data[i-1].Minute {
			minutes++
		}
	}
	return minutes == s.To-s.From
}

// replayExtra is how many data points AWS's tables show beyond the evaluation periods.
const replayExtra = alarm.Extra

// series returns the samples that the filters of an alarm publish.
func (r *run) series(m *facts.Monitor, filters []filterCounters, late bool, from, to int64) replay.Series {
	var data []replay.Datum
	add := func(s tally.Series, value float64) {
		for _, minute := range s {
			if minute.At >= from && minute.At < to {
				data = append(data, replay.Datum{Minute: minute.At, Value: value, Count: minute.Count})
			}
		}
	}
	for i, f := range m.Filters {
		add(r.counts(filters[i].matches).By(late), f.Value)
		if filters[i].rest >= 0 {
			add(r.counts(filters[i].rest).By(late), *f.Default)
		}
	}
	slices.SortStableFunc(data, func(a, b replay.Datum) int { return cmp.Compare(a.Minute, b.Minute) })
	return replay.Series{Data: data, From: from, To: to}
}

func (r *run) counts(counter int) *tally.Counts { return &r.tally.Counts[counter] }

// composite replays a composite alarm by the readings of its children: each clock and
// range that one of them has; a child that does not know it has its only one.
func composite(c *facts.CompositeMonitor, done map[string]replayed) (out replayed) {
	var readings []reading
	for _, name := range slices.Sorted(maps.Keys(c.Children)) {
		child := done[c.Children[name]]
		if child.unknown != "" {
			return replayed{unknown: c.Children[name] + " is not replayed: " + child.unknown}
		}
		if len(child.readings) > len(readings) {
			readings = child.readings
		}
	}
	for _, reading := range readings {
		timelines := map[string]replay.Timeline{}
		for name, address := range c.Children {
			timelines[name] = done[address].by(reading)
		}
		t, err := replay.Composite(c.Rule, timelines)
		if err != nil {
			return replayed{unknown: err.Error()}
		}
		out.readings, out.timelines = append(out.readings, reading), append(out.timelines, t)
	}
	return out
}

// by returns the timeline of a reading, or of the nearest one.
func (d replayed) by(want reading) replay.Timeline {
	best := 0
	for i, have := range d.readings {
		if have == want {
			return d.timelines[i]
		}
		if have.late == want.late {
			best = i
		}
	}
	return d.timelines[best]
}
