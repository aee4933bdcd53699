package main

import (
	"io"
	"slices"

	"github.com/iacgate/iacgate/internal/fix"
	"github.com/iacgate/iacgate/internal/nearest"
	"github.com/iacgate/iacgate/internal/verdict"
)

// An exampleLanguage is a value of explain --example.
type exampleLanguage struct{ name, language string }

func exampleLanguages() []exampleLanguage {
	return []exampleLanguage{{"hcl", fix.HCL}, {"cfn", fix.YAML}}
}

func exampleNames() []string {
	var names []string
	for _, l := range exampleLanguages() {
		names = append(names, l.name)
	}
	return names
}

// runExample prints a chain that passes a control, the first control if none
// is named.
func (p *program) runExample(args []string, example, format string) (int, error) {
	asJSON, err := wantsJSON("explain", format)
	if err != nil {
		return 0, err
	}
	known := exampleLanguages()
	i := slices.IndexFunc(known, func(l exampleLanguage) bool { return l.name == example })
	if i < 0 {
		return 0, usagef("explain: no example in %q; known: %s", example, nearest.List(exampleNames()))
	}
	language := known[i].language
	switch {
	case asJSON && language == fix.HCL:
		return 0, usagef("explain: an example in hcl cannot be JSON")
	case asJSON:
		language = fix.JSON
	}
	if len(args) == 0 {
		args = []string{defaultControl}
	}
	if len(args) != 1 {
		return 0, usagef("explain --example takes one control id")
	}
	all, err := configuredControls()
	if err != nil {
		return 0, err
	}
	controls, err := all.Select(args)
	if err != nil {
		return 0, usagef("%s", err)
	}
	if len(controls) != 1 {
		return 0, usagef("explain --example takes one control id, not %q", args[0])
	}
	_, err = io.WriteString(p.stdout, fix.Example(controls[0].ID, controls[0].MustMatch, language))
	return verdict.ExitOK, err
}
