package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/iacgate/iacgate/internal/backtest"
	"github.com/iacgate/iacgate/internal/backtest/show"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/nearest"
	"github.com/iacgate/iacgate/internal/query"
	"github.com/iacgate/iacgate/internal/tally"
	"github.com/iacgate/iacgate/internal/verdict"
)

// backtestFlags are the flags of backtest.
type backtestFlags struct {
	input   inputFlags
	events  []string
	metric  string
	history string
	since   string
	until   string
	clock   string
	bound   string // --max-per-week
	show    []string
	redact  bool
	noColor bool
	format  string
	alarm   givenAlarm
	query   queryFlags
}

func (p *program) backtest() command {
	o := backtestFlags{input: inputFlags{policyInput: "judged"}}
	f := newFlags("backtest")
	o.input.registerInputs(f)
	f.StringArrayVar(&o.events, "events", nil, "`PATH` of records: a folder with all that is in it, a file, or - for standard input; may be repeated")
	f.StringVar(&o.metric, "metric", "", "`FILE` with data points, as aws cloudwatch get-metric-data or get-metric-statistics prints them, instead of records")
	f.StringVar(&o.history, "history", "", "`FILE` of aws cloudwatch describe-alarm-history, to compare the replay with")
	o.query.register(f)
	f.StringVar(&o.since, "since", "", "only records from `TIME` on, such as 2026-11-01 or 2026-11-01T06:00:00Z")
	f.StringVar(&o.until, "until", "", "only records before `TIME`")
	f.StringVar(&o.clock, "clock", "", "count records by one `CLOCK`: event, delivery or log (default: all that the files have)")
	f.StringVar(&o.bound, "max-per-week", "", "exit 1 if an alarm goes off more than `N` times a week or misses events, 3 if the data do not decide")
	f.StringSliceVar(&o.show, "show", nil, "also show `WHAT` of the callers: ips, sessions")
	f.BoolVar(&o.redact, "redact", false, "replace the names of principals by aliases")
	f.BoolVar(&o.noColor, "no-color", false, "write without colour")
	f.StringVarP(&o.format, "output", "o", "text", "`FORMAT`: "+orList(show.Names()))
	o.alarm.register(f)
	return command{
		args: "[PATH...]", summary: "replay CloudTrail records against the alarms: how often, when, because of whom",
		about: "Replay CloudTrail records against the alarms of plans, directories and templates, by\n" +
			"CloudWatch's own rules: how often would each have gone off, when and because of whom,\n" +
			"which events do they miss, and which threshold or exclusion would keep them quiet.\n" +
			"Without PATH it replays an alarm that flags describe, on the reference patterns of the\n" +
			"controls or on --pattern. Records are read from the bucket of a trail, from exports of\n" +
			"a log group and from what aws cloudtrail and aws logs print. CloudWatch does not publish\n" +
			"all of its rules, so figures are ranges. With --query it prints a query that counts the\n" +
			"records where they are, and --counts replays its result. The report has no keys and\n" +
			"parameters, and sessions and addresses only with --show.\n" +
			"Exit status with --max-per-week N: 0 if every alarm is within N, 1 if one is beyond it or\n" +
			"events are counted by no alarm, 2 for unreadable data, 3 if the data do not decide.",
		flags: f, environment: true, notFromEnv: []string{"output", "metric", "history", "counts", "query", "table-ddl", "events", "pattern", "since", "until", "clock", "show"},
		values: readValues(map[string]func() []string{
			"output": show.Names, "clock": func() []string { return clocks }, "query": query.Engines, "show": func() []string { return shown },
		}),
		arguments: fileArguments,
		groups: []group{
			{"What to replay", []string{"events", "metric", "counts", "history", "since", "until", "clock"}},
			{"A query where the records are", []string{"query", "table-ddl"}},
			{"Which alarms", whatToRead},
			{"An alarm without PATH", givenAlarmFlags},
			{"What to write", []string{"max-per-week", "show", "redact", "output", "no-color"}},
		},
		examples: []string{
			"iacgate backtest plan.json --events AWSLogs/",
			"iacgate backtest --events AWSLogs/ --control all",
			"iacgate backtest plan.json --events AWSLogs/ --max-per-week 7",
			"iacgate backtest plan.json --query athena --since 2026-11-01 --until 2026-11-08",
			`iacgate backtest --events events.json --pattern '{ $.errorCode = "AccessDenied*" }' --threshold 5`,
		},
		run: func(ctx context.Context, paths []string) (int, error) { return p.runBacktest(ctx, paths, o) },
	}
}

var (
	clocks = []string{string(tally.EventClock), string(tally.DeliveryClock), string(tally.LogClock)}
	shown  = []string{"ips", "sessions"}
)

