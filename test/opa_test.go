package test

import (
	"bytes"
	"encoding/json"
	"errors"
	"net"
	"os"
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

// TestScalePage runs the server that docs/scale.md shows, on another port, and what OPA does with
// bundles.
func TestScalePage(t *testing.T) {
	inRoot(t)
	needsPrograms(t)
	for _, tool := range []string{"curl", "jq"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(err)
		}
	}
	bin := t.TempDir()
	onPath(t, bin)
	if err := os.Symlink(stockOPA(t), filepath.Join(bin, "opa")); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	plan, err := filepath.Abs("testdata/plans/all-controls/plan.json")
	if err != nil {
		t.Fatal(err)
	}
	shown := strings.Join(blocks(t, "docs/scale.md", "bash"), "\n")
	shown = strings.NewReplacer("localhost:8181", freeAddress(t), "plan.json", plan).Replace(shown)
	script := "set -euo pipefail\ntrap 'kill %1; wait' EXIT\n" + shown + " > report.json\n" +
		"opa build --bundle bundle.tar.gz --output built.tar.gz\n" +
		"mkdir signed && tar -xzf bundle.tar.gz -C signed && opa sign --bundle signed --signing-alg HS256 --signing-key secret --output-file-path signed\n" +
		"opa build --bundle signed --signing-alg HS256 --signing-key secret --verification-key secret --verification-key-id k --output signed.tar.gz\n" +
		"iacgate graph --control all " + plan + " | jq -s . > documents.json\n" +
		"for b in bundle built signed; do opa eval --strict-builtin-errors --bundle $b.tar.gz --stdin-input --format raw data.iacgate.report < documents.json | jq -cS . | cmp - report.json; done\n"
	script = strings.Replace(script, "jq .result > report.json", "jq -cS .result > report.json", 1)
	cmd := exec.Command("bash", "-c", script)
	cmd.Dir = t.TempDir()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s\n%s", err, script, out)
	}
	raw, err := os.ReadFile(filepath.Join(cmd.Dir, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	var report struct {
		Verdict string
		Results map[string]struct{ Verdict string }
	}
	if err := json.Unmarshal(raw, &report); err != nil || report.Verdict != "pass" || len(report.Results) != 15 {
		t.Errorf("%v\n%.500s", err, raw)
	}
}

// freeAddress returns one of loopback that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
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
