package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// A fault is an input that ended wrongly once, and what an expert would sign.
type fault struct {
	ID      string   `json:"id"`
	Args    []string `json:"args"`
	Control string   `json:"control"`
	Want    []string `json:"want"`
	Why     string   `json:"why"`
	Codes   []string `json:"codes"`
	Absent  []string `json:"absent"`
}

// TestFaults: every input of testdata/faults ends as an expert would sign.
func TestFaults(t *testing.T) {
	dir, err := filepath.Abs("../../testdata/faults")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "cases.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []fault
	if err := json.Unmarshal(raw, &cases); err != nil || len(cases) < 27 {
		t.Fatalf("%d cases: %v", len(cases), err)
	}
	for _, c := range cases {
		t.Run(c.ID, func(t *testing.T) {
			there := t.TempDir() // no repository and no configuration around it
			if err := os.CopyFS(there, os.DirFS(filepath.Join(dir, c.ID))); err != nil {
				t.Fatal(err)
			}
			t.Chdir(there)
			got, codes := c.check(t)
			if !slices.Contains(c.Want, got) {
				t.Errorf("%s, want %v: %s", got, c.Want, c.Why)
			}
			for _, code := range c.Codes {
				if !slices.Contains(codes, code) {
					t.Errorf("no %s among %v: %s", code, codes, c.Why)
				}
			}
			for _, code := range c.Absent {
				if slices.Contains(codes, code) {
					t.Errorf("%s among %v: %s", code, codes, c.Why)
				}
			}
		})
	}
}

// check returns the verdict and the codes that are more than notes.
func (c fault) check(t *testing.T) (got string, codes []string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status := run(t.Context(), append([]string{"check", "--control", c.Control, "-o", "json"}, c.Args...), &bytes.Buffer{}, &stdout, &stderr)
	if status == 2 {
		if bytes.Contains(stderr.Bytes(), []byte("internal error")) {
			t.Fatal(stderr.String())
		}
		return "error", nil
	}
	var report struct {
		Results []struct {
			Verdict  string
			Findings []struct{ Code, Level string }
		}
	}
	if err := json.Unmarshal(stdout.Bytes(), &report); err != nil || len(report.Results) != 1 {
		t.Fatalf("%v\n%s", err, stdout.String())
	}
	for _, f := range report.Results[0].Findings {
		if f.Level != "note" {
			codes = append(codes, f.Code)
		}
	}
	return report.Results[0].Verdict, codes
}
