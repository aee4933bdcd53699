package cover

import "testing"

// TestBudgetsWithin: what is spent, and what one question of many may take of the rest.
func TestBudgetsWithin(t *testing.T) {
	b := &budget{limit: 10}
	if !b.spend(7) || b.spent() {
		t.Error("seven of ten steps are too many")
	}
	for n, want := range map[int]int{0: 0, 2: 2, 3: 3, 5: 3} {
		if got := b.within(n).limit; got != want {
			t.Errorf("%d within what is left: %d, want %d", n, got, want)
		}
	}
	if b.spend(4) || !b.spent() {
		t.Error("eleven of ten steps are not too many")
	}
	if got := b.within(5).limit; got != 0 {
		t.Errorf("%d steps of none are left", got)
	}
}
