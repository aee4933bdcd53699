package plan

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/resource"
)

const plans = "../../testdata/plans/"

// readCase reads a real plan of the corpus.
func readCase(t testing.TB, name string) *resource.Document {
	t.Helper()
	return readKeeping(t, plans+name+"/plan.json", nil)
}

func readText(t testing.TB, text string) *resource.Document {
	t.Helper()
	doc, err := Read(strings.NewReader(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func open(t testing.TB, path string) *os.File {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// find returns the resource at an address.
func find(t testing.TB, list []*resource.Resource, address string) *resource.Resource {
	t.Helper()
	for _, r := range list {
		if r.Address == address {
			return r
		}
	}
	t.Fatalf("no %s", address)
	return nil
}

func TestCorpus(t *testing.T) {
	tests := []struct {
		name           string
		resources      int
		before         int
		total, changed int
		incomplete     bool
	}{
		{"alarm-in-another-region", 8, 0, 8, 8, false},
		{"alarm-switched-off", 7, 0, 7, 7, false},
		{"all-controls", 36, 0, 36, 36, false},
		{"complete", 8, 0, 8, 8, false},
		{"composite-alarm", 9, 0, 9, 9, false},
		{"deletes-the-alarm", 7, 8, 8, 1, false},
		{"existing-unchanged", 8, 0, 8, 0, false},
		{"external-group-no-subscription", 3, 0, 3, 3, false},
		{"external-topic", 6, 0, 6, 6, false},
		{"local-indirection", 8, 0, 8, 8, false},
		{"loosens-the-pattern", 8, 8, 8, 1, false},
		{"metric-query", 8, 0, 8, 8, false},
		{"modules", 9, 0, 9, 9, false},
		{"no-trail-at-all", 1, 0, 1, 1, false},
		{"organization-advanced-selectors", 8, 0, 8, 8, false},
		{"replaces-the-topic", 8, 8, 8, 3, false},
		{"sensitive-endpoint", 8, 0, 8, 8, false},
		{"targeted", 3, 0, 3, 3, true},
		{"topic-with-unusable-key", 9, 0, 9, 9, false},
		{"topic-with-usable-key", 9, 0, 9, 9, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := readCase(t, tt.name)
			if len(doc.Resources) != tt.resources || len(doc.Before) != tt.before {
				t.Errorf("%d resources, %d before; want %d, %d", len(doc.Resources), len(doc.Before), tt.resources, tt.before)
			}
			if doc.Total != tt.total || doc.Changed != tt.changed {
				t.Errorf("%d in all, %d changed; want %d, %d", doc.Total, doc.Changed, tt.total, tt.changed)
			}
			if got := len(doc.Incomplete) > 0; got != tt.incomplete {
				t.Errorf("incomplete: %q", doc.Incomplete)
			}
			if doc.Tool != "Terraform 1.11.4" || doc.Format != resource.Plan || len(doc.Notes) != 0 {
				t.Errorf("%s, %s, notes %q", doc.Tool, doc.Format, doc.Notes)
			}
		})
	}
}

// walk visits the JSON files of plans below a folder.
func walk(dir string, visit func(path string) error) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".json" || d.Name() == "case.json" {
			return err
		}
		return visit(path)
	})
}
