package cover

import (
	"testing"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/truth"
)

func TestGuess(t *testing.T) {
	re, err := filterpattern.NewRegexp("z")
	if err != nil {
		t.Fatal(err)
	}
	tests := []textTest{{filterpattern.NewText("*a*b"), true}, {filterpattern.NewText("x*"), false}, {re, true}, {filterpattern.NewText("c*"), true}}
	if got := guess(tests); got != "abc" {
		t.Errorf("%q, want abc", got)
	}
}

// TestGuessed: a text that is too long to search for is found, and what is not found is
// no proof that there is none.
func TestGuessed(t *testing.T) {
	questions := adversaries(t)
	for name, want := range map[string]truth.Truth{"many starred texts": truth.Yes, "sliding window": truth.Unknown} {
		ax := Axioms{Fields: []Field{{Path: "$.a", Kinds: StringValue}}}
		if s := Separate([]*filterpattern.Pattern{questions[name][0]}, nil, ax); s.Decision != want {
			t.Errorf("%s: %s (%s), want %s", name, s.Decision, s.Reason, want)
		}
	}
}
