package main

import (
	"context"
	"errors"
	"slices"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/control"
	"github.com/iacgate/iacgate/internal/coverage"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/truth"
	"github.com/iacgate/iacgate/internal/verdict"
)

// patternFlags are the flags of pattern.
type patternFlags struct {
	control string
	event   string
	config  string
	format  string
}

func (p *program) pattern() command {
	var o patternFlags
	f := newFlags("pattern")
	f.StringVar(&o.control, "control", "", "control `ID`: exit 0 if a filter with this pattern satisfies it, else 1")
	f.StringVar(&o.event, "event", "", "`FILE` with CloudTrail records: exit 0 if one matches, else 1")
	f.StringVar(&o.config, "config", "", "configuration `FILE` (default: .iacgate.yaml here or above)")
	registerTextOrJSON(f, &o.format)
	return command{
		args: "PATTERN", summary: "what a filter pattern means, and which events it loses",
		about: "Analyse a CloudWatch Logs filter pattern: its meaning in plain words, the controls that\n" +
			"it covers, and events that it misses. With --event, list the records that match:\n" +
			"one record, JSON lines, log files of a bucket, what aws cloudtrail and aws logs print,\n" +
			"events of rules, topics, queues and streams, also with gzip; - is the standard input.",
		flags:  f,
		values: map[string]func() []string{"output": textOrJSON, "control": controlIDs},
		groups: []group{{"What to ask", []string{"control", "event", "config"}}, {"What to write", []string{"output"}}},
		examples: []string{
			`iacgate pattern '{ $.errorCode = "AccessDenied*" }'`,
			`iacgate pattern --control unauthorized-api-calls '{ $.errorCode = "AccessDenied*" }'`,
			`iacgate pattern --event event.json '{ $.errorCode = "AccessDenied*" }'`,
		},
		run: func(ctx context.Context, args []string) (int, error) {
			if len(args) != 1 {
				return 0, usagef("pattern takes one pattern; quote it: iacgate pattern '{ $.errorCode = \"AccessDenied*\" }'")
			}
			if o.control != "" && o.event != "" {
				return 0, usagef("pattern takes --control or --event, not both")
			}
			return p.runPattern(ctx, args[0], o)
		},
	}
}

func (p *program) runPattern(ctx context.Context, text string, o patternFlags) (int, error) {
	asJSON, err := wantsJSON("pattern", o.format)
	if err != nil {
		return 0, err
	}
	pattern, err := filterpattern.Parse(text)
	if err != nil {
		return 0, patternError(err)
	}
	if o.event != "" {
		return p.matchEvents(ctx, pattern, o.event, asJSON)
	}
	answer := patternAnswer{
		Pattern: pattern.String(), Kind: pattern.Kind().String(), Explanation: pattern.Explain(),
		Controls: []controlAnswer{},
	}
	if answer.Controls, err = coverageOf(pattern, o); err != nil {
		return 0, err
	}
	code := verdict.ExitOK
	if o.control != "" && !answer.Controls[0].holds {
		code = verdict.ExitFail
	}
	return code, p.writePattern(answer, asJSON)
}

// rejectedPattern is the error of a pattern that AWS rejects, too.
type rejectedPattern struct{ *filterpattern.SyntaxError }

func (r rejectedPattern) Error() string { return "iacgate: " + r.SyntaxError.Error() }

// Hints quotes AWS's wording, which can be searched for.
func (r rejectedPattern) Hints() []string {
	if r.AWS == "" {
		return nil
	}
	return []string{"AWS answers: " + r.AWS}
}

func patternError(err error) error {
	var syntax *filterpattern.SyntaxError
	if errors.As(err, &syntax) {
		return rejectedPattern{syntax}
	}
	return err
}

// coverageOf returns the coverage for one control, or for all that the pattern is aimed at.
func coverageOf(pattern *filterpattern.Pattern, o patternFlags) ([]controlAnswer, error) {
	cfg, err := configure(o.config, nil)
	if err != nil {
		return nil, err
	}
	known := control.With(cfg.CustomControls)
	ids, err := known.IDs()
	if err != nil {
		return nil, err
	}
	if o.control != "" {
		if !slices.Contains(ids, o.control) {
			return nil, usagef("no control %q%s", o.control, didYouMean(o.control, ids))
		}
		ids = []string{o.control}
	}
	controls, err := known.Select(ids)
	if err != nil {
		return nil, err
	}
	if _, err := checkExclusions(controls, cfg); err != nil {
		return nil, err
	}
	all, err := known.All()
	if err != nil {
		return nil, err
	}
	return answersFor(pattern, controls, all, cfg, o.control != "")
}

func answersFor(pattern *filterpattern.Pattern, controls, all []verdict.Control, cfg config.Config, asked bool) ([]controlAnswer, error) {
	for i, c := range controls {
		controls[i] = c.For(cfg.Profile)
	}
	found, err := coverage.Cover(pattern, controls, all, cfg)
	if err != nil {
		return nil, err
	}
	answers := []controlAnswer{}
	for i, c := range controls {
		if facts := found[i]; asked || facts.Aimed != truth.No || facts.Near {
			answers = append(answers, controlAnswer{c.ID, c.Title, facts, coverage.Holds(facts, cfg), pattern.TopFields()})
		}
	}
	return answers, nil
}
