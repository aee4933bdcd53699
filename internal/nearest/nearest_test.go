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
