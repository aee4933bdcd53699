package config

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/glob"
)

// Known is what a configuration may refer to beyond finding codes and
// profiles, which this module declares itself.
type Known struct {
	Controls []string // every control id; nil leaves ids unchecked
	// Numbers returns those of controls in benchmarks: cis-aws-3.0.0/4.1. It is
	// called where a text may be one; nil for none.
	Numbers func() []string
	// Packages are those of the user's own policies.
	Packages []string
}

// HasControl says whether a text names controls: all, an id, the number in a
// benchmark, a package, or a glob that matches some.
func (k Known) HasControl(text string) bool {
	if k.Controls == nil || text == "all" {
		return true
	}
	names := slices.Concat(k.Controls, k.Packages)
	if strings.Contains(text, "/") && k.Numbers != nil {
		names = k.Numbers()
	}
	return slices.ContainsFunc(names, func(name string) bool { return glob.Match(text, name) })
}

// Suggest says which control somebody meant.
func (k Known) Suggest(text string) string { return suggest(text, k.Controls) }
