package test

import (
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestLimits holds docs/limits.md to the code: every bound with its value, and no
// bound that is gone.
func TestLimits(t *testing.T) {
	inRoot(t)
	page, err := os.ReadFile("docs/limits.md")
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string]string{}
	for _, row := range regexp.MustCompile("(?m)^\\| `(\\w+\\.\\w+)` \\| (.*?) \\| .+ \\|$").FindAllStringSubmatch(string(page), -1) {
		documented[row[1]] = row[2]
	}
	found := bounds(t)
	for _, name := range slices.Sorted(maps.Keys(found)) {
		if documented[name] != found[name] {
			t.Errorf("docs/limits.md: %s is %q, the code says %q", name, documented[name], found[name])
		}
	}
	for name := range documented {
		if _, ok := found[name]; !ok {
			t.Errorf("docs/limits.md: %s is gone", name)
		}
	}
}

// isBound says which constants are bounds, by their names.
var isBound = regexp.MustCompile(`^([mM]ax[A-Z]\w*|deadline|memory|window)$`)

// bounds returns the constants that bound something, by package, as they are
// written.
func bounds(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir("internal", func(path string, e fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, d := range file.Decls {
			if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.CONST {
				for _, s := range g.Specs {
					boundsOf(t, files, file.Name.Name, s.(*ast.ValueSpec), found)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 30 {
		t.Fatalf("%d bounds", len(found))
	}
	return found
}

func boundsOf(t *testing.T, files *token.FileSet, pkg string, s *ast.ValueSpec, found map[string]string) {
	t.Helper()
	for i, name := range s.Names {
		if !isBound.MatchString(name.Name) || i >= len(s.Values) {
			continue
		}
		var text strings.Builder
		if err := printer.Fprint(&text, files, s.Values[i]); err != nil {
			t.Fatal(err)
		}
		found[pkg+"."+name.Name] = text.String()
	}
}
