package cover

import "testing"

// TestNarrowest: the search splits on the fewest alternatives first.
func TestNarrowest(t *testing.T) {
	two, other := oneOf{all{}, oneOf{}}, oneOf{oneOf{}, oneOf{}}
	pick, rest := narrowest([]oneOf{make(oneOf, 3), two, other, make(oneOf, 4)})
	if _, first := pick[0].(all); len(pick) != 2 || !first || len(rest) != 3 {
		t.Errorf("%d of %d alternatives, %d left", len(pick), len(two), len(rest))
	}
}
