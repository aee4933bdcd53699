package cfn

import (
	"errors"
	"strings"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/intake"
)

// maxParameters bounds a file of parameters in bytes: CloudFormation takes 200
// of at most 4 kB.
const maxParameters = 4 << 20

// ReadParameters reads a file of parameters in one of the shapes that people
// have: the list of create-stack, the object {"Parameters": {...}} of a pipeline,
// or the NAME=VALUE texts of deploy, as a JSON list or as lines. What kind of
// file it may be says read.
func ReadParameters(path string, read intake.Reader) (map[string]string, error) {
	raw, err := read(path, maxParameters)
	if err != nil {
		return nil, diag.New(path, "%v", reason(err))
	}
	if given, ok := assignments(string(raw)); ok {
		return given, nil
	}
	n, _, err := parseNode(path, raw)
	if err != nil {
		return nil, err
	}
	if err := checkTexts(n); err != nil {
		return nil, err
	}
	given := map[string]string{}
	switch {
	case n.kind == list:
		for _, item := range n.items {
			if err := readEntry(given, item); err != nil {
				return nil, err
			}
		}
		return given, nil
	case n.kind == object && n.get("Parameters") != nil && n.get("Parameters").kind == object:
		for _, m := range n.get("Parameters").members {
			value, ok := m.value.scalarList()
			if !ok {
				return nil, errorAt(m.value.place, "the value of %s must be a string", m.name)
			}
			given[m.name] = value
		}
		return given, nil
	}
	return nil, errorAt(n.place, "no parameters").
		WithHint(`write [{"ParameterKey": "Name", "ParameterValue": "value"}], {"Parameters": {"Name": "value"}} or ["Name=value"]`)
}

// readEntry reads one element of a list of parameters.
func readEntry(given map[string]string, item *node) error {
	if item.kind == text {
		name, value, ok := strings.Cut(item.text, "=")
		if !ok || name == "" {
			return errorAt(item.place, "an element is not NAME=VALUE") // it may hold a secret
		}
		given[name] = value
		return nil
	}
	key, value := item.get("ParameterKey"), item.get("ParameterValue")
	switch previous := item.get("UsePreviousValue"); {
	case key == nil || !key.isScalar():
		return errorAt(item.place, "an element without ParameterKey")
	case previous != nil && previous.text == "true":
		return nil // it is not known here
	case value == nil:
		return errorAt(item.place, "%s has no ParameterValue", key.text)
	}
	text, ok := value.scalarList()
	if !ok {
		return errorAt(value.place, "the value of %s must be a string", key.text)
	}
	given[key.text] = text
	return nil
}

// assignments reads NAME=VALUE words or lines; ok is false if the text is of
// another kind.
func assignments(text string) (given map[string]string, ok bool) {
	given = map[string]string{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		for _, one := range assignmentsIn(line) {
			name, value, found := strings.Cut(one, "=")
			if !found || !isParameterName(name) {
				return nil, false
			}
			given[name] = unquote(value)
		}
	}
	return given, len(given) > 0
}

// assignmentsIn takes a line apart: every word that is an assignment begins one,
// as deploy has them one after the other, and what follows belongs to it.
func assignmentsIn(line string) []string {
	var all []string
	quote := byte(0)
	begin := 0
	for i := range len(line) {
		switch c := line[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && i > 0 && line[i-1] == '=':
			quote = c
		case c == ' ' && beginsAssignment(line[i+1:]):
			all = append(all, strings.TrimSpace(line[begin:i]))
			begin = i + 1
		}
	}
	return append(all, strings.TrimSpace(line[begin:]))
}

// maxParameterName bounds how far a name is looked for; CloudFormation's have at
// most 255 letters and digits. Without it a line of blanks would be read once for
// each.
const maxParameterName = 255

func beginsAssignment(text string) bool {
	name, _, found := strings.Cut(text[:min(len(text), maxParameterName+1)], "=")
	return found && isParameterName(name)
}

func isParameterName(name string) bool {
	return name != "" && strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:") == ""
}

func unquote(value string) string {
	if n := len(value); n >= 2 && (value[0] == '"' || value[0] == '\'') && value[n-1] == value[0] {
		return value[1 : n-1]
	}
	return value
}

// ParseParameter reads NAME=VALUE.
func ParseParameter(text string) (name, value string, err error) {
	name, value, ok := strings.Cut(text, "=")
	if !ok || !isParameterName(name) {
		return "", "", errors.New("a parameter must be NAME=VALUE, with a name of letters and digits") // it may hold a secret
	}
	return name, value, nil
}
