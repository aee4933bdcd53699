package filterpattern

import "testing"

// TestNumberPrint: as Java's Double.toString, but for integers.
func TestNumberPrint(t *testing.T) {
	for lexeme, want := range map[string]string{
		"1": "1", "-0": "0", "12345678901234567890": "12345678901234567890",
		"1.0": "1.0", "-0.0": "-0.0", "1.25": "1.25", "1e0": "1.0",
		"0.001": "0.001", "0.000999": "9.99E-4", "9999999.5": "9999999.5", "1e7": "1.0E7", "-12345678.9": "-1.23456789E7",
		"1e309": "Infinity", "-1e309": "-Infinity", "1e-999": "0.0",
	} {
		if got := newNumber(lexeme).print(); got != want {
			t.Errorf("%s prints as %s, want %s", lexeme, got, want)
		}
	}
}
