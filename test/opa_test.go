package test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestStockOPA: the policies need nothing of iacgate. The unit tests pass under
// OPA's own program, and eval on what graph prints comes to check's verdicts.
func TestStockOPA(t *testing.T) {
	inRoot(t)
	needsPrograms(t)
	opa := stockOPA(t)
	if out, err := exec.Command(opa, "test", "policies").CombinedOutput(); err != nil || !strings.HasPrefix(string(out), "PASS: ") {
		t.Errorf("opa test policies: %v\n%s", err, out)
	}
	iacgate := program(t)
	for _, input := range []string{
		"plans/complete/plan.json", "plans/all-controls/plan.json", "plans/each-control-narrowed/plan.json", "plans/external-topic/plan.json",
		"plans/no-trail-at-all/plan.json", "templates/cdk-plain.json", "templates/topic-parameter.yaml", "templates/skip-bucket.yaml",
	} {
		t.Run(input, func(t *testing.T) {
			input = filepath.Join("testdata", input)
			document := output(t, iacgate, nil, "graph", "--control", "all", "--output", "json", input)
			evaluated := output(t, opa, document, "eval", "--stdin-input", "--data", "policies", "--format", "raw", "data.iacgate.main.results")
			want := checkVerdicts(t, output(t, iacgate, nil, "check", "--control", "all", "--output", "json", input))
			if diff := cmp.Diff(want, evalVerdicts(t, evaluated)); diff != "" {
				t.Errorf("check and opa eval differ (-check +opa)\n%s", diff)
			}
		})
	}
}

// stockOPA builds the program that tools/go.mod pins.
func stockOPA(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "opa")
	out, err := exec.Command("go", "build", "-modfile=tools/go.mod", "-o", file, "github.com/open-policy-agent/opa").CombinedOutput()
	if err != nil {
		t.Fatalf("opa cannot be built: %v\n%s", err, out)
	}
	return file
}

// output runs a program and returns what it prints, whatever its verdict is.
func output(t *testing.T, program string, stdin []byte, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Stdin = bytes.NewReader(stdin)
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() == 2) {
		t.Fatalf("%s: %v", args, err)
	}
	return out
}

func checkVerdicts(t *testing.T, raw []byte) map[string]string {
	t.Helper()
	var report struct {
		Results []struct{ Control, Verdict string }
	}
	if err := json.Unmarshal(raw, &report); err != nil {
		t.Fatal(err)
	}
	verdicts := map[string]string{}
	for _, r := range report.Results {
		verdicts[r.Control] = r.Verdict
	}
	return verdicts
}

func evalVerdicts(t *testing.T, raw []byte) map[string]string {
	t.Helper()
	var results map[string]struct{ Verdict string }
	if err := json.Unmarshal(raw, &results); err != nil {
		t.Fatalf("%v\n%.300s", err, raw)
	}
	verdicts := map[string]string{}
	for id, r := range results {
		verdicts[id] = r.Verdict
	}
	return verdicts
}
