package hcl

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/iacgate/iacgate/internal/hcl/schema"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
)

// fit gives what an argument or the blocks of a name hold the types that the
// provider asks for. What has none of them is an error here: those who read the
// value rely on its type.
func (i *instance) fit(name string, v cty.Value, diags hcl.Diagnostics) (cty.Value, hcl.Diagnostics) {
	if diags.HasErrors() {
		return v, diags
	}
	if diags := misfit(i.shape(), name, v, i.block.Body); diags.HasErrors() {
		return cty.DynamicVal.WithMarks(value.MarksOf(v)), diags
	}
	return i.shape().Convert(name, v), nil
}

// misfit is the error of a value whose type is another one than the provider
// asks for.
func misfit(s *schema.Block, name string, v cty.Value, body *hclsyntax.Body) hcl.Diagnostics {
	if inner, ok := s.Block(name); ok {
		return misfits(inner, name, v, body)
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

// misfits looks into the blocks of a name.
func misfits(s *schema.Block, name string, v cty.Value, body *hclsyntax.Body) hcl.Diagnostics {
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
			if diags := misfit(s, field, fields[field], inner); diags.HasErrors() {
				diags[0].Summary = field + ": " + diags[0].Summary
				return diags
			}
		}
	}
	return nil
}

// blocksNamed are the bodies of the blocks of a name, also of those that a
// dynamic block makes: which of them an element comes from is told roughly.
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
