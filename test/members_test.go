package test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/catalog"
)

// readers are the packages that look at members of resources.
var readers = []string{"internal/graph", "internal/access", "internal/facts", "internal/chain", "internal/document", "internal/plan", "internal/hcl", "internal/cfn", "internal/combine", "internal/embedded"}

// Every member of the catalog is read by somebody, or says why it need not be.
func TestMembersAreReadOrIrrelevant(t *testing.T) {
	inRoot(t)
	said := map[string]bool{}
	for _, dir := range readers {
		literals(t, dir, said)
	}
	for _, typ := range catalog.Types() {
		identity := map[string]bool{typ.Named: true, typ.ID: true}
		checkRead(t, typ.Name, typ.Members, said, identity)
	}
}

func checkRead(t *testing.T, at string, members catalog.Members, said, identity map[string]bool) {
	t.Helper()
	for _, m := range members {
		if m.Irrelevant == "" && !said[m.Name] && !identity[m.Name] {
			t.Errorf("%s.%s: nobody reads it, and nothing says why", at, m.Name)
		}
		if m.Irrelevant != "" {
			continue // and what is in it
		}
		checkRead(t, at+"."+m.Name, m.Members, said, nil)
	}
}

// literals collects the string literals of a package.
func literals(t *testing.T, dir string, into map[string]bool) {
	t.Helper()
	files, err := filepath.Glob(dir + "/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(dir, err)
	}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, src, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
				if text, err := strconv.Unquote(l.Value); err == nil {
					into[text] = true
				}
			}
			return true
		})
	}
}
