package filterpattern

import (
	"cmp"
	"testing"
)

func TestNumberPrefix(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "-": 0, ".5": 0, "x1": 0, "7": 1, "+7": 2, "-70": 3, "1.25": 4, "1.": 1, "1.x": 1, "1.e5": 1,
		"1e": 1, "1e+": 1, "1x5": 1, "1e5": 3, "1E-10": 5, "1e+5": 4, "12.50e3x": 7,
	} {
		if got := numberPrefix(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

// TestDecimalOrder: numbers compare by value, whatever their sign and spelling.
func TestDecimalOrder(t *testing.T) {
	order := []string{"-1e10", "-20", "-2.5", "-2", "-0.25", "-0.2", "0", "1e-9", "0.2", "0.25", "2", "2.5", "2.50001", "20", "1e10"}
	for i, a := range order {
		for j, b := range order {
			x, okX := parseDecimal(a)
			y, okY := parseDecimal(b)
			if got := x.cmp(y); !okX || !okY || got != cmp.Compare(i, j) {
				t.Errorf("%s and %s: %d, want %d", a, b, got, cmp.Compare(i, j))
			}
		}
	}
	for a, b := range map[string]string{"0": "-0.00", "2": "+02.0e0", "20": "2e1", "-0.25": "-25E-2", "0e5": "0"} {
		x, _ := parseDecimal(a)
		if y, ok := parseDecimal(b); !ok || x.cmp(y) != 0 {
			t.Errorf("%s is %v, %s is %v", a, x, b, y)
		}
	}
}

// TestExponents: 32 bits are as many as AWS admits.
func TestExponents(t *testing.T) {
	for text, want := range map[string]bool{
		"1e2147483647": true, "1e2147483648": false, "1e-2147483647": true, "1e-2147483648": false, "1e99999999999999999999": false,
	} {
		if _, ok := parseLiteralDecimal(text); ok != want {
			t.Errorf("%s is a number: %t", text, ok)
		}
	}
}
