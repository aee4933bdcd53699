package filterpatterntest_test

import (
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/filterpattern/filterpatterntest"
)

// TestGenerator: what it writes parses, is not the same again and again, has something of
// everything, and wildcards only where they are asked for.
func TestGenerator(t *testing.T) {
	g := filterpatterntest.Generator{Rand: rand.New(rand.NewSource(1))}
	seen, count := map[string]bool{}, map[string]int{}
	parts := []string{" && ", " || ", "(", "[*]", "[0]", "NOT EXISTS", "IS NULL", " >= ", "= %"}
	for i := range 500 {
		src := filterpatterntest.Closed(g.Pattern(i%2 == 0))
		p, err := filterpattern.Parse(src)
		if err != nil {
			t.Fatal(err)
		}
		seen[p.String()] = true
		if wild := slices.ContainsFunc(p.Selectors(), filterpattern.Selector.HasWildcard); wild && i%2 != 0 {
			t.Errorf("%s has a wildcard", p)
		}
		for _, part := range parts {
			if strings.Contains(p.String(), part) {
				count[part]++
			}
		}
	}
	for _, part := range parts {
		if count[part] < 10 {
			t.Errorf("%d of 500 patterns have %s", count[part], part)
		}
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
