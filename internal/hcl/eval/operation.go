package eval

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/truth"
)

// Value returns HCL's result, marked as computed from its operands. Texts are compared
// as far as they are known.
func (e *Operation) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	v, diags := e.compute(ctx)
	v = value.WithoutOutlines(v)
	if v != cty.NilVal && v.IsMarked() {
		v = v.Mark(value.Mark{Kind: value.Made})
	}
	if err := value.CheckNumber(v); err != nil {
		return cty.DynamicVal, syntax.WrapError(e.Range(), "", err)
	}
	return v, diags
}

func (e *Operation) compute(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	switch op := e.Expression.(type) {
	case *hclsyntax.BinaryOpExpr:
		left, right := evaluate(op.LHS, ctx), evaluate(op.RHS, ctx)
		if diags := checkOperands(ctx, op.Op, op.SrcRange, left.Val, right.Val); diags.HasErrors() {
			return cty.DynamicVal, diags
		}
		if v, ok := compareTexts(op.Op, left, right); ok {
			return v, nil
		}
		v, diags := (&hclsyntax.BinaryOpExpr{LHS: left, Op: op.Op, RHS: right, SrcRange: op.SrcRange}).Value(ctx)
		return withSourcesOf(v, left.Val, right.Val), diags
	case *hclsyntax.UnaryOpExpr:
		of := evaluate(op.Val, ctx)
		if diags := checkOperands(ctx, op.Op, op.SrcRange, of.Val); diags.HasErrors() {
			return cty.DynamicVal, diags
		}
		v, diags := (&hclsyntax.UnaryOpExpr{Op: op.Op, Val: of, SrcRange: op.SrcRange, SymbolRange: op.SymbolRange}).Value(ctx)
		return withSourcesOf(v, of.Val), diags
	case *hclsyntax.TemplateJoinExpr:
		tuple, diags := op.Tuple.Value(ctx)
		if more := chargeOperands(ctx, op.Range(), tuple); diags.HasErrors() || more.HasErrors() {
			return cty.DynamicVal, append(diags, more...)
		}
		return (&hclsyntax.TemplateJoinExpr{Tuple: &hclsyntax.LiteralValueExpr{Val: tuple, SrcRange: op.Range()}}).Value(ctx)
	}
	return e.Expression.Value(ctx)
}

// checkOperands counts what an operator goes through, and refuses long texts where it
// wants numbers.
func checkOperands(ctx *hcl.EvalContext, op *hclsyntax.Operation, at hcl.Range, operands ...cty.Value) hcl.Diagnostics {
	for _, v := range operands {
		if err := value.CheckNumerals(v, op.Impl.Params()[0].Type); err != nil {
			return syntax.WrapError(at, "", err)
		}
	}
	return chargeOperands(ctx, at, operands...)
}

// compareTexts returns what == and != make of texts that are not known as a whole; ok is
// false if HCL has to decide.
func compareTexts(op *hclsyntax.Operation, left, right evaluatedExpr) (cty.Value, bool) {
	isEqual := op == hclsyntax.OpEqual
	if !isEqual && op != hclsyntax.OpNotEqual || left.diags.HasErrors() || right.diags.HasErrors() {
		return cty.NilVal, false
	}
	equal := value.Equal(left.Val, right.Val)
	if equal == truth.Unknown || left.Val.IsWhollyKnown() && right.Val.IsWhollyKnown() {
		return cty.NilVal, false
	}
	return cty.BoolVal((equal == truth.Yes) == isEqual).WithMarks(value.OfKinds(value.MarksOf(left.Val), value.Sensitive), value.OfKinds(value.MarksOf(right.Val), value.Sensitive)), true
}

// withSourcesOf gives an unknown value the sources of its operands, which HCL
// loses.
func withSourcesOf(v cty.Value, operands ...cty.Value) cty.Value {
	if v == cty.NilVal || v.IsKnown() {
		return v
	}
	return v.WithMarks(value.MarksOf(value.OneOf(operands...)))
}

// evaluatedExpr is the result of an expression, so that nothing is evaluated twice.
type evaluatedExpr struct {
	*hclsyntax.LiteralValueExpr
	diags hcl.Diagnostics
}

func evaluate(e hclsyntax.Expression, ctx *hcl.EvalContext) evaluatedExpr {
	v, diags := e.Value(ctx)
	return evaluatedExpr{&hclsyntax.LiteralValueExpr{Val: v, SrcRange: e.Range()}, diags}
}

// Value returns the result.
func (e evaluatedExpr) Value(*hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	return value.WithoutOutlines(e.Val), e.diags
}

// chargeOperands counts the operands of an operator.
func chargeOperands(ctx *hcl.EvalContext, at hcl.Range, operands ...cty.Value) hcl.Diagnostics {
	f := frameOf(ctx)
	if f == nil {
		return nil
	}
	w, err := value.Weigh(operands...)
	if err == nil {
		err = f.ev.Budget.Touch(w.Work(value.ByteWork))
	}
	return f.ev.checkLimit(at, err)
}

// chargeValues counts the values that an expression makes.
func chargeValues(ctx *hcl.EvalContext, at hcl.Range, values int) hcl.Diagnostics {
	f := frameOf(ctx)
	if f == nil {
		return nil
	}
	return f.ev.checkLimit(at, f.ev.Budget.Hold(values*value.ElementSize))
}
