package check

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
)

// expression checks the names in an expression.
func (n *nameChecker) expression(e hclsyntax.Expression, p context) {
	_ = hclsyntax.Walk(e, &nameWalker{nameChecker: n, place: p, doubtful: map[hclsyntax.Expression]bool{}})
}

// A nameWalker goes through an expression. HCL walks everything, so the
// parts to skip are counted on the way in and on the way out.
type nameWalker struct {
	*nameChecker
	place    context
	doubtful map[hclsyntax.Expression]bool // may never be evaluated, or its failure is caught
	doubt    int
	typ      hclsyntax.Expression // the type in a call of convert: no value
	within   int                  // the type
	scopes   []hclsyntax.ChildScope
}

// Enter is part of [hclsyntax.Walker].
func (w *nameWalker) Enter(node hclsyntax.Node) hcl.Diagnostics {
	if scope, ok := node.(hclsyntax.ChildScope); ok {
		w.scopes = append(w.scopes, scope)
		w.doubt++
		return nil
	}
	e, ok := node.(hclsyntax.Expression)
	if !ok {
		return nil
	}
	if w.doubtful[e] {
		w.doubt++
	}
	if e == w.typ {
		w.within++
	}
	if w.within == 0 {
		w.enter(e)
	}
	return nil
}

func (w *nameWalker) enter(e hclsyntax.Expression) {
	switch e := e.(type) {
	case *eval.Reference:
		w.reference(reference{e.Traversal, w.here()})
	case *eval.Part:
		w.part(e, w.here())
	case *eval.Conditional:
		w.doubtful[e.TrueResult], w.doubtful[e.FalseResult] = true, true
	case *eval.Operation:
		if binary, ok := e.Expression.(*hclsyntax.BinaryOpExpr); ok && (binary.Op == hclsyntax.OpLogicalAnd || binary.Op == hclsyntax.OpLogicalOr) {
			w.doubtful[binary.RHS] = true
		}
	case *eval.Call:
		w.call(e, w.here())
	}
}

func (w *nameWalker) call(e *eval.Call, p context) {
	w.function(e, p)
	switch e.Name {
	case "try", "can", "core::try", "core::can":
		for _, a := range e.Args {
			w.doubtful[a] = true
		}
	case "convert", "core::convert":
		if len(e.Args) == 2 {
			w.typ = e.Args[1]
		}
	}
}

// part checks the output in module.m[key].output.
func (w *nameWalker) part(e *eval.Part, p context) {
	index, ok := e.Source.(*eval.Index)
	if !ok || p.unsure || len(e.Traversal) == 0 {
		return
	}
	ref, ok := index.Collection.(*eval.Reference)
	if !ok || ref.Traversal.RootName() != "module" || len(ref.Traversal) != 2 || !p.isFree("module") {
		return
	}
	if name := syntax.StepName(e.Traversal[0]); name != "" {
		w.output(syntax.StepName(ref.Traversal[1]), name, e.SrcRange)
	}
}

// here returns the place with the variables of for expressions.
func (w *nameWalker) here() context {
	p := w.place
	p.unsure = p.unsure || w.doubt > 0
	p.bound = slices.Clone(p.bound)
	for _, s := range w.scopes {
		for name := range s.LocalNames {
			p.bound = append(p.bound, name)
		}
	}
	return p
}

// Exit is part of [hclsyntax.Walker].
func (w *nameWalker) Exit(node hclsyntax.Node) hcl.Diagnostics {
	if _, ok := node.(hclsyntax.ChildScope); ok {
		w.scopes = w.scopes[:len(w.scopes)-1]
		w.doubt--
		return nil
	}
	e, ok := node.(hclsyntax.Expression)
	if !ok {
		return nil
	}
	if w.doubtful[e] {
		w.doubt--
	}
	if e == w.typ {
		w.within--
		w.typ = nil
	}
	return nil
}

// dynamicKeys reports whether an expression of JSON syntax holds dynamic blocks,
// whose iterators are names in it.
func dynamicKeys(e hclsyntax.Expression) []string {
	found := false
	_ = hclsyntax.VisitAll(e, func(node hclsyntax.Node) hcl.Diagnostics {
		if object, ok := node.(*eval.Object); ok {
			for _, item := range object.Items {
				if l, ok := item.KeyExpr.(*hclsyntax.LiteralValueExpr); ok {
					name, _ := value.ScalarText(l.Val)
					found = found || name == "dynamic"
				}
			}
		}
		return nil
	})
	if found {
		return []string{anyName}
	}
	return nil
}
