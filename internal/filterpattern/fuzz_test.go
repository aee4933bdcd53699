package filterpattern

import (
	"encoding/json"
	"os"
	"testing"
	"unicode/utf8"
)

// recordings returns what AWS answered, for seeds.
func recordings(t testing.TB) (patterns, messages []string) {
	t.Helper()
	data, err := os.ReadFile("testdata/aws-answers.json")
	if err != nil {
		t.Fatal(err)
	}
	var recorded struct {
		Cases []struct {
			Pattern  string
			Messages []string
		}
	}
	if err := json.Unmarshal(data, &recorded); err != nil {
		t.Fatal(err)
	}
	for _, c := range recorded.Cases {
		patterns = append(patterns, c.Pattern)
		messages = append(messages, c.Messages...)
	}
	return patterns, messages
}

// FuzzParse holds for any text: no panic, errors that point into it, and
// canonical forms that fit AWS's limit, are stable and match the same messages.
func FuzzParse(f *testing.F) {
	patterns, messages := recordings(f)
	for i, p := range patterns {
		f.Add(p, messages[i%len(messages)])
	}
	f.Add(`{ ($.a = "x*\\" || $.['b c'][0].* NOT EXISTS) && $.d >= -1.5e-3 }`, `{"a":"x\\"}`)
	f.Add(`[a, b = 1 || b = %x|y%, ..., "c"]`, `x "1" [z]`)
	f.Fuzz(func(t *testing.T, src, message string) {
		p, err := Parse(src)
		if err != nil {
			syntax, _ := err.(*SyntaxError)
			if syntax == nil || syntax.Pos < 0 || syntax.Pos > len(src) || syntax.Msg == "" {
				t.Fatalf("%q: %#v", src, syntax)
			}
			return
		}
		printed := p.String()
		if utf8.RuneCountInString(printed) > MaxLength {
			t.Fatalf("%q prints as %q, which is too long", src, printed)
		}
		again, err := Parse(printed)
		if err != nil {
			t.Fatalf("%q prints as %q: %v", src, printed, err)
		}
		if again.String() != printed || again.Kind() != p.Kind() {
			t.Fatalf("%q prints as %q and then as %q", src, printed, again)
		}
		if p.Match([]byte(message)) != again.Match([]byte(message)) {
			t.Fatalf("%q and %q disagree about %q", src, printed, message)
		}
		if len(p.Explain()) == 0 {
			t.Fatalf("%q: no explanation", src)
		}
	})
}

// FuzzSeparate holds for any two patterns: no panic, an end near the budget,
// events that Match confirms, and no proof that the message, if it is an event,
// contradicts.
func FuzzSeparate(f *testing.F) {
	patterns, messages := recordings(f)
	for i, p := range patterns {
		f.Add(p, patterns[(i+1)%len(patterns)], messages[i%len(messages)])
	}
	for _, q := range adversaries(f) {
		f.Add(q[0].String(), q[1].String(), `{"a":"x","b":1}`)
	}
	f.Add(`{ $.a = "*x" }`, `?x -y`, `{"a":"x"}`)
	f.Fuzz(func(t *testing.T, a, b, message string) {
		match, errA := Parse(a)
		miss, errB := Parse(b)
		if errA != nil || errB != nil {
			return
		}
		s := Separate([]*Pattern{match}, []*Pattern{miss}, Axioms{})
		if s.Steps > maxSteps+maxSteps/2 {
			t.Fatalf("%q but not %q: %d steps", a, b, s.Steps)
		}
		if s.Decision == Yes && !separates(s.Event, []*Pattern{match}, []*Pattern{miss}) {
			t.Fatalf("%q but not %q: %v does not separate them", a, b, s.Event)
		}
		event, err := decodeEvent([]byte(message))
		if err == nil && s.Decision == No && separates(event, []*Pattern{match}, []*Pattern{miss}) {
			t.Fatalf("%q but not %q: no event separates them, says Separate; %s does", a, b, message)
		}
	})
}
