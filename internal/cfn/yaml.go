package cfn

import (
	"bytes"
	"errors"
	"io"
	"sort"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/diag"
)

// maxExpanded bounds the size of a template with its aliases expanded.
const maxExpanded = 100_000

// parseYAML reads a template in YAML. Short forms such as !Ref become the long
// ones. aliased reports whether the template has aliases.
func parseYAML(file string, raw []byte) (n *node, aliased bool, err error) {
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	var doc yaml.Node
	switch err := dec.Decode(&doc); {
	case errors.Is(err, io.EOF):
		return nil, false, diag.New(file, "empty")
	case err != nil:
		return nil, false, yamlError(file, raw, err)
	}
	var second yaml.Node
	if err := dec.Decode(&second); !errors.Is(err, io.EOF) {
		if err != nil {
			return nil, false, yamlError(file, raw, err)
		}
		return nil, false, errorAt(place{file, max(second.Line, 1), max(second.Column, 1)}, "a second YAML document begins here; a template is a single one")
	}
	r := &yamlReader{file: file, built: map[*yaml.Node]*node{}, open: map[*yaml.Node]bool{}, sizes: map[*node]int{}}
	n, err = r.value(doc.Content[0], 0)
	if err == nil && r.aliased && r.size(n) > maxExpanded {
		err = errorAt(n.place, "its aliases make more than %d values", maxExpanded)
	}
	return n, r.aliased, err
}

type yamlReader struct {
	file    string
	built   map[*yaml.Node]*node // anchored values
	open    map[*yaml.Node]bool  // those that are being read
	sizes   map[*node]int
	aliased bool
	merged  int // keys that << brought in
}

func (r *yamlReader) place(y *yaml.Node) place { return place{r.file, y.Line, y.Column} }

func (r *yamlReader) value(y *yaml.Node, depth int) (*node, error) {
	if depth > maxDepth {
		return nil, tooDeep(r.place(y))
	}
	if y.Kind == yaml.AliasNode {
		return r.alias(y, depth)
	}
	if y.Anchor == "" {
		return r.tagged(y, depth)
	}
	r.open[y] = true
	n, err := r.tagged(y, depth)
	delete(r.open, y)
	r.built[y] = n
	return n, err
}

func (r *yamlReader) alias(y *yaml.Node, depth int) (*node, error) {
	r.aliased = true
	if r.open[y.Alias] {
		return nil, errorAt(r.place(y), "cycle: the alias *%s contains itself", y.Value)
	}
	if n, ok := r.built[y.Alias]; ok {
		return n, nil
	}
	return r.value(y.Alias, depth)
}

// size returns the number of values in n with all aliases in their places.
func (r *yamlReader) size(n *node) int {
	if known, ok := r.sizes[n]; ok {
		return known
	}
	total := 1
	for _, item := range n.items {
		total = min(total+r.size(item), maxExpanded+1)
	}
	for _, m := range n.members {
		total = min(total+r.size(m.value), maxExpanded+1)
	}
	r.sizes[n] = total
	return total
}

// tagged reads a value with its tag: a short form, or one of YAML's own.
func (r *yamlReader) tagged(y *yaml.Node, depth int) (*node, error) {
	if y.Style&yaml.TaggedStyle == 0 {
		return r.plain(y, depth)
	}
	if name, ok := strings.CutPrefix(y.Tag, "!!"); ok {
		return r.typed(y, name, depth)
	}
	function, ok := shortForms[y.Tag]
	if !ok {
		function = y.Tag // refused where functions count: Metadata may hold anything
	}
	n, err := r.plain(y, depth+1)
	if err != nil {
		return nil, err
	}
	if y.Kind == yaml.ScalarNode {
		n = textNode(y.Value, n.place)
	}
	return callNode(function, n, r.place(y)), nil
}

// typed reads a value with an explicit tag of YAML. CloudFormation has no binary
// and no sets.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
func (r *yamlReader) typed(y *yaml.Node, name string, depth int) (*node, error) {
	switch name {
	case "str":
		return textNode(y.Value, r.place(y)), nil
	case "int", "float", "bool", "null", "map", "seq":
		return r.plain(y, depth)
	}
	return nil, errorAt(r.place(y), "CloudFormation does not know the YAML tag !!%s", name)
}

func (r *yamlReader) plain(y *yaml.Node, depth int) (*node, error) {
	n := &node{place: r.place(y)}
	switch y.Kind {
	case yaml.SequenceNode:
		n.kind = list
		for _, c := range y.Content {
			item, err := r.value(c, depth+1)
			if err != nil {
				return nil, err
			}
			n.items = append(n.items, item)
		}
	case yaml.MappingNode:
		n.kind = object
		return n, r.members(n, y, depth)
	default:
		const quoted = yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
		n.kind, n.text = text, y.Value
		if y.Style&quoted == 0 {
			n.kind, n.text = resolve(y.Value)
		}
	}
	return n, nil
}

