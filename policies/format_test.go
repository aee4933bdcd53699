package policies_test

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"

	"github.com/iacgate/iacgate/policies"
)

var update = flag.Bool("update", false, "rewrite policies in the form of opa fmt")

// regoFiles returns every policy, unit tests included.
func regoFiles(t *testing.T) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := fs.WalkDir(policies.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".rego" {
			return err
		}
		files[name], err = fs.ReadFile(policies.FS, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatal("no policies")
	}
	return files
}

// TestFormatted is opa fmt --list.
func TestFormatted(t *testing.T) {
	for name, text := range regoFiles(t) {
		want, err := format.SourceWithOpts(name, text, format.Opts{RegoVersion: ast.RegoV1})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if *update {
			if err := os.WriteFile(name, want, 0o644); err != nil {
				t.Fatal(err)
			}
		} else if !bytes.Equal(want, text) {
			t.Errorf("%s: not formatted; go test ./policies -run TestFormatted -update", name)
		}
	}
}

// TestStrict is opa check --strict.
func TestStrict(t *testing.T) {
	modules := map[string]*ast.Module{}
	for name, text := range regoFiles(t) {
		m, err := ast.ParseModuleWithOpts(name, string(text), ast.ParserOptions{RegoVersion: ast.RegoV1, ProcessAnnotation: true})
		if err != nil {
			t.Fatal(err)
		}
		modules[name] = m
	}
	c := ast.NewCompiler().WithStrict(true)
	if c.Compile(modules); c.Failed() {
		t.Error(c.Errors)
	}
}
