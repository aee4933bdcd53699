package syntax

import (
	"cmp"
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

var LabelCounts = map[string]int{
	"variable": 1, "output": 1, "module": 1, "provider": 1, "locals": 0, "resource": 2, "data": 2,
}

// Argument returns an argument of a block, nil if it is not given.
func Argument(b *hclsyntax.Block, name string) hclsyntax.Expression {
	if a := b.Body.Attributes[name]; a != nil {
		return a.Expr
	}
	return nil
}

// BlockName returns the type of a nested block; a dynamic block makes blocks of
// another type.
func BlockName(b *hclsyntax.Block) string {
	if b.Type == "dynamic" && len(b.Labels) == 1 {
		return b.Labels[0]
	}
	return b.Type
}

// SortedAttributes returns the attributes of a body as they are written.
func SortedAttributes(body *hclsyntax.Body) []*hclsyntax.Attribute {
	var list []*hclsyntax.Attribute
	for _, a := range body.Attributes {
		list = append(list, a)
	}
	slices.SortFunc(list, func(a, b *hclsyntax.Attribute) int {
		return cmp.Or(cmp.Compare(a.NameRange.Start.Byte, b.NameRange.Start.Byte), cmp.Compare(a.Name, b.Name))
	})
	return list
}

// SortedByName returns the attributes of a body in the order of their names.
func SortedByName(body *hclsyntax.Body) []*hclsyntax.Attribute {
	var list []*hclsyntax.Attribute
	for _, name := range slices.Sorted(maps.Keys(body.Attributes)) {
		list = append(list, body.Attributes[name])
	}
	return list
}
