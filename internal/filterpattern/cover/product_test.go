package cover

import (
	"slices"
	"testing"
)

// TestReadability: the order in which witnesses prefer characters.
func TestReadability(t *testing.T) {
	order := []rune("abyzABYZ0189 !/:~\x00\x1f\x7f\u0080\ud7ff")
	if !slices.IsSortedFunc(order, func(a, b rune) int { return readability(a) - readability(b) }) {
		t.Errorf("%q is not in order", order)
	}
}

func TestReadable(t *testing.T) {
	for _, c := range []struct{ from, to, want rune }{
		{0, 'z', 'a'}, {'Z', 'a', 'a'}, {'Z', '`', 'Z'}, {'9', 'A', 'A'}, {'/', '0', '0'}, {0, ' ', ' '}, {0, 0x1f, 0}, {'~', 0x7f, '~'}, {0x7f, 0x90, 0x7f},
	} {
		if got := readable(c.from, c.to); got != c.want {
			t.Errorf("%q to %q: %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

// TestRepresentatives: the most readable character of each class, the most readable
// first.
func TestRepresentatives(t *testing.T) {
	cuts := []rune{0, 'a', 'b', 'd', 'f', 'h', surrogateMin, surrogateMax + 1}
	if got := string(representatives(cuts, []int{0, 1, 2, 3, 4, 0, 5, 0})); got != "abdfh" {
		t.Errorf("%q", got)
	}
}
