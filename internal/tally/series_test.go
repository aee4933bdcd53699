package tally

import (
	"math/rand"
	"slices"
	"testing"
)

// TestMinutes: whatever the order of the days, nothing is lost.
func TestMinutes(t *testing.T) {
	r := rand.New(rand.NewSource(11))
	for range 200 {
		var m minutes
		of := map[int64]int64{}
		day := int64(20_000)
		for range r.Intn(300) {
			switch r.Intn(4) {
			case 0:
				day = 20_000 + int64(r.Intn(5))
			case 1:
				day++
			}
			at := day*minutesPerDay + int64(r.Intn(8))*200 + int64(r.Intn(40))
			for range 1 + r.Intn(300) {
				m.add(at)
				of[at]++
			}
		}
		got := m.series()
		if len(got) != len(of) || !slices.IsSortedFunc(got, func(a, b Minute) int { return int(a.At - b.At) }) {
			t.Fatalf("%d minutes, want %d in order", len(got), len(of))
		}
		for _, one := range got {
			if of[one.At] != one.Count {
				t.Fatalf("minute %d has %d, want %d", one.At, one.Count, of[one.At])
			}
		}
	}
}