func (r *yamlReader) members(n *node, y *yaml.Node, depth int) error {
	var merged []member
	for i := 0; i+1 < len(y.Content); i += 2 {
		key := y.Content[i]
		value, err := r.value(y.Content[i+1], depth+1)
		if err != nil {
			return err
		}
		if key.Tag == "!!merge" {
			more, err := merge(value)
			if r.merged += len(more); err == nil && r.merged > maxExpanded {
				err = errorAt(r.place(key), "its << bring in more than %d keys", maxExpanded)
			}
			if err != nil {
				return err
			}
			merged = append(merged, more...)
			continue
		}
		name, err := r.key(key)
		if err != nil {
			return err
		}
		n.members = append(n.members, member{name, value, r.place(key)})
	}
	if err := duplicates(n); err != nil {
		return err
	}
	own := make(map[string]bool, len(n.members))
	for _, m := range n.members {
		own[m.name] = true
	}
	for _, m := range merged {
		if !own[m.name] {
			own[m.name] = true
			n.members = append(n.members, m)
		}
	}
	return nil
}

func (r *yamlReader) key(y *yaml.Node) (string, error) {
	if y.Kind == yaml.AliasNode {
		r.aliased = true
		y = y.Alias
	}
	if y.Kind != yaml.ScalarNode {
		return "", errorAt(r.place(y), "a key must be a string")
	}
	if y.Style == 0 {
		if kind, truth := resolve(y.Value); kind == boolean { // as what refers to the key is one
			return truth, nil
		}
	}
	return y.Value, nil
}

// merge returns the members that << brings in: of an object, or of a list of
// them, of which the first wins.
func merge(n *node) ([]member, error) {
	switch n.kind {
	case object:
		return n.members, nil
	case list:
		var all []member
		for _, item := range n.items {
			if item.kind != object {
				return nil, errorAt(item.place, "<< must be an object or a list of objects")
			}
			if all = append(all, item.members...); len(all) > maxExpanded {
				break
			}
		}
		return all, nil
	}
	return nil, errorAt(n.place, "<< must be an object or a list of objects")
}

// resolve reads a plain scalar by the rules of YAML 1.1, which CloudFormation
// follows: yes is true, and 012 is ten. Like most parsers it leaves y and n, and
// the number of an account that begins with 0 and is not octal.
// https://yaml.org/type/
func resolve(s string) (kind, string) {
	switch s {
	case "", "~", "null", "Null", "NULL":
		return null, ""
	case "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON":
		return boolean, "true"
	case "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF":
		return boolean, "false"
	}
	if !strings.ContainsAny(s[:1], "+-.0123456789") {
		return text, s
	}
	digits := strings.TrimPrefix(strings.ReplaceAll(s, "_", ""), "+")
	unsigned := strings.TrimPrefix(digits, "-")
	switch {
	case strings.HasPrefix(unsigned, "0x"):
		return inBase(s, strings.Replace(digits, "0x", "", 1), 16)
	case len(unsigned) > 1 && unsigned[0] == '0' && isDigits(unsigned):
		return inBase(s, digits, 8)
	case isDigits(unsigned):
		return number, digits
	case strings.Trim(unsigned, "0123456789.eE+-") != "" || !strings.ContainsAny(unsigned, "0123456789"):
		return text, s
	}
	if _, err := strconv.ParseFloat(digits, 64); err != nil {
		return text, s
	}
	return number, digits
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func inBase(s, digits string, base int) (kind, string) {
	n, err := strconv.ParseInt(digits, base, 64)
	if err != nil {
		return text, s
	}
	return number, strconv.FormatInt(n, 10)
}

// yamlError takes the parser's line out of its message, yaml: line 3: ..., and
// puts the line at fault in its place.
func yamlError(file string, raw []byte, err error) error {
	msg := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 0
	if rest, ok := strings.CutPrefix(msg, "line "); ok {
		digits, what, _ := strings.Cut(rest, ": ")
		if n, err := strconv.Atoi(digits); err == nil {
			line, msg = n, what
		}
	}
	if len(raw) <= maxSearched {
		line = lineAtFault(raw, msg)
	}
	if line > 0 {
		return errorAt(place{file, line, 1}, "no YAML: %s", msg)
	}
	return diag.New(file, "no YAML: %s", msg)
}

// maxSearched bounds the texts that are searched for the line at fault: it is
// found by reading parts of them.
const maxSearched = 256 << 10

// lineAtFault returns the number of the line with the syntax error. The parser names
// the line in which the construct around the error begins, often far above; but it
// reads from the beginning, so the text up to the error is the shortest that it refuses
// with the same message.
func lineAtFault(raw []byte, msg string) int {
	lines := bytes.SplitAfter(raw, []byte("\n"))
	ends := make([]int, len(lines))
	end := 0
	for i, l := range lines {
		end += len(l)
		ends[i] = end
	}
	return 1 + sort.Search(len(lines)-1, func(i int) bool { return refusesWith(raw[:ends[i]], msg) })
}

// refusesWith reports whether the parser refuses a text with a message.
func refusesWith(raw []byte, msg string) bool {
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	for {
		var n yaml.Node
		switch err := dec.Decode(&n); {
		case errors.Is(err, io.EOF):
			return false
		case err != nil:
			return strings.HasSuffix(err.Error(), msg)
		}
	}
}
