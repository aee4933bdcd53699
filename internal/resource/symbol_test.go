package resource

import (
	"slices"
	"testing"
)

func TestSymbols(t *testing.T) {
	for text, want := range map[string][]string{
		"":         nil,
		"plain":    nil,
		"\uFFF9ab": nil,
		"arn:aws:sns:" + Symbol("region of stack") + ":" + Symbol("account of stack") + ":t": {"region of stack", "account of stack"},
		Symbol("") + Symbol("x"): {"", "x"},
	} {
		if got := Symbols(text); !slices.Equal(got, want) {
			t.Errorf("Symbols(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestSymbolOfAnUnknownValue(t *testing.T) {
	name := Symbol("GroupName")
	v := UnknownValue(Origin{Cause: Variable, Via: []string{"GroupName"}, Symbolic: name})
	if got, ok := v.Symbolic(); !ok || got != name {
		t.Errorf("Symbolic() = %q, %v", got, ok)
	}
	if got, ok := StringValue("x").Symbolic(); !ok || got != "x" {
		t.Errorf("Symbolic() = %q, %v", got, ok)
	}
	if _, ok := UnknownValue(Origin{Cause: Opaque}).Symbolic(); ok {
		t.Error("an opaque value has a symbol")
	}
}

// TestExplainMissing: what a symbol represents in words, and what would state it.
func TestExplainMissing(t *testing.T) {
	for _, c := range []struct{ symbol, words, message, settle string }{
		{"account of aws.audit", "the account of aws.audit", "the account of aws.audit is not stated", "--account ID, or allowed_account_ids in the provider block"},
		{"region of aws", "the region of aws", "the region of aws is not stated", "--region NAME, or region in the provider block"},
		{"suffix of aws", "the suffix of aws", "the suffix of aws is not stated", "--region NAME"},
		{"terraform.workspace", "the workspace", "the workspace is not known", "TF_WORKSPACE=NAME"},
		{"region for var.r", "region for var.r", "the region for var.r is not known", ""},
		{"var.tags.name", "var.tags.name", "var.tags has no value", "--var tags=VALUE, --var-file or a default"},
		{"AlarmEmail", "AlarmEmail", "AlarmEmail has no value", ""},
	} {
		message, settle := ExplainMissing(c.symbol)
		if words := SymbolWords(c.symbol); words != c.words || message != c.message || settle != c.settle {
			t.Errorf("%s: %q, %q, %q", c.symbol, words, message, settle)
		}
	}
}

func TestGeneratedFor(t *testing.T) {
	name, _ := SymbolName(Generated("aws_iam_role.r"))
	if of, ok := GeneratedFor(name); !ok || of != "aws_iam_role.r" {
		t.Errorf("%q, %v", of, ok)
	}
	if _, ok := GeneratedFor("var.name"); ok {
		t.Error("a variable is a made-up name")
	}
}
