// Package schedule knows the schedules of CloudWatch's alarm mute rules: when they begin,
// how long they last, and whether one follows the other without a gap. It does not know
// which alarms a rule mutes.
//
// An expression is cron(Minutes Hours Day-of-month Month Day-of-week) or
// at(yyyy-MM-ddThh:mm), a duration ISO 8601's, from PT1M to P15D.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Schedule.html
//
// Assumed where AWS is silent: days of the month and of the week work as in cron (either
// one is enough if both are restricted), and the hour at which clocks are put back is not
// a gap.
package schedule

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// IsAlways reports whether a schedule, once begun, has no gaps. An error says which part
// cannot be parsed.
func IsAlways(expression, duration string) (bool, error) {
	inner, isCron := strings.CutPrefix(strings.TrimSpace(expression), "cron(")
	inner, closed := strings.CutSuffix(inner, ")")
	if !isCron || !closed {
		if strings.HasPrefix(strings.TrimSpace(expression), "at(") {
			return false, nil
		}
		return false, fmt.Errorf("%q is neither cron(...) nor at(...)", expression)
	}
	begins, err := parseCron(inner)
	if err != nil {
		return false, err
	}
	lasts, err := parseDuration(duration)
	if err != nil {
		return false, err
	}
	return begins.isCovered(lasts), nil
}

// A cron is the values that each field admits.
type cron struct {
	minutes, hours, days, months, weekdays []int
	eitherDay                              bool // days of the month or of the week
}

var (
	monthNames = []string{"JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"}
	dayNames   = []string{"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"}
)

func parseCron(text string) (c cron, err error) {
	fields := strings.Fields(text)
	if len(fields) != 5 {
		return c, fmt.Errorf("cron(%s): %d fields, want 5", text, len(fields))
	}
	for i, f := range []struct {
		to        *[]int
		low, high int
		names     []string
	}{{&c.minutes, 0, 59, nil}, {&c.hours, 0, 23, nil}, {&c.days, 1, 31, nil}, {&c.months, 1, 12, monthNames}, {&c.weekdays, 0, 7, dayNames}} {
		if *f.to, err = parseField(fields[i], f.low, f.high, f.names); err != nil {
			return c, fmt.Errorf("cron(%s): %w", text, err)
		}
	}
	if slices.Contains(c.weekdays, 7) {
		c.weekdays = append(c.weekdays, 0) // Sunday is both
	}
	c.eitherDay = !isOpen(fields[2]) && !isOpen(fields[4])
	return c, nil
}

func isOpen(field string) bool { return field == "*" || field == "?" }

// parseField reads a list of *, values and ranges, each with a step.
func parseField(text string, low, high int, names []string) (values []int, err error) {
	for part := range strings.SplitSeq(text, ",") {
		span, stepText, stepped := strings.Cut(part, "/")
		step := 1
		if stepped {
			if step, err = strconv.Atoi(stepText); err != nil || step < 1 {
				return nil, fmt.Errorf("step %q", stepText)
			}
		}
		first, last := low, high
		if !isOpen(span) {
			from, to, isRange := strings.Cut(span, "-")
			if first, err = value(from, low, names); err != nil {
				return nil, err
			}
			if isRange {
				last, err = value(to, low, names)
			} else if !stepped {
				last = first
			}
		}
		if err != nil || first < low || last > high || first > last {
			return nil, fmt.Errorf("%q", part)
		}
		for v := first; v <= last; v += step {
			values = append(values, v)
		}
	}
	return values, nil
}

func value(text string, low int, names []string) (int, error) {
	if i := slices.Index(names, strings.ToUpper(text)); i >= 0 {
		return i + low, nil
	}
	v, err := strconv.Atoi(text)
	if err != nil {
		return 0, fmt.Errorf("%q", text)
	}
	return v, nil
}

var duration = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$`)
})

func parseDuration(text string) (time.Duration, error) {
	parts := duration().FindStringSubmatch(text)
	if parts == nil {
		return 0, fmt.Errorf("%q is not a duration such as PT4H", text)
	}
	var sum time.Duration
	for i, unit := range []time.Duration{7 * 24 * time.Hour, 24 * time.Hour, time.Hour, time.Minute, time.Second} {
		if n, err := strconv.Atoi(parts[i+1]); err == nil {
			sum += time.Duration(n) * unit
		}
	}
	return sum, nil
}

// window is the number of days that are examined: four years, including a leap day.
const window = 4*365 + 1

// isCovered reports whether each window begins before the previous one ends.
func (c cron) isCovered(lasts time.Duration) bool {
	day := time.Date(2028, time.January, 1, 0, 0, 0, 0, time.UTC)
	var covered time.Time
	for range window {
		for _, at := range c.on(day) {
			if !covered.IsZero() && at.After(covered) {
				return false
			}
			covered = at.Add(lasts)
		}
		if !covered.IsZero() && day.After(covered) {
			return false // nothing has begun since
		}
		day = day.AddDate(0, 0, 1)
	}
	return !covered.IsZero() && !day.After(covered)
}

// on returns the times at which windows begin on a day.
func (c cron) on(day time.Time) (all []time.Time) {
	inMonth, inWeek := slices.Contains(c.days, day.Day()), slices.Contains(c.weekdays, int(day.Weekday()))
	if !slices.Contains(c.months, int(day.Month())) || !(inMonth && inWeek || c.eitherDay && (inMonth || inWeek)) {
		return nil
	}
	for _, h := range c.hours {
		for _, m := range c.minutes {
			all = append(all, day.Add(time.Duration(h)*time.Hour+time.Duration(m)*time.Minute))
		}
	}
	slices.SortFunc(all, time.Time.Compare)
	return all
}
