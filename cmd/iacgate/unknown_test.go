package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/report"
	"github.com/iacgate/iacgate/internal/widetest"
)

// TestNoUnknownWithoutAFinding: whatever is unknown says why, in every format: of
// what keeps the result from passing there is the code or the message.
func TestNoUnknownWithoutAFinding(t *testing.T) {
	raw, err := os.ReadFile("../../testdata/faults/cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []fault
	if err := json.Unmarshal(raw, &cases); err != nil {
		t.Fatal(err)
	}
	dir, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	cases = append(cases, fault{ID: "../incomplete", Args: []string{"plan.json"}, Control: "unauthorized-api-calls"})
	for i, c := range cases {
		if widetest.Skips(i) {
			continue
		}
		t.Run(filepath.Base(c.ID), func(t *testing.T) {
			there := t.TempDir()
			switch c.ID {
			case "../incomplete":
				err = incompletePlan(dir, there)
			default:
				err = os.CopyFS(there, os.DirFS(filepath.Join(dir, "faults", c.ID)))
			}
			if err != nil {
				t.Fatal(err)
			}
			t.Chdir(there)
			said := c.unknowns(t)
			if len(said) == 0 {
				return
			}
			for _, format := range report.Names() {
				out := c.written(t, format)
				for _, why := range said {
					if !strings.Contains(out, why[0]) && !strings.Contains(strings.Join(strings.Fields(out), " "), why[1]) {
						t.Errorf("%s says neither %s nor %q\n%s", format, why[0], why[1], out)
					}
				}
			}
		})
	}
}

// incompletePlan writes the plan of a whole chain that is not complete.
func incompletePlan(dir, there string) error {
	raw, err := os.ReadFile(filepath.Join(dir, "plans/complete/plan.json"))
	if err != nil {
		return err
	}
	raw = bytes.Replace(raw, []byte(`"complete":true`), []byte(`"complete":false`), 1)
	raw = bytes.Replace(raw, []byte(`"complete": true`), []byte(`"complete": false`), 1)
	return os.WriteFile(filepath.Join(there, "plan.json"), raw, 0o644)
}

func (c fault) written(t *testing.T, format string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	run(t.Context(), append([]string{"check", "--control", c.Control, "-o", format}, c.Args...), &bytes.Buffer{}, &stdout, &stderr)
	return stdout.String()
}

// unknowns returns the codes, and the beginnings of the messages, of what makes the
// results unknown; a result without any is a fault.
func (c fault) unknowns(t *testing.T) (said [][2]string) {
	t.Helper()
	var r struct {
		Results []struct {
			Verdict  string
			Links    []struct{ Link, State string }
			Findings []struct{ Code, Level, Link, Message string }
		}
	}
	if err := json.Unmarshal([]byte(c.written(t, "json")), &r); err != nil {
		return nil // a mistake of the input, exit 2
	}
	for _, result := range r.Results {
		if result.Verdict != "unknown" {
			continue
		}
		before := len(said)
		for _, f := range result.Findings {
			if f.Level == "unknown" || f.Code == "plan-incomplete" && len(said) == before {
				beginning, _, _ := strings.Cut(f.Message, ":")
				said = append(said, [2]string{f.Code, beginning})
			}
		}
		if len(said) == before {
			t.Errorf("unknown without a finding: %+v", result)
		}
	}
	return said
}
