package query

import (
	"math/rand"
	"regexp"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// TestPortable: what is written for the engines finds what the pattern's regular
// expression finds.
func TestPortable(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	parts := []string{"a", "b", "A", "0", " ", ":", "-", "/", `\.`, `\/`, ".", "^", "$", "[ab]", "[^ab]", "[a-c0]", `[^\s]`, `[\d_]`, `[[]`, `\d`, `\w`, `\s`, `\D`, `\W`, `\S`, `\x41`, "[^ -~]",
		"*", "+", "?", "{2}", "{1,}", "{0,2}", "|", "[[:alpha:]]"}
	texts := []string{"", "a", "ab", "abc", "A0", " ", "a b", "a\nb", "\n", "é", "\u2028", "\v", ":-/.", "_", "[", "x\r", "x\n", "aa", "bbb", "a/b"}
	tried := 0
	for range 4000 {
		var b strings.Builder
		for range 1 + r.Intn(5) {
			b.WriteString(parts[r.Intn(len(parts))])
		}
		p, err := filterpattern.Parse("{ $.a = %" + b.String() + "% }")
		if err != nil {
			continue
		}
		c := p.Body().(filterpattern.Document).Expr.(*filterpattern.Condition)
		text, err := portable(c)
		if err != nil {
			t.Errorf("%s: %v", b.String(), err)
			continue
		}
		got, err := regexp.Compile(text)
		if err != nil {
			t.Errorf("%s: %s: %v", b.String(), text, err)
			continue
		}
		tried++
		for _, message := range texts {
			if want := c.Value.Regexp != nil && c.Value.Matches(message); got.MatchString(message) != want {
				t.Errorf("%s as %s on %q: %t, want %t", b.String(), text, message, !want, want)
			}
		}
	}
	if tried < 1000 {
		t.Errorf("tried %d", tried)
	}
}

// TestGlobRegexp: the same of texts with stars.
func TestGlobRegexp(t *testing.T) {
	for _, glob := range []string{"*", "a*", "*a", "*a*", "a*b", "a**b", "*a*b*", "*.5*", "x*y*z", "a/*"} {
		re := regexp.MustCompile(globRegexp(filterpattern.NewText(glob).Parts()))
		for _, text := range []string{"", "a", "ab", "ba", "a\nb", "xaxb", "1.5", "1x5", "xyz", "xzy", "a/", "a/\n"} {
			if got, want := re.MatchString(text), filterpattern.NewText(glob).Matches(text); got != want {
				t.Errorf("%s as %s on %q: %t", glob, re, text, got)
			}
		}
	}
}
