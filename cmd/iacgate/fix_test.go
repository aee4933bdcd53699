package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/verdict"
	"github.com/iacgate/iacgate/internal/widetest"
)

// unfixable are the cases that fix leaves to a person, and why.
var unfixable = map[string]string{
	"external-group-no-subscription": "the trail is elsewhere: unknown at best",
	"role-from-module-read-only":     "the role and the group are in two modules",
}

// unfixableTemplates are those of testdata/templates.
var unfixableTemplates = map[string]string{
	"filter-and-alarm-exclusive.yaml":           "the filter is there in one of two cases, under a condition",
	"if-anticorrelated-namespace.yaml":          "what fixes one case breaks the other",
	"subscription-follows-wrong-condition.json": "the topic is there in one of two cases, under a condition",
}

// A fixCase is an input to fix, in a copy of a directory.
type fixCase struct {
	name string
	dir  string
	args []string // what check and fix are given, in the copy
	why  string   // why a person has to do it
	json bool     // with the code in Terraform's JSON syntax
}

// fixCases returns the real inputs of the repository: code in both syntaxes and templates.
func fixCases(t *testing.T) (all []fixCase) {
	t.Helper()
	files, err := filepath.Glob("../../testdata/*/*/case.json")
	if err != nil || len(files) < 60 {
		t.Fatalf("%d cases: %v", len(files), err)
	}
	for _, file := range files {
		dir := filepath.Dir(file)
		var c struct {
			Arguments  string            `json:"plan_arguments"`
			Parameters map[string]string `json:"parameters"`
		}
		readJSON(t, file, &c)
		name := filepath.Base(filepath.Dir(dir)) + "/" + filepath.Base(dir)
		why := unfixable[filepath.Base(dir)]
		code := append(variableArguments(c.Arguments), ".")
		all = append(all, fixCase{name + "/code", dir, code, why, false}, fixCase{name + "/json", dir, code, why, true})
		for _, template := range []string{"template.yaml", "template.json"} {
			if _, err := os.Stat(filepath.Join(dir, template)); err == nil {
				all = append(all, fixCase{name + "/" + template, dir, append(parameterArguments(c.Parameters), template), why, false})
			}
		}
	}
	const dir = "../../testdata/templates"
	var templates []struct {
		File       string
		Verdict    verdict.Verdict
		Parameters map[string]string
		Combine    []string
	}
	readJSON(t, dir+"/cases.json", &templates)
	for _, c := range templates {
		if c.Verdict == verdict.Fail && len(c.Combine) == 0 {
			all = append(all, fixCase{"templates/" + c.File, dir, append(parameterArguments(c.Parameters), c.File), unfixableTemplates[c.File], false})
		}
	}
	return all
}

func readJSON(t *testing.T, file string, into any) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}

// variableArguments returns those of terraform plan that say values of variables.
func variableArguments(arguments string) (out []string) {
	for words := strings.Fields(arguments); len(words) > 1; words = words[1:] {
		if words[0] == "-var" || words[0] == "-var-file" {
			out = append(out, "-"+words[0], strings.Trim(words[1], `'"`))
		}
	}
	return out
}

func parameterArguments(parameters map[string]string) (out []string) {
	for name, value := range parameters {
		out = append(out, "--parameter", name+"="+value)
	}
	return out
}

