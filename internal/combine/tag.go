package combine

import (
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

// Tag puts the path of its input before every address and note of a document:
// references of one input never reach into another.
func Tag(doc *resource.Document, path string) {
	tag := path + ":"
	w := resource.Rewriting{
		Text: func(s string) string { return tagGenerated(tag, s) },
		Ref: func(r resource.Ref) resource.Ref {
			return resource.Ref{Address: tag + r.Address, Attribute: r.Attribute}
		},
	}
	each(doc, func(r *resource.Resource) {
		r.Address, r.Attributes = tag+r.Address, w.Value(r.Attributes)
		r.Scope.RegionOf, r.Scope.AccountOf = tagName(tag, r.Scope.RegionOf), tagName(tag, r.Scope.AccountOf)
	})
	if locate := doc.Locate; locate != nil {
		doc.Locate = func(address string) *resource.Resource {
			own, ok := strings.CutPrefix(address, tag)
			if !ok {
				return nil
			}
			return locate(own)
		}
	}
	for _, notes := range [][]string{doc.Incomplete, doc.Notes} {
		for i := range notes {
			notes[i] = path + ": " + notes[i]
		}
	}
	for i := range doc.Gaps {
		doc.Gaps[i].Text = path + ": " + doc.Gaps[i].Text
	}
}

// tagName tags the name of a region or account, unless it is a provider's: another
// input means another region by the same name.
func tagName(tag, name string) string {
	if name == "" || resource.IsOfProvider(name) {
		return name
	}
	return tag + name
}

// tagGenerated tags the resources that generated names in a text are of: another input
// may have another resource at the same address.
func tagGenerated(tag, s string) string {
	for _, symbol := range resource.Symbols(s) {
		if of, ok := resource.GeneratedFor(symbol); ok {
			s = strings.ReplaceAll(s, resource.Symbol(symbol), resource.Generated(tag+of))
		}
	}
	return s
}
