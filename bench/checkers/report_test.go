package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestReports reads what the checkers wrote of the probe, and KICS of the sample
// that its authors call negative.
func TestReports(t *testing.T) {
	for _, test := range []struct {
		checker checker
		file    string
		want    heard
	}{
		{gate, "iacgate.json", heard{word: objects}},
		{kics, "kics-objects.json", heard{word: objects}},
		{kics, "kics-silent.json", heard{}},
		{kics, "kics-template.json", heard{}},
		{trivy, "trivy.json", heard{}},
	} {
		report, err := os.ReadFile(filepath.Join("testdata", test.file))
		if err != nil {
			t.Fatal(err)
		}
		got, err := test.checker.read(report, test.checker.rule)
		if err != nil || got != test.want {
			t.Errorf("%s: %+v, %v, want %+v", test.file, got, err, test.want)
		}
		other := test.checker.rule // one that no report has
		other.id = "another rule"
		if got, err := test.checker.read(report, other); err == nil && got.word != "" {
			t.Errorf("%s: says %+v of a rule that is not in it", test.file, got)
		}
	}
}

// TestTrivyStates: the report has a finding and a check that passes of rules
// which look at the probe.
func TestTrivyStates(t *testing.T) {
	report, err := os.ReadFile("testdata/trivy.json")
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]answer{"AWS-0017": objects, "AWS-0014": accepts} {
		if got, err := trivy.read(report, rule{id: id}); err != nil || got.word != want {
			t.Errorf("%s: %+v, %v, want %s", id, got, err, want)
		}
	}
}

// TestNothingRead: an empty report is not a pass.
func TestNothingRead(t *testing.T) {
	for _, c := range append(peers, gate) {
		got, err := c.read([]byte("{}"), c.rule)
		if err == nil && got.failed == "" {
			t.Errorf("%s: %+v of an empty report", c.name, got)
		}
		if _, err := c.read([]byte("no report"), c.rule); err == nil {
			t.Errorf("%s: no error where there is no report", c.name)
		}
	}
}

func TestVersionIn(t *testing.T) {
	const built = "kics: go1.26.8\n\tpath\texample.com/a/cmd/a\n\tmod\texample.com/a\tv1.2.3\th1:x=\n\tdep\texample.com/b\tv0.1.0\th1:y=\n"
	for module, want := range map[string]string{"example.com/a": "v1.2.3", "example.com/b": "v0.1.0", "example.com/c": ""} {
		if got := versionIn(built, module); got != want {
			t.Errorf("%s: %q, want %q", module, got, want)
		}
	}
}
