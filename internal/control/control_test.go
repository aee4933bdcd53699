package control_test

import (
	"slices"
	"testing"

	"github.com/iacgate/iacgate/internal/control"
	"github.com/iacgate/iacgate/internal/verdict"
)

func TestSelect(t *testing.T) {
	for _, tc := range []struct {
		names []string
		want  []string // nil: an error
	}{
		{[]string{"unauthorized-api-calls"}, []string{"unauthorized-api-calls"}},
		{[]string{"unauth*", "unauthorized-api-calls"}, []string{"unauthorized-api-calls"}},
		{[]string{"vpc"}, nil},
		{[]string{"[a"}, nil},
	} {
		selected, err := control.Select(tc.names)
		var ids []string
		for _, c := range selected {
			ids = append(ids, c.ID)
		}
		if !slices.Equal(ids, tc.want) || (err != nil) != (tc.want == nil) {
			t.Errorf("Select(%q) = %q, %v", tc.names, ids, err)
		}
	}
	all, err := control.All()
	ids, _ := control.IDs()
	if err != nil || len(all) != len(ids) || len(ids) == 0 {
		t.Errorf("%d controls for %d ids, %v", len(all), len(ids), err)
	}
}

// TestControlsDiffer: no two controls have a number in a benchmark, a title or a
// reference pattern in common. A control that begins as a copy shows what it still
// has of it.
func TestControlsDiffer(t *testing.T) {
	all, err := control.All()
	if err != nil {
		t.Fatal(err)
	}
	first := map[string]string{}
	once := func(c verdict.Control, what string) {
		if other, taken := first[what]; taken {
			t.Errorf("%s: %s is %s's", c.ID, what, other)
		}
		first[what] = c.ID
	}
	for _, c := range all {
		once(c, "the title "+c.Title)
		once(c, "the pattern "+c.MustMatch)
		for benchmark, number := range c.References {
			once(c, benchmark+" "+number)
		}
	}
}
