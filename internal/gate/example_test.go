package gate_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/control"
	"github.com/iacgate/iacgate/internal/fix"
	"github.com/iacgate/iacgate/internal/gate"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/verdict"
)

// TestExamples: the example of every control passes it without a warning.
func TestExamples(t *testing.T) {
	ids, err := control.IDs()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		controls, err := control.Select([]string{id})
		if err != nil {
			t.Fatal(err)
		}
		g := gate.New(policy.Load(verdict.IDs(controls)), controls, config.Default())
		for language, file := range map[string]string{fix.HCL: "main.tf", fix.YAML: "template.yaml", fix.JSON: "template.json"} {
			t.Run(id+"/"+language, func(t *testing.T) {
				path := filepath.Join(t.TempDir(), file)
				if err := os.WriteFile(path, []byte(fix.Example(id, controls[0].MustMatch, language)), 0o644); err != nil {
					t.Fatal(err)
				}
				var got verdict.Result
				if language == fix.HCL {
					got = judgeCode(t, g, filepath.Dir(path), "-var alarm_reader_email=oncall@example.com")
				} else {
					got = judgeTemplate(t, g, path, map[string]string{"AlarmReaderEmail": "oncall@example.com"})
				}
				if got.Verdict != verdict.Pass {
					t.Errorf("verdict %s\n%s", got.Verdict, pretty(got))
				}
				for _, f := range got.Findings {
					if f.Level != verdict.Note {
						t.Errorf("%s: %s", f.Code, f.Message)
					}
				}
			})
		}
	}
}
