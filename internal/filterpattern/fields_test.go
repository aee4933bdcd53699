package filterpattern

import (
	"slices"
	"testing"
)

func parsed(t *testing.T, text string) *Pattern {
	t.Helper()
	p, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestComparisons(t *testing.T) {
	p := parsed(t, `{ $.a = "x*" && ($.b.c != 1 || $.d = %[a-z]%) && $.e NOT EXISTS && $.f IS TRUE && $.g > 2 }`)
	var got []string
	for _, c := range p.Comparisons() {
		sign := "!="
		if c.Equal {
			sign = "="
		}
		got = append(got, c.Selector.String()+sign+c.Text)
	}
	if want := []string{"$.a=x*", "$.b.c!=1", "$.d=[a-z]"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if c := parsed(t, `?a ?b`).Comparisons(); c != nil {
		t.Errorf("terms compare %v", c)
	}
}

// TestExcludes: a condition excludes what its opposite includes.
func TestExcludes(t *testing.T) {
	p := parsed(t, `{ $.a = "x" && $.b != "y*" && $.c NOT EXISTS && $.d[*] != 1 }`)
	var got []string
	for _, x := range p.Excludes() {
		got = append(got, x.String())
	}
	if want := []string{`{ $.b = "y*" }`, `{ $.c = "*" }`}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestRegardless(t *testing.T) {
	p := parsed(t, `{ ($.a = "x" && $.b.c != "y") || $.d = 1 }`)
	for text, want := range map[string]string{
		"$.a": `{ $.b.c != "y" || $.d = 1 }`, "$.b": `{ $.a = "x" || $.d = 1 }`, "$.d": `{ true }`, "$.e": p.String(),
	} {
		s, err := ParseSelector(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Regardless([]Selector{s}).String(); got != want {
			t.Errorf("regardless of %s: %s, want %s", text, got, want)
		}
	}
}

func TestTopFields(t *testing.T) {
	got := parsed(t, `{ $.a.b = 1 && $.c = 2 && $.* = 3 && $.a.d[0] IS TRUE }`).TopFields()
	if want := []string{"a", "c"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
