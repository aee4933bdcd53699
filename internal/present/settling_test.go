package present

import (
	"testing"

	"github.com/iacgate/iacgate/internal/verdict"
)

// TestFixOnce: of two findings on one argument the first says the fix.
func TestFixOnce(t *testing.T) {
	change := &verdict.Change{Resource: "r", Set: "group = 1\nrole  = 2\n\"Nested\": {}"}
	findings := []verdict.Finding{
		{Code: "first", Resource: "r", Attribute: "group", Level: verdict.Error, Change: change, Fix: "code"},
		{Code: "same", Resource: "r", Attribute: "role", Level: verdict.Error, Fix: "advice"},
		{Code: "quoted", Resource: "r", Attribute: "Nested", Level: verdict.Error, Fix: "advice"},
		{Code: "beginning", Resource: "r", Attribute: "ro", Level: verdict.Error, Fix: "advice"},
		{Code: "other", Resource: "s", Attribute: "role", Level: verdict.Error, Fix: "advice"},
		{Code: "whole", Resource: "r", Level: verdict.Error, Fix: "advice"},
		{Code: "note", Resource: "r", Attribute: "role", Level: verdict.Note, Fix: "advice"},
	}
	fixOnce(findings)
	for _, f := range findings {
		want := map[string]string{"first": "code", "same": "the fix of first above sets it, too", "quoted": "the fix of first above sets it, too"}[f.Code]
		if want == "" {
			want = "advice"
		}
		if f.Fix != want {
			t.Errorf("%s: %q, want %q", f.Code, f.Fix, want)
		}
	}
}

func TestVariableAdvice(t *testing.T) {
	for name, want := range map[string]string{
		"var.topic": "decide it with --var topic=ARN, --var-file or a default", "var.topics[0]": "", "var.a.b": "", "local.topic": "", "arn:aws:sns:x": "",
	} {
		if got := variableAdvice(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
