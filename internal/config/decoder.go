package config

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/glob"
	"github.com/iacgate/iacgate/internal/nearest"
	"github.com/iacgate/iacgate/internal/verdict"
)

// A decoder walks the syntax tree, so that every problem has a line: the
// library's own decoding knows lines for some errors only.
type decoder struct {
	file  string
	known Known
	found diag.List
}

// Known lists what a configuration may refer to beyond finding codes and
// profiles, which this module declares itself.
type Known struct {
	Controls []string // every control id; nil leaves ids unchecked
	// Numbers returns those of controls in benchmarks: cis-aws-3.0.0/4.1. It is
	// called where a text may be one; nil for none.
	Numbers func() []string
	// Packages are those of the user's own policies.
	Packages []string
}

// HasControl reports whether a text names controls: all, an id, the number in a
// benchmark, a package, or a glob that matches some.
func (k Known) HasControl(text string) bool {
	if k.Controls == nil || text == "all" {
		return true
	}
	names := slices.Concat(k.Controls, k.Packages)
	if strings.Contains(text, "/") && k.Numbers != nil {
		names = k.Numbers()
	}
	return slices.ContainsFunc(names, func(name string) bool { return glob.Match(text, name) })
}

// Suggest says which control somebody meant.
func (k Known) Suggest(text string) string { return suggest(text, k.Controls) }

