package gate_test

import (
	"os"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"

	files "github.com/iacgate/iacgate/internal/edit"
	"github.com/iacgate/iacgate/internal/verdict"
)

// apply edits the file that a change is for.
func apply(t *testing.T, c verdict.Change) {
	t.Helper()
	raw, err := os.ReadFile(c.File)
	if err != nil {
		t.Fatal(err)
	}
	if c.Language == "hcl" {
		for _, code := range []string{c.Set, c.Append, c.Add} {
			isFormatted(t, code)
		}
	}
	edited, err := files.Apply(c.File, raw, c)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(c.File, edited, 0o644); err != nil {
		t.Fatal(err)
	}
}

// isFormatted holds code to terraform fmt, which leaves it as it is.
func isFormatted(t *testing.T, code string) {
	t.Helper()
	if want := strings.TrimRight(string(hclwrite.Format([]byte(code+"\n"))), "\n"); code != want {
		t.Errorf("terraform fmt would change\n%s\nto\n%s", code, want)
	}
}

func parsed(t *testing.T, code string) *hclwrite.File {
	t.Helper()
	f, diags := hclwrite.ParseConfig([]byte(code), "", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatalf("%v in\n%s", diags, code)
	}
	return f
}
