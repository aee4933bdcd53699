package hcl

import (
	"maps"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/schema"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
)

// blocks evaluates the nested blocks of one type: a list of objects. What a
// dynamic block makes that cannot be told is unknown as a whole.
func (i *instance) blocks(ctx *hcl.EvalContext, body *hclsyntax.Body, name string, s *schema.Block) (cty.Value, hcl.Diagnostics) {
	var list []cty.Value
	marks, unsettled := cty.ValueMarks{}, false
	for _, b := range body.Blocks {
		if syntax.BlockName(b) != name {
			continue
		}
		if b.Type != "dynamic" {
			v, diags := i.blockValue(ctx, b.Body, s)
			if diags.HasErrors() {
				return v, diags
			}
			list = append(list, v)
			continue
		}
		more, hidden, diags := i.dynamic(ctx, b, s)
		if diags.HasErrors() {
			return cty.DynamicVal, diags
		}
		list = append(list, more...)
		maps.Copy(marks, hidden)
		unsettled = unsettled || hidden != nil
	}
	v := cty.TupleVal(list)
	if unsettled {
		return cty.DynamicVal.WithMarks(marks, value.MarksOf(v)), nil
	}
	return v, nil
}

// dynamic evaluates a dynamic block. Marks are those of a collection that is not
// known.
func (i *instance) dynamic(ctx *hcl.EvalContext, b *hclsyntax.Block, s *schema.Block) (list []cty.Value, marks cty.ValueMarks, diags hcl.Diagnostics) {
	forEach, iterator, content := syntax.Argument(b, "for_each"), eval.IteratorOf(b), (*hclsyntax.Block)(nil)
	for _, inner := range b.Body.Blocks {
		if inner.Type == "content" {
			content = inner
		}
	}
	if forEach == nil || content == nil {
		return nil, nil, syntax.Errorf(b.DefRange(), "a dynamic block without for_each or content")
	}
	collection, diags := forEach.Value(ctx)
	if diags.HasErrors() {
		return nil, nil, diags
	}
	plain, marks := value.Unmark(collection)
	if !plain.IsKnown() {
		all := maps.Clone(value.MarksOf(collection))
		if all == nil {
			all = cty.ValueMarks{}
		}
		return nil, all, nil
	}
	if plain.IsNull() || !plain.CanIterateElements() {
		return nil, nil, syntax.Errorf(forEach.Range(), "a dynamic block over %s", plain.Type().FriendlyName())
	}
	if err := i.scope.ev.Step(plain.LengthInt()); err != nil {
		return nil, nil, syntax.Errorf(forEach.Range(), "%v", err)
	}
	for it := plain.ElementIterator(); it.Next(); {
		key, value := it.Element()
		if plain.Type().IsSetType() {
			key = value
		}
		inner := ctx.NewChild()
		inner.Variables = map[string]cty.Value{
			iterator: cty.ObjectVal(map[string]cty.Value{"key": key, "value": value.WithMarks(marks)}),
		}
		v, diags := i.blockValue(inner, content.Body, s)
		if diags.HasErrors() {
			return nil, nil, diags
		}
		list = append(list, v)
	}
	return list, nil, nil
}

// blockValue evaluates one nested block, with the defaults of its type.
func (i *instance) blockValue(ctx *hcl.EvalContext, body *hclsyntax.Body, s *schema.Block) (cty.Value, hcl.Diagnostics) {
	fields := map[string]cty.Value{}
	for name := range s.Names() {
		fields[name] = cty.NullVal(cty.DynamicPseudoType)
		if def, ok := s.Default(name); ok {
			fields[name] = def
		}
	}
	for name, a := range body.Attributes {
		v, diags := a.Expr.Value(ctx)
		if diags.HasErrors() {
			return cty.DynamicVal, diags
		}
		if v = s.Convert(name, v); v.IsNull() && fields[name] != cty.NilVal {
			continue
		}
		fields[name] = v
	}
	written := map[string]bool{}
	for _, b := range body.Blocks {
		name := syntax.BlockName(b)
		if written[name] {
			continue
		}
		written[name] = true
		inner, _ := s.Block(name)
		v, diags := i.blocks(ctx, body, name, inner)
		if diags.HasErrors() {
			return v, diags
		}
		fields[name] = v
	}
	return cty.ObjectVal(fields), nil
}
