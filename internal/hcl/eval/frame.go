package eval

import (
	"context"
	"maps"
	"reflect"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// names resolve references: those of a module instance.
type names interface {
	Refer(t hcl.Traversal) (cty.Value, hcl.Diagnostics)
}

// A frame is the context of an evaluation, besides the variables of the expressions'
// context.
type frame struct {
	ev       *Evaluator
	names    names // nil if only variables of the context have names
	constant bool  // no function is called either
}

// frameName is the name under which a context holds its frame. No code can use it.
const frameName = "\x00"

var frameType = cty.Capsule("frame", reflect.TypeFor[frame]())

func (f *frame) context(variables map[string]cty.Value) *hcl.EvalContext {
	all := map[string]cty.Value{frameName: cty.CapsuleVal(frameType, f)}
	maps.Copy(all, variables)
	return &hcl.EvalContext{Variables: all}
}

// Context returns a context with variables, in which names resolve other references.
func (ev *Evaluator) Context(n names, variables map[string]cty.Value) *hcl.EvalContext {
	return (&frame{ev: ev, names: n}).context(variables)
}

// ConstantContext returns a context in which nothing has a name and no function is
// called. Evaluations in it count, too.
func (ev *Evaluator) ConstantContext() *hcl.EvalContext {
	return (&frame{ev: ev, constant: true}).context(nil)
}

// LiteralContext is such a context with a small budget, for the literals that each
// block has.
func LiteralContext() *hcl.EvalContext {
	ev := &Evaluator{ctx: context.Background(), subject: "a literal", steps: maxSteps - 1000}
	return ev.ConstantContext()
}

// frameOf returns the frame of a context; nil if it has none.
func frameOf(ctx *hcl.EvalContext) *frame {
	for ; ctx != nil; ctx = ctx.Parent() {
		if v, ok := ctx.Variables[frameName]; ok {
			f, _ := v.EncapsulatedValue().(*frame)
			return f
		}
	}
	return nil
}

// isBound reports whether a name is a variable of the context.
func isBound(ctx *hcl.EvalContext, name string) bool {
	for ; ctx != nil; ctx = ctx.Parent() {
		if _, ok := ctx.Variables[name]; ok {
			return true
		}
	}
	return false
}

// resolver returns the frame of a context where a name is not a variable of the
// context, but one of the module instance.
func resolver(ctx *hcl.EvalContext, name string) (*frame, bool) {
	f := frameOf(ctx)
	return f, f != nil && f.names != nil && !isBound(ctx, name)
}
