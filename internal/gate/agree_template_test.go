package gate_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/iacgate/iacgate/internal/cfn"
	"github.com/iacgate/iacgate/internal/gate"
	"github.com/iacgate/iacgate/internal/verdict"
)

// TestNotationsAgree: one infrastructure as plan, as code, and as a template in
// YAML and in JSON has one verdict and one broken link, but for what a plan does
// not tell, for which its case says why.
func TestNotationsAgree(t *testing.T) {
	files, err := filepath.Glob("../../testdata/agree/*/case.json")
	if err != nil || len(files) < 12 {
		t.Fatalf("%d cases: %v", len(files), err)
	}
	g := newGate(t)
	for _, file := range files {
		dir := filepath.Dir(file)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			want := readAgreed(t, file)
			exception := want.Plan
			for form, got := range map[string]verdict.Result{
				"plan": judge(t, g, filepath.Join(dir, "plan.json")),
				"code": judgeCode(t, g, dir, want.Arguments),
				"yaml": judgeTemplate(t, g, filepath.Join(dir, "template.yaml"), want.Parameters),
				"json": judgeTemplate(t, g, filepath.Join(dir, "template.json"), want.Parameters),
			} {
				want := want.expected
				if form == "plan" && exception.Why != "" {
					want = exception.expected
				}
				if got.Verdict != want.Verdict {
					t.Errorf("%s: verdict %s, want %s\n%s", form, got.Verdict, want.Verdict, pretty(got))
				}
				if at := firstFault(got); len(want.Links) > 0 && !slices.Contains(want.Links, at) {
					t.Errorf("%s: fault at %q, want one of %q\n%s", form, at, want.Links, pretty(got))
				}
			}
		})
	}
}

// agreed has the verdicts that all notations of a case must have, and their options.
type agreed struct {
	expected
	Arguments  string            `json:"plan_arguments"`
	Parameters map[string]string `json:"parameters"`
	// Plan is what the plan by itself comes to where it knows less than its code,
	// and why.
	Plan code `json:"plan"`
}

func readAgreed(t *testing.T, file string) agreed {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var a agreed
	if err := json.Unmarshal(raw, &a); err != nil {
		t.Fatal(err)
	}
	return a
}

func judgeTemplate(t *testing.T, g *gate.Gate, path string, parameters map[string]string) verdict.Result {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	doc, err := cfn.Read(context.Background(), []cfn.Input{{Path: path, Reader: f}}, cfn.Options{Parameters: parameters})
	if err != nil {
		t.Fatal(err)
	}
	j, err := g.Judge(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	return j.Results[0]
}
