package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"slices"

	"github.com/iacgate/iacgate/internal/diagram"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/nearest"
	"github.com/iacgate/iacgate/internal/report"
	"github.com/iacgate/iacgate/internal/verdict"
)

// A graphFormat is one output format of graph.
type graphFormat struct {
	name  string
	write func(io.Writer, judgements) error
}

func graphFormats() []graphFormat {
	return []graphFormat{
		{"json", writeDocuments},
		{"dot", drawWith(diagram.DOT)},
		{"mermaid", drawWith(diagram.Mermaid)},
	}
}

func graphNames() []string {
	var names []string
	for _, f := range graphFormats() {
		names = append(names, f.name)
	}
	return names
}

func (p *program) graph() command {
	input := inputFlags{documents: true}
	var format string
	f := newFlags("graph")
	input.register(f)
	f.StringVarP(&format, "output", "o", "json", "`FORMAT`: "+orList(graphNames()))
	return command{
		args: "[PATH...]", summary: "print or draw what iacgate sees: the document that policies judge",
		about: "Print the facts that iacgate finds in plans, states, directories and templates: exactly\n" +
			"the document that the Rego policies judge, with sensitive values removed. There is one\n" +
			"per input, or one per scenario if parameters without a value make a difference.\n" +
			"As a picture, for Graphviz or Mermaid, it has a box for each trail, log group, filter,\n" +
			"metric, alarm, topic and subscription: broken links are red; resources outside the input\n" +
			"and unknown links are dashed.",
		flags: f, environment: true, judges: true, notFromEnv: []string{"output"},
		values: inputValues(map[string]func() []string{"output": graphNames}), arguments: fileArguments,
		groups: []group{{"What to read", whatToJudge}, {"What to write", []string{"output"}}},
		examples: []string{
			"iacgate graph plan.json",
			"iacgate graph plan.json | opa eval -I -d policy.rego data.acme.deny",
			"iacgate graph -o dot plan.json | dot -Tsvg > chain.svg",
			"iacgate graph -o mermaid live/audit > chain.mmd",
		},
		run: func(ctx context.Context, paths []string) (int, error) { return p.runGraph(ctx, paths, input, format) },
	}
}

func (p *program) runGraph(ctx context.Context, paths []string, input inputFlags, format string) (int, error) {
	formats := graphFormats()
	i := slices.IndexFunc(formats, func(f graphFormat) bool { return f.name == format })
	if i < 0 {
		return 0, usagef("graph: no output format %q; known: %s", format, nearest.List(graphNames()))
	}
	cfg, controls, err := configureRun(ctx, input)
	if err != nil {
		return 0, err
	}
	input.candidates = true // a fault on any chain is drawn
	judged, err := p.judge(ctx, paths, input, cfg, controls)
	if err != nil {
		return 0, err
	}
	var b bytes.Buffer
	if err := formats[i].write(&b, judged); err != nil {
		return 0, err
	}
	return verdict.ExitOK, p.print(b.Bytes())
}

func writeDocuments(w io.Writer, js judgements) error {
	for _, j := range js {
		for _, document := range j.Documents {
			raw, err := document.JSON()
			if err != nil {
				return err
			}
			if err := report.JSON(w, json.RawMessage(raw)); err != nil {
				return err
			}
		}
	}
	return nil
}

// drawWith draws one picture for each document.
func drawWith(write func(io.Writer, []diagram.Graph) error) func(io.Writer, judgements) error {
	return func(w io.Writer, js judgements) error {
		var graphs []diagram.Graph
		for _, j := range js {
			for _, document := range j.Documents {
				g, err := diagramOf(document)
				if err != nil {
					return err
				}
				for _, r := range j.Results {
					g.Mark(r)
				}
				graphs = append(graphs, g)
			}
		}
		return write(w, graphs)
	}
}

func diagramOf(document document.Judged) (diagram.Graph, error) {
	raw, err := document.JSON()
	if err != nil {
		return diagram.Graph{}, err
	}
	return diagram.World(raw)
}
