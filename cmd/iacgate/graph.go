package main

import (
	"bytes"
	"context"
	"encoding/json"

	"github.com/iacgate/iacgate/internal/verdict"
)

func (p *program) graph() command {
	input := inputFlags{documents: true}
	var format string
	f := newFlags("graph")
	input.register(f)
	f.StringVarP(&format, "output", "o", "json", "`FORMAT`: json")
	return command{
		name: "graph", args: "[PATH...]", summary: "print what iacgate sees: the document that policies judge",
		about: "Print the facts that iacgate finds in plans, states, directories and templates: exactly\n" +
			"the document that the Rego policies judge, with sensitive values taken out. There is one\n" +
			"per input, or one for each way in which parameters without a value may decide it.",
		flags:  f,
		groups: []group{{"What to read", whatToJudge}, {"What to write", []string{"output"}}},
		examples: []string{
			"iacgate graph plan.json",
			"iacgate graph plan.json | opa eval -I -d policy.rego data.acme.deny",
		},
		run: func(ctx context.Context, paths []string) (int, error) { return p.runGraph(ctx, paths, input, format) },
	}
}

func (p *program) runGraph(ctx context.Context, paths []string, input inputFlags, format string) (int, error) {
	if format != "json" {
		return 0, usagef("graph: no output format %q; known is json", format)
	}
	cfg, controls, err := asked(input)
	if err != nil {
		return 0, err
	}
	judged, err := p.judge(ctx, paths, input, cfg, controls)
	if err != nil {
		return 0, err
	}
	var b bytes.Buffer
	for _, j := range judged {
		for _, document := range j.Documents {
			if err := json.Indent(&b, document, "", "  "); err != nil {
				return 0, err
			}
			b.WriteByte('\n')
		}
	}
	_, err = p.stdout.Write(b.Bytes())
	return verdict.ExitOK, err
}
