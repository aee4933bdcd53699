package value

import (
	"errors"
	"math"
	"testing"
)

func TestBudget(t *testing.T) {
	var b Budget
	if err := errors.Join(b.Touch(maxTouched), b.Hold(maxHeld), b.TouchEach(0, math.MaxInt)); err != nil {
		t.Error(err)
	}
	for range 2 { // what is spent stays spent
		if err := b.Touch(1); !errors.Is(err, ErrTouched) {
			t.Error(err)
		}
		if err := b.Hold(1); !errors.Is(err, errHeld) {
			t.Error(err)
		}
	}
	for _, overflow := range []error{new(Budget).TouchEach(math.MaxInt, math.MaxInt), new(Budget).Touch(math.MinInt), new(Budget).Hold(-1)} {
		if overflow == nil {
			t.Error("no error")
		}
	}
}
