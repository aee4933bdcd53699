package gate_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/gate"
	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/verdict"
)

// TestPlanAndCodeAgree: the code of every plan in testdata/plans gets the
// verdict and the link of its plan. Where plan and code know different things,
// case.json says what the code comes to, and why.
func TestPlanAndCodeAgree(t *testing.T) {
	files, err := filepath.Glob("../../testdata/plans/*/case.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	g := newGate(t)
	for _, file := range files {
		dir := filepath.Dir(file)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			want := readCode(t, file)
			if want.Why == "" {
				plan := judge(t, g, filepath.Join(dir, "plan.json"))
				want.Verdict, want.Links = plan.Verdict, []verdict.Link{firstFault(plan)}
			}
			got := judgeCode(t, g, dir, want.arguments)
			if got.Verdict != want.Verdict {
				t.Errorf("the code's verdict is %s, want %s\n%s", got.Verdict, want.Verdict, pretty(got))
			}
			if at := firstFault(got); !slices.Contains(want.Links, at) {
				t.Errorf("the code's fault is at %q, want one of %q\n%s", at, want.Links, pretty(got))
			}
		})
	}
}

// code is the verdict on the code of a case if it differs from that on its plan.
type code struct {
	expected
	Why       string
	arguments string
}

func readCode(t *testing.T, file string) code {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var c struct {
		Code      code
		Arguments string `json:"plan_arguments"`
	}
	if err := json.Unmarshal(raw, &c); err != nil {
		t.Fatal(err)
	}
	c.Code.arguments = c.Arguments
	return c.Code
}

func judgeCode(t *testing.T, g *gate.Gate, dir, arguments string) verdict.Result {
	t.Helper()
	o := hcl.Options{Dir: dir, Declared: func([]string) {}} // an example asks for an address
	for words := strings.Fields(arguments); len(words) > 1; words = words[1:] {
		switch words[0] {
		case "-var":
			o.Vars = append(o.Vars, strings.Trim(words[1], `'"`))
		case "-var-file":
			o.VarFiles = append(o.VarFiles, filepath.Join(dir, words[1]))
		}
	}
	doc, err := hcl.Read(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	j, err := g.Judge(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	return j.Results[0]
}
