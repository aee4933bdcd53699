package syntax

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/json"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/schema"
	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/resource"
)

// parseJSON parses the JSON syntax into the same blocks and expressions as the
// native one, so that one evaluator serves both.
// https://developer.hashicorp.com/terraform/language/syntax/json
func parseJSON(source []byte, name string) (*hclsyntax.Body, hcl.Diagnostics) {
	if d := CheckJSON(source, name); d != nil {
		return nil, hcl.Diagnostics{d}
	}
	f, diags := json.Parse(source, name)
	if diags.HasErrors() {
		return nil, diags
	}
	j := jsonReader{file: name}
	attrs, diags := f.Body.JustAttributes()
	j.diags = diags
	body := &hclsyntax.Body{Attributes: hclsyntax.Attributes{}}
	for _, a := range attrs {
		if a.Name == "//" {
			continue
		}
		depth, ok := LabelCounts[a.Name]
		if !ok {
			continue
		}
		body.Blocks = append(body.Blocks, j.labelled(a.Name, a.NameRange, a.Expr, depth, nil)...)
	}
	return body, j.diags
}

// A jsonReader turns JSON into syntax nodes.
type jsonReader struct {
	file  string
	diags hcl.Diagnostics
}

// labelled reads blocks whose labels are the keys of nested objects.
func (j *jsonReader) labelled(typ string, at hcl.Range, e hcl.Expression, depth int, labels []string) []*hclsyntax.Block {
	var blocks []*hclsyntax.Block
	if list, diags := hcl.ExprList(e); !diags.HasErrors() {
		for _, inner := range list {
			blocks = append(blocks, j.labelled(typ, at, inner, depth, labels)...)
		}
		return blocks
	}
	if depth == 0 {
		return []*hclsyntax.Block{{Type: typ, Labels: labels, TypeRange: at, Body: j.body(blockShape(typ, labels), e)}}
	}
	pairs, diags := hcl.ExprMap(e)
	j.diags = append(j.diags, diags...)
	for _, p := range pairs {
		label := literalText(p.Key)
		if label == "//" {
			continue
		}
		blocks = append(blocks, j.labelled(typ, p.Key.Range(), p.Value, depth-1, append(labels[:len(labels):len(labels)], label))...)
	}
	return blocks
}

// blockShape returns the schema of the nested blocks of a block of the top level.
func blockShape(typ string, labels []string) *schema.Block {
	switch typ {
	case "resource":
		return schema.Of(resource.Managed, labels[0])
	case "data":
		return schema.Of(resource.Data, labels[0])
	}
	return nil
}

// metaBlocks are nested blocks of any block of the top level.
var metaBlocks = map[string]bool{"lifecycle": true, "connection": true, "provisioner": true, "timeouts": true, "assume_role": true, "validation": true}

// body reads the arguments and nested blocks of a block.
func (j *jsonReader) body(s *schema.Block, e hcl.Expression) *hclsyntax.Body {
	body := &hclsyntax.Body{Attributes: hclsyntax.Attributes{}, SrcRange: e.Range(), EndRange: e.Range()}
	pairs, diags := hcl.ExprMap(e)
	j.diags = append(j.diags, diags...)
	for _, p := range pairs {
		name := literalText(p.Key)
		inner, isBlock := s.Block(name)
		switch {
		case name == "//":
		case name == "dynamic":
			body.Blocks = append(body.Blocks, j.dynamic(s, p.Value)...)
		case isBlock || metaBlocks[name]:
			body.Blocks = append(body.Blocks, j.nested(name, p.Key.Range(), inner, p.Value)...)
		case name == "provider" || name == "providers":
			body.Attributes[name] = &hclsyntax.Attribute{Name: name, Expr: j.reference(p.Value), NameRange: p.Key.Range(), SrcRange: p.Value.Range()}
		default:
			body.Attributes[name] = &hclsyntax.Attribute{Name: name, Expr: j.expression(p.Value), NameRange: p.Key.Range(), SrcRange: p.Value.Range()}
		}
	}
	return body
}

// nested reads the blocks of one type: an object, or a list of objects.
func (j *jsonReader) nested(name string, at hcl.Range, s *schema.Block, e hcl.Expression) []*hclsyntax.Block {
	var blocks []*hclsyntax.Block
	for _, one := range oneOrList(e) {
		if v, _ := one.Value(nil); v != cty.NilVal && v.IsNull() {
			continue
		}
		blocks = append(blocks, &hclsyntax.Block{Type: name, TypeRange: at, Body: j.body(s, one)})
	}
	return blocks
}

