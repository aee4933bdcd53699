package policy

import (
	"slices"
	"testing"
)

// BenchmarkLoad makes the policies of one control ready, from what is stored of
// them and from their text.
func BenchmarkLoad(b *testing.B) {
	b.Run("stored", func(b *testing.B) {
		for b.Loop() {
			modules, ok := stored().modules(embedded())
			if !ok {
				b.Fatal("policies/compiled.bin is not current")
			}
			if _, err := ready(modules, slices.Concat(settled, done)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("text", func(b *testing.B) {
		for b.Loop() {
			modules, err := parseAll(embedded())
			if err != nil {
				b.Fatal(err)
			}
			if _, err := ready(modules, settled); err != nil {
				b.Fatal(err)
			}
		}
	})
}
