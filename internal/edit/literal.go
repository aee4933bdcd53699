package edit

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/verdict"
)

// A Literal is a place of a file where a text, a number or a truth value is written out.
type Literal struct {
	// Names are the blocks, arguments and keys around it, from the outside.
	Names []string
	IsKey bool // it is the key of an object itself

	start, end int // of Terraform's own syntax
	quoted     bool
}

// Literals returns where a file writes a value out, in the order of the file: the entries
// of tables, defaults, arguments. It is empty for a file that does not parse.
func Literals(name string, text []byte, value string) []Literal {
	if isHCL(name) || strings.HasSuffix(name, ".tfvars") {
		return literalsInHCL(text, value)
	}
	root, err := parseTree(text)
	if err != nil {
		return nil
	}
	var out []Literal
	walkTree(root, nil, func(n *yaml.Node, path []string) {
		if n.Kind == yaml.ScalarNode && n.Value == value && n.Tag != "!!null" && len(path) > 0 {
			out = append(out, Literal{Names: path})
		}
	})
	return out
}

func walkTree(n *yaml.Node, path []string, visit func(*yaml.Node, []string)) {
	visit(n, path)
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			walkTree(n.Content[i+1], slices.Concat(path, []string{n.Content[i].Value}), visit)
		}
	case yaml.SequenceNode:
		for i, item := range n.Content {
			walkTree(item, slices.Concat(path, []string{strconv.Itoa(i)}), visit)
		}
	}
}

// SetLiteral writes another value in the place of a literal.
func SetLiteral(name string, text []byte, at Literal, value string) ([]byte, error) {
	if at.end > 0 {
		return spliceHCL(text, at, value), nil
	}
	t := &tree{text: text, json: strings.HasSuffix(name, ".json")}
	p, err := t.find(at.Names)
	if err != nil {
		return nil, err
	}
	if p.value.Kind != yaml.ScalarNode {
		return nil, fmt.Errorf("%s is no text", strings.Join(at.Names, "."))
	}
	if err := t.replace(p, scalarLike(p.value, value)); err != nil {
		return nil, err
	}
	return t.text, nil
}

