package policy

import "testing"

// BenchmarkLoad makes the policies of the controls ready.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := compile(); err != nil {
			b.Fatal(err)
		}
	}
}
