package test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

type action struct {
	Inputs  map[string]struct{ Description, Default string }
	Outputs map[string]struct{ Description, Value string }
	Runs    struct {
		Using string
		Steps []struct {
			ID, If, Uses, Run, Shell string
			Env, With                map[string]string
		}
	}
}

// TestActionSaysWhatItUses: inputs are declared, reach scripts by the environment
// alone, and other actions are pinned by commit.
func TestActionSaysWhatItUses(t *testing.T) {
	inRoot(t)
	raw, a := readFile(t, "action.yml"), action{}
	unmarshal(t, raw, &a)
	for _, m := range regexp.MustCompile(`inputs\.([a-z-]+)`).FindAllStringSubmatch(raw, -1) {
		if _, ok := a.Inputs[m[1]]; !ok {
			t.Errorf("input %s is not declared", m[1])
		}
	}
	for name, in := range a.Inputs {
		if in.Description == "" || !strings.Contains(raw, "inputs."+name) {
			t.Errorf("input %s: not described or not used", name)
		}
	}
	for _, s := range a.Runs.Steps {
		if strings.Contains(s.Run, "${{") {
			t.Errorf("a script with text of others: %s", s.Run)
		}
		if s.Run != "" && s.Shell == "" {
			t.Errorf("a script without a shell: %s", s.Run)
		}
		if s.Uses != "" && !regexp.MustCompile(`@[0-9a-f]{40}$`).MatchString(s.Uses) {
			t.Errorf("%s is not pinned by commit", s.Uses)
		}
	}
}

// TestActionRuns runs the script of the action as a runner does.
func TestActionRuns(t *testing.T) {
	inRoot(t)
	tmp := t.TempDir() // of all: the program is built once
	for _, tc := range []struct {
		env    string
		status string
		sarif  bool
		prints string
	}{
		{"INPUT_PATH=testdata/plans/complete/plan.json", "0", true, "1 pass"},
		{"INPUT_PATH=testdata/plans/complete/plan.json\ntestdata/plans/loosens-the-pattern/plan.json", "1", true, "::error"},
		{"INPUT_PATH=testdata/plans/external-topic/plan.json", "3", true, "unknown"},
		{"INPUT_PATH=testdata/plans/external-topic/plan.json INPUT_ALLOW_UNKNOWN=true", "0", true, "unknown"},
		{"INPUT_PATH=$(touch${IFS}pwned);absent.json", "2", false, "absent.json"},
		{"INPUT_PATH=testdata/plans/complete/plan.json INPUT_CONTROL=vpc-changes INPUT_ARGS=--require", "1", true, "vpc"},
	} {
		for _, left := range []string{"output", "summary"} {
			os.Remove(filepath.Join(tmp, left))
		}
		run := exec.Command("ci/github")
		run.Env = append(os.Environ(), strings.Split(tc.env, " ")...)
		run.Env = append(run.Env, "GITHUB_ACTION_PATH=.", "RUNNER_TEMP="+tmp, "GITHUB_OUTPUT="+tmp+"/output", "GITHUB_STEP_SUMMARY="+tmp+"/summary")
		printed, _ := run.CombinedOutput() // the status is in the output
		output := readFile(t, tmp+"/output")
		if !strings.Contains(output, "exit-status="+tc.status+"\n") || strings.Contains(output, "sarif="+tmp) != tc.sarif || !strings.Contains(string(printed), tc.prints) {
			t.Errorf("%s:\n%s%s", tc.env, printed, output)
		}
		if summary, err := os.ReadFile(tmp + "/summary"); tc.sarif && (err != nil || len(summary) == 0) {
			t.Errorf("%s: no job summary: %v", tc.env, err)
		}
	}
	if _, err := os.Stat("pwned"); err == nil {
		t.Error("an input was run")
	}
}

// TestTemplatesRun runs the lines of the templates for other systems, with a
// terraform and a go that do nothing but what the lines need.
func TestTemplatesRun(t *testing.T) {
	inRoot(t)
	dir := t.TempDir()
	onPath(t, filepath.Join(dir, "bin"))
	write(t, dir, "bin/go", "#!/bin/sh\n[ \"$1\" != env ] || echo \"$STUB\"\n")
	write(t, dir, "bin/terraform", "#!/bin/sh\ncat \"$3\"\n")
	for _, name := range []string{"bin/go", "bin/terraform"} {
		if err := os.Chmod(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for file, leaves := range map[string][]string{
		"ci/iacgate.gitlab-ci.yml":       {"iacgate-quality.json", "iacgate-junit.xml"},
		"ci/iacgate.azure-pipelines.yml": {"iacgate-junit.xml"},
		"ci/iacgate.atlantis.yml":        {"show.json"},
	} {
		var template any
		unmarshal(t, readFile(t, file), &template)
		lines := strings.Join(shell(template), "\n")
		for plan, passes := range map[string]bool{"complete": true, "loosens-the-pattern": false} {
			work := t.TempDir()
			write(t, work, "plan.json", readFile(t, "testdata/plans/"+plan+"/plan.json"))
			run := exec.Command("bash", "-e", "-c", lines)
			run.Dir = work
			run.Env = append(os.Environ(), "PATH="+dir+"/bin:"+os.Getenv("PATH"), "STUB="+dir, "IACGATE_PATHS=plan.json", "IACGATE_PATH=plan.json",
				"IACGATE_VERSION=latest", "PLANFILE=plan.json", "SHOWFILE=show.json")
			if out, err := run.CombinedOutput(); (err == nil) != passes {
				t.Errorf("%s: %s: %v\n%s", file, plan, err, out)
			}
			for _, left := range leaves {
				if _, err := os.Stat(filepath.Join(work, left)); err != nil {
					t.Errorf("%s: %s: %v", file, plan, err)
				}
			}
		}
	}
}

// shell collects the lines of scripts, in order.
func shell(node any) []string {
	var lines []string
	switch node := node.(type) {
	case []any:
		for _, n := range node {
			lines = append(lines, shell(n)...)
		}
	case map[string]any:
		for name, n := range node {
			switch name {
			case "script", "run":
				lines = append(lines, texts(n)...)
			default:
				lines = append(lines, shell(n)...)
			}
		}
	}
	return lines
}

func texts(node any) []string {
	if text, ok := node.(string); ok {
		return []string{text}
	}
	var all []string
	list, _ := node.([]any)
	for _, n := range list {
		all = append(all, texts(n)...)
	}
	return all
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func unmarshal(t *testing.T, raw string, into any) {
	t.Helper()
	if err := yaml.Unmarshal([]byte(raw), into); err != nil {
		t.Fatal(err)
	}
}
