package filterpattern

import (
	"math/rand"
	"testing"

	"github.com/iacgate/iacgate/internal/filterpattern/filterpatterntest"
)

func mustParse(t testing.TB, src string) *Pattern {
	t.Helper()
	p, err := Parse(src)
	if err != nil {
		t.Fatalf("%s: %v", src, err)
	}
	return p
}

// TestRoundTrip holds that canonical forms parse, are stable and mean the
// same.
func TestRoundTrip(t *testing.T) {
	events := filterpatterntest.World()
	g := filterpatterntest.Generator{Rand: rand.New(rand.NewSource(3))}
	for range 500 {
		src := filterpatterntest.Closed(g.Pattern(true))
		p := mustParse(t, src)
		again := mustParse(t, p.String())
		compact := mustParse(t, p.body.print(true))
		if again.String() != p.String() || compact.String() != p.String() {
			t.Errorf("%s prints as %s, then as %s", src, p, again)
		}
		for _, event := range events[:500] {
			if p.matchesEvent(event) != again.matchesEvent(event) {
				t.Errorf("%s and %s disagree about %v", src, p, event)
			}
		}
	}
}

// TestWithoutAgreesWithMatch holds Without to what Match says once the fields
// are taken away.
func TestWithoutAgreesWithMatch(t *testing.T) {
	events := filterpatterntest.World()
	g := filterpatterntest.Generator{Rand: rand.New(rand.NewSource(4))}
	for range 300 {
		p := mustParse(t, filterpatterntest.Closed(g.Pattern(true)))
		for _, path := range []string{"$.a", "$.a.b", "$.b"} {
			s, err := ParseSelector(path)
			if err != nil {
				t.Fatal(err)
			}
			folded := p.Without([]Selector{s})
			for _, event := range events[:1000] {
				if len(lookUp(event, s)) == 0 && folded.matchesEvent(event) != p.matchesEvent(event) {
					t.Fatalf("%s without %s is %s: they disagree about %v", p, path, folded, event)
				}
			}
		}
	}
}

// matchesEvent is Match on a decoded event.
func (p *Pattern) matchesEvent(event map[string]any) bool {
	return holds(p.body.(Document).Expr, func(c *Condition) bool { return c.holdsIn(event) })
}
