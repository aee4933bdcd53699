package policy

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
)

// unneeded are the members of the good chain that no answer about it depends on, by their
// paths: only other chains are asked for them, or a default is stricter than they are.
var unneeded = regexp.MustCompile(`^(` +
	`/levels/.*|` + // "error" without it
	`/composites/.*|/subscriptions/.*|` + // none is on the way; more are only remarked upon
	`.*/(account|external|region)|/trails/t/(organization|records/(management|lost/write))|` + // places, and remarks
	`/controls/c/candidates/0/(assumed|deleted_trail|fed_by)|` + // where the trail is elsewhere
	`/topics/s/(fifo|max_message)|` + // a topic outside the input has none
	`/metric_filters/f/(series/text|watchers/a/holds))$`)

// TestEachFactIsNeeded takes one fact at a time out of the document of a good chain: an
// undefined reference leaves the control without an answer. In a comprehension it would
// leave out a row, and pass.
func TestEachFactIsNeeded(t *testing.T) {
	const file = "../../policies/lib/good_test.rego"
	modules, err := parseAll(embeddedFiles())
	if err != nil {
		t.Fatal(err)
	}
	if modules[file], err = parseModule(file); err != nil {
		t.Fatal(err)
	}
	compiler := newCompiler()
	if compiler.Compile(modules); compiler.Failed() {
		t.Fatal(compiler.Errors)
	}
	ask := func(ref string, input ast.Value) any {
		q, err := newQuery(compiler, ast.MustParseRef(ref))
		if err != nil {
			t.Fatal(err)
		}
		answer, _ := q.answer(context.Background(), question{input: input, strict: true})
		return answer
	}
	document := ask("data.iacgate.lib.good.document", nil).(map[string]any)
	verdict := func() any {
		input, err := terms{}.of(document)
		if err != nil {
			t.Fatal(err)
		}
		return ask("data.iacgate.main.results.c.verdict", input.Value)
	}
	if v := verdict(); v != "pass" {
		t.Fatalf("the good chain: %v", v)
	}
	needed := 0
	var without func(path string, value any)
	without = func(path string, value any) {
		switch value := value.(type) {
		case []any:
			for i, v := range value {
				without(fmt.Sprint(path, "/", i), v)
			}
		case map[string]any:
			for _, key := range slices.Sorted(maps.Keys(value)) {
				member, path := value[key], path+"/"+key
				without(path, member)
				switch member.(type) {
				case []any, map[string]any:
					continue
				}
				delete(value, key)
				v := verdict()
				value[key] = member
				switch isUnneeded := unneeded.MatchString(path); {
				case v == "pass" && !isUnneeded:
					t.Errorf("it passes without %s", path)
				case v != "pass":
					needed++
				}
			}
		}
	}
	without("", document)
	if needed < 60 {
		t.Errorf("only %d facts are needed", needed)
	}
}
