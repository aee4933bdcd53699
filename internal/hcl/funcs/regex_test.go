package funcs

import (
	"errors"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/hcl/value"
)

func TestMatches(t *testing.T) {
	for _, tt := range []struct {
		pattern, text string
		found         int
	}{{"a", "banana", 3}, {"", "ab", 3}, {"x*", "axxb", 4}, {"[", "a", 0}, {"é", "éaé", 2}, {"a|b", "", 0}} {
		if got, err := New(new(value.Budget), Host{}).countMatches(tt.pattern, tt.text, 1000); err != nil || got != tt.found {
			t.Errorf("%q in %q: %d, %v", tt.pattern, tt.text, got, err)
		}
	}
	for pattern, want := range map[string]error{"a.*b|a": value.ErrTouched, "a": errTooManyParts, strings.Repeat("a", maxPattern+1): errLongPattern} {
		if _, err := New(new(value.Budget), Host{}).countMatches(pattern, strings.Repeat("a", maxParts+1), value.MaxText); !errors.Is(err, want) {
			t.Errorf("%.20s: %v", pattern, err)
		}
	}
}
