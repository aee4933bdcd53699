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
