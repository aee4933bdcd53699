package config

import (
	"bytes"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/verdict"
)

// AddControl returns a configuration with one more custom control, and everything
// else unchanged, comments included. The control comes first in the list. data is
// that of file, empty if there is none; what is wrong with it, or with the control,
// is of type [diag.List], and nothing is returned.
func AddControl(file string, data []byte, c verdict.Control, known Known) ([]byte, error) {
	if _, err := Parse(file, data, known); err != nil {
		return nil, err
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, diag.List{syntaxError(file, err)}
	}
	line, indent, ok := controlsLine(&doc)
	if !ok {
		return nil, diag.List{{
			File: file, Line: line, Message: "custom_controls: the list is written on one line",
			Hint: "write one entry per line, each after a hyphen",
		}}
	}
	entry, err := controlEntry(c, indent)
	if err != nil {
		return nil, err
	}
	out := insert(data, line, entry)
	if _, err := Parse(file, out, known); err != nil {
		return nil, err
	}
	return out, nil
}

// controlsLine returns the line of the key of the list, 0 if there is none, and how far
// its elements are indented; ok is false if they are on one line with it.
func controlsLine(doc *yaml.Node) (line, indent int, ok bool) {
	if len(doc.Content) == 0 {
		return 0, 2, true
	}
	top := resolve(doc.Content[0])
	for i := 0; i+1 < len(top.Content); i += 2 {
		key, list := top.Content[i], resolve(top.Content[i+1])
		switch {
		case key.Value != "custom_controls":
		case isNull(list) && list.Value == "":
			return key.Line, key.Column + 1, true
		case list.Kind != yaml.SequenceNode || list.Style&yaml.FlowStyle != 0:
			return key.Line, 0, false
		default:
			return key.Line, list.Column - 1, true
		}
	}
	return 0, 2, true
}

// controlEntry returns the control as an element of the list.
func controlEntry(c verdict.Control, indent int) (string, error) {
	var b bytes.Buffer
	for _, f := range []struct{ key, value string }{
		{"id", c.ID}, {"title", c.Title}, {"severity", c.Severity}, {"events", c.Events}, {"must_match", c.MustMatch},
	} {
		value := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: f.value}
		if f.key == "must_match" {
			value.Style = yaml.SingleQuotedStyle
		}
		b.WriteString(f.key + ": ")
		if err := yaml.NewEncoder(&b).Encode(value); err != nil {
			return "", fmt.Errorf("%s: %w", f.key, err)
		}
	}
	space := strings.Repeat(" ", indent)
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	return space + "- " + strings.Join(lines, "\n"+space+"  ") + "\n", nil
}

// insert adds an entry after a line, or a list with the entry at the end.
func insert(data []byte, line int, entry string) []byte {
	text := string(data)
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	if line == 0 {
		if text != "" {
			text += "\n"
		}
		return []byte(text + "custom_controls:\n" + entry)
	}
	lines := strings.SplitAfter(text, "\n")
	return []byte(strings.Join(lines[:line], "") + entry + strings.Join(lines[line:], ""))
}

// ExclusionEntry returns the lines to add to a configuration so that events which some
// patterns match may be left out.
func ExclusionEntry(patterns []string) string {
	var b strings.Builder
	b.WriteString("if these events may be left out, add to .iacgate.yaml:\nexclusions:")
	for _, p := range patterns {
		b.WriteString("\n  - pattern: '" + strings.ReplaceAll(p, "'", "''") + "'\n    reason: ...")
	}
	return b.String()
}
