package cover

import (
	"math/rand"
	"testing"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/filterpattern/filterpatterntest"
	"github.com/iacgate/iacgate/internal/truth"
)

// TestDisjointAgreesWithTheSolver: the cheap answer is the one that the solver gives.
func TestDisjointAgreesWithTheSolver(t *testing.T) {
	g := generator{filterpatterntest.Generator{Rand: rand.New(rand.NewSource(4))}}
	ax := Axioms{Fields: []Field{{Path: "$.a", Kinds: StringValue}, {Path: "$.b", Kinds: StringValue, Required: true}}}
	text := func() string { return "($." + g.Pick("a", "b") + " = \"" + g.Pick("x", "y", "z", "x*") + "\")" }
	pattern := func() *filterpattern.Pattern {
		src := text()
		for range g.Intn(4) {
			src = "(" + src + g.Pick(" && ", " || ") + g.Pick(text(), text(), "($.a != \"x\")", "($.b NOT EXISTS)") + ")"
		}
		return mustParse(t, "{ "+src+" }")
	}
	found := 0
	for range 3000 {
		both := []*filterpattern.Pattern{pattern(), pattern()}
		if ax.disjoint(both) {
			found++
			if s := solve(both, nil, ax); s.Decision != truth.No {
				t.Errorf("%s\nand %s: %s by the solver: %v", both[0], both[1], s.Decision, s.Event)
			}
		}
	}
	if found < 200 {
		t.Errorf("only %d of 3000 pairs are disjoint", found)
	}
}

// TestDisjoint: what is proved without the solver, and what is left to it.
func TestDisjoint(t *testing.T) {
	ax := Axioms{Fields: []Field{{Path: "$.name", Kinds: StringValue}, {Path: "$.many"}}}
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{`{ $.name = "A" }`, `{ $.name = "B" }`, true},
		{`{ ($.name = "A") || ($.name = "C") }`, `{ ($.name = "B") && ($.x = 1) }`, true},
		{`{ ($.name = "A") || ($.name = "C") }`, `{ $.name = "C" }`, false},
		{`{ ($.name = "A") || ($.x = 1) }`, `{ $.name = "B" }`, false},
		{`{ (($.name = "A") || ($.name = "B")) && ($.name = "A") }`, `{ $.name = "B" }`, true},
		{`{ ($.name = "A") && (($.name = "A") || ($.name = "B")) }`, `{ $.name = "B" }`, true},
		{`{ $.name = "A*" }`, `{ $.name = "B" }`, false}, // a wildcard is the solver's
		{`{ $.name != "A" }`, `{ $.name = "A" }`, false},
		{`{ $.many = "A" }`, `{ $.many = "B" }`, false}, // it may be a list
		{`A`, `{ $.name = "B" }`, false},
	} {
		if got := ax.disjoint([]*filterpattern.Pattern{mustParse(t, c.a), mustParse(t, c.b)}); got != c.want {
			t.Errorf("%s and %s: %v", c.a, c.b, got)
		}
	}
}

// TestExclude: one reason is enough.
func TestExclude(t *testing.T) {
	ax := Axioms{Fields: []Field{{Path: "$.name", Kinds: StringValue}}}
	parse := func(sources ...string) (patterns []*filterpattern.Pattern) {
		for _, src := range sources {
			patterns = append(patterns, mustParse(t, src))
		}
		return patterns
	}
	a, b, c := `{ $.name = "A" }`, `{ $.name = "B" }`, `{ $.x = 1 }`
	for _, q := range []struct {
		match, miss []*filterpattern.Pattern
		want        bool
	}{
		{parse(a, b), parse(c), true},
		{parse(a, c), parse(b, c), true},
		{parse(a, c), parse(b), false},
		{parse(a), nil, false},
	} {
		if got := Exclude(q.match, q.miss, ax); got != q.want {
			t.Errorf("%v but not %v: %t", q.match, q.miss, got)
		}
	}
}
