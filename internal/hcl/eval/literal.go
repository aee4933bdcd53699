package eval

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
)

// Literal returns an argument of a block that is a text without references.
func Literal(b *hclsyntax.Block, name string) (string, bool) {
	e := syntax.Argument(b, name)
	if e == nil {
		return "", false
	}
	v, diags := e.Value(LiteralContext())
	if diags.HasErrors() {
		return "", false
	}
	return value.ScalarText(v)
}

// IsTrue reports whether an argument is the literal true.
func IsTrue(b *hclsyntax.Block, name string) bool {
	text, ok := Literal(b, name)
	return ok && text == "true"
}

// IteratorOf returns the name that represents an element in the content of a dynamic
// block.
func IteratorOf(b *hclsyntax.Block) string {
	if e := syntax.Argument(b, "iterator"); e != nil {
		if name := hcl.ExprAsKeyword(e); name != "" {
			return name
		}
		if name, ok := Literal(b, "iterator"); ok { // JSON
			return name
		}
	}
	return b.Labels[0]
}
