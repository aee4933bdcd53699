package gate_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/control"
	"github.com/iacgate/iacgate/internal/gate"
	"github.com/iacgate/iacgate/internal/plan"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/verdict"
)

// TestPlans judges every real plan of testdata/plans and compares verdict and
// broken link with its case.json.
func TestPlans(t *testing.T) {
	files, err := filepath.Glob("../../testdata/plans/*/plan.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no plans: %v", err)
	}
	g := newGate(t)
	for _, file := range files {
		t.Run(filepath.Base(filepath.Dir(file)), func(t *testing.T) {
			want := readCase(t, filepath.Join(filepath.Dir(file), "case.json"))
			got := judge(t, g, file)
			if got.Verdict != want.Verdict {
				t.Errorf("verdict %s, want %s\n%s", got.Verdict, want.Verdict, pretty(got))
			}
			if at := firstFault(got); len(want.Links) > 0 && !slices.Contains(want.Links, at) {
				t.Errorf("first fault at %q, want one of %q\n%s", at, want.Links, pretty(got))
			}
		})
	}
}

type expected struct {
	Verdict verdict.Verdict
	Links   []verdict.Link
}

func readCase(t *testing.T, file string) (want expected) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	return want
}

func newGate(t *testing.T) *gate.Gate {
	t.Helper()
	controls, err := control.Select([]string{"unauthorized-api-calls"})
	if err != nil {
		t.Fatal(err)
	}
	g := gate.New(policy.Load(verdict.IDs(controls)), controls, config.Default())
	g.Documents = true
	return g
}

func judge(t *testing.T, g *gate.Gate, file string) verdict.Result {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	doc, err := plan.Read(f, plan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	doc.Path = file
	j, err := g.Judge(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	return j.Results[0]
}

// firstFault returns the first link that decides the verdict.
func firstFault(r verdict.Result) verdict.Link {
	for _, l := range r.Links {
		if broken := l.State == verdict.Broken || l.State == verdict.Missing; broken || r.Verdict == verdict.Unknown && !l.State.Holds() {
			return l.Link
		}
	}
	return ""
}

func pretty(v any) string {
	raw, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err.Error()
	}
	return string(raw)
}
