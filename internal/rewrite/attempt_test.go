package rewrite

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/verdict"
)

// Many values that are each written in many places have more combinations than anybody
// could try, or hold.
func TestAttemptsAreBounded(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "main.tf")
	code := "locals {\n  all = [" + strings.Repeat(`"old", `, 2*maxAttempts) + "]\n}\n"
	if err := os.WriteFile(file, []byte(code), 0o600); err != nil {
		t.Fatal(err)
	}
	var values []verdict.Value
	for range 8 {
		values = append(values, verdict.Value{Attribute: "pattern", Old: "old", New: "new"})
	}
	made := proposal{
		input:   Judged{Path: dir, Modules: map[string]string{"": dir}},
		finding: verdict.Finding{Wanted: &verdict.Change{Language: "hcl", File: file, Values: values}},
	}
	if ways := (&planner{}).draft().moved(made, nil, values); len(ways) != maxAttempts {
		t.Errorf("%d ways, want %d", len(ways), maxAttempts)
	}
}
