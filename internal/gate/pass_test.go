package gate_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/verdict"
)

// pass gives the calls of a module what a change asks them for: an address.
func pass(t *testing.T, work string, c verdict.Change) {
	t.Helper()
	if c.Pass == "" || !strings.Contains(filepath.Base(c.File), ".tf") {
		return
	}
	callee := filepath.Dir(c.File)
	err := filepath.WalkDir(work, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.Contains(filepath.Base(path), ".tf") {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		calls := func(source string) bool { return filepath.Join(filepath.Dir(path), source) == callee }
		if strings.HasSuffix(path, ".json") {
			raw = passInJSON(t, raw, c.Pass, calls)
		} else {
			raw = passInCode(t, raw, c.Pass, calls)
		}
		return os.WriteFile(path, raw, 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func passInCode(t *testing.T, raw []byte, name string, calls func(source string) bool) []byte {
	t.Helper()
	f := parsed(t, string(raw))
	for _, b := range f.Body().Blocks() {
		if b.Type() != "module" {
			continue
		}
		source := ""
		if a := b.Body().GetAttribute("source"); a != nil {
			source = strings.Trim(strings.TrimSpace(string(a.Expr().BuildTokens(nil).Bytes())), `"`)
		}
		if calls(source) {
			b.Body().SetAttributeValue(name, cty.StringVal(endpoint))
		}
	}
	return f.Bytes()
}

func passInJSON(t *testing.T, raw []byte, name string, calls func(source string) bool) []byte {
	t.Helper()
	var doc map[string]any
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	modules, _ := doc["module"].(map[string]any)
	for _, m := range modules {
		list, ok := m.([]any)
		if !ok {
			list = []any{m}
		}
		for _, one := range list {
			if call, ok := one.(map[string]any); ok {
				if source, _ := call["source"].(string); calls(source) {
					call[name] = endpoint
				}
			}
		}
	}
	out, err := json.MarshalIndent(doc, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return out
}
