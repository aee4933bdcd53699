package hcl

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/schema"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/resource"
)

// metaArguments are those of Terraform itself.
var metaArguments = []string{"count", "for_each", "provider", "depends_on", "lifecycle", "connection", "provisioner", "timeouts"}

// symbol names an attribute of the instance whose text is not known.
func (i *instance) symbol(path string) string {
	return i.address + "." + catalog.Attribute(i.name.Type, path)
}

// isKept reports whether a policy sees the instance.
func (i *instance) isKept() bool { return i.scope.ev.keep(i.name.Mode, i.name.Type) }

// ref returns the mark of an attribute of the instance.
func (i *instance) ref(path string) value.Mark {
	kind := value.Managed
	if i.name.Mode == resource.Data && !i.isKept() {
		kind = value.Outside
	}
	return value.Mark{Kind: kind, Address: i.address, Path: catalog.Attribute(i.name.Type, path), Kept: i.isKept()}
}

func (i *instance) shape() *schema.Block { return schema.Of(i.name.Mode, i.name.Type) }

// isSet reports whether the code sets an argument, or writes blocks of its name.
func (i *instance) isSet(name string) bool {
	if _, ok := i.block.Body.Attributes[name]; ok {
		return true
	}
	for _, b := range i.block.Body.Blocks {
		if syntax.BlockName(b) == name {
			return true
		}
	}
	return false
}

// argument evaluates an argument, or the blocks of a name.
func (i *instance) argument(name string) (cty.Value, hcl.Diagnostics) {
	at := i.block.DefRange()
	if a := i.block.Body.Attributes[name]; a != nil {
		at = a.NameRange
	}
	c := eval.CellOf(i.arguments, name)
	return i.scope.ev.Once(c, i.address+"."+name, at, func() (cty.Value, hcl.Diagnostics) {
		if a := i.block.Body.Attributes[name]; a != nil {
			v, diags := a.Expr.Value(i.ctx)
			return i.convertArgument(name, v, diags)
		}
		inner, _ := i.shape().Block(name)
		v, diags := i.blocks(i.ctx, i.block.Body, name, inner)
		return i.convertArgument(name, v, diags)
	})
}

// provider returns the argument that chooses the provider configuration.
func (i *instance) provider() hclsyntax.Expression { return syntax.Argument(i.block, "provider") }

// setTo returns an argument that the code sets to something that may not be null.
func (i *instance) setTo(name string) (cty.Value, bool) {
	if !i.isSet(name) {
		return cty.NilVal, false
	}
	v, diags := i.argument(name)
	return v, !diags.HasErrors() && !v.IsNull()
}

// blocks evaluates the nested blocks of one type: a list of objects. If the
// elements of a dynamic block cannot be determined, the list is unknown as a whole.
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

// convertArgument converts the value of an argument, or of the blocks of a name, to the type
// that the provider asks for. A value that cannot be converted is an error here,
// because the callers rely on its type.
func (i *instance) convertArgument(name string, v cty.Value, diags hcl.Diagnostics) (cty.Value, hcl.Diagnostics) {
	if diags.HasErrors() {
		return v, diags
	}
	if diags := typeError(i.shape(), name, v, i.block.Body); diags.HasErrors() {
		return cty.DynamicVal.WithMarks(value.MarksOf(v)), diags
	}
	return i.shape().Convert(name, v), nil
}

// typeError returns the error of a value that does not have the type that the
// provider asks for.
func typeError(s *schema.Block, name string, v cty.Value, body *hclsyntax.Body) hcl.Diagnostics {
	if inner, ok := s.Block(name); ok {
		return blockTypeErrors(inner, name, v, body)
	}
	a, ok := s.Attribute(name)
	if !ok || v == cty.NilVal || a.Type == cty.DynamicPseudoType {
		return nil
	}
	plain, _ := v.UnmarkDeep()
	converted, err := value.Convert(plain, a.Type)
	if err == nil {
		if isInfinite(converted) {
			return syntax.WithHint(syntax.Errorf(placeOf(body, name), "a number that is infinite"), "something is divided by 0")
		}
		return nil
	}
	diags := syntax.WithHint(syntax.Errorf(placeOf(body, name), "%v", err), name+" takes a "+a.Type.FriendlyName())
	if convert.GetConversionUnsafe(plain.Type(), a.Type) == nil {
		return despite(laterDoubt, diags)
	}
	return diags
}

func isInfinite(v cty.Value) bool {
	return v.Type() == cty.Number && v.IsKnown() && !v.IsNull() && v.AsBigFloat().IsInf()
}

// blockTypeErrors looks into the blocks of a name.
func blockTypeErrors(s *schema.Block, name string, v cty.Value, body *hclsyntax.Body) hcl.Diagnostics {
	v, _ = v.Unmark()
	if s == nil || !v.IsKnown() || v.IsNull() || !v.CanIterateElements() {
		return nil
	}
	blocks := blocksNamed(body, name)
	for n, e := range v.AsValueSlice() {
		e, _ = e.Unmark()
		if !e.IsKnown() || e.IsNull() || !e.Type().IsObjectType() {
			continue
		}
		inner := &hclsyntax.Body{}
		if len(blocks) > 0 {
			inner = blocks[min(n, len(blocks)-1)]
		}
		fields := e.AsValueMap()
		for _, field := range slices.Sorted(maps.Keys(fields)) {
			if diags := typeError(s, field, fields[field], inner); diags.HasErrors() {
				diags[0].Summary = field + ": " + diags[0].Summary
				return diags
			}
		}
	}
	return nil
}

// blocksNamed returns the bodies of the blocks of a name, including the content
// of dynamic blocks: it is not exact about which of them an element comes from.
func blocksNamed(body *hclsyntax.Body, name string) []*hclsyntax.Body {
	var found []*hclsyntax.Body
	for _, b := range body.Blocks {
		if syntax.BlockName(b) != name {
			continue
		}
		if b.Type != "dynamic" {
			found = append(found, b.Body)
			continue
		}
		for _, content := range b.Body.Blocks {
			found = append(found, content.Body)
		}
	}
	return found
}

func placeOf(body *hclsyntax.Body, name string) hcl.Range {
	if a := body.Attributes[name]; a != nil {
		return a.Expr.Range()
	}
	return body.SrcRange
}
