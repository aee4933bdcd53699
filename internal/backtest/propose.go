package backtest

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/alarm"
	"github.com/iacgate/iacgate/internal/alarm/replay"
	"github.com/iacgate/iacgate/internal/facts"
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
