package replay

import (
	"iter"
	"slices"

	"github.com/iacgate/iacgate/internal/alarm"
)

// State is the state of an alarm, in one byte.
type State byte

const (
	InsufficientData State = iota // an alarm begins so
	OK
	Alarm
)

// String returns the state as the API spells it.
func (s State) String() string { return string(s.value()) }

func (s State) value() alarm.StateValue {
	return [...]alarm.StateValue{alarm.InsufficientData, alarm.OK, alarm.Alarm}[s]
}

func stateOf(value alarm.StateValue) State {
	switch value {
	case alarm.Alarm:
		return Alarm
	case alarm.OK:
		return OK
	}
	return InsufficientData
}

// A Timeline holds the state of an alarm at the end of each minute from From on. It keeps changes alone: an alarm has
// few of them in years of minutes.
type Timeline struct {
	From int64
	// WarmUp is how many minutes at the beginning have states that depend on what was before.
	WarmUp int

	minutes int
	changes []change
	points  *points // nil of a composite alarm
}

// change is a state from a minute on.
type change struct {
	minute int32 // after the beginning
	state  State
}

// NewTimeline returns a timeline of states, one a minute.
func NewTimeline(from int64, warmUp int, states []State) Timeline {
	t := Timeline{From: from, WarmUp: warmUp, minutes: len(states)}
	for i, state := range states {
		t.add(i, state)
	}
	return t
}

// add adds the state from a minute on.
func (t *Timeline) add(minute int, state State) {
	if n := len(t.changes); n == 0 || t.changes[n-1].state != state {
		t.changes = append(t.changes, change{int32(minute), state})
	}
}

// To returns the minute after the last.
func (t Timeline) To() int64 { return t.From + int64(t.minutes) }

// IsEmpty reports whether it has no minute.
func (t Timeline) IsEmpty() bool { return t.minutes == 0 }

// Judged returns the number of minutes after the warm-up; 0 if there are too few data.
func (t Timeline) Judged() int { return t.minutes - t.WarmUp }

// States returns the minutes and their states.
func (t Timeline) States() iter.Seq2[int64, State] {
	return func(yield func(int64, State) bool) {
		for s := range t.stretches() {
			for minute := s.from; minute < s.to; minute++ {
				if !yield(t.From+int64(minute), s.state) {
					return
				}
			}
		}
	}
}

// stretch is minutes, counted from the beginning, with one state.
type stretch struct {
	from, to int
	state    State
}

func (t Timeline) stretches() iter.Seq[stretch] {
	return func(yield func(stretch) bool) {
		for i, c := range t.changes {
			to := t.minutes
			if i+1 < len(t.changes) {
				to = int(t.changes[i+1].minute)
			}
			if !yield(stretch{int(c.minute), to, c.state}) {
				return
			}
		}
	}
}

// at returns the state at the end of a minute, counted from the beginning.
func (t Timeline) at(minute int) State {
	i, found := slices.BinarySearchFunc(t.changes, minute, func(c change, minute int) int { return int(c.minute) - minute })
	if !found {
		i--
	}
	return t.changes[i].state
}

// Between returns the part between two minutes, the second one exclusive, as far as there is one. What is known of the
// minute before tells whether an episode began before it.
func (t Timeline) Between(from, to int64) Timeline {
	first := t.From + int64(t.WarmUp)
	from = min(max(from, first), t.To())
	to = min(max(to, from), t.To())
	begin := from
	if begin > t.From {
		begin--
	}
	part := t.within(begin, to)
	part.WarmUp = int(from - begin)
	return part
}

// within returns the part between two minutes that the timeline has, without a warm-up.
func (t Timeline) within(from, to int64) Timeline {
	part, skipped := Timeline{From: from, minutes: int(to - from), points: t.points}, int(from-t.From)
	for s := range t.stretches() {
		if at := max(s.from-skipped, 0); s.to > skipped && at < part.minutes {
			part.add(at, s.state)
		}
	}
	return part
}

// MinutesInAlarm counts those after the warm-up that end in ALARM.
func (t Timeline) MinutesInAlarm() int {
	n := 0
	for s := range t.stretches() {
		if s.state == Alarm {
			n += max(0, s.to-max(s.from, t.WarmUp))
		}
	}
	return n
}

// Point returns the newest data point at the end of a minute, if it is not missing.
func (t Timeline) Point(minute int64) (value float64, ok bool) {
	if t.points == nil || minute < t.From || minute >= t.To() {
		return 0, false
	}
	value = t.points.at(t.points.newest(int(minute - t.points.from)))
	return value, !isMissing(value)
}

// An Episode is the time from one transition to ALARM to the next transition. It is one message, except where it began
// before the data.
type Episode struct {
	Start, End int64 // first minute that ends in ALARM, and first one after it that does not
	Before     bool  // in ALARM when the warm-up ended, where Start is; it began at an unknown time
	Open       bool  // still in ALARM when the data ended, where End is
}

// Episodes returns those after the warm-up, in the order of time.
func (t Timeline) Episodes() []Episode { return slices.Collect(t.episodes()) }

// Transitions counts those to ALARM, each of which is a notification. An alarm that was in ALARM before makes none.
func (t Timeline) Transitions() (n int) {
	for e := range t.episodes() {
		if !e.Before {
			n++
		}
	}
	return n
}

func (t Timeline) episodes() iter.Seq[Episode] {
	return func(yield func(Episode) bool) {
		for s := range t.stretches() {
			if s.state != Alarm || s.to <= t.WarmUp {
				continue
			}
			e := Episode{Start: t.From + int64(s.from), End: t.From + int64(s.to), Open: s.to == t.minutes}
			if s.from < t.WarmUp {
				e.Start, e.Before = t.From+int64(t.WarmUp), true
			}
			if !yield(e) {
				return
			}
		}
	}
}
