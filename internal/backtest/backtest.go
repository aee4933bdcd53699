// Package backtest replays CloudTrail records against alarms: how often each would have
// gone off, when and because of whom, which events no alarm counts, and which threshold or
// declared exclusion would keep it quiet, at what price.
//
// CloudWatch does not publish everything that decides. Where it does not, every figure is
// a range over all readings: the time at which a record was counted lies between the call
// and its delivery, and the data points that are looked at beyond the evaluation periods
// are none or two.
//
// It does not read inputs (package facts says what an alarm is made of) nor records
// (package tally counts them), and it writes nothing.
package backtest

import (
	"context"

	"github.com/iacgate/iacgate/internal/tally"
)

// usualPerWeek is what proposals aim at where no bound is given: one message a day.
const usualPerWeek = 7

// Run replays the records of files.
func Run(ctx context.Context, watches []Watch, files tally.Files, o Options) (*Report, error) {
	q := newQuestions(o)
	asked := make([]watchQuestions, len(watches))
	for i := range watches {
		asked[i] = q.ask(&watches[i])
	}
	if q.err != nil {
		return nil, q.err
	}
	counted, err := tally.Count(ctx, files, q.question, o.Progress)
	if err != nil {
		return nil, err
	}
	r := newRun(o, counted)
	return r.report, r.replayAll(ctx, watches, asked)
}

// replayAll replays all alarms and judges them.
func (r *run) replayAll(ctx context.Context, watches []Watch, asked []watchQuestions) error {
	for i := range watches {
		if err := ctx.Err(); err != nil {
			return err
		}
		r.replay(&watches[i], asked[i])
	}
	r.judge()
	return nil
}

// newRun begins a backtest.
func newRun(o Options, counted *tally.Tally) *run {
	if o.Counted != nil {
		o.Counted()
	}
	r := &run{options: o, tally: counted, report: &Report{Version: "1", Alarms: []Alarm{}, Controls: []Control{}, PerWeek: o.PerWeek}}
	r.describeData()
	return r
}

func (r *run) describeData() {
	d, c := r.tally.Data, r.tally.Coverage
	out := &r.report.Data
	out.Data, out.From, out.To = d, clock(d.From), clock(d.To)
	out.Hours, out.SilentHours, out.ProvenHours, out.Covered = c.Hours, len(c.Silent), len(c.Proven), c.Share()
	out.Gaps = gaps(c)
	out.MissingFiles, out.Regions = c.Missing, c.Regions
	if out.MissingFiles == nil {
		out.MissingFiles = []string{}
	}
	if out.Regions == nil {
		out.Regions = []tally.Region{}
	}
	out.Weeks = float64(c.Hours-len(c.Silent)) / (7 * 24)
	early, late := r.tally.Clocks()
	if out.Clock = string(early); early != late {
		out.Clock += " to " + string(late)
	}
}

// gaps returns the hours without any record, those that follow each other as one.
func gaps(c tally.Coverage) []Gap {
	out := []Gap{}
	silent, proven := c.Silent, c.Proven
	for len(silent)+len(proven) > 0 {
		from := &silent
		if len(silent) == 0 || len(proven) > 0 && proven[0] < silent[0] {
			from = &proven
		}
		n := 1
		for n < len(*from) && (*from)[n] == (*from)[0]+int64(n) {
			n++
		}
		hour := (*from)[0]
		out = append(out, Gap{clock(hour * 60), clock((hour + int64(n)) * 60), n, from == &proven})
		*from = (*from)[n:]
	}
	return out
}
