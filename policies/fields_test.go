package policies_test

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/iacgate/iacgate/internal/finding"
)

// product parses what is loaded at run time, with one text replaced.
func product(t *testing.T, old, replacement string) map[string]*ast.Module {
	t.Helper()
	modules := map[string]*ast.Module{}
	found := false
	for name, text := range regoFiles(t) {
		// What only a server runs asks several documents, and each of them against the schema first.
		if strings.HasSuffix(name, "_test.rego") || strings.HasPrefix(name, "server/") {
			continue
		}
		found = found || strings.Contains(string(text), old)
		if old != "" {
			text = bytes.Replace(text, []byte(old), []byte(replacement), 1)
		}
		m, err := ast.ParseModuleWithOpts(name, string(text), ast.ParserOptions{RegoVersion: ast.RegoV1})
		if err != nil {
			t.Fatal(err)
		}
		modules[name] = m
	}
	if !found {
		t.Fatalf("no policy has %q: try another slip", old)
	}
	return modules
}

// TestFieldsExist: every member that a policy asks for is in the document.
func TestFieldsExist(t *testing.T) {
	for _, fault := range check(product(t, "", "")) {
		t.Error(fault)
	}
}

// TestSlipsAreSeen: the check above sees slips of the pen, in functions and
// comprehensions, several calls away from the document.
func TestSlipsAreSeen(t *testing.T) {
	for _, slip := range [][2]string{
		{"d.attribute, d.text]", "d.attribute, d.reason]"},
		{"w.code, true", "w.kode, true"},
		{"t.multi_region ==", "t.multiregion =="},
		{"x.publish.reason", "x.publish.why"},
		{"check.state in", "check.status in"},
		{"n.change ==", "n.changes =="},
		{"t.delivering;", "t.deliverin;"},
		{"d.text] | some s in", "d.txt] | some s in"},
		{"input.config.sensitivity", "input.config.sensitivities"},
		{"a.suppressor !=", "a.supressor !="},
		{"l.state in", "l.stat in"},
		{"c.rivals", "c.rival"},
		{`"fed_by"]`, `"fedby"]`},
		{"g.filters == \"no\"", "g.filters == \"nope\""},
		{"f.state == \"never\"", "f.state == \"nevr\""},
		{"p.matches == \"not-all\"", "p.matches == \"notall\""},
		{"t.role.state in {\"broken\"", "t.role.state in {\"brocken\""},
	} {
		right, wrong := slip[0], slip[1]
		if len(check(product(t, right, wrong))) == 0 {
			t.Errorf("%q for %q goes unseen", wrong, right)
		}
	}
}

// TestCodesExist: a row with a code that is not in the list would be an error
// without words.
func TestCodesExist(t *testing.T) {
	row := regexp.MustCompile(`\["([a-z-]+)", [^"]`) // a list of texts is none
	ids := finding.IDs()
	seen := 0
	for name, text := range regoFiles(t) {
		if !strings.HasPrefix(name, "lib/links") || strings.HasSuffix(name, "_test.rego") {
			continue
		}
		rows := row.FindAllStringSubmatch(string(text), -1)
		seen += len(rows)
		for _, m := range rows {
			if !slices.Contains(ids, m[1]) {
				t.Errorf("%s: %s is not a code", name, m[1])
			}
		}
	}
	if seen < 70 {
		t.Fatalf("only %d rows are seen", seen)
	}
}
