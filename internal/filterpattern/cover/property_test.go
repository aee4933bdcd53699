package cover

import (
	"encoding/json"
	"math/rand"
	"testing"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/filterpattern/filterpatterntest"
	"github.com/iacgate/iacgate/internal/truth"
	"github.com/iacgate/iacgate/internal/widetest"
)

func mustParse(t testing.TB, src string) *filterpattern.Pattern {
	t.Helper()
	p, err := filterpattern.Parse(src)
	if err != nil {
		t.Fatalf("%s: %v", src, err)
	}
	return p
}

// A generator also writes axioms, and patterns that read the raw text.
type generator struct{ filterpatterntest.Generator }

func matchesEvent(p *filterpattern.Pattern, event map[string]any) bool {
	return p.MatchMessage(filterpattern.Object(event))
}

// TestSeparateAgreesWithMatch holds Separate to Match over a small world: a
// proof that no event separates two patterns must find none there either.
func TestSeparateAgreesWithMatch(t *testing.T) {
	events := filterpatterntest.World()
	g := generator{filterpatterntest.Generator{Rand: rand.New(rand.NewSource(1))}}
	unknown, rounds := 0, 3000
	if !widetest.All() {
		rounds = 300
	}
	for i := range rounds {
		match, miss := mustParse(t, filterpatterntest.Closed(g.Pattern(i%5 == 0))), mustParse(t, filterpatterntest.Closed(g.Pattern(i%5 == 0)))
		ax := g.axioms()
		s := Separate([]*filterpattern.Pattern{match}, []*filterpattern.Pattern{miss}, ax)
		checkSeparation(t, s, match, miss, ax, events)
		if s.Decision == truth.Unknown && i%5 != 0 {
			unknown++
			t.Logf("%s\nbut not %s: %s", match, miss, s.Reason)
		}
	}
	if unknown > rounds/100 {
		t.Errorf("%d of %d questions without wildcards are left open", unknown, rounds)
	}
}

// checkSeparation compares a separation with brute force.
func checkSeparation(t *testing.T, s Separation, match, miss *filterpattern.Pattern, ax Axioms, events []map[string]any) {
	t.Helper()
	switch s.Decision {
	case truth.Yes:
		if !separates(s.Event, []*filterpattern.Pattern{match}, []*filterpattern.Pattern{miss}) {
			t.Errorf("%s\nbut not %s: %v does not separate them", match, miss, s.Event)
		}
	case truth.No:
		for _, event := range events {
			if ax.admit(event) && matchesEvent(match, event) && !matchesEvent(miss, event) {
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
			kinds := []ValueKinds{0, StringValue, StringValue | NumberValue, NullValue | StringValue, ObjectValue | ArrayValue}[g.Intn(5)]
			ax.Fields = append(ax.Fields, Field{Path: path, Required: g.Intn(2) == 0, Kinds: kinds, Prefer: []string{"xy", "q"}})
		}
	}
	return ax
}

// admit reports whether an event agrees with the axioms.
func (ax Axioms) admit(event map[string]any) bool {
	for _, f := range ax.Fields {
		s, err := filterpattern.ParseSelector(f.Path)
		if err != nil {
			return false
		}
		values := lookUp(event, s)
		if len(values) == 0 && f.Required {
			return false
		}
		if len(values) > 0 && f.Kinds != 0 && kindOf(values[0])&f.Kinds == 0 {
			return false
		}
	}
	return true
}

func kindOf(value any) ValueKinds {
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
	g := generator{filterpatterntest.Generator{Rand: rand.New(rand.NewSource(2))}}
	for range 2000 {
		p, ax := mustParse(t, filterpatterntest.Closed(g.Pattern(false))), g.axioms()
		for i := range ax.Fields {
			ax.Fields[i].Required = false // what is required and not asked for is left to the caller
		}
		if s := Separate([]*filterpattern.Pattern{p}, nil, ax); s.Decision == truth.Yes && !ax.admit(s.Event) {
			t.Errorf("%s: %v breaks the axioms %v", p, s.Event, ax)
		}
	}
}

// lookUp returns the value that a selector without wildcards selects, if there is one.
func lookUp(event map[string]any, s filterpattern.Selector) []any {
	var value any = event
	for _, step := range s {
		object, _ := value.(map[string]any)
		below, ok := object[step.Name]
		if !ok {
			return nil
		}
		value = below
	}
	return []any{value}
}
