package hcl

import (
	"fmt"
	"maps"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/resource"
)

// The nodes that rewrite puts in the place of HCL's own. Each embeds the node
// that it replaces, for its position and its children.
type (
	refExpr  struct{ *hclsyntax.ScopeTraversalExpr }
	partExpr struct {
		*hclsyntax.RelativeTraversalExpr
	}
	indexExpr     struct{ *hclsyntax.IndexExpr }
	choiceExpr    struct{ *hclsyntax.ConditionalExpr }
	callExpr      struct{ *hclsyntax.FunctionCallExpr }
	forExpr       struct{ *hclsyntax.ForExpr }
	objectExpr    struct{ *hclsyntax.ObjectConsExpr }
	tupleExpr     struct{ *hclsyntax.TupleConsExpr }
	templateExpr  struct{ *hclsyntax.TemplateExpr }
	splatExpr     struct{ *hclsyntax.SplatExpr }
	operationExpr struct{ hclsyntax.Expression }
)

// fault is an error at a place in the code.
func fault(r hcl.Range, format string, args ...any) hcl.Diagnostics {
	return hcl.Diagnostics{{Severity: hcl.DiagError, Summary: fmt.Sprintf(format, args...), Subject: &r}}
}

// Value finds what a reference means: a variable of a for expression or dynamic
// block in the context, anything else in the module instance.
func (e *refExpr) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	s := scopeOf(ctx)
	if s != nil && s.constant && !isBound(ctx, e.Traversal.RootName()) {
		return e.Traversal.TraverseAbs(&hcl.EvalContext{}) // HCL says that there are none
	}
	if s == nil || isBound(ctx, e.Traversal.RootName()) {
		v, diags := e.Traversal[:1].TraverseAbs(ctx)
		if diags.HasErrors() {
			return v, diags
		}
		return walk(v, e.Traversal[1:])
	}
	if err := s.ev.step(1); err != nil {
		return cty.DynamicVal, fault(e.SrcRange, "%v", err)
	}
	if s.closed {
		return cty.DynamicVal, fault(e.SrcRange, "no variable %s for this template", e.Traversal.RootName())
	}
	return s.refer(ctx, e.Traversal)
}

// Value is a part of a value, and the attribute of one instance where the value
// is a resource with an index that is computed.
func (e *partExpr) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	if index, ok := e.Source.(*indexExpr); ok {
		if ref, ok := index.Collection.(*refExpr); ok {
			if s := scopeOf(ctx); s != nil && !s.closed && !isBound(ctx, ref.Traversal.RootName()) {
				return s.indexed(ctx, ref.Traversal, index, e.Traversal)
			}
		}
	}
	v, diags := e.Source.Value(ctx)
	if diags.HasErrors() {
		return v, diags
	}
	return walk(v, e.Traversal)
}

// walk applies the steps of a traversal. Marks of a container stay on its parts.
func walk(v cty.Value, steps hcl.Traversal) (cty.Value, hcl.Diagnostics) {
	for _, step := range steps {
		diags := checkIndex(v, stepText(step), step.SourceRange())
		if diags.HasErrors() {
			return cty.DynamicVal, diags
		}
		if v, diags = stepped(v, stepText(step), step.TraversalStep); diags.HasErrors() {
			return v, diags
		}
	}
	return v, nil
}

// stepped is a part of a value. The part of a symbol is a symbol of its own.
func stepped(v cty.Value, name string, step func(cty.Value) (cty.Value, hcl.Diagnostics)) (cty.Value, hcl.Diagnostics) {
	o, told := outlineOf(v)
	switch {
	case !told && !v.IsKnown():
		part, diags := step(v)
		return part.WithMarks(undecided(marksOf(v))), diags
	case !told:
		part, diags := step(v)
		if _, whole := v.Unmark(); !part.IsKnown() && len(only(whole, managed, outside, unset)) > 1 {
			part = part.WithMarks(undecided(whole)) // a function made the container from several
		}
		return part, diags
	}
	plain, marks := unmark(v)
	part, diags := step(plain.WithMarks(marks))
	switch whole, ok := o.text.Symbol(); {
	case ok && o.parts == nil && !part.IsKnown():
		part = withSymbol(part, whole+"."+name)
	case o.parts != nil:
		part = part.WithMarks(undecided(marksOf(v)))
	}
	return part, diags
}

// Value is an element; with an index that is not known it is any of them.
func (e *indexExpr) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	if ref, ok := e.Collection.(*refExpr); ok {
		if s := scopeOf(ctx); s != nil && !s.closed && !isBound(ctx, ref.Traversal.RootName()) {
			return s.indexed(ctx, ref.Traversal, e, nil)
		}
	}
	collection, diags := e.Collection.Value(ctx)
	if diags.HasErrors() {
		return collection, diags
	}
	key, diags := e.Key.Value(ctx)
	if diags.HasErrors() {
		return key, diags
	}
	return elementOf(collection, key, e.SrcRange)
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

