package filterpattern

import "testing"

// TestWithout: what is left of a condition on a field that is absent.
func TestWithout(t *testing.T) {
	for _, c := range []struct{ src, field, want string }{
		{`{ $.a.b = 1 }`, "$.a", `{ false }`},
		{`{ $.a = 1 }`, "$.a.b", `{ $.a = 1 }`},
		{`{ $.a[*] = 2 }`, "$.a[*]", `{ false }`},
		{`{ $.a[*] != 2 }`, "$.a[*]", `{ $.a EXISTS }`},
		{`{ $.a[*] != 2 }`, "$.a", `{ false }`},
		{`{ $.a[*] NOT EXISTS }`, "$.a[*]", `{ true }`},
		{`{ $.* = 2 }`, "$.*", `{ false }`},
		{`{ $.* != 2 }`, "$.*", `{ true }`}, // the event itself is there
		{`{ $.a != 2 }`, "$.*", `{ false }`},
		{`a -b`, "$.a", `a -b`},
	} {
		s, err := ParseSelector(c.field)
		if err != nil {
			t.Fatal(err)
		}
		if got := parsed(t, c.src).Without([]Selector{s}).String(); got != c.want {
			t.Errorf("%s without %s: %s, want %s", c.src, c.field, got, c.want)
		}
	}
}
