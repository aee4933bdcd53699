package policy

import (
	"encoding/json"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
)

// TestTerms: the terms are those that OPA makes, and what is written twice is there once.
func TestTerms(t *testing.T) {
	document := map[string]any{
		"": nil, "state": "ok", "other": map[string]any{"state": "ok", "list": []any{"ok", true, false, nil, json.Number("1"), json.Number("1.50"), json.Number("1e3")}},
		"empty": map[string]any{}, "none": []any{}, "int": 3, "texts": []string{"a"},
	}
	want, err := ast.InterfaceToValue(document)
	if err != nil {
		t.Fatal(err)
	}
	known := terms{}
	got, err := known.of(document)
	if err != nil || ast.Compare(want, got.Value) != 0 || got.Value.Hash() != want.Hash() {
		t.Errorf("%v, %v; want %v", got, err, want)
	}
	object := got.Value.(ast.Object)
	other := object.Get(ast.StringTerm("other")).Value.(ast.Object)
	if a, b := object.Get(ast.StringTerm("state")), other.Get(ast.StringTerm("state")); a != b {
		t.Error("equal texts are two terms")
	}
	for _, bad := range []any{func() {}, []any{make(chan int)}, map[string]any{"a": func() {}}} {
		if _, err := (terms{}).of(bad); err == nil {
			t.Errorf("%T is a term", bad)
		}
	}
}
