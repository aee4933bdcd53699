package truth

import (
	"encoding/json"
	"slices"
	"testing"
)

// TestLaws compares the operations with their definition: what holds whichever
// value the unknown ones have.
func TestLaws(t *testing.T) {
	possible := map[Truth][]bool{No: {false}, Unknown: {false, true}, Yes: {true}}
	all := func(a, b Truth, op func(x, y bool) bool) Truth {
		seen := map[bool]bool{}
		for _, x := range possible[a] {
			for _, y := range possible[b] {
				seen[op(x, y)] = true
			}
		}
		if len(seen) == 2 {
			return Unknown
		}
		return Of(seen[true])
	}
	for a := range possible {
		if want := all(a, Yes, func(x, _ bool) bool { return !x }); a.Not() != want {
			t.Errorf("not %s is %s", a, a.Not())
		}
		for b := range possible {
			if want := all(a, b, func(x, y bool) bool { return x && y }); And(a, b) != want {
				t.Errorf("%s and %s is %s", a, b, And(a, b))
			}
			if want := all(a, b, func(x, y bool) bool { return x || y }); Or(a, b) != want {
				t.Errorf("%s or %s is %s", a, b, Or(a, b))
			}
		}
	}
	if And() != Yes || Or() != No {
		t.Error("the empty operations")
	}
}

func TestMarshal(t *testing.T) {
	if text, err := json.Marshal([]Truth{No, Unknown, Yes}); err != nil || string(text) != `["no","unknown","yes"]` {
		t.Errorf("%s, %v", text, err)
	}
}

func TestUnmarshal(t *testing.T) {
	var got []Truth
	if err := json.Unmarshal([]byte(`["no","unknown","yes"]`), &got); err != nil || !slices.Equal(got, []Truth{No, Unknown, Yes}) {
		t.Errorf("%v, %v", got, err)
	}
	if err := json.Unmarshal([]byte(`["maybe"]`), &got); err == nil {
		t.Error("a word that is none of them is not an error")
	}
}
