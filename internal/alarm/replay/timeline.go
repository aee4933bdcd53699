package replay

import "github.com/iacgate/iacgate/internal/alarm"

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

// A Timeline holds the state of an alarm at the end of each minute from From on.
type Timeline struct {
	From int64
	// WarmUp is how many minutes at the beginning have states that depend on what was before.
	WarmUp int
	States []State

	points *points // nil of a composite alarm
}

// To returns the minute after the last.
func (t Timeline) To() int64 { return t.From + int64(len(t.States)) }

// Judged returns the number of minutes after the warm-up; 0 if there are too few data.
func (t Timeline) Judged() int { return len(t.States) - t.WarmUp }

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
	t.States, t.WarmUp = t.States[begin-t.From:to-t.From], int(from-begin)
	t.From = begin
	return t
}

// MinutesInAlarm counts those after the warm-up that end in ALARM.
func (t Timeline) MinutesInAlarm() int {
	n := 0
	for _, state := range t.States[t.WarmUp:] {
		if state == Alarm {
			n++
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
func (t Timeline) Episodes() []Episode {
	var out []Episode
	before := InsufficientData
	if t.WarmUp > 0 {
		before = t.States[t.WarmUp-1]
	}
	current := Episode{Start: t.From + int64(t.WarmUp), Before: before == Alarm}
	for i := t.WarmUp; i < len(t.States); i++ {
		now, minute := t.States[i], t.From+int64(i)
		switch {
		case now == Alarm && before != Alarm:
			current = Episode{Start: minute}
		case now != Alarm && before == Alarm && minute > current.Start:
			current.End = minute
			out = append(out, current)
		}
		before = now
	}
	if before == Alarm && t.Judged() > 0 {
		current.End, current.Open = t.To(), true
		out = append(out, current)
	}
	return out
}
