package main

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"github.com/iacgate/iacgate/internal/alarm"
	"github.com/iacgate/iacgate/internal/backtest"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/control"
	"github.com/iacgate/iacgate/internal/coverage"
	"github.com/iacgate/iacgate/internal/facts"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/gate"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/source"
	"github.com/iacgate/iacgate/internal/verdict"
)

// A givenAlarm is an alarm that flags describe.
type givenAlarm struct {
	flags       *pflag.FlagSet
	pattern     string
	settings    alarm.Settings
	comparison  string
	defaultText string
}

// givenAlarmFlags are the flags of a given alarm, in the order of the help.
var givenAlarmFlags = []string{"pattern", "statistic", "period", "evaluation-periods", "datapoints-to-alarm", "threshold", "comparison", "missing", "default-value"}

func (g *givenAlarm) register(f *pflag.FlagSet) {
	g.flags = f
	f.StringVar(&g.pattern, "pattern", "", "filter `PATTERN` to count (default: the reference patterns of the controls)")
	f.StringVar(&g.settings.Statistic, "statistic", "Sum", "`STATISTIC`: Sum, SampleCount, Average, Minimum, Maximum, p99, ...")
	f.IntVar(&g.settings.Period, "period", 300, "length of a period in `SECONDS`")
	f.IntVar(&g.settings.EvaluationPeriods, "evaluation-periods", 1, "`N`: the newest periods that are evaluated")
	f.IntVar(&g.settings.DatapointsToAlarm, "datapoints-to-alarm", 0, "`M`: how many of these periods must breach (default: all)")
	f.Float64Var(&g.settings.Threshold, "threshold", 1, "`NUMBER` to compare with")
	f.StringVar(&g.comparison, "comparison", ">=", "`OPERATOR`: >=, >, <=, < or as CloudWatch spells it")
	f.StringVar(&g.settings.MissingData, "missing", "missing", "treatment of missing data: missing, ignore, breaching or notBreaching (`WHAT`)")
	f.StringVar(&g.defaultText, "default-value", "", "`NUMBER` that the filter publishes for other events (default: nothing)")
}

// comparisons are the operators as people write them.
var comparisons = map[string]string{
	">=": "GreaterThanOrEqualToThreshold", ">": "GreaterThanThreshold", "<=": "LessThanOrEqualToThreshold", "<": "LessThanThreshold",
}

// isGiven reports whether one of the flags is set.
func (g *givenAlarm) isGiven() bool { return slices.ContainsFunc(givenAlarmFlags, g.flags.Changed) }

// monitor returns the alarm on a pattern.
func (g *givenAlarm) monitor(name string, pattern *filterpattern.Pattern) (facts.Monitor, error) {
	s := g.settings
	s.Operator = g.comparison
	if long, ok := comparisons[g.comparison]; ok {
		s.Operator = long
	}
	if !slices.Contains([]string{"Sum", "SampleCount", "Average", "Minimum", "Maximum"}, s.Statistic) {
		s.Statistic, s.Extended = "", s.Statistic
	}
	f := facts.MonitorFilter{Pattern: pattern, Value: 1}
	if g.defaultText != "" {
		n, err := parseNumber(g.defaultText)
		if err != nil {
			return facts.Monitor{}, usagef("--default-value must be a number, got %q", g.defaultText)
		}
		f.Default = &n
	}
	if v := alarm.Evaluate(s, alarm.Series{Value: 1, Default: f.Default}); len(v.Invalid) > 0 {
		return facts.Monitor{}, usagef("CloudWatch refuses such an alarm: %s", v.Invalid[0].Text)
	}
	if _, problem := alarm.NewMeasure(s); problem != "" {
		return facts.Monitor{}, usagef("such an alarm cannot be replayed: %s", problem)
	}
	return facts.Monitor{Alarm: name, Settings: s, Filters: []facts.MonitorFilter{f}}, nil
}

// parseNumber reads a finite number as people write it.
func parseNumber(text string) (float64, error) {
	n, err := strconv.ParseFloat(text, 64)
	if err == nil && (math.IsNaN(n) || math.IsInf(n, 0) || strings.Contains(text, "_")) {
		err = strconv.ErrSyntax
	}
	return n, err
}

