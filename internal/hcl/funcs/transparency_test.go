package funcs_test

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/hcl/funcs"
	"github.com/iacgate/iacgate/internal/hcl/hcltest"
	"github.com/iacgate/iacgate/internal/resource"
)

// furtherCalls are calls and operators that functionTests lacks.
var furtherCalls = []string{
	`abs("1")`, `contains(["a", "b"], "a")`, `trim("aba", "a")`, `trimspace(" a ")`, `trimprefix("abc", "ab")`, `lower("A")`, `upper("a")`, `strrev("ab")`,
	`chomp("a")`, `replace("a-b", "x", "y")`, `jsondecode(jsonencode({ a = "b" }))`, `jsondecode("[1]")`, `sort(["b", "a"])`, `setunion(["a"], ["b"])`, `setintersection(["a"], ["a"])`, `setsubtract(["a", "b"], ["a"])`,
	`tolist(["a", "b"])`, `tomap({ a = "b" })`, `nonsensitive("a")`, `sensitive("a")`, `format("%s:%v:%%", "a", "b")`, `format("%5s", "a")`, `format("%q", "a")`,
	`format("%[2]s%[1]s", "a", "b")`, `format("%s", ["a", "b"])`, `templatestring("a$${x}", { x = "b" })`, `yamlencode({ a = "b" })`,
	`jsonencode(["a", { b = "c" }])`, `"a" == "b"`, `"a" != "b"`, `"a-${"b"}" == "a-b"`, `"x${"a"}" == "y${"a"}"`, `"a" == "a" ? "yes" : "no"`, `"a" == null`,
	`{ a = 1, b = 2 }["a"]`, `["x", "y"]["0"]`, `{ ("a") = 1 }`, `{ for x in ["a", "b"] : x => "c" }`, `[for x in ["a", "b"] : x if x == "a"]`,
	`[for x in ["a", "b"] : x == "a"]`, `concat(["a"], ["b"])`, `length("a")`, `length(["a"])`, `length(compact(["a", "b"]))`, `distinct(["a", "b"])`,
	`coalesce("a", "b")`, `compact(["a", ""])`, `one(["a"])`, `element(["a", "b"], 1)`, `lookup({ a = "x" }, "a", "b")`, `merge({ a = "x" }, { a = "y" })`,
	`zipmap(["a", "b"], ["c", "d"])`, `index(["a", "b"], "a")`, `matchkeys(["i", "j"], ["a", "b"], ["b"])`, `startswith("abc", "a")`, `endswith("abc", "c")`,
	`strcontains("abc", "b")`, `trimsuffix("abc", "c")`, `alltrue(["a" == "a"])`, `can("a" == "b")`, `try({ a = "1" }["a"], "b")`, `toset(["a", "b"])`,
	`tolist(toset(["a", "b"]))`, `slice(["a", "b"], 0, 1)`, `flatten([["a"], "b"])`, `values({ a = "b" })`, `keys({ a = "b" })`, `reverse(["a", "b"])`, `tostring("a")`,
	`coalescelist(["a"], ["b"])`, `"a" == "a" && "b" == "c"`, `!("a" == "b")`, `"%{ if "a" == "b" }x%{ else }y%{ endif }"`, `"%{ for x in ["a", "b"] }${x}%{ endfor }"`,
}

var (
	quotedText = regexp.MustCompile(`"[^"$%\\]*"`)
	someValues = []string{"", "a", "b", "abc", "prod", "1", "a-b"}
)

// withVariable returns a call with each of its texts in turn as a variable, and
// what the text was.
func withVariable(call string) (exprs, was []string) {
	for _, at := range quotedText.FindAllStringIndex(call, -1) {
		exprs = append(exprs, call[:at[0]]+"var.s"+call[at[1]:])
		was = append(was, call[at[0]+1:at[1]-1])
	}
	return exprs, was
}

// TestTransparency: whatever is said of a call in which a variable has no value
// is what the call comes to with any value.
func TestTransparency(t *testing.T) {
	calls := slices.Clone(furtherCalls)
	for _, tt := range functionTests {
		calls = append(calls, tt.expr)
	}
	seen, told := map[string]bool{}, 0
	for _, call := range calls {
		exprs, was := withVariable(call)
		for i, expr := range exprs {
			seen[strings.SplitN(expr, "(", 2)[0]] = true
			unset, ok := evaluated(t, expr)
			if !ok {
				continue
			}
			if _, symbolic := unset.Symbolic(); !unset.IsUnknown() || symbolic {
				told++
			}
			for _, value := range append([]string{was[i]}, someValues...) {
				if set, ok := evaluated(t, expr, "s="+value); ok && !covers(unset, set, value) && !(strings.Contains(expr, "set") && coversSet(unset, set)) {
					t.Errorf("%s is %s without a value, and %s with %q", expr, inWords(unset), inWords(set), value)
				}
			}
		}
	}
	if told < 60 {
		t.Errorf("of only %d calls anything is known", told)
	}
	for _, name := range funcs.SymbolKeepers() {
		if !seen[name] && name != "templatefile" && name != "issensitive" && name != "formatlist" {
			t.Errorf("%s keeps symbols, and no call is tried", name)
		}
	}
}

func evaluated(t *testing.T, expr string, vars ...string) (resource.Value, bool) {
	t.Helper()
	dir := hcltest.Unpack(t, fmt.Sprintf("variable \"s\" { type = string }\nresource \"aws_test\" \"t\" {\n  v = %s\n}\n", expr))
	doc, err := hcl.Read(context.Background(), hcl.Options{Dir: dir, Boundary: dir, Vars: vars, Keep: hcltest.KeepTests})
	if err != nil || len(doc.Notes) > 0 {
		return resource.Value{}, false // not with this value
	}
	return hcltest.Find(t, doc, "aws_test.t").Attr("v"), true
}

// covers reports whether a value that was made without a variable's value admits
// the one that was made with it.
func covers(unset, set resource.Value, value string) bool {
	if unset.IsUnknown() {
		text, told := unset.Symbolic()
		known, isText := set.Text()
		return !told || isText && strings.ReplaceAll(text, resource.Symbol("var.s"), value) == known
	}
	a, b := unset.List(), set.List()
	if slices.ContainsFunc(a, resource.Value.IsUnknown) && len(a) != len(b) {
		return true // an element that may be any number of them
	}
	if unset.Kind() != set.Kind() || len(a) != len(b) || !slices.Equal(unset.Keys(), set.Keys()) {
		return false
	}
	for i := range a {
		if !covers(a[i], b[i], value) {
			return false
		}
	}
	for _, k := range unset.Keys() {
		if !covers(unset.Get(k), set.Get(k), value) {
			return false
		}
	}
	x, _ := unset.Text()
	y, _ := set.Text()
	return x == y
}

// coversSet is covers for lists that were sets: what is known is there.
func coversSet(unset, set resource.Value) bool {
	for _, e := range unset.List() {
		text, known := e.Text()
		same := func(o resource.Value) bool { other, _ := o.Text(); return other == text }
		if known && !slices.ContainsFunc(set.List(), same) {
			return false
		}
	}
	return slices.ContainsFunc(unset.List(), resource.Value.IsUnknown)
}

func inWords(v resource.Value) string {
	if text, ok := v.Symbolic(); ok {
		return fmt.Sprintf("%q", resource.Text(text).Words())
	}
	return hcltest.Describe(v)
}
