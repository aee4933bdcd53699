package gate_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/verdict"
)

// TestFaultsSayTheirCase: where the cases of a template fail differently, a fault
// says in which it is there, by the parameter that decides and by no other; what
// is wrong in all of them says none.
func TestFaultsSayTheirCase(t *testing.T) {
	raw, err := os.ReadFile("../../testdata/agree/complete/template.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const open = "Parameters:\n" +
		"  Env: {Type: String, AllowedValues: [dev, prod]}\n" +
		"  Size: {Type: String, AllowedValues: [s, l]}\n" +
		"Conditions:\n  IsProd: !Equals [!Ref Env, prod]\n  IsLarge: !Equals [!Ref Size, l]\n"
	g := newGate(t)
	for _, c := range []struct {
		name, threshold, enabled string
		want                     map[string]string // by code
	}{
		{"one parameter", "5000", "!If [IsProd, true, false]",
			map[string]string{"alarm-needs-large-burst": "", "actions-disabled": `(where Env is "dev")`}},
		{"two parameters", "!If [IsLarge, 1, 5000]", "!If [IsProd, true, false]",
			map[string]string{"alarm-needs-large-burst": `(where Size is "s")`, "actions-disabled": `(where Env is "dev")`, "depends-on-parameter": ""}},
		{"both alike", "!If [IsLarge, !If [IsProd, 5000, 5000], 5000]", "false",
			map[string]string{"alarm-needs-large-burst": "", "actions-disabled": ""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(string(raw), "Resources:\n", open+"Resources:\n", 1)
			text = strings.Replace(text, "      Threshold: 1\n", "      Threshold: "+c.threshold+"\n      ActionsEnabled: "+c.enabled+"\n", 1)
			path := filepath.Join(t.TempDir(), "t.yaml")
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			r := judgeTemplate(t, g, path, nil)
			for _, f := range r.Findings {
				want, known := c.want[f.Code]
				delete(c.want, f.Code)
				if said := strings.Contains(f.Message, "(where "); known && !strings.HasSuffix(f.Message, want) || said != (want != "") && f.Level != verdict.Note {
					t.Errorf("%s: %q, want %q", f.Code, f.Message, want)
				}
			}
			if len(c.want) > 0 {
				t.Errorf("no %v\n%s", c.want, pretty(r))
			}
		})
	}
}
