package hcl_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/hcl/hcltest"
	"github.com/iacgate/iacgate/internal/resource"
)

// FuzzRead holds that no file makes the reader panic or run on, and that what it
// reads is whole: addresses differ, and unknown values say why.
func FuzzRead(f *testing.F) {
	for _, pattern := range []string{plans + "*/*.tf", plans + "*/modules/*/*.tf", "testdata/*/*.tf", "testdata/*/*/*/*.tf"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data, false)
		}
	}
	f.Add([]byte(hcltest.Infrastructure), false)
	f.Add([]byte(`{"resource":{"aws_sns_topic":{"t":{"name":"${var.x}","dynamic":{"a":{"for_each":[1],"content":{}}}}}},"variable":{"x":{"default":1}}}`), true)
	f.Add([]byte("module \"m\" {\n  source = \"./\"\n  for_each = {a=1}\n  providers = {aws = aws.x}\n}\n"), false)
	f.Fuzz(func(t *testing.T, data []byte, isJSON bool) {
		name := "main.tf"
		if isJSON {
			name = "main.tf.json"
		}
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		doc, err := hcl.Read(ctx, hcl.Options{Dir: dir, Boundary: dir, Keep: func(resource.Mode, string) bool { return true }})
		if err != nil {
			if ctx.Err() != nil {
				t.Fatal("it runs on")
			}
			return
		}
		seen := map[string]bool{}
		for _, r := range doc.Resources {
			if seen[r.Address] {
				t.Errorf("%s twice", r.Address)
			}
			seen[r.Address] = true
			r.Attributes.Walk(func(path []any, v resource.Value) bool {
				if o, ok := v.Origin(); v.IsUnknown() && (!ok || o.Cause == resource.Referenced && len(o.Refs) == 0) {
					t.Errorf("%s %v is unknown without a source", r.Address, path)
				}
				return true
			})
		}
	})
}
