package test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestPreCommit lets the real pre-commit install the hooks and run them in a
// repository with a root module that fails, one that is unknown and a template.
func TestPreCommit(t *testing.T) {
	inRoot(t)
	needsPrograms(t)
	if _, err := exec.LookPath("pre-commit"); err != nil {
		t.Skip("pre-commit is not installed (apt-get install pre-commit)")
	}
	hooks, revision := hookRepository(t)
	repo, home := gitRepository(t), t.TempDir()
	write(t, repo, ".pre-commit-config.yaml", "repos:\n- repo: "+hooks+"\n  rev: "+revision+"\n  hooks: [{id: iacgate}, {id: iacgate-templates}]\n")
	write(t, repo, "modules/trail/main.tf", trail)
	write(t, repo, "live/prod/main.tf", "module \"trail\" {\n  source = \"../../modules/trail\"\n}\n")
	write(t, repo, "live/other/main.tf", "resource \"aws_sns_topic\" \"t\" {}\n")
	write(t, repo, "alerts.yaml", "Resources:\n  Trail:\n    Type: AWS::CloudTrail::Trail\n    Properties: {IsLogging: true, S3BucketName: b}\n")
	git(t, repo, "add", ".")
	for _, tc := range []struct {
		file   string
		passes bool
		want   []string
		not    string
	}{
		{"modules/trail/main.tf", false, []string{"live/prod", "FAIL"}, "live/other"},
		{"live/other/main.tf", true, []string{"Passed"}, "live/prod"},
		{"alerts.yaml", false, []string{"alerts.yaml", "FAIL"}, "live/prod"},
		{"unknown/main.tf", true, []string{"unknown/main.tf", "UNKNOWN", "Passed"}, "live/prod"},
	} {
		if tc.file == "unknown/main.tf" {
			plan, err := os.ReadFile("testdata/plans/external-topic/main.tf")
			if err != nil {
				t.Fatal(err)
			}
			write(t, repo, tc.file, string(plan))
			git(t, repo, "add", ".")
		}
		run := exec.Command("pre-commit", "run", "--color", "never", "--files", tc.file)
		run.Dir, run.Env = repo, environment(t, home)
		out, err := run.CombinedOutput()
		if (err == nil) != tc.passes || strings.Contains(string(out), tc.not) {
			t.Errorf("%s: %v, want it to pass: %v, without %s\n%s", tc.file, err, tc.passes, tc.not, out)
		}
		for _, want := range tc.want {
			if !strings.Contains(string(out), want) {
				t.Errorf("%s: no %q in\n%s", tc.file, want, out)
			}
		}
	}
}

const trail = `resource "aws_cloudtrail" "t" {
  name                  = "t"
  s3_bucket_name        = "b"
  is_multi_region_trail = true
}
`

// environment is one in which pre-commit builds the hook from the modules that
// are there already; it would fetch them into a place of its own.
func environment(t *testing.T, home string) []string {
	cache, err := exec.Command("go", "env", "GOMODCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	return append(os.Environ(), "GOMODCACHE="+strings.TrimSpace(string(cache)), "GOFLAGS=-buildvcs=false", "PRE_COMMIT_HOME="+home)
}

// hookRepository returns a repository of this tree as it is, committed or not.
func hookRepository(t *testing.T) (dir, revision string) {
	list, err := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "cmd", "internal", "policies", "go.mod", "go.sum", ".pre-commit-hooks.yaml").Output()
	if err != nil {
		t.Skipf("no working tree of Git: %v", err)
	}
	dir = gitRepository(t)
	for name := range strings.SplitSeq(strings.TrimSuffix(string(list), "\x00"), "\x00") {
		text, err := os.ReadFile(name)
		if err == nil {
			write(t, dir, name, string(text))
		}
	}
	git(t, dir, "add", "--force", ".")
	git(t, dir, "commit", "--quiet", "--message", "hooks")
	return dir, git(t, dir, "rev-parse", "HEAD")
}

func gitRepository(t *testing.T) string {
	dir := t.TempDir()
	git(t, dir, "init", "--quiet")
	return dir
}

func git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	run := exec.Command("git", append([]string{"-c", "user.name=t", "-c", "user.email=t@example.com"}, args...)...)
	run.Dir = dir
	out, err := run.CombinedOutput()
	if err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
