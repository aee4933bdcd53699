package document_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/document"
)

const pageIntro = `# The judged document

<!-- Generated from internal/document by ` + "`go generate ./internal/document`" + `. Do not edit. -->

What policies get as ` + "`input`" + `, and what ` + "`iacgate graph PATH`" + ` prints, with sensitive values taken out. Its JSON Schema is
` + "`iacgate explain document-schema`" + `; [the tutorial](tutorial.md) uses it. Nodes are kept by their address, and name each other by
it: ` + "`input.topics[address].delivering`" + ` lists addresses of ` + "`input.subscriptions`" + `. What is null is unset or cannot be seen; the
latter is named in the node's ` + "`unknown`" + `.
`

// part is the part of a schema that the page shows.
type part struct {
	Description string
	Type        any
	Ref         string `json:"$ref"`
	Items       *part
	Values      json.RawMessage `json:"additionalProperties"`
	AnyOf       []part
	Enum        []string
	Properties  map[string]part
	Defs        map[string]part `json:"$defs"`
}

// TestPageIsInStep holds docs/document.md to the schema.
func TestPageIsInStep(t *testing.T) {
	const page = "../../docs/document.md"
	var whole part
	if err := json.Unmarshal(document.Schema(), &whole); err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	want.WriteString(pageIntro)
	writePart(&want, "Document", whole)
	for _, name := range slices.Sorted(maps.Keys(whole.Defs)) {
		writePart(&want, name, whole.Defs[name])
	}
	if *update {
		if err := os.WriteFile(page, want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil || !bytes.Equal(got, want.Bytes()) {
		t.Errorf("docs/document.md is out of step: go generate ./internal/document (%v)", err)
	}
}

func writePart(b *bytes.Buffer, name string, p part) {
	fmt.Fprintf(b, "\n## %s\n\n", name)
	if p.Description != "" {
		fmt.Fprintf(b, "%s\n\n", p.Description)
	}
	b.WriteString("| field | type | what |\n|---|---|---|\n")
	for _, field := range slices.Sorted(maps.Keys(p.Properties)) {
		f := p.Properties[field]
		fmt.Fprintf(b, "| `%s` | %s | %s |\n", field, f.typeName(), strings.ReplaceAll(f.Description, "|", `\|`))
	}
}

func (p part) typeName() string {
	switch {
	case p.Ref != "":
		name := strings.TrimPrefix(p.Ref, "#/$defs/")
		return "[" + name + "](#" + strings.ToLower(name) + ")"
	case len(p.AnyOf) > 0:
		return p.AnyOf[0].typeName() + " or null"
	case len(p.Enum) > 0:
		return strings.TrimPrefix(strings.Join(p.Enum, ", "), ", ") // "" is one of them where there is nothing to say
	case p.Items != nil:
		return "list of " + p.Items.typeName()
	}
	var values part
	if json.Unmarshal(p.Values, &values) == nil && (values.Type != nil || values.Ref != "" || len(values.Enum) > 0) {
		return "object of " + values.typeName()
	}
	if several, ok := p.Type.([]any); ok {
		return fmt.Sprintf("%s or %s", several...)
	}
	return fmt.Sprint(p.Type)
}
