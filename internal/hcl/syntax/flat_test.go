package syntax

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/iacgate/iacgate/internal/widetest"
)

// checkFlat compares the short way with the tokens of HCL's own lexer.
func checkFlat(t *testing.T, source string) (flat bool) {
	t.Helper()
	if !isFlat([]byte(source)) {
		return false
	}
	tokens, _ := hclsyntax.LexConfig([]byte(source), "main.tf", hcl.InitialPos)
	if d := checkNesting(tokens); d != nil {
		t.Errorf("flat, and yet: %s\n%q", d.Summary, source)
	}
	n, deepest := nesting{levels: []level{{open: hclsyntax.TokenOBrace}}}, 0
	for _, token := range tokens {
		n.token(token.Type)
		deepest = max(deepest, len(n.levels)-1)
	}
	if deepest > flatDepth+2 {
		t.Errorf("flat, and %d levels\n%q", deepest, source)
	}
	return true
}

// pieces are what changes the state of HCL's lexer.
var pieces = []string{
	"{", "}", "[", "]", "(", ")", `"`, `\"`, `\\`, "${", "%{", "$${", "%%{", "~}", "${~", "}\n", "{\n", "\n", "\r\n", "\r", "<<A\n", "<<-A\n", "\nA\n", "A\n",
	"#", "//", "/*", "*/", "'", "`", "a", "a.b", " = ", "1e99999", "1E5", "e", ",", ":", "? ", "if ", "${a}", "${a.b_c-d}", "\"a\"", "é", "\ufeff", "=>", "...", "-", "!",
}

// TestFlatFilesAreFlat asks about random sequences of what matters.
func TestFlatFilesAreFlat(t *testing.T) {
	random, flat := rand.New(rand.NewPCG(5, 6)), 0
	for i := range 100_000 {
		if widetest.Skips(i) {
			continue
		}
		var source strings.Builder
		some := pieces[random.IntN(len(pieces)):] // of all, or of few
		for range random.IntN(12) {
			piece := some[random.IntN(len(some))]
			source.WriteString(strings.Repeat(piece, 1+random.IntN(3)*random.IntN(60)))
		}
		if checkFlat(t, source.String()) {
			flat++
		}
		if t.Failed() {
			return
		}
	}
	if flat < 500 {
		t.Errorf("only %d of the sequences are flat", flat)
	}
}

// TestMostFilesAreFlat: otherwise the short way is none.
func TestMostFilesAreFlat(t *testing.T) {
	files, err := filepath.Glob("../../../testdata/plans/*/*.tf")
	if err != nil {
		t.Fatal(err)
	}
	flat := 0
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if checkFlat(t, string(source)) {
			flat++
		}
	}
	if len(files) < 50 || flat < len(files)*3/4 {
		t.Errorf("%d of %d files are flat", flat, len(files))
	}
}

func FuzzFlat(f *testing.F) {
	f.Add("resource \"a\" \"b\" {\n  c = [\"${d.e}\"]\n}\n")
	f.Add("a = \"${\"}\n")
	f.Add("a = ((\n/*\n}\n*/ 1))\n")
	f.Fuzz(func(t *testing.T, source string) { checkFlat(t, source) })
}
