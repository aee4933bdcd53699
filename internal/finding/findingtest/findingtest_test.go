package findingtest_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/finding/findingtest"
)

// The catalogue is complete, and every row is either covered or explained.
func TestCatalogue(t *testing.T) {
	var want []string
	for _, kind := range []struct {
		letter string
		rows   int
	}{{"T", 20}, {"G", 6}, {"F", 18}, {"A", 29}, {"S", 12}, {"N", 13}, {"D", 13}} {
		for i := range kind.rows {
			want = append(want, fmt.Sprintf("%s%02d", kind.letter, i+1))
		}
	}
	var got []string
	for _, r := range findingtest.Catalogue() {
		got = append(got, r.ID)
		if covered := len(r.Codes()) > 0; covered == (r.Reason != "") {
			t.Errorf("%s: codes %v and reason %q: want exactly one of them", r.ID, r.Codes(), r.Reason)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("rows %v, want %v", got, want)
	}
	for _, c := range finding.All() {
		for _, f := range c.Facts {
			if !slices.Contains(want, f) {
				t.Errorf("%s: row %s does not exist", c.ID, f)
			}
		}
	}
}
