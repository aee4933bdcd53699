package gate_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/gate"
	"github.com/iacgate/iacgate/internal/verdict"
	"github.com/iacgate/iacgate/internal/widetest"
)

// enumerated are the words that facts are made of, if they are long enough to
// be hidden as secrets.
var enumerated = []string{
	"inferred", "external", "different", "other-place", "not-all", "not-unrecorded", "everyday", "selector", "invalid",
	"partial", "refused", "replace", "filter-name", "namespace", "dimensions", "read and write", deniedCalls,
}

// TestSecretsThatAreOurWords: a secret that happens to be one of our own words, or
// an address, changes no verdict. Hidden in the document, it would make a row of the policies
// vanish, and the gate would open.
func TestSecretsThatAreOurWords(t *testing.T) {
	g := newGate(t)
	for i, s := range scenarios() {
		if s.config != nil || widetest.Skips(i) {
			continue // what the configuration names has to be seen
		}
		t.Run(s.name, func(t *testing.T) {
			open := s.judged(t, g, nil)
			words := slices.Concat(enumerated, finding.IDs(), members(t, documentOf(t, open)))
			hidden := s.judged(t, g, words)
			if got, want := outcome(hidden.Results[0]), outcome(open.Results[0]); !slices.Equal(got, want) {
				t.Errorf("with secrets %v, without %v", got, want)
			}
		})
	}
}

func (s scenario) judged(t *testing.T, g *gate.Gate, secrets []string) gate.Judgement {
	t.Helper()
	doc := newDraft(t, s.from(), s.edits).document()
	doc.Secrets = append(doc.Secrets, secrets...)
	j, err := g.Judge(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// members returns the names of all members of a document, addresses among them.
func members(t *testing.T, document []byte) []string {
	t.Helper()
	var tree any
	if err := json.Unmarshal(document, &tree); err != nil {
		t.Fatal(err)
	}
	var names []string
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				walk(e)
			}
		case object:
			for k, e := range v {
				names = append(names, k)
				walk(e)
			}
		}
	}
	walk(tree)
	slices.Sort(names)
	return slices.Compact(names)
}

// outcome returns what a result says apart from names.
func outcome(r verdict.Result) []string {
	out := []string{string(r.Verdict), string(firstFault(r))}
	for _, f := range r.Findings {
		out = append(out, f.Code)
	}
	slices.Sort(out[2:])
	return out
}
