package document

import (
	"fmt"
	"slices"

	"github.com/iacgate/iacgate/internal/resource"
)

// PlainText returns a known text that anybody may see.
func PlainText(v resource.Value) string {
	if text, known := v.Text(); known && !v.IsSensitive() {
		return text
	}
	return ""
}

// SettledBy says where the code writes what the plan leaves open.
func SettledBy(r *resource.Resource, attribute string) string {
	at := r.Settled[attribute]
	if at.File == "" {
		return "the plan leaves it open, the code says it"
	}
	return fmt.Sprintf("the plan leaves it open, %s:%d says it", at.File, at.Line)
}

func Text(v resource.Value) *string {
	if v.IsNull() || v.IsUnknown() {
		return nil
	}
	shown := v.Display()
	return &shown
}

// Why says why a value is not known: what decides it and is not stated, else what
// it is made of.
func Why(v resource.Value) string {
	o, _ := v.Origin()
	names := append(slices.Clone(o.Deciders), o.Via...)
	if v.IsSensitive() || o.Cause != resource.Variable || len(names) == 0 {
		return v.Display()
	}
	what, _ := resource.ExplainMissing(names[0])
	return what
}

// Name returns the text of a name, with what is not known of it in words; nil if
// nothing is known.
func Name(v resource.Value) *string {
	told, ok := v.Symbolic()
	if _, nothingElse := resource.Text(told).Symbol(); !v.IsUnknown() || !ok || nothingElse || v.IsSensitive() {
		return Text(v)
	}
	return &told
}

func Bool(v resource.Value) *bool {
	if known, ok := v.Truth(); ok {
		return &known
	}
	return nil
}

// Number returns a known number that anybody may see.
func Number(v resource.Value) *float64 {
	if known, ok := v.Number(); ok && !v.IsSensitive() {
		return &known
	}
	return nil
}