// runBacktest replays records and writes what it found.
func (p *program) runBacktest(ctx context.Context, paths []string, o backtestFlags) (int, error) {
	write, ok := show.Format(o.format)
	if !ok {
		return 0, usagef("backtest: no output format %q; known: %s", o.format, nearest.List(show.Names()))
	}
	options, err := o.options()
	if err != nil {
		return 0, err
	}
	watches, cfg, err := p.watches(ctx, paths, o)
	if err != nil {
		return 0, err
	}
	if o.query.engine != "" {
		return p.writeQuery(watches, o, options)
	}
	options.Timelines = o.format == "csv" || o.format == "html" || o.history != ""
	options.Limit, options.Covers = float64(cfg.Sensitivity.FailAbove), coversWith(cfg)
	memory := boundMemory(p.getenv)
	defer memory.release()
	options.Counted = memory.widen
	report, err := p.replay(ctx, watches, o, options)
	if err != nil {
		return 0, err
	}
	if o.history != "" {
		if err := p.withFile(o.history, func(in io.Reader) error { return report.CheckHistory(o.history, in) }); err != nil {
			return 0, err
		}
	}
	if o.redact {
		report.Redact()
	}
	code := map[backtest.Status]int{backtest.Within: verdict.ExitOK, backtest.Beyond: verdict.ExitFail, backtest.Undecided: verdict.ExitUnknown}[report.Status]
	return code, write(p.stdout, report, show.Options{Color: p.colored(o.noColor)})
}

// replay replays records or data points.
func (p *program) replay(ctx context.Context, watches []backtest.Watch, o backtestFlags, options backtest.Options) (report *backtest.Report, err error) {
	if o.metric != "" {
		err = p.withFile(o.metric, func(in io.Reader) error {
			report, err = backtest.RunMetric(watches, o.metric, in, options)
			return err
		})
		return report, err
	}
	if o.query.counts != "" {
		err = p.withFile(o.query.counts, func(in io.Reader) error {
			report, err = backtest.RunCounts(ctx, watches, o.query.counts, in, options)
			return err
		})
		return report, err
	}
	files, err := tally.Find(ctx, o.events, p.stdin)
	if err != nil {
		return nil, err
	}
	done := p.showProgress(&options)
	defer done()
	return backtest.Run(ctx, watches, files, options)
}

// withFile opens a file, or the standard input.
func (p *program) withFile(file string, do func(io.Reader) error) error {
	in, err := p.openEvents(file)
	if err != nil {
		return err
	}
	defer in.Close()
	return do(in)
}

// options reads the flags that say what is asked.
func (o backtestFlags) options() (out backtest.Options, err error) {
	if err := o.checkSource(); err != nil {
		return out, err
	}
	if out.Since, err = parseTime("since", o.since); err != nil {
		return out, err
	}
	if out.Until, err = parseTime("until", o.until); err != nil {
		return out, err
	}
	if !out.Until.IsZero() && !out.Since.Before(out.Until) {
		return out, usagef("--since %s is not before --until %s", o.since, o.until)
	}
	if o.clock != "" && !slices.Contains(clocks, o.clock) {
		return out, usagef("no clock %q; known: %s", o.clock, nearest.List(clocks))
	}
	out.Clock = tally.Clock(o.clock)
	for _, what := range o.show {
		switch what {
		case "ips":
			out.Details.Addresses = true
		case "sessions":
			out.Details.Sessions = true
		default:
			return out, usagef("--show %q; known: %s", what, nearest.List(shown))
		}
	}
	if o.redact && len(o.show) > 0 {
		return out, usagef("--redact leaves out what --show asks for; give one of them")
	}
	out.PerWeek, err = parseBound(o.bound)
	return out, err
}

// times are the forms of a time.
var times = []string{time.RFC3339, "2006-01-02T15:04", time.DateOnly}

// firstYear is that of CloudTrail.
const firstYear = 2013

func parseTime(flag, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	for _, form := range times {
		if at, err := time.Parse(form, text); err == nil && at.Year() >= firstYear && at.Year() < 2100 {
			return at, nil
		}
	}
	return time.Time{}, usagef("--%s %q is not a time; write 2026-11-01 or 2026-11-01T06:00:00Z", flag, text)
}

// parseBound reads a number of episodes a week.
func parseBound(text string) (*float64, error) {
	if text == "" {
		return nil, nil
	}
	n, err := parseNumber(text)
	if err != nil || n < 0 {
		return nil, usagef("--max-per-week must be a number of messages, got %q", text)
	}
	return &n, nil
}

// coversWith says whether a pattern satisfies a control once an exclusion is declared.
func coversWith(cfg config.Config) func(string, string, string) bool {
	return func(control, pattern, declared string) bool {
		with := cfg
		with.Exclusions = append(slices.Clone(cfg.Exclusions), config.Exclusion{Pattern: declared, Reason: "proposed", Controls: []string{control}})
		return holds(control, pattern, with)
	}
}

// showProgress tells a terminal how much is read, once it takes longer than a moment.
func (p *program) showProgress(o *backtest.Options) (done func()) {
	if !p.hasPatientTerminal() {
		return func() {}
	}
	begun, said := time.Now(), false
	o.Progress = func(read, of int64) {
		if time.Since(begun) < patience || of == 0 {
			return
		}
		said = true
		fmt.Fprintf(p.stderr, "\r\x1b[Kiacgate: %d %% of %s read ...", read*100/of, byteSize(of))
	}
	return func() {
		if said {
			fmt.Fprint(p.stderr, "\r\x1b[K")
		}
	}
}

func byteSize(n int64) string {
	units := []string{"B", "KB", "MB", "GB", "TB"}
	f, i := float64(n), 0
	for ; f >= 1000 && i < len(units)-1; i++ {
		f /= 1000
	}
	return strings.TrimSuffix(fmt.Sprintf("%.1f", f), ".0") + " " + units[i]
}
