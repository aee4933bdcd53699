package graph

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/catalog"
)

// Whatever the graph asks a resource for is a member of some type of the catalog.
func TestArgumentsAreInTheCatalog(t *testing.T) {
	known := map[string]bool{}
	for _, typ := range catalog.Types() {
		collect(known, typ.Members)
	}
	asked := 0
	for name, at := range askedFor(t) {
		asked++
		if !known[name] {
			t.Errorf("%s: the catalog has no member %q", at, name)
		}
	}
	if asked < 60 {
		t.Errorf("only %d names found: has the way to ask changed?", asked)
	}
}

func collect(into map[string]bool, members catalog.Members) {
	for _, m := range members {
		into[m.Name] = true
		collect(into, m.Members)
	}
}

// askedFor returns the names in calls of get, block, blocks and has, and where.
func askedFor(t *testing.T) map[string]token.Position {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found, set := map[string]token.Position{}, token.NewFileSet()
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(set, path, src, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) != 1 {
				return true
			}
			method, isMethod := call.Fun.(*ast.SelectorExpr)
			text, isText := call.Args[0].(*ast.BasicLit)
			if isMethod && isText && slices.Contains([]string{"get", "block", "blocks", "has"}, method.Sel.Name) {
				if name, err := strconv.Unquote(text.Value); err == nil {
					found[name] = set.Position(text.Pos())
				}
			}
			return true
		})
	}
	return found
}
