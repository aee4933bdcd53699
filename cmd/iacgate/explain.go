package main

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/backtest"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/control"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/report"
	"github.com/iacgate/iacgate/internal/verdict"
)

// schemaTopics are the topics of the JSON Schemas: of the reports, of the configuration,
// and of the document that policies judge.
var schemaTopics = map[string]func() ([]byte, error){
	"schema":          func() ([]byte, error) { return report.Schema(), nil },
	"config-schema":   config.Schema,
	"backtest-schema": func() ([]byte, error) { return backtest.Schema(), nil },
	"document-schema": func() ([]byte, error) { return document.Schema(), nil },
}

func (p *program) explain() command {
	var format, example string
	f := newFlags("explain")
	registerTextOrJSON(f, &format)
	f.StringVar(&example, "example", "", "print a complete chain that passes, in this `LANGUAGE`: "+orList(exampleNames()))
	return command{
		args: "ID", summary: "a control, a link or a finding code: what, why, how to fix it",
		about: "Explain a control or a finding code: what it says, why it matters, how to fix it\n" +
			"and where AWS documents it. ID may be the number of a control in a benchmark, or a\n" +
			"link such as metric_filter, for what may be wrong with it; schema, for the JSON Schema of check's JSON\n" +
			"report, config-schema, for that of .iacgate.yaml, backtest-schema, for that of backtest's\n" +
			"report, or document-schema, for that of the document that graph prints and policies\n" +
			"judge.",
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
	if link := verdict.Link(strings.ReplaceAll(id, " ", "_")); slices.Contains(verdict.Links, link) {
		codes := slices.DeleteFunc(finding.All(), func(c finding.Code) bool { return c.Link != link })
		if asJSON {
			return verdict.ExitOK, report.JSON(p.stdout, codes)
		}
		return verdict.ExitOK, report.Link(p.stdout, link, codes, o)
	}
	if !slices.Contains(ids, id) {
		numbered, err := byNumber(id, all)
		if err != nil {
			return 0, err
		}
		switch len(numbered) {
		case 0:
			return 0, usagef("no control, link or finding code %q%s", id, didYouMean(id, slices.Concat(ids, linkNames(), finding.IDs())))
		case 1:
			id = numbered[0]
		default:
			return 0, usagef("%s is %s; name one of them", id, orList(numbered))
		}
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

// byNumber returns the controls with a number in a benchmark, which may be left out: the
// same number is another control in another one.
func byNumber(number string, known control.Catalogue) ([]string, error) {
	found, err := idsByNumber(number, known)
	if err == nil && len(found) == 0 && !strings.Contains(number, "/") {
		found, err = idsByNumber("*/"+number, known)
	}
	slices.Sort(found)
	return slices.Compact(found), err
}

func linkNames() []string {
	var names []string
	for _, l := range verdict.Links {
		names = append(names, string(l))
	}
	return names
}

func topics() []string {
	return slices.Concat(controlIDs(), linkNames(), finding.IDs(), slices.Sorted(maps.Keys(schemaTopics)))
}
