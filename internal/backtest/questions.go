package backtest

import (
	"fmt"
	"slices"

	"github.com/iacgate/iacgate/internal/facts"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/tally"
)

// questions are what all watches ask of the records, each once.
type questions struct {
	question tally.Question
	patterns map[string]int // by their text
	counters map[string]int // by their patterns
	err      error

	countsOnly bool // the callers are not known
	ofGroup    bool // all records have reached the log group
}

// watchQuestions are the numbers of the counters of one watch.
type watchQuestions struct {
	filters  map[string][]filterCounters // by alarm
	controls []controlCounters
}

// filterCounters are those of one filter, -1 for what is not asked: rest is what it
// publishes a default value for, unfed the matches that do not reach it.
type filterCounters struct{ matches, rest, unfed int }

// controlCounters are those of one control; -1 for what is not asked.
type controlCounters struct{ events, missed, perhaps int }

func newQuestions(o Options) *questions {
	q := &questions{patterns: map[string]int{}, counters: map[string]int{}}
	q.question.Clock, q.question.Details = o.Clock, o.Details
	if !o.Since.IsZero() {
		q.question.Since = o.Since.Unix() / 60
	}
	if !o.Until.IsZero() {
		q.question.Until = (o.Until.Unix() + 59) / 60
	}
	return q
}

// pattern returns the number of a pattern.
func (q *questions) pattern(p *filterpattern.Pattern) int {
	text := p.String()
	n, ok := q.patterns[text]
	if !ok {
		n = len(q.question.Patterns)
		q.patterns[text] = n
		q.question.Patterns = append(q.question.Patterns, p)
	}
	return n
}

// counter returns the number of a counter.
func (q *questions) counter(c tally.Counter) int {
	slices.Sort(c.All)
	slices.Sort(c.None)
	c.All, c.None = slices.Compact(c.All), slices.Compact(c.None)
	key := fmt.Sprint(c.All, c.None, c.Groups && !q.countsOnly)
	n, ok := q.counters[key]
	if !ok {
		n = len(q.question.Counters)
		q.counters[key] = n
		q.question.Counters = append(q.question.Counters, c)
	}
	return n
}

func (q *questions) ask(w *Watch) watchQuestions {
	out := watchQuestions{filters: map[string][]filterCounters{}}
	for i := range w.Monitors {
		out.filters[w.Monitors[i].Alarm] = q.filters(&w.Monitors[i])
	}
	for _, c := range w.Controls {
		out.controls = append(out.controls, q.control(w, c))
	}
	return out
}

// feed returns the pattern of the records that reach a monitor, nothing if all do.
func (q *questions) feed(m *facts.Monitor) []int {
	if m.Feed == "" || q.ofGroup {
		return nil
	}
	p, err := filterpattern.Parse(m.Feed)
	if err != nil {
		q.err = fmt.Errorf("%s: the records that reach it: %w", m.Alarm, err)
		return nil
	}
	return []int{q.pattern(p)}
}

func (q *questions) filters(m *facts.Monitor) []filterCounters {
	feed := q.feed(m)
	var out []filterCounters
	for _, f := range m.Filters {
		own := q.pattern(f.Pattern)
		c := filterCounters{matches: q.counter(tally.Counter{All: append(slices.Clone(feed), own), Groups: true}), rest: -1, unfed: -1}
		if f.Default != nil {
			c.rest = q.counter(tally.Counter{All: slices.Clone(feed), None: []int{own}})
		}
		if len(feed) > 0 {
			c.unfed = q.counter(tally.Counter{All: []int{own}, None: slices.Clone(feed)})
		}
		out = append(out, c)
	}
	return out
}

// denials is a pattern of what looks like a denied call, whatever its code.
var denials = `{ ($.errorCode = "*Denied*") || ($.errorCode = "*Unauthorized*") || ($.errorCode = "*Forbidden*") || ` +
	`($.errorMessage = "*not authorized*") || ($.errorMessage = "*Not authorized*") || ($.errorMessage = "*ccess denied*") || ($.errorMessage = "*ccess Denied*") }`

// control asks for the events of a control that none of its alarms counts.
func (q *questions) control(w *Watch, c WatchedControl) controlCounters {
	out := controlCounters{-1, -1, -1}
	if c.Reference == nil || blind(w, c) != "" {
		return out
	}
	counted, feed := q.counted(w, c)
	reference := q.pattern(c.Reference)
	var declared []int
	for _, d := range c.Declared {
		declared = append(declared, q.pattern(d))
	}
	out.events = q.counter(tally.Counter{All: append(slices.Clone(feed), reference)})
	out.missed = q.counter(tally.Counter{All: append(slices.Clone(feed), reference), None: slices.Concat(counted, declared), Groups: true})
	if c.Denials && !q.countsOnly {
		looks, err := filterpattern.Parse(denials)
		if err != nil {
			q.err = err
			return out
		}
		out.perhaps = q.counter(tally.Counter{All: append(slices.Clone(feed), q.pattern(looks)), None: slices.Concat([]int{reference}, counted, declared), Groups: true})
	}
	return out
}

// blind says why it is not known what the alarms of a control count, "" if it is.
func blind(w *Watch, c WatchedControl) string {
	for _, m := range w.Monitors {
		if m.Blind != "" && slices.Contains(c.Alarms, m.Alarm) {
			return m.Blind
		}
	}
	return ""
}

// counted returns the patterns of all filters of a control's alarms, and what all of these
// are fed with.
func (q *questions) counted(w *Watch, c WatchedControl) (patterns, feed []int) {
	first := true
	for i := range w.Monitors {
		m := &w.Monitors[i]
		if !slices.Contains(c.Alarms, m.Alarm) {
			continue
		}
		for _, f := range m.Filters {
			patterns = append(patterns, q.pattern(f.Pattern))
		}
		switch own := q.feed(m); {
		case first:
			feed, first = own, false
		case !slices.Equal(feed, own):
			feed = nil
		}
	}
	return patterns, feed
}
