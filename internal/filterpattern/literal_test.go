package filterpattern

import "testing"

func TestNewRegexp(t *testing.T) {
	re, err := NewRegexp("^a(b|c)$")
	if err != nil {
		t.Fatal(err)
	}
	if !re.Matches("ac") || re.Matches("xac") || re.IsExact() || re.Kind != RegexpLiteral {
		t.Errorf("%+v", re)
	}
	if re, err := NewRegexp("("); err == nil {
		t.Errorf("%+v", re)
	}
}

// TestKey: a text goes without quotes only where it is read as the same text again.
func TestKey(t *testing.T) {
	for text, want := range map[string]string{
		"x*": `x*`, "": `""`, "null": `"null"`, "NULL": `"NULL"`, "5": `"5"`, "5x": `5x`, "a b": `"a b"`,
	} {
		if got := NewText(text).Key(); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