// TestFixes: what fails in a real input passes after fix has written it, in one round, and
// a second one has nothing to do; or what is left is known and said.
func TestFixes(t *testing.T) {
	for i, c := range fixCases(t) {
		if widetest.Skips(i) {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			work := t.TempDir()
			if c.json {
				work = inJSON(t, c.dir)
			} else if err := os.CopyFS(work, os.DirFS(c.dir)); err != nil {
				t.Fatal(err)
			}
			t.Chdir(work)
			if before, _ := verdictOf(t, c.args); before != verdict.Fail {
				t.Skipf("the verdict is %s", before)
			}
			status, out, said := typed(append([]string{"fix", "--write"}, c.args...)...)
			after, report := verdictOf(t, c.args)
			switch {
			case after == verdict.Pass && c.why != "":
				t.Errorf("it passes, but is said not to: %s", c.why)
			case after != verdict.Pass && c.why == "":
				t.Errorf("the verdict is %s\n%s\n%s\n%s", after, out, said, report)
			case after != verdict.Pass && status != (verdict.Gate{}).Exit(verdict.Summary{Verdict: after, Fail: count(after, verdict.Fail), Unknown: count(after, verdict.Unknown)}):
				t.Errorf("fix --write ends with %d, and the verdict is %s", status, after)
			case after != verdict.Pass && said == "":
				t.Error("what is left is not said")
			}
			if again, diff, _ := typed(append([]string{"fix"}, c.args...)...); again == verdict.ExitFail {
				t.Errorf("a second fix has a diff\n%s", diff)
			}
		})
	}
}

func count(got, want verdict.Verdict) int {
	if got == want {
		return 1
	}
	return 0
}

// verdictOf is that of the default control.
func verdictOf(t *testing.T, args []string) (verdict.Verdict, string) {
	t.Helper()
	_, out, said := typed(append([]string{"check", "--output", "json"}, args...)...)
	var report verdict.Report
	if err := json.Unmarshal([]byte(out), &report); err != nil || len(report.Results) == 0 {
		t.Fatalf("%v\n%s\n%s", err, out, said)
	}
	return report.Results[0].Verdict, out
}

// typed runs iacgate with arguments.
func typed(args ...string) (status int, stdout, stderr string) {
	var out, said bytes.Buffer
	p := &program{stdin: strings.NewReader(""), stdout: &out, stderr: &said, getenv: func(string) string { return "" }}
	status = p.run(context.Background(), args)
	return status, out.String(), said.String()
}

// TestNewcomers: baselines as newcomers write them pass all controls after one run, with
// nothing changed but the faults; of a CDK app the constructs are named.
func TestNewcomers(t *testing.T) {
	known, err := knownControls(nil)
	if err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	if err := os.CopyFS(root, os.DirFS("../../testdata/newcomer")); err != nil {
		t.Fatal(err)
	}
	t.Chdir(root)
	for path, c := range map[string]struct {
		removed int // lines of the diff
		asks    string
	}{
		"terraform":                    {2, ""},
		"cloudformation/template.yaml": {6, "AlarmReaderEmail"},
	} {
		_, diff, said := typed("fix", "--control", "all", path)
		removed := 0
		for line := range strings.Lines(diff) {
			if strings.HasPrefix(line, "-") && !strings.HasPrefix(line, "---") {
				removed++
			}
		}
		if removed > c.removed {
			t.Errorf("%s: %d lines are removed, want %d\n%s", path, removed, c.removed, diff)
		}
		if strings.Contains(said, "give ") != (c.asks != "") || !strings.Contains(said, c.asks) {
			t.Errorf("%s: it asks for %s, want %s", path, said, c.asks)
		}
		if status, out, said := typed("fix", "--control", "all", "--write", path); status != verdict.ExitOK {
			t.Errorf("%s: exit status %d\n%s\n%s", path, status, out, said)
		}
		if status, out, _ := typed("check", "--control", "all", path); status != verdict.ExitOK || strings.Count(out, "PASS") != len(known.Controls) {
			t.Errorf("%s: exit status %d\n%s", path, status, out)
		}
	}
	status, diff, said := typed("fix", "cdk/cdk.out")
	if status != verdict.ExitUnknown || diff != "" {
		t.Errorf("generated code: exit status %d\n%s", status, diff)
	}
	for _, construct := range []string{"Audit/Trail", "Audit/DeniedAlarm"} {
		if !strings.Contains(said, "in the CDK construct "+construct+",") {
			t.Errorf("%s is not named\n%s", construct, said)
		}
	}
}
