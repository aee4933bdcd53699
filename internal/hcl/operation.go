package hcl

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/truth"
)

// Value is what HCL computes: no longer its operands. Texts are compared as far
// as they are known.
func (e *operationExpr) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	v, diags := e.compute(ctx)
	v = unoutlined(v)
	if v != cty.NilVal && v.IsMarked() {
		v = v.Mark(mark{kind: made})
	}
	if err := checkNumber(v); err != nil {
		return cty.DynamicVal, failed(e.Range(), "", err)
	}
	return v, diags
}

func (e *operationExpr) compute(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	switch op := e.Expression.(type) {
	case *hclsyntax.BinaryOpExpr:
		left, right := evaluate(op.LHS, ctx), evaluate(op.RHS, ctx)
		if diags := operable(ctx, op.Op, op.SrcRange, left.Val, right.Val); diags.HasErrors() {
			return cty.DynamicVal, diags
		}
		if v, ok := compared(op.Op, left, right); ok {
			return v, nil
		}
		v, diags := (&hclsyntax.BinaryOpExpr{LHS: left, Op: op.Op, RHS: right, SrcRange: op.SrcRange}).Value(ctx)
		return sourcedBy(v, left.Val, right.Val), diags
	case *hclsyntax.UnaryOpExpr:
		of := evaluate(op.Val, ctx)
		if diags := operable(ctx, op.Op, op.SrcRange, of.Val); diags.HasErrors() {
			return cty.DynamicVal, diags
		}
		v, diags := (&hclsyntax.UnaryOpExpr{Op: op.Op, Val: of, SrcRange: op.SrcRange, SymbolRange: op.SymbolRange}).Value(ctx)
		return sourcedBy(v, of.Val), diags
	case *hclsyntax.TemplateJoinExpr:
		tuple, diags := op.Tuple.Value(ctx)
		if more := spentBy(ctx, op.Range(), tuple); diags.HasErrors() || more.HasErrors() {
			return cty.DynamicVal, append(diags, more...)
		}
		return (&hclsyntax.TemplateJoinExpr{Tuple: &hclsyntax.LiteralValueExpr{Val: tuple, SrcRange: op.Range()}}).Value(ctx)
	}
	return e.Expression.Value(ctx)
}

// operable counts what an operator goes through, and refuses long texts where it
// wants numbers.
func operable(ctx *hcl.EvalContext, op *hclsyntax.Operation, at hcl.Range, operands ...cty.Value) hcl.Diagnostics {
	for _, v := range operands {
		if err := checkNumerals(v, op.Impl.Params()[0].Type); err != nil {
			return failed(at, "", err)
		}
	}
	return spentBy(ctx, at, operands...)
}

// compared is what == and != make of texts that are not known as a whole; ok is
// false where HCL has to say.
func compared(op *hclsyntax.Operation, left, right evaluatedExpr) (cty.Value, bool) {
	isEqual := op == hclsyntax.OpEqual
	if !isEqual && op != hclsyntax.OpNotEqual || left.diags.HasErrors() || right.diags.HasErrors() {
		return cty.NilVal, false
	}
	equal := same(left.Val, right.Val)
	if equal == truth.Unknown || left.Val.IsWhollyKnown() && right.Val.IsWhollyKnown() {
		return cty.NilVal, false
	}
	return cty.BoolVal((equal == truth.Yes) == isEqual).WithMarks(only(marksOf(left.Val), secret), only(marksOf(right.Val), secret)), true
}

// sourcedBy gives an unknown value the sources of its operands, which HCL forgets
// where there is one.
func sourcedBy(v cty.Value, operands ...cty.Value) cty.Value {
	if v == cty.NilVal || v.IsKnown() {
		return v
	}
	return v.WithMarks(marksOf(either(operands...)))
}

// evaluatedExpr is an expression that was evaluated: nothing is evaluated twice.
type evaluatedExpr struct {
	*hclsyntax.LiteralValueExpr
	diags hcl.Diagnostics
}

func evaluate(e hclsyntax.Expression, ctx *hcl.EvalContext) evaluatedExpr {
	v, diags := e.Value(ctx)
	return evaluatedExpr{&hclsyntax.LiteralValueExpr{Val: v, SrcRange: e.Range()}, diags}
}

// Value is what the expression came to.
func (e evaluatedExpr) Value(*hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	return unoutlined(e.Val), e.diags
}
