package main

import (
	"io"

	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/remedy"
	"github.com/iacgate/iacgate/internal/verdict"
)

// runExample prints a chain that passes a control, the first control where none
// is named.
func (p *program) runExample(args []string, example, format string) (int, error) {
	asJSON, err := wantsJSON("explain", format)
	if err != nil {
		return 0, err
	}
	language := map[string]string{"hcl": remedy.HCL, "cfn": remedy.YAML}[example]
	switch {
	case language == "":
		return 0, usagef("explain: no example in %q; known are hcl and cfn", example)
	case asJSON && language == remedy.HCL:
		return 0, usagef("explain: an example in hcl is no JSON")
	case asJSON:
		language = remedy.JSON
	}
	if len(args) == 0 {
		args = []string{first}
	}
	if len(args) != 1 {
		return 0, usagef("explain --example takes one control id")
	}
	controls, err := policy.Select(args)
	if err != nil {
		return 0, usagef("%s", err)
	}
	if len(controls) != 1 {
		return 0, usagef("explain --example takes one control id, not %q", args[0])
	}
	_, err = io.WriteString(p.stdout, remedy.Example(controls[0].ID, controls[0].MustMatch, language))
	return verdict.ExitOK, err
}