// watches returns the alarms that are replayed: those of inputs, or those that flags
// describe.
func (p *program) watches(ctx context.Context, paths []string, o backtestFlags) ([]backtest.Watch, config.Config, error) {
	cfg, ids, err := configureRun(ctx, o.input)
	if err != nil {
		return nil, cfg, err
	}
	s, err := p.newSession(ctx, o.input, cfg, ids)
	if err != nil {
		return nil, cfg, err
	}
	controls, err := control.With(cfg.CustomControls).Select(ids)
	if err != nil {
		return nil, cfg, err
	}
	for i, c := range controls {
		controls[i] = c.For(cfg.Profile)
	}
	if len(paths) == 0 && !o.input.changed && !o.input.recursive {
		w, err := o.alarm.watch(s.gate, controls)
		return []backtest.Watch{w}, cfg, err
	}
	if o.alarm.isGiven() {
		return nil, cfg, usagef("backtest replays the alarms of %s; --pattern and the settings of an alarm are for runs without PATH", paths[0])
	}
	defer p.busy()()
	var out []backtest.Watch
	found, err := source.ReadEach(ctx, paths, s.options, func(_ context.Context, doc *resource.Document) ([]backtest.Watch, error) {
		return watchesOf(s.gate, controls, doc)
	})
	for _, w := range found {
		out = append(out, w...)
	}
	return out, cfg, err
}

// watch returns the alarm that the flags describe, on one pattern or on that of each
// control.
func (g *givenAlarm) watch(judge *gate.Gate, controls []verdict.Control) (backtest.Watch, error) {
	w := backtest.Watch{State: backtest.Given}
	if g.pattern != "" {
		if g.flags.Changed("control") {
			return w, usagef("--pattern is instead of the reference patterns of controls; leave out --control")
		}
		pattern, err := filterpattern.Parse(g.pattern)
		if err != nil {
			return w, patternError(err)
		}
		m, err := g.monitor("pattern", pattern)
		w.Monitors = []facts.Monitor{m}
		w.Controls = []backtest.WatchedControl{{ID: "pattern", Alarms: []string{"pattern"}}}
		return w, err
	}
	for _, c := range controls {
		of, err := watchedControl(judge, c, []string{c.ID})
		if err != nil {
			return w, err
		}
		m, err := g.monitor(c.ID, of.Reference)
		if err != nil {
			return w, err
		}
		w.Monitors, w.Controls = append(w.Monitors, m), append(w.Controls, of)
	}
	return w, nil
}

// watchesOf returns the alarms of one input, after it is applied and before.
func watchesOf(judge *gate.Gate, controls []verdict.Control, doc *resource.Document) ([]backtest.Watch, error) {
	after, before, err := judge.Watching(doc)
	if err != nil {
		return nil, err
	}
	var out []backtest.Watch
	add := func(found gate.Watch, state string) error {
		w := backtest.Watch{Input: doc.Path, When: found.When, State: state, Monitors: found.Monitors, Composites: found.Composites}
		for _, c := range controls {
			of, err := watchedControl(judge, c, found.Of[c.ID])
			if err != nil {
				return err
			}
			w.Controls = append(w.Controls, of)
		}
		out = append(out, w)
		return nil
	}
	for _, found := range after {
		if err := add(found, backtest.After); err != nil {
			return nil, err
		}
	}
	if before != nil && len(before.Monitors) > 0 {
		err = add(*before, backtest.Before)
	}
	return out, err
}

func watchedControl(judge *gate.Gate, c verdict.Control, alarms []string) (backtest.WatchedControl, error) {
	out := backtest.WatchedControl{ID: c.ID, Alarms: alarms, Denials: c.ID == deniedCalls}
	var err error
	if out.Reference, err = filterpattern.Parse(c.MustMatch); err != nil {
		return out, err
	}
	out.Declared, err = judge.Declared(c)
	return out, err
}

// deniedCalls is the control that is about calls that were denied.
const deniedCalls = "unauthorized-api-calls"

// holds reports whether a pattern satisfies a control under a configuration.
func holds(id, pattern string, cfg config.Config) bool {
	p, err := filterpattern.Parse(pattern)
	if err != nil {
		return false
	}
	controls, err := control.With(cfg.CustomControls).Select([]string{id})
	if err != nil {
		return false
	}
	controls[0] = controls[0].For(cfg.Profile)
	found, err := coverage.Cover(p, controls, controls, cfg)
	return err == nil && coverage.Holds(found[0], cfg)
}
