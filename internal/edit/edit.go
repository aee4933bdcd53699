// Package edit applies changes to files: it replaces, adds and removes arguments of a
// resource, and adds resources, in HCL, JSON and YAML. Everything else keeps its bytes:
// formatting, comments, anchors and the order of members.
//
// It decides nothing: package fix says what to change.
package edit

import (
	"bytes"
	"fmt"

	"github.com/iacgate/iacgate/internal/verdict"
)

// Apply returns the text of a file with a change made in it. The name of the file tells
// its syntax: HCL, Terraform's JSON syntax (.tf.json), or a template in JSON or YAML.
// An error is a place that the change names and the file does not have, or a form that
// cannot be edited without changing what surrounds it.
func Apply(name string, text []byte, c verdict.Change) ([]byte, error) {
	lines := bytes.Count(text, []byte("\n"))
	if crlf := bytes.Count(text, []byte("\r\n")); crlf > 0 && crlf == lines {
		out, err := Apply(name, bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), c)
		return bytes.ReplaceAll(out, []byte("\n"), []byte("\r\n")), err
	}
	var out []byte
	var err error
	switch {
	case c.Language == "hcl":
		out, err = applyHCL(text, c)
	case isTerraformJSON(name):
		out, err = applyTree(text, c, terraformJSON)
	default:
		out, err = applyTree(text, c, template)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return out, nil
}
