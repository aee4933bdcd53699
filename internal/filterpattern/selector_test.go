package filterpattern

import (
	"slices"
	"testing"
)

func TestSelector(t *testing.T) {
	for _, c := range []struct {
		src      string
		names    []string
		wildcard bool
	}{
		{"$.a", []string{"a"}, false},
		{"$.a[2147483647].['b.c']", []string{"a", "b.c"}, false},
		{"$.a[*].b", []string{"a", "b"}, true},
		{"$.*", nil, true},
	} {
		s, err := ParseSelector(c.src)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(s.Names(), c.names) || s.HasWildcard() != c.wildcard || s.String() != c.src {
			t.Errorf("%s: %s has the names %q, a wildcard: %t", c.src, s, s.Names(), s.HasWildcard())
		}
	}
}

// TestParseSelectorRejects: errors name what is wrong, and the character where there is
// one.
func TestParseSelectorRejects(t *testing.T) {
	for src, want := range map[string]string{
		"":                "filter pattern, at byte 0: expected a selector such as $.errorCode, but the pattern ends",
		"$.a.":            "filter pattern, at byte 4: a name is missing here",
		"$.a.=":           "filter pattern, at byte 4: '=': a name is missing here",
		"$.a b":           "filter pattern, at byte 3: expected the selector's end, got ' '",
		"$.a[0":           "filter pattern, at byte 5: an index ends with a bracket",
		"$.a[]":           "filter pattern, at byte 4: ']': an index is a number or a star: [0] or [*]",
		"$.a[2147483648]": "filter pattern, at byte 14: ']': an index is a number or a star: [0] or [*]",
	} {
		if _, err := ParseSelector(src); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", src, err, want)
		}
	}
}
