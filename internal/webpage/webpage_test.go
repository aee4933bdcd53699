package webpage

import (
	"regexp"
	"strings"
	"testing"
)

// TestStyle: the colours of both schemes are set, every colour that a rule uses is, and
// nothing is fetched.
func TestStyle(t *testing.T) {
	style := Style(".own { color: var(--good); }")
	if !strings.HasSuffix(style, ".own { color: var(--good); }") {
		t.Error("the page's own rules are not the last")
	}
	for _, used := range regexp.MustCompile(`var\((--[a-z-]+)\)`).FindAllStringSubmatch(style, -1) {
		if n := strings.Count(style, "\n  "+used[1]+":") + strings.Count(style, "\n    "+used[1]+":"); n != 2 {
			t.Errorf("%s is set %d times, want for light and for dark", used[1], n)
		}
	}
	for _, bad := range []string{"url(", "@import", "</"} {
		if strings.Contains(style, bad) {
			t.Errorf("%s in the style", bad)
		}
	}
}

// TestPolicy: the hash is that of the style, computed by sha256sum and base64.
func TestPolicy(t *testing.T) {
	if got := Policy("a{}"); !strings.Contains(got, "style-src 'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk='") || !strings.HasPrefix(got, "default-src 'none'; ") {
		t.Error(got)
	}
}

func TestText(t *testing.T) {
	if got := NewText("a\tb\x1b[2J\nc\u202ed"); strings.ContainsAny(string(got), "\x1b\t\u202e") || strings.Count(string(got), "\n") != 1 {
		t.Errorf("%q", got)
	}
}
