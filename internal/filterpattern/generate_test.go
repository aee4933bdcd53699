package filterpattern

import (
	"math/rand"
	"strings"
)

// A generator writes random patterns and events over a small world, in which
// brute force finds what there is to find.
type generator struct{ *rand.Rand }

func (g generator) pick(options ...string) string { return options[g.Intn(len(options))] }

// pattern writes a JSON pattern.
func (g generator) pattern(wildcards bool) string {
	regexes, stars := 2, 0
	if wildcards {
		stars = 2
	}
	return "{ " + g.formula(3, &regexes, &stars) + " }"
}

func (g generator) formula(depth int, regexes, stars *int) string {
	if depth == 0 || g.Intn(3) == 0 {
		return g.condition(regexes, stars)
	}
	left, right := g.formula(depth-1, regexes, stars), g.formula(depth-1, regexes, stars)
	return g.pick("", "(") + "" + left + g.pick(" && ", " || ") + right
}

func (g generator) condition(regexes, stars *int) string {
	selector := g.pick("$.a", "$.a", "$.a", "$.b", "$.a.b", "$.a[0]", "$.a[1]", "$.a[0].b")
	if *stars > 0 && g.Intn(4) == 0 {
		*stars--
		selector = g.pick("$.a[*]", "$.a.*", "$.a[*].b")
	}
	switch g.Intn(8) {
	case 0:
		return selector + " NOT EXISTS"
	case 1:
		return selector + g.pick(" IS NULL", " IS TRUE", " IS FALSE")
	case 2:
		return selector + g.pick("<", "<=", ">", ">=") + g.pick("0", "1", "1.5", "2")
	case 3:
		if *regexes > 0 {
			*regexes--
			return selector + g.pick("=", "!=") + "%" + g.pick("x", "^x", "y$", "^[xy]+$", "x|y", "^$", "x.", "1", "[^x]", "^x?y$") + "%"
		}
	}
	return selector + g.pick("=", "!=") + g.value()
}

func (g generator) value() string {
	switch g.Intn(4) {
	case 0:
		return g.pick("0", "1", "1.0", "1.5", "2", "1e0")
	case 1:
		return g.pick(`"1"`, `"1.0"`, `"1*"`, `"*.5"`, `""`, `"*"`, `"0"`, `"-*"`, `"*.0"`)
	}
	var b strings.Builder
	for range 1 + g.Intn(4) {
		b.WriteString(g.pick("x", "y", "*"))
	}
	return b.String()
}

// closed adds the parentheses that formula has left open.
func closed(src string) string {
	open := strings.Count(src, "(") - strings.Count(src, ")")
	return strings.TrimSuffix(src, " }") + strings.Repeat(")", open) + " }"
}

// world holds every event with one of some dozens of values at $.a and $.b.
func world() []map[string]any {
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
			events = append(events, smallEvent(a, b))
		}
	}
	return events
}

// smallEvent has the values, written as JSON, at $.a and $.b; an empty text
// leaves the field out.
func smallEvent(a, b string) map[string]any {
	var fields []string
	if a != "" {
		fields = append(fields, `"a":`+a)
	}
	if b != "" {
		fields = append(fields, `"b":`+b)
	}
	event, err := decodeEvent([]byte("{" + strings.Join(fields, ",") + "}"))
	if err != nil {
		panic(err)
	}
	return event
}

// matchesEvent is Match on a decoded event.
func (p *Pattern) matchesEvent(event map[string]any) bool {
	return holds(p.body.(document).expr, func(c *condition) bool { return c.holdsIn(event) })
}
