package main

import (
	"context"
	"maps"
	"slices"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/report"
	"github.com/iacgate/iacgate/internal/verdict"
)

// schemaTopics are the topics of the JSON Schemas: of the report, of the configuration,
// and of the document that policies judge.
var schemaTopics = map[string]func() ([]byte, error){
	"schema":          func() ([]byte, error) { return report.Schema(), nil },
	"config-schema":   config.Schema,
	"document-schema": func() ([]byte, error) { return document.Schema(), nil },
}

func (p *program) explain() command {
	var format, example string
	f := newFlags("explain")
	registerTextOrJSON(f, &format)
	f.StringVar(&example, "example", "", "print a complete chain that passes, in this `LANGUAGE`: "+orList(exampleNames()))
	return command{
		args: "ID", summary: "a control or a finding code: what, why, how to fix it",
		about: "Explain a control or a finding code: what it says, why it matters, how to fix it\n" +
			"and where AWS documents it. ID may also be schema, for the JSON Schema of check's JSON\n" +
			"report, config-schema, for that of .iacgate.yaml, or document-schema, for that of the\n" +
			"document that graph prints and policies judge.",
		flags:  f,
		values: map[string]func() []string{"output": textOrJSON, "example": exampleNames}, arguments: topics,
		groups: []group{{"What to write", []string{"example", "output"}}},
		examples: []string{
			"iacgate explain unauthorized-api-calls", "iacgate explain pattern-floods", "iacgate explain schema > iacgate.schema.json",
			"iacgate explain --example hcl unauthorized-api-calls > alarm.tf",
			"iacgate explain config-schema > .iacgate.schema.json",
		},
		run: func(_ context.Context, args []string) (int, error) {
			if example != "" {
				return p.runExample(args, example, format)
			}
			if len(args) != 1 {
				return 0, usagef("explain takes one control id or finding code")
			}
			return p.runExplain(args[0], format)
		},
	}
}

func (p *program) runExplain(id, format string) (int, error) {
	asJSON, err := wantsJSON("explain", format)
	if err != nil {
		return 0, err
	}
	if schema, ok := schemaTopics[id]; ok {
		text, err := schema()
		if err != nil {
			return 0, err
		}
		_, err = p.stdout.Write(text)
		return verdict.ExitOK, err
	}
	o := report.Options{Color: p.colored(false)}
	if code, ok := finding.Lookup(id); ok {
		if asJSON {
			return verdict.ExitOK, report.CodeJSON(p.stdout, code)
		}
		return verdict.ExitOK, report.Code(p.stdout, code, o)
	}
	all, err := configuredControls()
	if err != nil {
		return 0, err
	}
	ids, err := all.IDs()
	if err != nil {
		return 0, err
	}
	if !slices.Contains(ids, id) {
		return 0, usagef("no control or finding code %q%s", id, didYouMean(id, slices.Concat(ids, finding.IDs())))
	}
	controls, err := all.Select([]string{id})
	if err != nil {
		return 0, err
	}
	if asJSON {
		return verdict.ExitOK, report.ControlJSON(p.stdout, controls[0])
	}
	return verdict.ExitOK, report.Control(p.stdout, controls[0], o)
}

func topics() []string {
	return slices.Concat(controlIDs(), finding.IDs(), slices.Sorted(maps.Keys(schemaTopics)))
}
