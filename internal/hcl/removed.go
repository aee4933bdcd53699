package hcl

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/resource"
)

// markRemoved notes what the code gives up and leaves in place: it still exists, and
// the code holds its address alone. OpenTofu leaves it unless told otherwise.
// https://developer.hashicorp.com/terraform/language/block/removed
func (s *scope) markRemoved() {
	for _, b := range s.config.Removed {
		if destroys(b) {
			continue
		}
		from := removedAddress(b)
		var types []string
		if mode, typ := addressed(from); typ != "" {
			if !s.ev.keep(mode, typ) {
				continue
			}
			types = []string{typ}
		}
		at := syntax.Position(b.DefRange())
		s.ev.markGap(resource.Gap{
			Text:  fmt.Sprintf("%s is removed and not destroyed (%s:%d): it still exists, and nothing here says what it is; judge the plan", s.in(from), at.File, at.Line),
			Types: types,
		})
	}
}

// destroys says whether a removed block destroys what it removes, for certain.
func destroys(b *hclsyntax.Block) bool {
	for _, inner := range b.Body.Blocks {
		if e := syntax.Argument(inner, "destroy"); inner.Type == "lifecycle" && e != nil {
			v, diags := e.Value(eval.LiteralContext())
			return !diags.HasErrors() && v.Type() == cty.Bool && v.IsKnown() && v.True()
		}
	}
	return false
}

// removedAddress is the address that a removed block names.
func removedAddress(b *hclsyntax.Block) string {
	if text, ok := eval.Literal(b, "from"); ok {
		return text // in JSON
	}
	switch e := syntax.Argument(b, "from").(type) {
	case *eval.Reference:
		return traversed(e.Traversal)
	case *hclsyntax.ScopeTraversalExpr:
		return traversed(e.Traversal)
	}
	return "something"
}

func traversed(t hcl.Traversal) string {
	if len(t) == 0 {
		return ""
	}
	return t.RootName() + syntax.TraversalText(t[1:])
}

// addressed is the type of the resource at an address; "" for a module and for
// what cannot be told.
func addressed(address string) (resource.Mode, string) {
	parts := strings.Split(address, ".")
	for len(parts) > 2 && parts[0] == "module" {
		parts = parts[2:]
	}
	switch {
	case len(parts) > 2 && parts[0] == "data":
		return resource.Data, parts[1]
	case len(parts) == 2 && parts[0] != "module":
		return resource.Managed, parts[0]
	}
	return resource.Managed, ""
}
