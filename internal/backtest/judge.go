package backtest

import (
	"fmt"
	"slices"

	"github.com/iacgate/iacgate/internal/verdict"
)

// Bounds below which data decide nothing.
const (
	leastDays    = 6
	leastCovered = 0.95
)

// judge compares the figures with the bound.
func (r *run) judge() {
	out := r.report
	out.Status, out.Reasons = Within, []string{}
	if r.options.PerWeek == nil {
		return
	}
	bound := *r.options.PerWeek
	for i := range out.Alarms {
		if a := &out.Alarms[i]; a.State != Before {
			r.compare(a, bound)
		}
	}
	for _, c := range out.Controls {
		switch {
		case c.State == Before:
		case c.Unknown != "":
			r.settle(Undecided, "%s: it is not known what its alarms count: %s", c.Control, c.Unknown)
		case c.Missed.Events > 0:
			r.settle(Beyond, "%s: %d of %s are counted by no alarm", c.Control, c.Missed.Events, verdict.Plural(int(c.Events), "event"))
		case c.Alarms == 0:
			r.settle(Undecided, "%s has no alarm, and no event in these records", c.Control)
		}
	}
	if out.Status != Beyond {
		r.checkData()
	}
}

// compare compares one alarm with the bound. An alarm that goes off more often in less
// than a week than it may in a whole one needs no more data.
func (r *run) compare(a *Alarm, bound float64) {
	switch least, most := a.Range.PerWeek.Least, a.Range.PerWeek.Most; {
	case a.Unknown != "":
		r.settle(Undecided, "%s is not replayed: %s", a.Title(), a.Unknown)
	case len(a.Variants) == 0 || a.judged <= 0:
		r.settle(Undecided, "%s: too few data to evaluate its first periods", a.Title())
	case a.Matches == 0 && a.Unfed > 0:
		r.settle(Undecided, "%s: %d records match, and its trail records none of them: are these the records of its account and regions?", a.Title(), a.Unfed)
	case least > bound && (r.suffices() || float64(a.Range.Episodes.Least) > bound):
		r.settle(Beyond, "%s goes to ALARM at least %g times a week, more than %g", a.Title(), least, bound)
	case most > bound:
		r.settle(Undecided, "%s goes to ALARM %g to %g times a week, and the bound is %g", a.Title(), least, most, bound)
	case a.Range.ShareInAlarm.Most > quietShare && float64(a.Range.Episodes.Most) <= bound:
		r.settle(Within, "%s is in ALARM up to %g %% of the time: while it is, nobody is notified of anything new", a.Title(), rounded(100*a.Range.ShareInAlarm.Most, 1))
	}
}

// settle makes the status at least as bad, and gives a reason.
func (r *run) settle(to Status, format string, args ...any) {
	order := []Status{Within, Undecided, Beyond}
	if slices.Index(order, to) > slices.Index(order, r.report.Status) {
		r.report.Status = to
	}
	r.report.Reasons = append(r.report.Reasons, fmt.Sprintf(format, args...))
}

// suffices reports whether the data are long and whole enough.
func (r *run) suffices() bool {
	d := r.report.Data
	return d.Hours >= leastDays*24 && d.Covered >= leastCovered && len(d.MissingFiles) == 0 && len(d.Cut) == 0
}

// checkData says what keeps the data from deciding.
func (r *run) checkData() {
	d := r.report.Data
	if d.Hours < leastDays*24 {
		r.settle(Undecided, "the data cover %s, and less than %d days decide nothing", verdict.Plural(d.Hours, "hour"), leastDays)
	}
	if d.Covered < leastCovered {
		r.settle(Undecided, "%d of %d hours have no record: they are silent or missing", d.SilentHours, d.Hours)
	}
	if n := len(d.MissingFiles); n > 0 {
		r.settle(Undecided, "%s that digests name not given, such as %s", verdict.Plural(n, "log file"), d.MissingFiles[0])
	}
	if d.Dropped > 0 {
		r.settle(Undecided, "%s without a usable time, counted nowhere", verdict.Plural(int(d.Dropped), "record"))
	}
	for _, c := range d.Cut {
		r.settle(Undecided, "%s does not hold all: %s", c.File, c.Reason)
	}
}