// spentBy counts what an operator goes through.
func spentBy(ctx *hcl.EvalContext, at hcl.Range, operands ...cty.Value) hcl.Diagnostics {
	s := scopeOf(ctx)
	if s == nil {
		return nil
	}
	w, err := weigh(operands...)
	if err == nil {
		err = s.ev.budget.touch(w.work(usual))
	}
	return s.ev.spend("", at, err)
}

// compared is what == and != make of texts that are not known as a whole; ok is
// false where HCL has to say.
func compared(op *hclsyntax.Operation, left, right evaluatedExpr) (cty.Value, bool) {
	isEqual := op == hclsyntax.OpEqual
	if !isEqual && op != hclsyntax.OpNotEqual || left.diags.HasErrors() || right.diags.HasErrors() {
		return cty.NilVal, false
	}
	equal := same(left.Val, right.Val)
	if equal == resource.Maybe || left.Val.IsWhollyKnown() && right.Val.IsWhollyKnown() {
		return cty.NilVal, false
	}
	return cty.BoolVal((equal == resource.Yes) == isEqual).WithMarks(only(marksOf(left.Val), secret), only(marksOf(right.Val), secret)), true
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

func elementOf(collection, key cty.Value, at hcl.Range) (cty.Value, hcl.Diagnostics) {
	plain, marks := unmark(key)
	if !plain.IsKnown() {
		return cty.DynamicVal.WithMarks(marksOf(collection), deciding(marks, false)), nil
	}
	if diags := checkIndex(collection, stepText(hcl.TraverseIndex{Key: plain}), at); diags.HasErrors() {
		return cty.DynamicVal, diags
	}
	v, diags := stepped(collection, stepText(hcl.TraverseIndex{Key: plain}), func(v cty.Value) (cty.Value, hcl.Diagnostics) { return hcl.Index(v, plain, &at) })
	return v.WithMarks(deciding(marks, true)), diags
}

// Value is one arm, or with a condition that is not known either of them. The
// sources of the condition are none of the result.
func (e *choiceExpr) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	condition, diags := e.Condition.Value(ctx)
	if diags.HasErrors() {
		return cty.DynamicVal, diags
	}
	marks := marksOf(condition)
	condition, _ = condition.UnmarkDeep()
	if condition.IsNull() {
		return cty.DynamicVal, fault(e.Condition.Range(), "the condition is null")
	}
	condition, err := retyped(condition, cty.Bool)
	if err != nil {
		return cty.DynamicVal, fault(e.Condition.Range(), "the condition is no truth value: %v", err)
	}
	yes, yesDiags := e.TrueResult.Value(ctx)
	no, noDiags := e.FalseResult.Value(ctx)
	if diags := spentBy(ctx, e.SrcRange, yes, no); diags.HasErrors() { // both arms get one type
		return cty.DynamicVal, diags
	}
	typ := commonType(yes, no)
	switch {
	case !condition.IsKnown():
		if yesDiags.HasErrors() || noDiags.HasErrors() {
			return cty.DynamicVal, append(yesDiags, noDiags...)
		}
		v := cty.UnknownVal(typ).WithMarks(marksOf(yes), marksOf(no), deciding(marks, false))
		if len(refsOf(marksOf(yes))) == 0 || len(refsOf(marksOf(no))) == 0 {
			v = v.Mark(mark{kind: other})
		}
		return v, nil
	case condition.True():
		return as(yes, typ).WithMarks(deciding(marks, true)), yesDiags
	}
	return as(no, typ).WithMarks(deciding(marks, true)), noDiags
}

// commonType is the type that both arms of a conditional have; any if there is
// none.
func commonType(a, b cty.Value) cty.Type {
	if a.Type() == cty.DynamicPseudoType || b.Type() == cty.DynamicPseudoType {
		if a.IsKnown() && a.IsNull() {
			return b.Type()
		}
		if b.IsKnown() && b.IsNull() {
			return a.Type()
		}
		return cty.DynamicPseudoType
	}
	if a.Type().Equals(b.Type()) {
		return a.Type()
	}
	if countIn(a.Type())+countIn(b.Type()) > maxMixed {
		return cty.DynamicPseudoType // each arm keeps its own
	}
	typ, err := unified([]cty.Type{a.Type(), b.Type()})
	if err != nil {
		return cty.DynamicPseudoType
	}
	return typ
}

// as converts a value where that is possible.
func as(v cty.Value, typ cty.Type) cty.Value {
	if typ == cty.NilType || typ == cty.DynamicPseudoType || v == cty.NilVal || v.Type() == cty.DynamicPseudoType {
		return v
	}
	converted, err := retyped(v, typ)
	if err != nil {
		return v
	}
	if v.Type() == cty.String && typ != cty.String {
		return unoutlined(converted) // the text of the number need not be the text
	}
	return converted
}

