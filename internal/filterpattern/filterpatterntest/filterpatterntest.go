// Package filterpatterntest generates input for the tests of filter patterns and of
// decisions about them: random patterns, a small set of events, and files of real events.
//
// Only tests import it.
package filterpatterntest

import (
	"bytes"
	"encoding/json"
	"math/rand"
	"os"
	"strings"
	"testing"
)

// A Generator writes random patterns and events over a small world, in which
// brute force finds what there is to find.
type Generator struct{ *rand.Rand }

// Pick returns one of some texts.
func (g Generator) Pick(options ...string) string { return options[g.Intn(len(options))] }

// Pattern writes a JSON pattern.
func (g Generator) Pattern(wildcards bool) string {
	regexes, stars := 2, 0
	if wildcards {
		stars = 2
	}
	return "{ " + g.formula(3, &regexes, &stars) + " }"
}

func (g Generator) formula(depth int, regexes, stars *int) string {
	if depth == 0 || g.Intn(3) == 0 {
		return g.condition(regexes, stars)
	}
	left, right := g.formula(depth-1, regexes, stars), g.formula(depth-1, regexes, stars)
	return g.Pick("", "(") + "" + left + g.Pick(" && ", " || ") + right
}

func (g Generator) condition(regexes, stars *int) string {
	selector := g.Pick("$.a", "$.a", "$.a", "$.b", "$.a.b", "$.a[0]", "$.a[1]", "$.a[0].b")
	if *stars > 0 && g.Intn(4) == 0 {
		*stars--
		selector = g.Pick("$.a[*]", "$.a.*", "$.a[*].b")
	}
	switch g.Intn(8) {
	case 0:
		return selector + " NOT EXISTS"
	case 1:
		return selector + g.Pick(" IS NULL", " IS TRUE", " IS FALSE")
	case 2:
		return selector + g.Pick("<", "<=", ">", ">=") + g.Pick("0", "1", "1.5", "2")
	case 3:
		if *regexes > 0 {
			*regexes--
			return selector + g.Pick("=", "!=") + "%" + g.Pick("x", "^x", "y$", "^[xy]+$", "x|y", "^$", "x.", "1", "[^x]", "^x?y$") + "%"
		}
	}
	return selector + g.Pick("=", "!=") + g.value()
}

func (g Generator) value() string {
	switch g.Intn(4) {
	case 0:
		return g.Pick("0", "1", "1.0", "1.5", "2", "1e0")
	case 1:
		return g.Pick(`"1"`, `"1.0"`, `"1*"`, `"*.5"`, `""`, `"*"`, `"0"`, `"-*"`, `"*.0"`)
	}
	var b strings.Builder
	for range 1 + g.Intn(4) {
		b.WriteString(g.Pick("x", "y", "*"))
	}
	return b.String()
}

// Closed adds the parentheses that [Generator.Pattern] has left open.
func Closed(src string) string {
	open := strings.Count(src, "(") - strings.Count(src, ")")
	return strings.TrimSuffix(src, " }") + strings.Repeat(")", open) + " }"
}

// World returns every event with one of some dozens of values at $.a and $.b.
func World() []map[string]any {
	scalars := []string{
		``, `null`, `true`, `false`, `""`, `"x"`, `"y"`, `"xy"`, `"yx"`, `"xx"`, `"xxy"`, `"z"`, `"1"`, `"1.0"`, `"1.5"`, `"01"`, `"0"`,
		`0`, `1`, `1.0`, `1e0`, `1.5`, `2`, `3`, `-1`, `0.5`, `12`, `1e309`, `1e-999`, `-0.0`,
	}
	values := append([]string(nil), scalars...)
	values = append(values, `[]`, `[null]`, `[[null]]`, `{}`, `["x",null]`, `[null,"x"]`, `[1,"y"]`, `["x","y"]`, `[2,1]`, `[true,"x"]`, `[{}]`, `[{},"x"]`)
	for _, v := range scalars[1:] {
		values = append(values, `{"b":`+v+`}`, `[`+v+`]`, `[{"b":`+v+`}]`)
	}
	var events []map[string]any
	for _, a := range values {
		for _, b := range scalars {
			events = append(events, Event(a, b))
		}
	}
	return events
}

// Event has the values, written as JSON, at $.a and $.b; an empty text
// leaves the field out.
func Event(a, b string) map[string]any {
	var fields []string
	if a != "" {
		fields = append(fields, `"a":`+a)
	}
	if b != "" {
		fields = append(fields, `"b":`+b)
	}
	event, err := decode([]byte("{" + strings.Join(fields, ",") + "}"))
	if err != nil {
		panic(err)
	}
	return event
}

// decode reads a JSON object with json.Number for numbers.
func decode(text []byte) (event map[string]any, err error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	return event, decoder.Decode(&event)
}

// Recordings returns what AWS was asked in a file of its answers, for seeds.
func Recordings(t testing.TB, path string) (patterns, messages []string) {
	t.Helper()
	var recorded struct {
		Cases []struct {
			Pattern  string
			Messages []string
		}
	}
	read(t, path, &recorded)
	for _, c := range recorded.Cases {
		patterns = append(patterns, c.Pattern)
		messages = append(messages, c.Messages...)
	}
	return patterns, messages
}

// Controls returns the published patterns in a file by control; the first is what has
// to be matched.
func Controls(t testing.TB, path string) map[string][]string {
	t.Helper()
	var published struct {
		Controls []struct {
			ID       string
			Patterns []string
		}
	}
	read(t, path, &published)
	all := map[string][]string{}
	for _, c := range published.Controls {
		all[c.ID] = c.Patterns
	}
	return all
}

func read(t testing.TB, path string, into any) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}
