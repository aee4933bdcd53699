package report

import (
	"fmt"
	"strings"

	"github.com/iacgate/iacgate/internal/verdict"
)

// summary counts in the order of the exit status.
func summary(r verdict.Report) string {
	controls := map[string]bool{}
	for _, res := range r.Results {
		controls[res.Control] = true
	}
	text := verdict.Plural(len(controls), "control")
	if len(r.Inputs) > 1 {
		text += ", " + verdict.Plural(len(r.Inputs), "input")
	}
	var counts []string
	s := r.Summary
	for _, c := range []struct {
		n    int
		word string
	}{{s.Fail, "fail"}, {s.Unknown, "unknown"}, {s.Waived, "waived"}, {s.Pass, "pass"}, {s.Skip, "skip"}} {
		if c.n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", c.n, c.word))
		}
	}
	if s.Warnings > 0 {
		counts = append(counts, verdict.Plural(s.Warnings, "warning"))
	}
	if len(counts) == 0 {
		return text
	}
	return text + ": " + strings.Join(counts, ", ")
}
