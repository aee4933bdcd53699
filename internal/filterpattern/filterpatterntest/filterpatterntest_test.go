package filterpatterntest_test

import (
	"math/rand"
	"testing"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/filterpattern/filterpatterntest"
)

// TestGenerator: what it writes parses, and is not the same again and again.
func TestGenerator(t *testing.T) {
	g := filterpatterntest.Generator{Rand: rand.New(rand.NewSource(1))}
	seen := map[string]bool{}
	for i := range 500 {
		src := filterpatterntest.Closed(g.Pattern(i%2 == 0))
		p, err := filterpattern.Parse(src)
		if err != nil {
			t.Fatal(err)
		}
		seen[p.String()] = true
	}
	if len(seen) < 400 {
		t.Errorf("%d different patterns of 500", len(seen))
	}
}

// TestWorld: a pattern that asks for one value meets it, and no event is met by none.
func TestWorld(t *testing.T) {
	met := 0
	p, err := filterpattern.Parse(`{ $.a = "xy" && $.b IS NULL }`)
	if err != nil {
		t.Fatal(err)
	}
	for _, event := range filterpatterntest.World() {
		if p.MatchMessage(filterpattern.Object(event)) {
			met++
		}
	}
	if met != 1 {
		t.Errorf("%d events have $.a = xy and a null in $.b", met)
	}
}

// TestFiles: the files of real patterns have some.
func TestFiles(t *testing.T) {
	patterns, messages := filterpatterntest.Recordings(t, "../testdata/aws-answers.json")
	if len(patterns) < 50 || len(messages) < 100 {
		t.Errorf("%d patterns and %d messages", len(patterns), len(messages))
	}
	for id, all := range filterpatterntest.Controls(t, "../testdata/controls.json") {
		if len(all) == 0 {
			t.Errorf("%s has no pattern", id)
		}
	}
}
