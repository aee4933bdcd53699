package main

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// texts are the originals.
func texts(t *testing.T) (all []string) {
	t.Helper()
	for _, glob := range originals {
		files, err := filepath.Glob(filepath.Join("../../testdata", glob))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v, %v", glob, files, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, string(text))
		}
	}
	return all
}

// TestEveryEditChangesSomething: one that finds nothing makes no variants.
func TestEveryEditChangesSomething(t *testing.T) {
	all := texts(t)
	for _, e := range edits {
		changed := 0
		for _, text := range all {
			for _, by := range e.texts {
				if e.apply(text, by) != text {
					changed++
				}
			}
		}
		if changed < 10 {
			t.Errorf("%s %s: %d of %d inputs change", e.what, e.find, changed, len(all))
		}
	}
}

// TestVary: a seed makes the same variants, and most are unlike their originals.
func TestVary(t *testing.T) {
	all := texts(t)
	made := func(seed uint64) (out []string) {
		draw := rand.New(rand.NewPCG(seed, 0))
		for i, text := range all {
			out = append(out, vary(text, i, draw))
		}
		return out
	}
	first, other := made(1), made(2)
	if strings.Join(first, "") != strings.Join(made(1), "") {
		t.Error("the same seed makes other variants")
	}
	same := 0
	for i := range all {
		if first[i] == all[i] || first[i] == other[i] {
			same++
		}
	}
	if same > len(all)/5 {
		t.Errorf("%d of %d variants are not changed", same, len(all))
	}
}

// TestCompareSeesDifferences: in a verdict, a level, a finding, an exit status; and not in an
// order.
func TestCompareSeesDifferences(t *testing.T) {
	a, b := found{"a", "note", "topic", "x"}, found{"b", "error", "alarm", "y"}
	of := func(exit int, verdict string, findings ...found) answer {
		return answer{exit, map[string]result{"c": {verdict, findings}}}
	}
	for name, c := range map[string]struct {
		got  answer
		same bool
	}{
		"order": {of(1, "fail", b, a), true}, "exit": {of(0, "fail", a, b), false}, "verdict": {of(1, "unknown", a, b), false},
		"finding": {of(1, "fail", a), false}, "level": {of(1, "fail", a, found{"b", "unknown", "alarm", "y"}), false},
		"control": {answer{1, nil}, false},
	} {
		m := measurement{judged: []judged{{want: of(1, "fail", a, b)}}}
		if m.compare([]answer{c.got}); (m.differ() == nil) != c.same {
			t.Errorf("%s: %v", name, m.differences)
		}
	}
}
