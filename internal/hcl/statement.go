package hcl

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
)

// evaluateText evaluates an expression that has to be a text. If the value differs
// between the instances of own, its symbol is named after own.
func (s *scope) evaluateText(e hclsyntax.Expression, ctx *hcl.EvalContext, own string) statement {
	if e == nil {
		return statement{}
	}
	v, diags := e.Value(ctx)
	if plain, _ := v.Unmark(); !diags.HasErrors() && plain.IsKnown() && plain.IsNull() {
		return statement{}
	}
	if text, ok := value.TextOf(v); ok && !diags.HasErrors() {
		name, isSymbol := text.Symbol()
		switch {
		case text.IsLiteral():
			return statement{text: string(text), known: text != ""}
		case isSymbol:
			return statement{text: name, named: true}
		}
		return statement{text: string(text)}
	}
	return statement{text: s.sourceText(e, own)}
}

// sourceText names the value of an expression that cannot be determined: expressions
// of one module with the same code have the same value, unless it depends on the
// instance.
func (s *scope) sourceText(e hclsyntax.Expression, own string) string {
	words, ok := s.ev.Words(e.Range())
	if !ok || asksWhich(e) {
		return own + ": " + words
	}
	return s.in(words)
}

// asksWhich reports whether an expression depends on the instance: it refers to each,
// count or the like.
func asksWhich(e hclsyntax.Expression) (asks bool) {
	_ = hclsyntax.VisitAll(e, func(n hclsyntax.Node) hcl.Diagnostics {
		if ref, ok := n.(*eval.Reference); ok {
			switch ref.Traversal.RootName() {
			case "each", "count", "self":
				asks = true
			}
		}
		return nil
	})
	return asks
}

// credentials writes down the arguments of a provider block that may decide the
// account: values as far as they are known, else the code.
func (s *scope) credentials(body *hclsyntax.Body, ctx *hcl.EvalContext, own string) string {
	return s.writtenBlock(body, ctx, own, catalog.MayDecideAccount)
}

func (s *scope) writtenBlock(body *hclsyntax.Body, ctx *hcl.EvalContext, own string, counts func(name string) bool) string {
	var b strings.Builder
	for _, a := range syntax.SortedByName(body) {
		if !counts(a.Name) {
			continue
		}
		if said := s.expressionText(a.Expr, ctx, own); said != "" {
			b.WriteString(a.Name + " = " + said + "\n")
		}
	}
	for _, inner := range body.Blocks {
		if counts(syntax.BlockName(inner)) {
			b.WriteString(inner.Type + " " + strings.Join(inner.Labels, " ") + "{\n" + s.writtenBlock(inner.Body, ctx, own, all) + "}\n")
		}
	}
	return b.String()
}

// all keeps every argument and block.
func all(string) bool { return true }

// expressionText returns an expression in one text, "" for null.
func (s *scope) expressionText(e hclsyntax.Expression, ctx *hcl.EvalContext, own string) string {
	v, diags := e.Value(ctx)
	v, _ = v.UnmarkDeep()
	switch {
	case diags.HasErrors() || !v.IsWhollyKnown():
		return "~" + s.sourceText(e, own)
	case v.IsNull():
		return ""
	}
	return v.GoString()
}
