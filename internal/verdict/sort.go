package verdict

import (
	"cmp"
	"slices"
)

// Sort puts findings into the one order that all outputs share: along the
// chain, the gravest first, then by code, resource and attribute.
func Sort(findings []Finding) {
	slices.SortFunc(findings, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(slices.Index(Links, a.Link), slices.Index(Links, b.Link)),
			cmp.Compare(slices.Index(Levels, a.Level), slices.Index(Levels, b.Level)),
			cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Resource, b.Resource),
			cmp.Compare(a.Attribute, b.Attribute),
			cmp.Compare(a.Message, b.Message),
		)
	})
}
