package hcl

import (
	"maps"
	"strconv"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/resource"
)

// positions are the places of the arguments, and of the module calls that lead
// to the instance under their addresses: module.alerts.
func (x *expansion) positions() map[string]resource.Position {
	if x.places == nil {
		x.places = maps.Clone(x.scope.trail)
		locate(x.places, x.block.Body, "")
	}
	return x.places
}

func locate(places map[string]resource.Position, body *hclsyntax.Body, prefix string) {
	for name, a := range body.Attributes {
		places[prefix+name] = syntax.Position(a.NameRange)
		if list, ok := a.Expr.(*eval.Tuple); ok {
			for n, e := range list.Exprs {
				places[prefix+name+"."+strconv.Itoa(n)] = syntax.Position(e.Range())
			}
		}
	}
	count := map[string]int{}
	for _, b := range body.Blocks {
		name, inner := syntax.BlockName(b), b.Body
		at := prefix + name + "." + strconv.Itoa(count[name])
		if count[name] == 0 {
			places[prefix+name] = syntax.Position(b.DefRange())
		}
		count[name]++
		places[at] = syntax.Position(b.DefRange())
		if b.Type == "dynamic" {
			for _, content := range b.Body.Blocks {
				if content.Type == "content" {
					inner = content.Body
				}
			}
		}
		locate(places, inner, at+".")
	}
}
