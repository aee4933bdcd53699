package resource

import "slices"

// A Gap is a part of the input that was not read: absence proves nothing of what
// it may hold, and what is there counts.
type Gap struct {
	Text string // what was not read, where it stands, and what closes the gap
	// Types are those that it may hold, in Terraform's words; nil where it may hold
	// anything.
	Types []string
	// Module and Source are the address and the source of the module that the gap
	// is, "" for any other: the configuration may say that it holds nothing.
	Module, Source string
}

// MayHold says whether the gap may hold a resource of a type.
func (g Gap) MayHold(typ string) bool { return g.Types == nil || slices.Contains(g.Types, typ) }

// Texts are what several gaps say.
func Texts(gaps []Gap) []string {
	var texts []string
	for _, g := range gaps {
		texts = append(texts, g.Text)
	}
	return texts
}
