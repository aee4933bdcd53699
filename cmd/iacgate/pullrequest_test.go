package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// documentedJob returns the commands of the job in docs/ci.md for changes of strangers.
func documentedJob(t *testing.T) (commands []string) {
	t.Helper()
	raw, err := os.ReadFile("../../docs/ci.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(raw), "## Hostile pull requests")
	_, block, _ := strings.Cut(section, "```yaml\n")
	block, _, _ = strings.Cut(block, "```")
	var workflow struct {
		Jobs map[string]struct {
			Steps []struct{ Run string }
		}
	}
	if err := yaml.Unmarshal([]byte(block), &workflow); err != nil {
		t.Fatal(err)
	}
	for _, job := range workflow.Jobs {
		for _, step := range job.Steps {
			if step.Run != "" {
				commands = append(commands, step.Run)
			}
		}
	}
	if len(commands) != 2 {
		t.Fatalf("%d commands in the documented job", len(commands))
	}
	return commands
}

// runJob runs commands as a job does, in the checkout of the change, and returns the job
// summary; ok is whether the last ended well.
func runJob(t *testing.T, top string, commands []string) (summary string, ok bool) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "summary.md")
	for _, command := range commands {
		cmd := exec.Command("bash", "-e", "-c", command)
		cmd.Dir = filepath.Join(top, "change")
		cmd.Env = append(os.Environ(), "GITHUB_STEP_SUMMARY="+file)
		out, err := cmd.CombinedOutput()
		t.Logf("%s\n%s", command, out)
		ok = err == nil
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw), ok
}

func place(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestHostilePullRequest plays a pull request's worst day: the pattern is broken, and
// a waiver, a nearer configuration with a lowered level and an exclusion, and a
// baseline that knows it all come with it. The documented job fails, and its summary
// lists what was brought; without the change it passes.
func TestHostilePullRequest(t *testing.T) {
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("no bash")
	}
	raw, err := os.ReadFile("../../testdata/plans/complete/main.tf")
	if err != nil {
		t.Fatal(err)
	}
	good := string(raw)
	commands := documentedJob(t)
	const nothingKnown = `{"version": "1", "known": []}`
	base := map[string]string{
		".git/HEAD": "", "main.tf": good, ".iacgate.baseline.json": nothingKnown,
		".iacgate.yaml": "waiver_max_age: 90d\nlevels: {email-needs-confirmation: note}\n",
	}
	top := t.TempDir()
	place(t, filepath.Join(top, "base"), base)
	place(t, filepath.Join(top, "change"), base)
	if summary, ok := runJob(t, top, commands); !ok {
		t.Fatalf("the base branch does not pass:\n%s", summary)
	}
	broken := strings.Replace(good, `|| ($.errorCode = \"AccessDenied*\")`, "", 1)
	broken = strings.Replace(broken, "resource \"aws_cloudwatch_log_metric_filter\"", "# iacgate:ignore unauthorized-api-calls until=2099-01-01 nothing to see\nresource \"aws_cloudwatch_log_metric_filter\"", 1)
	if broken == good || !strings.Contains(broken, "iacgate:ignore") {
		t.Fatal("the change changes nothing")
	}
	place(t, filepath.Join(top, "change"), map[string]string{
		"main.tf":                broken,
		".iacgate.yaml":          "levels: {pattern-misses-events: note}\nexclusions:\n  - pattern: '{ $.errorCode = \"AccessDenied*\" }'\n    reason: noise\nwaivers:\n  - {control: all, reason: later}\n",
		".iacgate.baseline.json": `{"version": "1", "known": [{"control": "unauthorized-api-calls", "input": ".", "verdict": "fail", "faults": ["pattern-misses-events aws_cloudwatch_log_metric_filter.denied pattern"]}]}`,
	})
	summary, ok := runJob(t, top, commands)
	if ok {
		t.Errorf("the change passes:\n%s", summary)
	}
	for _, brought := range []string{
		"pattern-misses-events", "1 waiver in the code, which are ignored", "not with .iacgate.yaml: 1 exclusion, 1 waiver, 1 level lowered",
		"the baseline ../base/.iacgate.baseline.json: 0 known results", `+{"version": "1", "known": [{"control": "unauthorized-api-calls"`,
	} {
		if !strings.Contains(summary, brought) {
			t.Errorf("the summary does not tell %q:\n%s", brought, summary)
		}
	}
}