// oneOrList returns the blocks of a value that is one block or a list of them.
func oneOrList(e hcl.Expression) []hcl.Expression {
	if list, diags := hcl.ExprList(e); !diags.HasErrors() {
		return list
	}
	return []hcl.Expression{e}
}

func (j *jsonReader) dynamic(s *schema.Block, e hcl.Expression) []*hclsyntax.Block {
	var blocks []*hclsyntax.Block
	for _, labelled := range oneOrList(e) {
		pairs, diags := hcl.ExprMap(labelled)
		j.diags = append(j.diags, diags...)
		for _, p := range pairs {
			name := literalText(p.Key)
			inner, _ := s.Block(name)
			wrapper := &schema.Block{Blocks: map[string]*schema.Block{"content": inner}}
			for _, one := range oneOrList(p.Value) {
				blocks = append(blocks, &hclsyntax.Block{Type: "dynamic", Labels: []string{name}, TypeRange: p.Key.Range(), Body: j.body(wrapper, one)})
			}
		}
	}
	return blocks
}

// expression reads a value: texts are templates.
func (j *jsonReader) expression(e hcl.Expression) hclsyntax.Expression {
	if list, diags := hcl.ExprList(e); !diags.HasErrors() {
		tuple := &hclsyntax.TupleConsExpr{SrcRange: e.Range(), OpenRange: e.StartRange()}
		for _, inner := range list {
			tuple.Exprs = append(tuple.Exprs, j.expression(inner))
		}
		return tuple
	}
	if pairs, diags := hcl.ExprMap(e); !diags.HasErrors() {
		object := &hclsyntax.ObjectConsExpr{SrcRange: e.Range(), OpenRange: e.StartRange()}
		for _, p := range pairs {
			object.Items = append(object.Items, hclsyntax.ObjectConsItem{KeyExpr: j.scalar(p.Key), ValueExpr: j.expression(p.Value)})
		}
		return object
	}
	return j.scalar(e)
}

func (j *jsonReader) scalar(e hcl.Expression) hclsyntax.Expression {
	v, diags := e.Value(nil)
	j.diags = append(j.diags, diags...)
	if text, ok := value.ScalarText(v); ok && v.Type() == cty.String && strings.ContainsAny(text, "$%") {
		start := e.Range().Start
		start.Column++
		start.Byte++
		t, diags := ParseTemplate([]byte(text), j.file, start)
		j.diags = append(j.diags, diags...)
		if t != nil {
			return t
		}
	}
	return &hclsyntax.LiteralValueExpr{Val: v, SrcRange: e.Range()}
}

// reference reads what the native syntax writes without quotes: aws.frankfurt.
func (j *jsonReader) reference(e hcl.Expression) hclsyntax.Expression {
	if pairs, diags := hcl.ExprMap(e); !diags.HasErrors() {
		object := &hclsyntax.ObjectConsExpr{SrcRange: e.Range(), OpenRange: e.StartRange()}
		for _, p := range pairs {
			key := &hclsyntax.LiteralValueExpr{Val: cty.StringVal(literalText(p.Key)), SrcRange: p.Key.Range()}
			object.Items = append(object.Items, hclsyntax.ObjectConsItem{KeyExpr: key, ValueExpr: j.reference(p.Value)})
		}
		return object
	}
	t, diags := ParseExpression([]byte(literalText(e)), j.file)
	j.diags = append(j.diags, diags...)
	if t == nil {
		return &hclsyntax.LiteralValueExpr{Val: cty.NullVal(cty.DynamicPseudoType), SrcRange: e.Range()}
	}
	return t
}

// literalText returns the text of a JSON string, taken literally.
func literalText(e hcl.Expression) string {
	v, diags := e.Value(nil)
	if diags.HasErrors() {
		return ""
	}
	text, _ := value.ScalarText(v)
	return text
}

// parseJSONValues parses a file of values. Texts in it are not templates.
func parseJSONValues(source []byte, name string) (*hclsyntax.Body, hcl.Diagnostics) {
	if d := CheckJSON(source, name); d != nil {
		return nil, hcl.Diagnostics{d}
	}
	f, diags := json.Parse(source, name)
	if diags.HasErrors() {
		return nil, diags
	}
	attrs, diags := f.Body.JustAttributes()
	body := &hclsyntax.Body{Attributes: hclsyntax.Attributes{}}
	for _, a := range attrs {
		v, more := a.Expr.Value(nil)
		diags = append(diags, more...)
		body.Attributes[a.Name] = &hclsyntax.Attribute{
			Name: a.Name, NameRange: a.NameRange, SrcRange: a.Range,
			Expr: &hclsyntax.LiteralValueExpr{Val: v, SrcRange: a.Expr.Range()},
		}
	}
	return body, diags
}