func (d *decoder) complain(n *yaml.Node, hint, format string, args ...any) {
	d.found = append(d.found, &diag.Diagnostic{File: d.file, Line: n.Line, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// syntaxError turns the library's "yaml: line 3: what" into our form.
func syntaxError(path string, err error) *diag.Diagnostic {
	what := truncate(strings.TrimPrefix(err.Error(), "yaml: "))
	d := diag.New(path, "not YAML: %s", what)
	if rest, ok := strings.CutPrefix(what, "line "); ok {
		if number, text, ok := strings.Cut(rest, ": "); ok {
			d.Line, _ = strconv.Atoi(number)
			d.Message = "not YAML: " + text
		}
	}
	return d
}

// fields says what to do with the value of each key that a mapping may have.
type fields map[string]func(*yaml.Node)

// mapping visits the keys of a mapping and complains about keys that are
// unknown or duplicate.
func (d *decoder) mapping(n *yaml.Node, what string, known fields) {
	n = resolve(n)
	if n.Kind != yaml.MappingNode {
		d.complain(n, "", "%s must be a mapping, got %s", what, kindName(n))
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		visit, ok := known[key.Value]
		switch {
		case !ok:
			d.complain(key, suggest(key.Value, slices.Collect(maps.Keys(known))), "%s: unknown key %q", what, truncate(key.Value))
		case seen[key.Value]:
			d.complain(key, "", "%s: duplicate key %q", what, truncate(key.Value))
		default:
			visit(value)
		}
		seen[key.Value] = true
	}
}

// list visits the elements of a list; null is an empty one.
func (d *decoder) list(n *yaml.Node, what string, visit func(*yaml.Node)) {
	n = resolve(n)
	if isNull(n) {
		return
	}
	if n.Kind != yaml.SequenceNode {
		d.complain(n, "", "%s must be a list, got %s", what, kindName(n))
		return
	}
	for _, e := range n.Content {
		visit(e)
	}
}

// text reads a scalar that is not empty. Dates and numbers count as they are
// written.
func (d *decoder) text(n *yaml.Node, what string) string {
	r := resolve(n)
	if r.Kind != yaml.ScalarNode || isNull(r) || r.Value == "" {
		d.complain(n, "", "%s must be a string, got %s", what, kindName(r))
		return ""
	}
	return r.Value
}

func (d *decoder) boolean(n *yaml.Node, what string) bool {
	r := resolve(n)
	if r.ShortTag() != "!!bool" {
		d.complain(n, "", "%s must be true or false, got %s", what, kindName(r))
	}
	v, _ := strconv.ParseBool(r.Value)
	return v
}

func (d *decoder) count(n *yaml.Node, what string) int {
	r := resolve(n)
	v, err := strconv.Atoi(r.Value)
	if r.Kind != yaml.ScalarNode || err != nil || v < 1 {
		d.complain(n, "", "%s must be a whole number of at least 1, got %s", what, kindName(r))
	}
	return v
}

func (d *decoder) oneOf(n *yaml.Node, what string, allowed []string) string {
	v := d.text(n, what)
	if v != "" && !slices.Contains(allowed, v) {
		d.complain(n, "known: "+nearest.List(allowed), "unknown %s %q", what, truncate(v))
	}
	return v
}

func (d *decoder) pattern(n *yaml.Node) string {
	v := d.text(n, "pattern")
	if v == "" {
		return v
	}
	if _, err := filterpattern.Parse(v); err != nil {
		d.complain(n, "", "pattern: %v", err)
	}
	return v
}

// require complains about keys that a mapping lacks.
func (d *decoder) require(n *yaml.Node, what string, keys ...string) {
	n = resolve(n)
	if n.Kind != yaml.MappingNode {
		return
	}
	for _, k := range keys {
		if count(n, k) == 0 {
			d.complain(n, "", "%s: %s is missing", what, k)
		}
	}
}

// count returns how many of the keys a mapping has.
func count(n *yaml.Node, keys ...string) int {
	found := 0
	for i := 0; i+1 < len(n.Content); i += 2 {
		if slices.Contains(keys, n.Content[i].Value) {
			found++
		}
	}
	return found
}

// resolve follows an alias to its value. One step is enough: an alias
// of an alias does not exist in YAML.
func resolve(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		return n.Alias
	}
	return n
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

func kindName(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case isNull(n) || n.Value == "":
		return "nothing"
	}
	return strconv.Quote(truncate(n.Value))
}

// maxQuoted is how many characters of a text an error quotes: the file may be
// anything that somebody takes for a configuration.
const maxQuoted = 60

// truncate returns the beginning of a text.
func truncate(text string) string {
	if r := []rune(text); len(r) > maxQuoted {
		return string(r[:maxQuoted]) + "..."
	}
	return text
}

func suggest(word string, known []string) string {
	if near, ok := nearest.To(word, known); ok {
		return "did you mean " + near + "?"
	}
	return ""
}

// reason reads why something is excepted. What a hint leaves to be filled in says
// nothing.
func (d *decoder) reason(n *yaml.Node) string {
	text := d.text(n, "reason")
	if text != "" && !strings.ContainsFunc(text, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }) {
		d.complain(n, "say who owns it, or why it is right", "reason: %q has no words", truncate(text))
	}
	return text
}

const day = 24 * time.Hour

// days reads a number of days, which Go has not because some are longer.
func (d *decoder) days(n *yaml.Node, what string) time.Duration {
	text := d.text(n, what)
	number, unit := strings.CutSuffix(text, "d")
	v, err := strconv.ParseUint(number, 10, 16)
	if text != "" && (err != nil || !unit || v == 0) {
		d.complain(n, "write a number of days: 90d", "%s must be a number of days, got %q", what, truncate(text))
	}
	return time.Duration(v) * day
}

func (d *decoder) date(n *yaml.Node) verdict.Date {
	text := d.text(n, "expires")
	date, err := verdict.ParseDate(text)
	if err != nil && text != "" {
		d.complain(n, "write year, month and day: 2027-01-31", "expires must be a date, got %q", truncate(text))
	}
	return date
}

// glob reads a pattern as Rego's glob.match takes it.
func (d *decoder) glob(n *yaml.Node, what string) string {
	text := d.text(n, what)
	if err := glob.Check(text); err != nil {
		d.complain(n, "* matches any characters", "%s %q is not a glob: %v", what, truncate(text), err)
	}
	return text
}

func (d *decoder) duration(n *yaml.Node, what string) time.Duration {
	text := d.text(n, what)
	if text == "" {
		return 0
	}
	v, err := time.ParseDuration(text)
	if err != nil || v <= 0 {
		d.complain(n, "write a number and a unit: 90s, 30m, 1h", "%s must be a duration, got %q", what, truncate(text))
	}
	return v
}
