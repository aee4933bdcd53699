package cover

import "testing"

// TestArrayFill: the worst of the elements decides about the array.
func TestArrayFill(t *testing.T) {
	for _, c := range []struct{ first, second, want answer }{
		{found, found, found}, {found, maybe, maybe}, {maybe, found, maybe}, {none, maybe, none}, {maybe, none, none}, {none, found, none},
	} {
		f := arrayFill{rule: arrayRule{withoutNull: true}, elements: make([]any, 2), asked: make([]bool, 3), some: found}
		f.place(0, outcome{some: c.first, value: "x"})
		f.place(1, outcome{some: c.second, value: "y"})
		if got := f.finish().some; got != c.want {
			t.Errorf("%v and %v: %v, want %v", c.first, c.second, got, c.want)
		}
	}
}
