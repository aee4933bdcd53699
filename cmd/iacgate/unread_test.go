package main

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"testing"
)

// TestMonorepoWithoutModules: one root holds the chain, in the other a module is not
// installed. Together the other is a skip that names the gap, which --require does
// not forgive; alone a gate that cannot see does not open.
func TestMonorepoWithoutModules(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../testdata/monorepo")); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	for _, tt := range []struct {
		args   []string
		status int
		want   []string
	}{
		{[]string{"--recursive", "."}, 0, []string{"pass", "skip"}},
		{[]string{"--recursive", "--require", "."}, 1, []string{"pass", "fail"}},
		{[]string{"web"}, 3, []string{"unknown"}},
		{[]string{"--allow-unknown", "web"}, 0, []string{"unknown"}},
		{[]string{"--control", "vpc-changes", "--recursive", "."}, 1, []string{"fail", "skip"}},
	} {
		var stdout, stderr bytes.Buffer
		status := run(t.Context(), append([]string{"check", "-o", "json"}, tt.args...), &bytes.Buffer{}, &stdout, &stderr)
		var report struct {
			Inputs  []struct{ Notes []string }
			Results []struct{ Verdict string }
		}
		if err := json.Unmarshal(stdout.Bytes(), &report); err != nil {
			t.Fatalf("%v: %v %s", tt.args, err, stderr.String())
		}
		var got []string
		for _, r := range report.Results {
			got = append(got, r.Verdict)
		}
		if status != tt.status || !slices.Equal(got, tt.want) {
			t.Errorf("%v: status %d, %v; want %d, %v", tt.args, status, got, tt.status, tt.want)
		}
		if last := report.Inputs[len(report.Inputs)-1]; len(last.Notes) != 1 {
			t.Errorf("%v: notes %q", tt.args, last.Notes)
		}
	}
}
