package report

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/iacgate/iacgate/internal/terminal"
	"github.com/iacgate/iacgate/internal/verdict"
)

// schemaVersion is the version of the JSON form. It changes when a program that
// reads the form could break.
const schemaVersion = "1"

//go:embed schema.json
var schema []byte

// Schema returns the JSON Schema (draft 2020-12) of the JSON form.
func Schema() []byte { return bytes.Clone(schema) }

type document struct {
	Version string `json:"version"`
	Tool    tool   `json:"tool"`

	Configuration *verdict.Configuration `json:"configuration,omitempty"`

	Inputs  []verdict.Input  `json:"inputs"`
	Results []verdict.Result `json:"results"`
	Summary verdict.Summary  `json:"summary"`
}

type tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

func writeJSON(w io.Writer, r verdict.Report, o Options) error {
	doc := document{
		Version: schemaVersion,
		Tool:    tool{"iacgate", o.Version},
		Inputs:  append([]verdict.Input{}, r.Inputs...),
		Results: append([]verdict.Result{}, r.Results...),
		Summary: r.Summary,

		Configuration: r.Configuration,
	}
	for i := range doc.Inputs {
		doc.Inputs[i].Notes = append([]string{}, doc.Inputs[i].Notes...)
	}
	for i := range doc.Results {
		doc.Results[i].Findings = append([]verdict.Finding{}, doc.Results[i].Findings...)
	}
	return JSON(w, doc)
}

// JSON writes a value as indented JSON that is safe to show on a terminal and in
// the log of a CI system: hostile characters, and ## that begins a command to the
// agents of GitHub and Azure, only occur in strings, where an escape means the same.
func JSON(w io.Writer, v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := io.WriteString(w, escapeHostile(b.String()))
	return err
}

// escapeHostile escapes hostile characters of JSON, and the two that YAML, of which JSON
// is a part, does not allow.
func escapeHostile(json string) string {
	var safe strings.Builder
	safe.Grow(len(json))
	written := 0
	for i, r := range json {
		if r == '\n' || !terminal.Hostile(r) && r != 0xfffe && r != 0xffff {
			continue
		}
		safe.WriteString(json[written:i])
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&safe, `\u%04x`, unit)
		}
		written = i + utf8.RuneLen(r)
	}
	safe.WriteString(json[written:])
	return strings.ReplaceAll(safe.String(), "##", `#\u0023`)
}
