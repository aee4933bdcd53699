package nearest

import "testing"

func TestTo(t *testing.T) {
	known := []string{"check", "graph", "list", "explain", "pattern", "version"}
	for word, want := range map[string]string{
		"chekc": "check", "chek": "check", "Check": "check", "lst": "list", "patern": "pattern",
		"patterns": "pattern", "xyz": "", "": "",
	} {
		if got, ok := To(word, known); got != want || ok != (want != "") {
			t.Errorf("To(%q) = %q, %v, want %q", word, got, ok, want)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"abc", "", 3}, {"abc", "acb", 1}, {"kitten", "sitting", 3}} {
		if got := distance(tc.a, tc.b); got != tc.want {
			t.Errorf("distance(%q, %q) = %d, want %d", tc.a, tc.b, got, tc.want)
		}
	}
}

func TestList(t *testing.T) {
	if got := List([]string{"a", "b", "c"}); got != "a, b and c" {
		t.Error(got)
	}
}

func TestWithin(t *testing.T) {
	for _, tc := range []struct {
		a, b  string
		slips int
		want  bool
	}{
		{"root", "root", 0, true}, {"root", "rood", 0, false}, {"disablekeys", "disablekey", 1, true},
		{"runinstances", "stoplogging", 2, false}, {"failedauthentcation", "failedauthentication", 1, true}, {"", "ab", 1, false},
	} {
		if got := Within(tc.a, tc.b, tc.slips); got != tc.want {
			t.Errorf("Within(%q, %q, %d) = %v", tc.a, tc.b, tc.slips, got)
		}
	}
}
