package hcl

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
)

// credentials writes down all that a provider block says and that may decide the
// account: values as far as they are known, and else the words of the code.
func (s *scope) credentials(body *hclsyntax.Body, ctx *hcl.EvalContext, own string) string {
	return s.written(body, ctx, own, catalog.MayDecideAccount)
}

func (s *scope) written(body *hclsyntax.Body, ctx *hcl.EvalContext, own string, counts func(name string) bool) string {
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
			b.WriteString(inner.Type + " " + strings.Join(inner.Labels, " ") + "{\n" + s.written(inner.Body, ctx, own, all) + "}\n")
		}
	}
	return b.String()
}

// all counts everything inside a block that counts.
func all(string) bool { return true }

// expressionText is an expression in one text, "" for null.
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
