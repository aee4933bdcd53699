package eval

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// Rewrite replaces the nodes of an expression that package eval evaluates itself:
// references, which are resolved when they are needed, and operations in which HCL
// loses where a value comes from. It changes e in place.
func Rewrite(e hclsyntax.Expression) hclsyntax.Expression {
	switch e := e.(type) {
	case *hclsyntax.ScopeTraversalExpr:
		return &Reference{e}
	case *hclsyntax.RelativeTraversalExpr:
		e.Source = Rewrite(e.Source)
		return &Part{e}
	case *hclsyntax.IndexExpr:
		e.Collection, e.Key = Rewrite(e.Collection), Rewrite(e.Key)
		return &Index{e}
	case *hclsyntax.ConditionalExpr:
		e.Condition, e.TrueResult, e.FalseResult = Rewrite(e.Condition), Rewrite(e.TrueResult), Rewrite(e.FalseResult)
		return &Conditional{e}
	case *hclsyntax.FunctionCallExpr:
		rewriteAll(e.Args)
		return &Call{e}
	case *hclsyntax.ForExpr:
		e.CollExpr, e.ValExpr = Rewrite(e.CollExpr), Rewrite(e.ValExpr)
		e.KeyExpr, e.CondExpr = rewriteOptional(e.KeyExpr), rewriteOptional(e.CondExpr)
		return &For{e}
	case *hclsyntax.ObjectConsExpr:
		for i := range e.Items {
			e.Items[i].KeyExpr, e.Items[i].ValueExpr = Rewrite(e.Items[i].KeyExpr), Rewrite(e.Items[i].ValueExpr)
		}
		return &Object{e}
	case *hclsyntax.TemplateExpr:
		rewriteAll(e.Parts)
		return &Template{e}
	}
	return rewriteInside(e)
}

// rewriteInside rewrites what is inside nodes that stay as they are.
func rewriteInside(e hclsyntax.Expression) hclsyntax.Expression {
	switch e := e.(type) {
	case *hclsyntax.ParenthesesExpr:
		e.Expression = Rewrite(e.Expression)
	case *hclsyntax.TupleConsExpr:
		rewriteAll(e.Exprs)
		return &Tuple{e}
	case *hclsyntax.ObjectConsKeyExpr:
		e.Wrapped = Rewrite(e.Wrapped)
	case *hclsyntax.SplatExpr:
		e.Source, e.Each = Rewrite(e.Source), Rewrite(e.Each)
		return &Splat{e}
	case *hclsyntax.BinaryOpExpr:
		e.LHS, e.RHS = Rewrite(e.LHS), Rewrite(e.RHS)
		return &Operation{e}
	case *hclsyntax.UnaryOpExpr:
		e.Val = Rewrite(e.Val)
		return &Operation{e}
	case *hclsyntax.TemplateJoinExpr:
		e.Tuple = Rewrite(e.Tuple)
		return &Operation{e}
	case *hclsyntax.TemplateWrapExpr:
		e.Wrapped = Rewrite(e.Wrapped)
	}
	return e
}

func rewriteAll(list []hclsyntax.Expression) {
	for i := range list {
		list[i] = Rewrite(list[i])
	}
}

// rewriteOptional keeps a missing expression missing.
func rewriteOptional(e hclsyntax.Expression) hclsyntax.Expression {
	if e == nil {
		return nil
	}
	return Rewrite(e)
}

// The nodes that replace HCL's own. Each embeds the node
// that it replaces, for its position and its children.
type (
	Reference struct{ *hclsyntax.ScopeTraversalExpr }
	Part      struct {
		*hclsyntax.RelativeTraversalExpr
	}
	Index       struct{ *hclsyntax.IndexExpr }
	Conditional struct{ *hclsyntax.ConditionalExpr }
	Call        struct{ *hclsyntax.FunctionCallExpr }
	For         struct{ *hclsyntax.ForExpr }
	Object      struct{ *hclsyntax.ObjectConsExpr }
	Tuple       struct{ *hclsyntax.TupleConsExpr }
	Template    struct{ *hclsyntax.TemplateExpr }
	Splat       struct{ *hclsyntax.SplatExpr }
	Operation   struct{ hclsyntax.Expression }
)
