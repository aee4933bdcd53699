package gate_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/iacgate/iacgate/internal/cfn"
	"github.com/iacgate/iacgate/internal/verdict"
)

// templateCase is one line of testdata/templates/cases.json.
type templateCase struct {
	File       string
	Verdict    verdict.Verdict // or error
	Links      []verdict.Link
	Parameters map[string]string
	Combine    []string
	Error      string
	Shows      string
}

// TestTemplates: every template in testdata/templates has its verdict, and its
// fault is at its link; what is refused is refused in these words.
func TestTemplates(t *testing.T) {
	const dir = "../../testdata/templates"
	raw, err := os.ReadFile(filepath.Join(dir, "cases.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []templateCase
	if err := json.Unmarshal(raw, &cases); err != nil || len(cases) == 0 {
		t.Fatalf("%d cases: %v", len(cases), err)
	}
	g := newGate(t)
	for _, c := range cases {
		t.Run(c.File, func(t *testing.T) {
			inputs, done := c.open(t, dir)
			defer done()
			doc, err := cfn.Read(context.Background(), inputs, cfn.Options{Parameters: c.Parameters})
			if err != nil {
				if got := c.File + ": " + err.Error(); c.Verdict != "error" || got != c.Error {
					t.Errorf("error %s\n want %s %s", got, c.Verdict, c.Error)
				}
				return
			}
			j, err := g.Judge(context.Background(), doc)
			if err != nil {
				t.Fatal(err)
			}
			got := j.Results[0]
			if got.Verdict != c.Verdict {
				t.Errorf("verdict %s, want %s: %s\n%s", got.Verdict, c.Verdict, c.Shows, pretty(got))
			}
			if at := firstFault(got); len(c.Links) > 0 && !slices.Contains(c.Links, at) {
				t.Errorf("fault at %q, want one of %q: %s\n%s", at, c.Links, c.Shows, pretty(got))
			}
		})
	}
}

func (c templateCase) open(t *testing.T, dir string) (inputs []cfn.Input, done func()) {
	t.Helper()
	var files []*os.File
	for _, name := range append([]string{c.File}, c.Combine...) {
		path := filepath.Join(dir, name)
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
		inputs = append(inputs, cfn.Input{Path: path, Reader: f})
	}
	return inputs, func() {
		for _, f := range files {
			f.Close()
		}
	}
}
