package cover

import (
	"encoding/json"
	"math/rand"
	"testing"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/filterpattern/filterpatterntest"
	"github.com/iacgate/iacgate/internal/truth"
)

// rawPattern writes a pattern that reads the raw text.
func (g generator) rawPattern() string {
	switch g.Intn(4) {
	case 0:
		return "%" + g.rawRegex() + "%"
	case 1:
		return "[w" + g.Pick("=", "!=") + g.Pick(`"*x*"`, `"*x*y*"`, `"*"`, `"x*"`, "%"+g.rawRegex()+"%") + g.Pick("", " || w=*y*", ` && w!="*a*"`) + "]"
	}
	src := g.term()
	for g.Intn(2) == 0 {
		src += " " + g.term()
	}
	return src
}

func (g generator) term() string {
	return g.Pick("", "", "-", "?", "?") + g.Pick("x", "y", "xy", "yx", "a", "b", "1", `"x y"`, `"x*"`, `"\"a\":"`, `"x<"`, `"\\"`)
}

func (g generator) rawRegex() string {
	return g.Pick("x", "x.y", "^x", "^{", "x$", "[^x]y", "x|^y", "x+y", "a", "b|x", "xy?x", `x\sy`, `\W`, "x.*y", "x*", "..", `[x-z]{2}`)
}

// rawWorld holds events as two writers of JSON spell them, one of which breaks
// lines and escapes what it may.
func rawWorld(t *testing.T, ax Axioms) [][]byte {
	t.Helper()
	values := []string{
		``, `null`, `true`, `1`, `1.5`, `""`, `"x"`, `"y"`, `"xy"`, `"yx"`, `"xx"`, `"x y"`, `"xzy"`, `"x<y"`, `"x\"y"`, `"x\\y"`,
		`"x\ny"`, `"a"`, `"b"`, `"z"`, `"x*"`, `{}`, `["x"]`, `{"b":"x"}`, `{"b":"xy"}`, `{"x":1}`, `[{"b":"y"}]`,
	}
	var messages [][]byte
	for _, a := range values {
		for _, b := range values[:16] {
			event := filterpatterntest.Event(a, b)
			if !ax.admit(event) {
				continue
			}
			compact, err := encodeEvent(event)
			if err != nil {
				t.Fatal(err)
			}
			wide, err := json.MarshalIndent(event, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			messages = append(messages, compact, wide)
		}
	}
	return messages
}

// TestRawTextAgreesWithMatch holds Separate to Match where patterns read the
// raw text: what is proven holds for every writer of JSON.
func TestRawTextAgreesWithMatch(t *testing.T) {
	g := generator{filterpatterntest.Generator{Rand: rand.New(rand.NewSource(5))}}
	axioms := []Axioms{{}, {Fields: []Field{{Path: "$.a", Required: true}}}}
	worlds := [][][]byte{rawWorld(t, axioms[0]), rawWorld(t, axioms[1])}
	count := map[truth.Truth]int{}
	for i := range 1200 {
		sources := []string{filterpatterntest.Closed(g.Pattern(i%7 == 0)), g.rawPattern(), g.rawPattern()}
		g.Shuffle(2+g.Intn(2), func(i, j int) { sources[i], sources[j] = sources[j], sources[i] })
		match, miss := mustParse(t, sources[0]), mustParse(t, sources[1])
		s := Separate([]*filterpattern.Pattern{match}, []*filterpattern.Pattern{miss}, axioms[i%2])
		count[s.Decision]++
		checkRawSeparation(t, s, match, miss, worlds[i%2])
	}
	if count[truth.Yes] < 500 || count[truth.No] < 100 || count[truth.Unknown] > 250 {
		t.Errorf("decided %v: the answers are too few to mean something", count)
	}
}

func checkRawSeparation(t *testing.T, s Separation, match, miss *filterpattern.Pattern, messages [][]byte) {
	t.Helper()
	switch s.Decision {
	case truth.Yes:
		if !separates(s.Event, []*filterpattern.Pattern{match}, []*filterpattern.Pattern{miss}) {
			t.Errorf("%s\nbut not %s: %v does not separate them", match, miss, s.Event)
		}
	case truth.No:
		for _, message := range messages {
			if match.Match(message) && !miss.Match(message) {
				t.Fatalf("%s\nbut not %s: no event separates them, says Separate; %s does", match, miss, message)
			}
		}
	}
}

// TestRawText: what a string of the event proves about the raw text, and what it leaves
// to whoever writes the JSON.
func TestRawText(t *testing.T) {
	for _, c := range []struct {
		match, miss string
		want        truth.Truth
	}{
		{`{ $.a = "x y" }`, `"x y"`, truth.No}, // a blank is itself
		{`{ $.a = "~" }`, `"~"`, truth.No},
		{`{ $.a = x }`, `[w="*"]`, truth.No},
		{`{ $.a = x }`, `[w]`, truth.No},
		{`{ $.a = x }`, `[]`, truth.No},
		{`{ $.a = "" }`, `[w=""]`, truth.Yes},
		{`{ $.a = "<x" }`, `"<x"`, truth.Unknown}, // writers may escape it
		{`{ $.a = "é" }`, `é`, truth.Unknown},
		{`{ $.a = "z" }`, `%[x-z]%`, truth.No}, // the last of a class
		{`{ $.m = "m" }`, `%[az]%`, truth.Yes}, // between the characters of a class
	} {
		match, miss := mustParse(t, c.match), mustParse(t, c.miss)
		s := Separate([]*filterpattern.Pattern{match}, []*filterpattern.Pattern{miss}, Axioms{})
		if s.Decision != c.want {
			t.Errorf("%s but not %s: %s (event %v, reason %q), want %s", match, miss, s.Decision, s.Event, s.Reason, c.want)
		}
	}
}
