package combine

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/iacgate/iacgate/internal/format"
	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/plan"
	"github.com/iacgate/iacgate/internal/resource"
)

func planAt(t *testing.T, path string) *resource.Document {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	doc, err := plan.Read(f, plan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestPlansAgreeWithTheirCode: of real plans, the configuration says what the code
// beside them does.
func TestPlansAgreeWithTheirCode(t *testing.T) {
	var plans []string
	for _, dir := range []string{"plans", "agree"} {
		found, err := filepath.Glob("../../testdata/" + dir + "/*/plan.json")
		if err != nil {
			t.Fatal(err)
		}
		plans = append(plans, found...)
	}
	if len(plans) < 60 {
		t.Fatalf("%d plans", len(plans))
	}
	for _, path := range plans {
		doc := planAt(t, path)
		code, err := hcl.Reader{}.ReadCode(t.Context(), filepath.Dir(path), doc, format.Options{})
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if why := difference(doc, code); why != "" {
			t.Errorf("%s: %s", path, why)
		}
	}
}
