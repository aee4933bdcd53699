package edit

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/iacgate/iacgate/internal/verdict"
)

// applyHCL edits Terraform's own syntax.
func applyHCL(text []byte, c verdict.Change) ([]byte, error) {
	if c.Resource != "" {
		var err error
		if text, err = editBlock(text, c); err != nil {
			return nil, err
		}
	}
	if c.Add != "" {
		text = addBlocks(text, c.Add)
	}
	return text, nil
}

// addBlocks writes blocks at the end of a file, after an empty line.
func addBlocks(text []byte, blocks string) []byte {
	out := bytes.TrimRight(text, "\n")
	if len(out) > 0 {
		out = append(slices.Clip(out), "\n\n"...)
	}
	return append(out, strings.TrimRight(blocks, "\n")+"\n"...)
}

// editBlock edits the block of a resource. A block that was formatted before is so
// afterwards.
func editBlock(text []byte, c verdict.Change) ([]byte, error) {
	block, err := blockOf(text, c.Resource)
	if err != nil {
		return nil, err
	}
	at := block.Range() // with its braces
	old := text[at.Start.Byte:at.End.Byte]
	edited, err := editedBlock(old, c)
	if err != nil {
		return nil, err
	}
	if bytes.Equal(hclwrite.Format(old), old) {
		edited = hclwrite.Format(edited)
	}
	return slices.Concat(text[:at.Start.Byte], edited, text[at.End.Byte:]), nil
}

// blockOf finds the block of an address.
func blockOf(text []byte, address string) (*hclsyntax.Block, error) {
	file, diags := hclsyntax.ParseConfig(text, "", hcl.InitialPos)
	if diags.HasErrors() {
		return nil, diags
	}
	kind, names := labels(address)
	for _, b := range file.Body.(*hclsyntax.Body).Blocks {
		if b.Type == kind && slices.Equal(b.Labels, names) {
			return b, nil
		}
	}
	return nil, fmt.Errorf("no block of %s", address)
}

// labels are what the block of an address begins with. The address of a call, module.x,
// is the one of its own module.
func labels(address string) (kind string, names []string) {
	parts := strings.Split(address, ".")
	n := len(parts)
	switch {
	case n == 2 && parts[0] == "module":
		return "module", parts[1:]
	case n > 2 && parts[n-3] == "data":
		return "data", parts[n-2:]
	}
	return "resource", parts[max(n-2, 0):]
}

func editedBlock(text []byte, c verdict.Change) ([]byte, error) {
	file, err := parse(text)
	if err != nil {
		return nil, err
	}
	body := file.Body().Blocks()[0].Body()
	set, err := parse([]byte(c.Set + "\n"))
	if err != nil {
		return nil, err
	}
	if err := merge(body, set.Body()); err != nil {
		return nil, err
	}
	for _, path := range c.Remove {
		removePath(body, strings.Split(path, "."))
	}
	if c.Append != "" {
		if err := appendTo(body, c.Into, c.Append); err != nil {
			return nil, err
		}
	}
	return file.BuildTokens(nil).Bytes(), nil // File.Bytes would format them all
}

func parse(text []byte) (*hclwrite.File, error) {
	f, diags := hclwrite.ParseConfig(text, "", hcl.InitialPos)
	if diags.HasErrors() {
		return nil, diags
	}
	return f, nil
}

// merge writes arguments over those that are there; a block goes into the one block of
// its type.
func merge(into, from *hclwrite.Body) error {
	for _, name := range slices.Sorted(maps.Keys(from.Attributes())) {
		into.SetAttributeRaw(name, from.GetAttribute(name).Expr().BuildTokens(nil))
	}
	for _, b := range from.Blocks() {
		var same []*hclwrite.Block
		for _, old := range into.Blocks() {
			if old.Type() == "dynamic" && slices.Equal(old.Labels(), []string{b.Type()}) {
				return fmt.Errorf("the block %s is dynamic", b.Type())
			}
			if old.Type() == b.Type() {
				same = append(same, old)
			}
		}
		switch len(same) {
		case 0:
			into.AppendBlock(b)
		case 1:
			if err := merge(same[0].Body(), b.Body()); err != nil {
				return err
			}
		default:
			return fmt.Errorf("there are several blocks %s", b.Type())
		}
	}
	return nil
}

