package replay

import "github.com/iacgate/iacgate/internal/alarm"

// evaluation is a run of an alarm at one threshold. What an evaluation looks at is kept between the minutes: it grows
// by the newest data point, and loses the oldest ones.
type evaluation struct {
	settings alarm.Settings
	measure  alarm.Measure
	points   *points

	classes []alarm.Point // of the changes of the data points
	silence alarm.Point   // class of those before the data
	reach   int           // from the newest data point to the first that is out of the evaluation range
	sights  []sight       // as many as a period has data points, because those that one evaluation sees lie periods apart
	place   int           // of the sight with the newest data point

	state   State
	last    glance // by which it was decided
	changes int    // of the data points, so far
}

// sight is a range of data points that ends with the newest. The first is one that is not missing.
type sight struct {
	first           int
	change          int // one that is not after the first data point, if there is one
	real, breaching int
	samples         int64
}

// glance is all of a sight that matters for the state.
type glance struct {
	alarm.Sight
	samples int64
}

// start compares the data points with the threshold, and puts the sights before the first of them.
func (e *evaluation) start(threshold float64, length int) {
	e.reach = length * e.points.stride
	e.classes = make([]alarm.Point, len(e.points.values))
	for i, value := range e.points.values {
		e.classes[i] = classOf(e.measure, value, threshold)
	}
	e.silence = classOf(e.measure, e.points.silence, threshold)
	e.sights = make([]sight, e.points.stride)
	for place := range e.sights {
		e.sights[place] = e.before(place)
	}
	e.place, e.last = -1, glance{samples: -1}
}

// change returns the data point of a change; behind the last change, the end.
func (e *evaluation) change(i int) int {
	if i >= len(e.points.changes) {
		return e.points.count
	}
	return e.points.changes[i]
}

func classOf(m alarm.Measure, value, threshold float64) alarm.Point {
	switch {
	case isMissing(value):
		return alarm.Missing
	case m.Breaches(value, threshold):
		return alarm.Breaching
	}
	return alarm.Calm
}

// before returns the sight of a place before its first data point: nothing, unless metric math makes data points of
// silence.
func (e *evaluation) before(place int) sight {
	s := sight{first: place}
	if e.silence == alarm.Missing {
		return s
	}
	s.real = e.settings.EvaluationPeriods
	s.first -= s.real * e.points.stride
	if e.silence == alarm.Breaching {
		s.breaching = s.real
	}
	return s
}

// class returns the class of the data points from a change on, and the number of their samples.
func (e *evaluation) class(change int) (alarm.Point, int64) {
	if e.points.samples == nil {
		return e.classes[change], 0
	}
	return e.classes[change], e.points.samples[change]
}

// oldest is class of the first data point of a sight.
func (e *evaluation) oldest(s *sight) (alarm.Point, int64) {
	if s.first < 0 {
		return e.silence, 0
	}
	for e.change(s.change+1) <= s.first {
		s.change++
	}
	return e.class(s.change)
}

// see takes the next data point into the sight of its place, and drops those that are too old, more than the evaluation
// periods, or missing.
func (e *evaluation) see(newest int) {
	if e.place++; e.place == len(e.sights) {
		e.place = 0
	}
	if e.change(e.changes) == newest {
		e.changes++
	}
	s := &e.sights[e.place]
	class, samples := e.class(e.changes - 1)
	s.count(class, samples, 1)
	for s.first <= newest {
		class, samples := e.oldest(s)
		if class != alarm.Missing && s.real <= e.settings.EvaluationPeriods && newest-s.first < e.reach {
			return
		}
		s.count(class, samples, -1)
		s.first += e.points.stride
	}
}

// skip goes on to the next change and returns how many data points this is: once all data points that any sight holds
// are the same, the sights only move, and the state stays. An alarm that is evaluated once an hour has been by then: its
// periods are hours or longer, and one has passed since the last data point that differs left the evaluation range.
func (e *evaluation) skip(newest int) int {
	if e.points.clock || newest-e.change(e.changes-1) < e.reach {
		return 0
	}
	quiet := e.change(e.changes) - newest - 1
	for place := range e.sights {
		e.sights[place].first += quiet
	}
	return quiet
}

// count adds a data point to the sight, or takes it away.
func (s *sight) count(class alarm.Point, samples int64, by int) {
	if class == alarm.Missing {
		return
	}
	s.real += by
	s.samples += samples * int64(by)
	if class == alarm.Breaching {
		s.breaching += by
	}
}

// decide evaluates the alarm. An evaluation that sees the same as the last leaves the state as it is.
func (e *evaluation) decide(newest int) {
	now := e.look(newest)
	if now == e.last {
		return
	}
	e.last = now
	if now.samples > 0 && float64(now.samples) < e.measure.SamplesNeeded {
		return
	}
	e.state = stateOf(e.settings.Decide(now.Sight, e.state.value()))
}

// look reads the sight with the newest data point.
//
// Samples: "the alarm state does not change during periods with too few data points to be statistically significant".
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html
func (e *evaluation) look(newest int) glance {
	s := &e.sights[max(0, e.place)]
	now := glance{alarm.Sight{Real: s.real, Breaching: s.breaching}, s.samples}
	if s.real == s.breaching {
		now.Oldest = (newest-s.first)/e.points.stride + 1
	}
	return now
}
