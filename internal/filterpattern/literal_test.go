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
