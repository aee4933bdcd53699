package words

import "testing"

func TestWords(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1,000", -1000: "-1,000", 1234567: "1,234,567"} {
		if got := Number(n); got != want {
			t.Errorf("Number(%d) = %s, want %s", n, got, want)
		}
	}
	for minutes, want := range map[int]string{1: "1 minute", 119: "119 minutes", 120: "2.0 hours", 4000: "2.8 days"} {
		if got := Duration(minutes); got != want {
			t.Errorf("Duration(%d) = %s, want %s", minutes, got, want)
		}
	}
}

func TestRanges(t *testing.T) {
	for got, want := range map[string]string{
		Span(1, 1): "1", Span(1, 2000): "1 to 2,000", Floats(1.5, 1.5): "1.5", Floats(0, 2): "0 to 2",
		Percents(0.1, 0.1): "10 %", Percents(0.0904, 0.25): "9 to 25 %", Time("2026-11-02T00:07:00Z"): "2026-11-02 00:07",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
