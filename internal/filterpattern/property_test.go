package filterpattern

import (
	"encoding/json"
	"math/rand"
	"testing"
)

func mustParse(t testing.TB, src string) *Pattern {
	t.Helper()
	p, err := Parse(src)
	if err != nil {
		t.Fatalf("%s: %v", src, err)
	}
	return p
}

// TestSeparateAgreesWithMatch holds Separate to Match over a small world: a
// proof that no event separates two patterns must find none there either.
func TestSeparateAgreesWithMatch(t *testing.T) {
	events := world()
	g := generator{rand.New(rand.NewSource(1))}
	unknown, rounds := 0, 3000
	for i := range rounds {
		match, miss := mustParse(t, closed(g.pattern(i%5 == 0))), mustParse(t, closed(g.pattern(i%5 == 0)))
		ax := g.axioms()
		s := Separate([]*Pattern{match}, []*Pattern{miss}, ax)
		checkSeparation(t, s, match, miss, ax, events)
		if s.Decision == Unknown && i%5 != 0 {
			unknown++
			t.Logf("%s\nbut not %s: %s", match, miss, s.Reason)
		}
	}
	if unknown > rounds/100 {
		t.Errorf("%d of %d questions without wildcards are left open", unknown, rounds)
	}
}

// checkSeparation compares a separation with brute force.
func checkSeparation(t *testing.T, s Separation, match, miss *Pattern, ax Axioms, events []map[string]any) {
	t.Helper()
	switch s.Decision {
	case Yes:
		if !separates(s.Event, []*Pattern{match}, []*Pattern{miss}) {
			t.Errorf("%s\nbut not %s: %v does not separate them", match, miss, s.Event)
		}
	case No:
		for _, event := range events {
			if ax.admit(event) && match.matchesEvent(event) && !miss.matchesEvent(event) {
				text, _ := json.Marshal(event)
				t.Fatalf("%s\nbut not %s: no event separates them, says Separate under %v; %s does", match, miss, ax, text)
			}
		}
	}
}

// axioms knows something or nothing about $.a and $.b.
func (g generator) axioms() Axioms {
	var ax Axioms
	for _, path := range []string{"$.a", "$.b", "$.a.b"} {
		if g.Intn(6) == 0 {
			kinds := []Values{0, StringValue, StringValue | NumberValue, NullValue | StringValue, ObjectValue | ArrayValue}[g.Intn(5)]
			ax.Fields = append(ax.Fields, Field{Path: path, Required: g.Intn(2) == 0, Kinds: kinds, Prefer: []string{"xy", "q"}})
		}
	}
	return ax
}

// admit reports whether an event agrees with the axioms.
func (ax Axioms) admit(event map[string]any) bool {
	for _, f := range ax.Fields {
		s, err := ParseSelector(f.Path)
		if err != nil {
			return false
		}
		values := lookUp(event, s.steps)
		if len(values) == 0 && f.Required {
			return false
		}
		if len(values) > 0 && f.Kinds != 0 && kindOf(values[0])&f.Kinds == 0 {
			return false
		}
	}
	return true
}

func kindOf(value any) Values {
	switch value.(type) {
	case nil:
		return NullValue
	case bool:
		return BooleanValue
	case string:
		return StringValue
	case json.Number:
		return NumberValue
	case []any:
		return ArrayValue
	}
	return ObjectValue
}

// TestWitnessAgreesWithAxioms holds events to the kinds that the axioms admit.
func TestWitnessAgreesWithAxioms(t *testing.T) {
	g := generator{rand.New(rand.NewSource(2))}
	for range 2000 {
		p, ax := mustParse(t, closed(g.pattern(false))), g.axioms()
		for i := range ax.Fields {
			ax.Fields[i].Required = false // what is required and not asked for is left to the caller
		}
		if s := Separate([]*Pattern{p}, nil, ax); s.Decision == Yes && !ax.admit(s.Event) {
			t.Errorf("%s: %v breaks the axioms %v", p, s.Event, ax)
		}
	}
}

// TestRoundTrip holds that canonical forms parse, are stable and mean the
// same.
func TestRoundTrip(t *testing.T) {
	events := world()
	g := generator{rand.New(rand.NewSource(3))}
	for range 500 {
		src := closed(g.pattern(true))
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
	events := world()
	g := generator{rand.New(rand.NewSource(4))}
	for range 300 {
		p := mustParse(t, closed(g.pattern(true)))
		for _, path := range []string{"$.a", "$.a.b", "$.b"} {
			s, err := ParseSelector(path)
			if err != nil {
				t.Fatal(err)
			}
			folded := p.Without([]Selector{s})
			for _, event := range events[:1000] {
				if len(lookUp(event, s.steps)) == 0 && folded.matchesEvent(event) != p.matchesEvent(event) {
					t.Fatalf("%s without %s is %s: they disagree about %v", p, path, folded, event)
				}
			}
		}
	}
}
