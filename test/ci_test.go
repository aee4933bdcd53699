package test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
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

// TestActionRuns runs the script of the action as a runner does. That it builds iacgate is
// played, unless IACGATE_TOOLS=1 asks for it, as .ci/run does.
func TestActionRuns(t *testing.T) {
	inRoot(t)
	tmp := t.TempDir() // of all: the program is built once
	if os.Getenv("IACGATE_TOOLS") == "" {
		stub := t.TempDir()
		write(t, stub, "go", "#!/bin/sh\n[ \"$1 $2 $3 $5\" = 'build -trimpath -o ./cmd/iacgate' ] && ln -sf '"+program(t)+"' \"$4\"\n")
		if err := os.Chmod(filepath.Join(stub, "go"), 0o755); err != nil {
			t.Fatal(err)
		}
		t.Setenv("PATH", stub+":"+os.Getenv("PATH"))
	}
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

// templates are the files for other systems, with what their lines leave.
var templates = map[string][]string{
	"ci/iacgate.gitlab-ci.yml":       {"iacgate-quality.json", "iacgate-junit.xml"},
	"ci/iacgate.azure-pipelines.yml": {"iacgate-junit.xml"},
	"ci/iacgate.atlantis.yml":        {"show.json"},
}

// TestTemplatesRun runs the lines of the templates for other systems, with a
// terraform that does nothing but what the lines need, and a release of iacgate.
func TestTemplatesRun(t *testing.T) {
	inRoot(t)
	dir, dist := t.TempDir(), pinnedRelease(t)
	onPath(t, filepath.Join(dir, "bin")) // as in the image of Atlantis
	write(t, dir, "bin/terraform", "#!/bin/sh\ncat \"$3\"\n")
	if err := os.Chmod(filepath.Join(dir, "bin/terraform"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+"/bin:"+os.Getenv("PATH"))
	for file, leaves := range templates {
		for plan, passes := range map[string]bool{"complete": true, "loosens-the-pattern": false} {
			work := t.TempDir()
			write(t, work, "plan.json", readFile(t, "testdata/plans/"+plan+"/plan.json"))
			out, err := runTemplate(t, file, work, dist, "IACGATE_VERSION="+pinned)
			if (err == nil) != passes {
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

// TestTemplatesPin: a template that installs iacgate runs the release that it is told,
// and nothing where there is none or where the checksum is another.
func TestTemplatesPin(t *testing.T) {
	inRoot(t)
	dist, wrong := pinnedRelease(t), t.TempDir()
	for _, name := range []string{readReleaser(t).Checksum.Name, pinnedArchive(t)} {
		write(t, wrong, name, readFile(t, filepath.Join(dist, name)))
	}
	write(t, wrong, pinnedArchive(t), "something else")
	sum := fmt.Sprintf("%x", sha256.Sum256([]byte(readFile(t, filepath.Join(dist, pinnedArchive(t))))))
	for file := range templates {
		if strings.Contains(readFile(t, file), "@latest") || strings.Contains(readFile(t, file), "go install") {
			t.Errorf("%s installs what is the newest", file)
		}
		if !strings.Contains(readFile(t, file), "IACGATE_VERSION") {
			continue // the image has it
		}
		for _, tc := range []struct {
			name, dist string
			env        []string
			passes     bool
			prints     string
		}{
			{"no version", dist, nil, false, "IACGATE_VERSION: set it to a release, such as"},
			{"a tag", dist, []string{"IACGATE_VERSION=v" + pinned}, true, pinnedArchive(t) + ": OK"},
			{"no such release", dist, []string{"IACGATE_VERSION=9.9.9"}, false, "no such address"},
			{"another archive", wrong, []string{"IACGATE_VERSION=" + pinned}, false, pinnedArchive(t) + ": FAILED"},
			{"a checksum of one's own", dist, []string{"IACGATE_VERSION=" + pinned, "IACGATE_SHA256=" + sum}, true, pinnedArchive(t) + ": OK"},
			{"another checksum", dist, []string{"IACGATE_VERSION=" + pinned, "IACGATE_SHA256=" + strings.Repeat("0", 64)}, false, pinnedArchive(t) + ": FAILED"},
		} {
			work := t.TempDir()
			write(t, work, "plan.json", readFile(t, "testdata/plans/complete/plan.json"))
			out, err := runTemplate(t, file, work, tc.dist, tc.env...)
			if (err == nil) != tc.passes || !strings.Contains(out, tc.prints) || strings.Contains(out, "1 pass") != tc.passes {
				t.Errorf("%s: %s: %v\n%s", file, tc.name, err, out)
			}
		}
	}
}

// pinned is the release that the tests of the templates pin.
const pinned = "1.2.3"

func pinnedArchive(t *testing.T) string {
	return readReleaser(t).archives(t, pinned)["linux_"+runtime.GOARCH]
}

// pinnedRelease makes a release whose program is iacgate.
func pinnedRelease(t *testing.T) string {
	return stubRelease(t, readReleaser(t), pinnedArchive(t), `exec "`+program(t)+`" "$@"`)
}

// runTemplate runs the lines of a template in a directory.
func runTemplate(t *testing.T, file, work, dist string, env ...string) (string, error) {
	t.Helper()
	var template any
	unmarshal(t, readFile(t, file), &template)
	run := exec.Command("bash", "-c", strings.Join(shell(template), "\n"))
	if strings.Contains(file, "gitlab") || strings.Contains(file, "atlantis") {
		run.Args = slices.Insert(run.Args, 1, "-e", "-o", "pipefail") // Azure's shell goes on after an error
	}
	run.Dir, run.Env = work, append(os.Environ(), "IACGATE_PATHS=plan.json", "IACGATE_PATH=plan.json", "PLANFILE=plan.json", "SHOWFILE=show.json", "DIST="+dist)
	run.Env = append(append(run.Env, env...), "PATH="+stubCurl(t, readReleaser(t), pinned)+":"+os.Getenv("PATH"))
	out, err := run.CombinedOutput()
	return string(out), err
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
