package policy

import "testing"

// BenchmarkLoad makes the policies of the controls ready.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		modules, err := parseAll(embeddedFiles())
		if err != nil {
			b.Fatal(err)
		}
		if _, err := compile(modules); err != nil {
			b.Fatal(err)
		}
	}
}
