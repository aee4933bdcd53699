package main

import (
	"context"

	"github.com/iacgate/iacgate/internal/report"
	"github.com/iacgate/iacgate/internal/verdict"
)

func (p *program) list() command {
	var format string
	f := newFlags("list")
	registerTextOrJSON(f, &format)
	return command{
		summary:  "the controls: id, severity, benchmark numbers, title",
		about:    "List the controls with their severity and their numbers in the benchmarks.",
		flags:    f,
		values:   map[string]func() []string{"output": textOrJSON},
		groups:   []group{{"What to write", []string{"output"}}},
		examples: []string{"iacgate list", "iacgate list -o json"},
		run: func(_ context.Context, args []string) (int, error) {
			if len(args) > 0 {
				return 0, usagef("list takes no arguments")
			}
			return p.runList(format)
		},
	}
}

func (p *program) runList(format string) (int, error) {
	asJSON, err := wantsJSON("list", format)
	if err != nil {
		return 0, err
	}
	known, err := configuredControls()
	if err != nil {
		return 0, err
	}
	controls, err := known.All()
	if err != nil {
		return 0, err
	}
	if asJSON {
		return verdict.ExitOK, report.ListJSON(p.stdout, controls)
	}
	return verdict.ExitOK, report.List(p.stdout, controls, report.Options{Color: p.colored(false)})
}
