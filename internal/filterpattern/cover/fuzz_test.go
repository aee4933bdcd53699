package cover

import (
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/filterpattern/filterpatterntest"
	"github.com/iacgate/iacgate/internal/truth"
)

// FuzzSeparate holds for any two patterns: no panic, an end near the budget,
// events that Match confirms, and no proof that the message, if it is an event,
// contradicts.
func FuzzSeparate(f *testing.F) {
	patterns, messages := filterpatterntest.Recordings(f, "../testdata/aws-answers.json")
	for i, p := range patterns {
		f.Add(p, patterns[(i+1)%len(patterns)], messages[i%len(messages)])
	}
	for _, q := range adversaries(f) {
		f.Add(q[0].String(), q[1].String(), `{"a":"x","b":1}`)
	}
	f.Add(`{ $.a = "*x" }`, `?x -y`, `{"a":"x"}`)
	f.Fuzz(func(t *testing.T, a, b, message string) {
		match, errA := filterpattern.Parse(a)
		miss, errB := filterpattern.Parse(b)
		if errA != nil || errB != nil {
			return
		}
		s := Separate([]*filterpattern.Pattern{match}, []*filterpattern.Pattern{miss}, Axioms{})
		if s.Steps > maxSteps+maxSteps/2 {
			t.Fatalf("%q but not %q: %d steps", a, b, s.Steps)
		}
		if s.Decision == truth.Yes && !separates(s.Event, []*filterpattern.Pattern{match}, []*filterpattern.Pattern{miss}) {
			t.Fatalf("%q but not %q: %v does not separate them", a, b, s.Event)
		}
		event := object(message)
		if event != nil && s.Decision == truth.No && separates(event, []*filterpattern.Pattern{match}, []*filterpattern.Pattern{miss}) {
			t.Fatalf("%q but not %q: no event separates them, says Separate; %s does", a, b, message)
		}
	})
}

// object returns the JSON object that a message is, nil if it is none.
func object(message string) (event map[string]any) {
	decoder := json.NewDecoder(strings.NewReader(message))
	decoder.UseNumber()
	if err := decoder.Decode(&event); err != nil {
		return nil
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil
	}
	return event
}
