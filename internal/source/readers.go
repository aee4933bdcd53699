package source

import (
	"slices"

	"github.com/iacgate/iacgate/internal/cfn"
	"github.com/iacgate/iacgate/internal/format"
	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/plan"
)

// Readers returns the reader of every input format, in the order in which they are
// tried.
func Readers() []format.Reader { return []format.Reader{plan.Reader{}, hcl.Reader{}, cfn.Reader{}} }

// Names returns the names of the formats in --from.
func Names() []string {
	var names []string
	for _, r := range Readers() {
		names = append(names, r.Name())
	}
	return names
}

// readersFrom returns the reader of the format with a name, all of them for "".
func readersFrom(name string) []format.Reader {
	return slices.DeleteFunc(Readers(), func(r format.Reader) bool { return name != "" && r.Name() != name })
}
