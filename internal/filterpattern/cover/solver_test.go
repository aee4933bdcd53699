package cover

import (
	"testing"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/truth"
)

// TestNarrowest: the search splits on the fewest alternatives first.
func TestNarrowest(t *testing.T) {
	two, other := oneOf{all{}, oneOf{}}, oneOf{oneOf{}, oneOf{}}
	pick, rest := narrowest([]oneOf{make(oneOf, 3), two, other, make(oneOf, 4)})
	if _, first := pick[0].(all); len(pick) != 2 || !first || len(rest) != 3 {
		t.Errorf("%d of %d alternatives, %d left", len(pick), len(two), len(rest))
	}
}

// TestDoubt: the reason names what is not decided, and not what was decided last.
func TestDoubt(t *testing.T) {
	p := mustParse(t, `{ $.a[*] = 1 && $.a[*] NOT EXISTS && $.z = 1 }`)
	s := Separate([]*filterpattern.Pattern{p}, nil, Axioms{})
	if want := "conditions on $.a[*] are decided only where both sides share them"; s.Decision != truth.Unknown || s.Reason != want {
		t.Errorf("%s: %s, want %s", s.Decision, s.Reason, want)
	}
}