// removePath removes an argument, or all blocks of a type.
func removePath(body *hclwrite.Body, path []string) {
	if len(path) > 1 {
		for _, b := range body.Blocks() {
			if b.Type() == path[0] {
				removePath(b.Body(), path[1:])
			}
		}
		return
	}
	body.RemoveAttribute(path[0])
	for _, b := range body.Blocks() {
		if b.Type() == path[0] || b.Type() == "dynamic" && slices.Equal(b.Labels(), path) {
			body.RemoveBlock(b)
		}
	}
}

// appendTo adds blocks to a body, or an element to the list at a path of members of
// an argument: policy.Statement.
func appendTo(body *hclwrite.Body, into, code string) error {
	name, inner, nested := strings.Cut(into, ".")
	if name == "" {
		f, err := parse([]byte(code + "\n"))
		if err != nil {
			return err
		}
		for _, b := range f.Body().Blocks() {
			body.AppendBlock(b)
		}
		return nil
	}
	a := body.GetAttribute(name)
	if a == nil {
		return fmt.Errorf("no %s", into)
	}
	old := bytes.TrimSpace(a.Expr().BuildTokens(nil).Bytes())
	var path []string
	if nested {
		path = strings.Split(inner, ".")
	}
	edited, err := appendElement(old, path, code)
	if err != nil {
		return err
	}
	f, err := parse(slices.Concat([]byte("x = "), edited, []byte("\n")))
	if err != nil {
		return err
	}
	body.SetAttributeRaw(name, f.Body().GetAttribute("x").Expr().BuildTokens(nil))
	return nil
}

// appendElement adds an element to the list at a path of members of an object, which
// may be the argument of jsonencode.
func appendElement(expression []byte, path []string, code string) ([]byte, error) {
	e, diags := hclsyntax.ParseExpression(expression, "", hcl.InitialPos)
	if diags.HasErrors() {
		return nil, diags
	}
	for _, name := range path {
		e = member(e, name)
	}
	switch e := e.(type) {
	case *hclsyntax.TupleConsExpr:
		end := e.SrcRange.End.Byte - 1 // the bracket
		if len(e.Exprs) == 0 {
			return slices.Concat(expression[:end], []byte(code), expression[end:]), nil
		}
		last := e.Exprs[len(e.Exprs)-1].Range().End.Byte
		return slices.Concat(expression[:last], []byte(", "+code), expression[last:]), nil
	case *hclsyntax.ObjectConsExpr:
		start, end := e.SrcRange.Start.Byte, e.SrcRange.End.Byte
		return slices.Concat(expression[:start], []byte("["), expression[start:end], []byte(", "+code+"]"), expression[end:]), nil
	}
	if len(path) == 0 {
		return slices.Concat([]byte("concat("), expression, []byte(", ["+code+"])")), nil
	}
	return nil, errors.New("the list is not written here")
}

// member is the member of an object, or of the object that a function encodes; nil
// where there is none.
func member(e hclsyntax.Expression, name string) hclsyntax.Expression {
	if call, ok := e.(*hclsyntax.FunctionCallExpr); ok && call.Name == "jsonencode" && len(call.Args) == 1 {
		e = call.Args[0]
	}
	object, ok := e.(*hclsyntax.ObjectConsExpr)
	if !ok {
		return nil
	}
	for _, item := range object.Items {
		if hcl.ExprAsKeyword(item.KeyExpr) == name {
			return item.ValueExpr
		}
		if v, diags := item.KeyExpr.Value(nil); !diags.HasErrors() && v.IsKnown() && !v.IsNull() && v.Type().FriendlyName() == "string" && v.AsString() == name {
			return item.ValueExpr
		}
	}
	return nil
}
