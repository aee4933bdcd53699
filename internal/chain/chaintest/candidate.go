package chaintest

import (
	"fmt"
	"strings"

	"github.com/iacgate/iacgate/internal/document"
)

// Short names what a candidate goes through by the names of the resources, "-" for
// what the input does not have, and how far it goes.
func Short(c document.Candidate) string {
	name := func(address string) string {
		if address == "" {
			return "-"
		}
		return address[strings.LastIndexAny(address, ".:")+1:]
	}
	line := fmt.Sprintf("%s %s %s %s %s %d", name(c.Trail), name(c.GroupName), name(c.Filter), name(c.Alarm), name(c.Topic), c.Reach)
	if c.Assumed {
		line += " assumed"
	}
	for _, deleted := range []string{c.DeletedTrail, c.DeletedGroup, c.DeletedTopic} {
		if deleted != "" {
			line += " gone " + deleted
		}
	}
	return line
}

func Candidates(d *document.Document) (lines []string) {
	for _, c := range d.Controls[Denials].Candidates {
		lines = append(lines, Short(c))
	}
	return lines
}
