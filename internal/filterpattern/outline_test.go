package filterpattern

import (
	"strings"
	"testing"
)

// TestWrap: a line breaks where it would be wider than the columns, and not before its
// first text.
func TestWrap(t *testing.T) {
	for _, c := range []struct {
		widths []int
		lines  int
	}{
		{[]int{columns}, 1},
		{[]int{40, columns - 4 - len("- ") - 40 - len(" or ")}, 1}, // depth 2 indents by four
		{[]int{40, columns - 4 - len("- ") - 40 - len(" or ") + 1}, 2},
		{[]int{40, 40, 40}, 2},
	} {
		o := &outline{depth: 2}
		var texts []string
		for _, n := range c.widths {
			texts = append(texts, strings.Repeat("x", n))
		}
		if o.wrap(texts, ""); len(o.lines) != c.lines {
			t.Errorf("%v: %q, want %d lines", c.widths, o.lines, c.lines)
		}
	}
}
