package policy

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/util"

	"github.com/iacgate/iacgate/internal/verdict"
)

// TestBuiltins holds the allow-list to the linked OPA: every name exists, and
// none is what OPA itself calls nondeterministic or what reaches outside.
func TestBuiltins(t *testing.T) {
	known := map[string]*ast.Builtin{}
	for _, b := range ast.CapabilitiesForThisVersion().Builtins {
		known[b.Name] = b
	}
	for _, name := range builtins {
		b, ok := known[name]
		switch {
		case !ok:
			t.Errorf("%s: this OPA has no such builtin", name)
		case b.Nondeterministic:
			t.Errorf("%s: OPA calls it nondeterministic", name)
		case strings.HasPrefix(name, "http.") || strings.HasPrefix(name, "net.lookup") || strings.HasPrefix(name, "opa."),
			strings.HasPrefix(name, "io.jwt.") || strings.HasPrefix(name, "crypto."), strings.HasSuffix(name, "_schema"):
			t.Errorf("%s: it reaches outside", name)
		}
	}
	for _, b := range capabilities().Builtins {
		if !slices.Contains(builtins, b.Name) {
			t.Errorf("%s: not on the list", b.Name)
		}
	}
	if hosts := capabilities().AllowNet; hosts == nil || len(hosts) > 0 {
		t.Errorf("hosts %v: only an empty list admits none", hosts)
	}
}

// TestEveryStage compiles the policies with the stages that Load skips, under
// the same capabilities. None of them changes a rule: the compiler finds the
// bodies in a safe order and leaves them so.
func TestEveryStage(t *testing.T) {
	every := compiled(t, ast.NewCompiler().WithStrict(true))
	loaded := compiled(t, ast.NewCompiler().WithSkipStages(uncheckedStages...))
	for name, module := range every {
		if want, got := module.String(), loaded[name].String(); got != want {
			t.Errorf("%s: a skipped stage changes it\n%s", name, cmp.Diff(want, got))
		}
	}
}

func compiled(t *testing.T, c *ast.Compiler) map[string]*ast.Module {
	t.Helper()
	files, err := parseAll(embeddedFiles())
	if err != nil {
		t.Fatal(err)
	}
	if c.WithCapabilities(capabilities()).Compile(files); c.Failed() {
		t.Fatal(c.Errors)
	}
	return c.Modules
}

// TestNothingIsLeftOut: a document without what the policies need is an error,
// never a verdict.
func TestNothingIsLeftOut(t *testing.T) {
	engine := Load([]string{"unauthorized-api-calls"})
	for _, document := range []string{
		`{}`,
		`{"controls": {}}`,
		`{"controls": {"unauthorized-api-calls": {"relevant": true, "candidates": []}}, "incomplete": [], "gaps": [], "levels": {}}`,
		`{"controls": {"unauthorized-api-calls": {"relevant": true, "candidates": [{"trail": "t", "reach": 9, "rivals": [], "index": 0}]}}, "trails": {}, "incomplete": [], "gaps": [], "levels": {}}`,
	} {
		if answers, err := engine.Judge(context.Background(), tree(t, document)); err == nil {
			t.Errorf("%s: answers %v", document, answers)
		}
	}
	answers, err := engine.Judge(context.Background(), tree(t, nothing))
	if err != nil || answers["unauthorized-api-calls"].Verdict != verdict.Skip {
		t.Errorf("answers %v, %v", answers, err)
	}
}

// nothing is the document of an input without a trail.
const nothing = `{"controls": {"unauthorized-api-calls": {
	"relevant": false, "certain": true, "hidden": [], "excess": 0, "events": "write", "sources": [], "candidates": []
}}, "trails": {}, "levels": {}, "path": "a"}`

// tree returns a document as a document.Judged has it.
func tree(t *testing.T, document string) map[string]any {
	t.Helper()
	var v map[string]any
	if err := util.UnmarshalJSON([]byte(document), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// TestJudgeEnds with its context, and an evaluation that ended early is not reused as an answer.
func TestJudgeEnds(t *testing.T) {
	engine := Load([]string{"unauthorized-api-calls"})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := engine.Judge(ctx, tree(t, nothing)); err == nil {
		t.Error("an evaluation goes on after its context has ended")
	}
	if _, err := engine.Judge(context.Background(), tree(t, nothing)); err != nil {
		t.Error(err)
	}
}

// TestEqualDocumentsAreEvaluatedOnce: the path of an input does not count, and anything
// else does.
func TestEqualDocumentsAreEvaluatedOnce(t *testing.T) {
	engine := Load([]string{"unauthorized-api-calls"})
	judge := func(document string) verdict.Verdict {
		t.Helper()
		answers, err := engine.Judge(context.Background(), tree(t, document))
		if err != nil {
			t.Fatal(err)
		}
		return answers["unauthorized-api-calls"].Verdict
	}
	elsewhere := strings.Replace(nothing, `"path": "a"`, `"path": "b"`, 1)
	hidden := strings.NewReplacer(`"hidden": []`, `"hidden": ["module.vpc was not read"]`, `"levels": {}`, `"levels": {"input-not-read": "note"}`).Replace(nothing)
	unknown := strings.Replace(hidden, `"note"`, `"unknown"`, 1)
	for document, want := range map[string]verdict.Verdict{nothing: verdict.Skip, elsewhere: verdict.Skip, hidden: verdict.Skip, unknown: verdict.Unknown} {
		if got := judge(document); got != want {
			t.Errorf("%s\nis %s, want %s", document, got, want)
		}
	}
	if n := len(engine.known.by); n != 3 {
		t.Errorf("%d documents were evaluated, want 3", n)
	}
}

// TestLoadTellsWhoJudges what is wrong with the policies.
func TestLoadTellsWhoJudges(t *testing.T) {
	if _, err := Load([]string{"no-such-control"}).Judge(context.Background(), tree(t, `{}`)); err == nil {
		t.Error("a control without policies answers")
	}
}
