package hcl

import "github.com/hashicorp/hcl/v2/hclsyntax"

// rewrite replaces the nodes of an expression whose evaluation is our own:
// references, which are found when they are needed, and operations that would
// lose where a value comes from. It changes e in place.
func rewrite(e hclsyntax.Expression) hclsyntax.Expression {
	switch e := e.(type) {
	case *hclsyntax.ScopeTraversalExpr:
		return &refExpr{e}
	case *hclsyntax.RelativeTraversalExpr:
		e.Source = rewrite(e.Source)
		return &partExpr{e}
	case *hclsyntax.IndexExpr:
		e.Collection, e.Key = rewrite(e.Collection), rewrite(e.Key)
		return &indexExpr{e}
	case *hclsyntax.ConditionalExpr:
		e.Condition, e.TrueResult, e.FalseResult = rewrite(e.Condition), rewrite(e.TrueResult), rewrite(e.FalseResult)
		return &choiceExpr{e}
	case *hclsyntax.FunctionCallExpr:
		rewriteAll(e.Args)
		return &callExpr{e}
	case *hclsyntax.ForExpr:
		e.CollExpr, e.ValExpr = rewrite(e.CollExpr), rewrite(e.ValExpr)
		e.KeyExpr, e.CondExpr = rewriteOptional(e.KeyExpr), rewriteOptional(e.CondExpr)
		return &forExpr{e}
	case *hclsyntax.ObjectConsExpr:
		for i := range e.Items {
			e.Items[i].KeyExpr, e.Items[i].ValueExpr = rewrite(e.Items[i].KeyExpr), rewrite(e.Items[i].ValueExpr)
		}
		return &objectExpr{e}
	case *hclsyntax.TemplateExpr:
		rewriteAll(e.Parts)
		return &templateExpr{e}
	}
	return rewriteInside(e)
}

// rewriteInside rewrites what is inside nodes that stay as they are.
func rewriteInside(e hclsyntax.Expression) hclsyntax.Expression {
	switch e := e.(type) {
	case *hclsyntax.ParenthesesExpr:
		e.Expression = rewrite(e.Expression)
	case *hclsyntax.TupleConsExpr:
		rewriteAll(e.Exprs)
		return &tupleExpr{e}
	case *hclsyntax.ObjectConsKeyExpr:
		e.Wrapped = rewrite(e.Wrapped)
	case *hclsyntax.SplatExpr:
		e.Source, e.Each = rewrite(e.Source), rewrite(e.Each)
		return &splatExpr{e}
	case *hclsyntax.BinaryOpExpr:
		e.LHS, e.RHS = rewrite(e.LHS), rewrite(e.RHS)
		return &operationExpr{e}
	case *hclsyntax.UnaryOpExpr:
		e.Val = rewrite(e.Val)
		return &operationExpr{e}
	case *hclsyntax.TemplateJoinExpr:
		e.Tuple = rewrite(e.Tuple)
		return &operationExpr{e}
	case *hclsyntax.TemplateWrapExpr:
		e.Wrapped = rewrite(e.Wrapped)
	}
	return e
}

func rewriteAll(list []hclsyntax.Expression) {
	for i := range list {
		list[i] = rewrite(list[i])
	}
}

// rewriteOptional keeps a missing expression missing.
func rewriteOptional(e hclsyntax.Expression) hclsyntax.Expression {
	if e == nil {
		return nil
	}
	return rewrite(e)
}