// Value builds an object. A key that is not known leaves nothing known.
func (e *objectExpr) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	if diags := heldBy(ctx, e.SrcRange, 2*len(e.Items)); diags.HasErrors() { // names and values
		return cty.DynamicVal, diags
	}
	fields := map[string]cty.Value{}
	marks, hidden := cty.ValueMarks{}, false
	var all hcl.Diagnostics
	for _, item := range e.Items {
		key, diags := item.KeyExpr.Value(ctx)
		value, more := item.ValueExpr.Value(ctx)
		all = append(append(all, diags...), more...)
		if diags.HasErrors() || more.HasErrors() {
			continue
		}
		plain, keyMarks := unmark(key)
		maps.Copy(marks, deciding(keyMarks, plain.IsKnown()))
		if plain, err := retyped(plain, cty.String); err != nil || plain.IsNull() {
			all = append(all, fault(item.KeyExpr.Range(), "a key is no text")...)
		} else if !plain.IsKnown() {
			hidden = true
			maps.Copy(marks, marksOf(value))
		} else {
			fields[plain.AsString()] = value
		}
	}
	if all.HasErrors() {
		return cty.DynamicVal, all
	}
	object := cty.ObjectVal(fields)
	if hidden {
		return cty.DynamicVal.WithMarks(marksOf(object), marks), nil
	}
	return object.WithMarks(marks), nil
}

// Value builds a list.
func (e *tupleExpr) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	if diags := heldBy(ctx, e.SrcRange, len(e.Exprs)); diags.HasErrors() {
		return cty.DynamicVal, diags
	}
	return e.TupleConsExpr.Value(ctx)
}

// heldBy counts the values that an expression makes.
func heldBy(ctx *hcl.EvalContext, at hcl.Range, values int) hcl.Diagnostics {
	s := scopeOf(ctx)
	if s == nil {
		return nil
	}
	return s.ev.spend("", at, s.ev.budget.hold(values*valueSize))
}

// Value joins the parts of a template.
func (e *templateExpr) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	var text strings.Builder
	marks, known := cty.ValueMarks{}, true
	for _, part := range e.Parts {
		v, diags := part.Value(ctx)
		if diags.HasErrors() {
			return cty.DynamicVal, diags
		}
		maps.Copy(marks, marksOf(v))
		if plain, _ := v.Unmark(); plain.IsNull() {
			return cty.DynamicVal, fault(part.Range(), "a null value in a template")
		}
		piece, told := textual(v)
		v, _ = v.UnmarkDeep()
		if _, err := retyped(v, cty.String); err != nil {
			return cty.DynamicVal, fault(part.Range(), "a value that is no text in a template: %v", err)
		}
		known = known && told
		if diags := e.spent(ctx, text.Len()+len(piece), len(piece), v); diags.HasErrors() {
			return cty.DynamicVal, diags
		}
		text.WriteString(string(piece))
	}
	if diags := e.made(ctx, text.Len(), len(marks)); diags.HasErrors() {
		return cty.DynamicVal, diags
	}
	if len(marks) > 0 && len(e.Parts) > 1 {
		marks[mark{kind: made}] = struct{}{}
	}
	if !known {
		return cty.UnknownVal(cty.String).RefineNotNull().WithMarks(marks), nil
	}
	return decoded(cty.StringVal(text.String()).WithMarks(marks)), nil
}

// spent counts a piece of a template. Numbers are dear to write.
func (e *templateExpr) spent(ctx *hcl.EvalContext, whole, piece int, v cty.Value) hcl.Diagnostics {
	s := scopeOf(ctx)
	if whole > maxText {
		if s != nil {
			s.ev.refuse("", e.SrcRange, errTextTooLong)
		}
		return failed(e.SrcRange, "", errTextTooLong)
	}
	if s == nil {
		return nil
	}
	if v.Type() == cty.Number {
		piece *= valueWork
	}
	return s.ev.spend("", e.SrcRange, s.ev.budget.touch(piece*usual))
}

// made counts the text that a template makes, and its sources.
func (e *templateExpr) made(ctx *hcl.EvalContext, bytes, marks int) hcl.Diagnostics {
	if s := scopeOf(ctx); s != nil {
		if diags := s.ev.spend("", e.SrcRange, s.ev.budget.touch(marks*markWork)); diags.HasErrors() {
			return diags
		}
	}
	return heldBy(ctx, e.SrcRange, 1+bytes/valueSize+marks)
}

// Value is what HCL makes of it, and unknown with all sources where HCL forgets
// them.
func (e *splatExpr) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	source, diags := e.Source.Value(ctx)
	if diags.HasErrors() {
		return cty.DynamicVal, diags
	}
	parts, partly := partsOf(source)
	if partly {
		source = cty.TupleVal(parts)
	}
	if plain, _ := source.Unmark(); plain.IsKnown() && !plain.IsNull() && plain.CanIterateElements() {
		if diags := heldBy(ctx, e.Range(), plain.LengthInt()); diags.HasErrors() {
			return cty.DynamicVal, diags
		}
	}
	splat := *e.SplatExpr
	splat.Source = &hclsyntax.LiteralValueExpr{Val: source, SrcRange: e.Source.Range()}
	v, diags := splat.Value(ctx)
	switch {
	case diags.HasErrors():
		return v, diags
	case partly && v.IsKnown():
		list, _, _ := elements(v)
		return withParts(either(v), list), diags
	case v.IsKnown():
		return v, diags
	}
	return unoutlined(v).WithMarks(marksOf(source)), diags
}

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
