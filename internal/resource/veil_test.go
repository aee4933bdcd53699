package resource

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestVeil(t *testing.T) {
	v := NewVeil([]string{"long-secret", "long-secret-2", "ab1", "pin", "443", "x", "true", "a \"<b>\" c", ""})
	for text, want := range map[string][2]string{
		"https://long-secret.example.com": {"https://(sensitive).example.com", "https://(sensitive).example.com"},
		"long-secret-2":                   {"(sensitive)", "(sensitive)"},
		"xab1y":                           {"xab1y", "x(sensitive)y"},
		"its pin, spinning":               {"its pin, spinning", "its (sensitive), spinning"},
		"443 is no 4430":                  {"443 is no 4430", "(sensitive) is no 4430"},
		"x is true":                       {"x is true", "x is true"},
		`{"k":"a \"\u003cb\u003e\" c"}`:   {`{"k":"(sensitive)"}`, `{"k":"(sensitive)"}`},
		`{"k":"a \"<b>\" c"}`:             {`{"k":"(sensitive)"}`, `{"k":"(sensitive)"}`},
		"é pin":                           {"é pin", "é (sensitive)"},
		"nothing to hide":                 {"nothing to hide", "nothing to hide"},
	} {
		if got := [2]string{v.Text(text), v.Message(text)}; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if v.HidesNothing() || !(Veil{}).HidesNothing() || !NewVeil([]string{"", Hidden}).HidesNothing() {
		t.Error("whether there is something to hide")
	}
	if (Veil{}).Message("a pin") != "a pin" || !v.IsSecret("ab1") || v.IsSecret("x") || v.IsSecret("true") {
		t.Error("what is a secret")
	}
}

// TestVeilOfATree: keys are texts, too, and two of them stay two.
func TestVeilOfATree(t *testing.T) {
	tree := map[string]any{"secret-a": 1, "secret-b": []any{"secret-a", json.Number("12345678"), json.Number("5")}, "(sensitive)": nil}
	got := NewVeil([]string{"secret-a", "secret-b", "12345678"}).Tree(tree)
	want := map[string]any{"(sensitive)": nil, "(sensitive)'": 1, "(sensitive)''": []any{"(sensitive)", "(sensitive)", json.Number("5")}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