// scalarLike is a value as the one in its place is written: a number stays one, a text in
// quotes keeps them.
func scalarLike(old *yaml.Node, value string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: old.Tag, Value: value, Style: old.Style}
	if n.Tag == "!!str" && n.Style == 0 {
		n.Style = yaml.SingleQuotedStyle
	}
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		n.Style = yaml.SingleQuotedStyle
	}
	if strings.Contains(value, "\n") {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

func spliceHCL(text []byte, at Literal, value string) []byte {
	code := value
	if at.quoted || at.IsKey && !hclsyntax.ValidIdentifier(value) {
		code = string(hclwrite.TokensForValue(cty.StringVal(value)).Bytes())
	}
	if old := text[at.start:at.end]; len(old) > 0 && old[len(old)-1] == '\n' { // a heredoc
		code += "\n"
	}
	return slices.Concat(text[:at.start], []byte(code), text[at.end:])
}

func literalsInHCL(text []byte, value string) []Literal {
	file, diags := hclsyntax.ParseConfig(text, "", hcl.InitialPos)
	if diags.HasErrors() {
		return nil
	}
	s := &literalSearch{value: value}
	s.body(file.Body.(*hclsyntax.Body), nil)
	slices.SortStableFunc(s.found, func(a, b Literal) int { return a.start - b.start })
	return s.found
}

// A literalSearch collects the literals of a value.
type literalSearch struct {
	value string
	found []Literal
}

func (s *literalSearch) body(b *hclsyntax.Body, names []string) {
	for name, a := range b.Attributes {
		s.expression(a.Expr, append(slices.Clip(names), name))
	}
	for _, inner := range b.Blocks {
		s.body(inner.Body, slices.Concat(names, []string{inner.Type}, inner.Labels))
	}
}

func (s *literalSearch) expression(e hclsyntax.Expression, names []string) {
	switch e := e.(type) {
	case *hclsyntax.TemplateExpr:
		if text, ok := literalText(e); ok && text == s.value {
			s.add(e.SrcRange, names, true)
		}
	case *hclsyntax.LiteralValueExpr:
		if text, ok := plainText(e.Val); ok && text == s.value {
			s.add(e.SrcRange, names, false)
		}
	case *hclsyntax.ParenthesesExpr:
		s.expression(e.Expression, names)
	case *hclsyntax.TupleConsExpr:
		for _, item := range e.Exprs {
			s.expression(item, names)
		}
	case *hclsyntax.ObjectConsExpr:
		for _, item := range e.Items {
			key, quoted := keyText(item.KeyExpr)
			if key == s.value && key != "" {
				s.found = append(s.found, Literal{Names: names, IsKey: true, start: item.KeyExpr.Range().Start.Byte, end: item.KeyExpr.Range().End.Byte, quoted: quoted})
			}
			s.expression(item.ValueExpr, append(slices.Clip(names), key))
		}
	case *hclsyntax.FunctionCallExpr:
		for _, argument := range e.Args {
			s.expression(argument, names)
		}
	case *hclsyntax.ConditionalExpr:
		s.expression(e.TrueResult, names)
		s.expression(e.FalseResult, names)
	case *hclsyntax.ForExpr:
		s.expression(e.CollExpr, names)
		s.expression(e.ValExpr, names)
	case *hclsyntax.IndexExpr:
		s.expression(e.Collection, names)
	case *hclsyntax.RelativeTraversalExpr:
		s.expression(e.Source, names)
	}
}

func (s *literalSearch) add(r hcl.Range, names []string, quoted bool) {
	s.found = append(s.found, Literal{Names: names, start: r.Start.Byte, end: r.End.Byte, quoted: quoted})
}

// literalText is the text of a template without interpolations.
func literalText(e *hclsyntax.TemplateExpr) (string, bool) {
	var b strings.Builder
	for _, part := range e.Parts {
		literal, ok := part.(*hclsyntax.LiteralValueExpr)
		if !ok || literal.Val.Type() != cty.String {
			return "", false
		}
		b.WriteString(literal.Val.AsString())
	}
	return b.String(), true
}

// plainText is a number or a truth value as code writes it.
func plainText(v cty.Value) (string, bool) {
	switch {
	case v.IsNull() || !v.IsKnown():
		return "", false
	case v.Type() == cty.Bool:
		return strconv.FormatBool(v.True()), true
	case v.Type() == cty.Number:
		return v.AsBigFloat().Text('f', -1), true
	}
	return "", false
}

func keyText(e hclsyntax.Expression) (key string, quoted bool) {
	if word := hcl.ExprAsKeyword(e); word != "" {
		return word, false
	}
	v, diags := e.Value(nil)
	if diags.HasErrors() || v.IsNull() || !v.IsKnown() || v.Type() != cty.String {
		return "", false
	}
	return v.AsString(), true
}

// Argument returns where a resource gets the value of an argument from; path are the
// names of blocks, arguments and properties, without indexes.
func Argument(name string, text []byte, address, path string) Source {
	steps := slices.DeleteFunc(strings.Split(path, "."), isIndex)
	if isHCL(name) {
		return argumentInHCL(text, address, steps)
	}
	d := template
	if isTerraformJSON(name) {
		d = terraformJSON
	}
	t := &tree{text: text}
	p, err := t.find(slices.Concat(d.body(address), steps))
	switch {
	case err != nil:
		return Unset
	case p.value.Kind != yaml.ScalarNode || strings.HasPrefix(p.value.Tag, "!") && !strings.HasPrefix(p.value.Tag, "!!") || strings.Contains(p.value.Value, "${"):
		return Elsewhere
	}
	return Here
}

func isIndex(step string) bool {
	_, err := strconv.Atoi(step)
	return err == nil
}

// A Source is where a value is written.
type Source int

const (
	Unset     Source = iota // nowhere
	Here                    // in the block of the resource
	Elsewhere               // in a table, a variable, a local value, another resource
)

func argumentInHCL(text []byte, address string, path []string) Source {
	block, err := blockOf(text, address)
	if err != nil {
		return Elsewhere
	}
	body := block.Body
	for _, step := range path[:len(path)-1] {
		var inner *hclsyntax.Body
		for _, b := range body.Blocks {
			switch {
			case b.Type == "dynamic" && slices.Equal(b.Labels, []string{step}):
				return Elsewhere
			case b.Type == step:
				inner = b.Body
			}
		}
		if inner == nil {
			return Unset
		}
		body = inner
	}
	a := body.Attributes[path[len(path)-1]]
	if a == nil {
		return Unset
	}
	switch e := a.Expr.(type) {
	case *hclsyntax.LiteralValueExpr:
		return Here
	case *hclsyntax.TemplateExpr:
		if _, ok := literalText(e); ok {
			return Here
		}
	}
	return Elsewhere
}

// SetArgument writes a text, a number or a truth value over an argument that a resource
// writes out, or adds it.
func SetArgument(name string, text []byte, address, path, value string) ([]byte, error) {
	steps := slices.DeleteFunc(strings.Split(path, "."), isIndex)
	if isHCL(name) {
		code := hclLiteral(value)
		for i, step := range slices.Backward(steps) {
			if i == len(steps)-1 {
				code = step + " = " + code
			} else {
				code = step + " {\n" + code + "\n}"
			}
		}
		return applyHCL(text, verdict.Change{Language: "hcl", Resource: address, Set: code})
	}
	d, language := template, "yaml"
	if isTerraformJSON(name) {
		d = terraformJSON
	}
	if strings.HasSuffix(name, ".json") {
		language = "json"
	}
	t := &tree{text: text, json: language == "json"}
	at := slices.Concat(d.body(address), steps)
	n := &yaml.Node{Kind: yaml.ScalarNode, Value: value}
	if p, err := t.find(at); err == nil {
		n = scalarLike(p.value, value)
	} else if hclLiteral(value) != value {
		n.Tag, n.Style = "!!str", yaml.SingleQuotedStyle
	}
	if err := t.mergeMember(at[:len(at)-1], at[len(at)-1], n); err != nil {
		return nil, err
	}
	return t.text, nil
}

// hclLiteral is a value as code writes it: Terraform converts numbers and truth values to
// texts where it wants them.
func hclLiteral(value string) string {
	if value == "true" || value == "false" {
		return value
	}
	if _, err := strconv.ParseFloat(value, 64); err == nil {
		return value
	}
	return string(hclwrite.TokensForValue(cty.StringVal(value)).Bytes())
}
