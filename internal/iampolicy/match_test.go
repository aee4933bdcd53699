package iampolicy

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/truth"
)

func TestLike(t *testing.T) {
	for _, c := range []struct {
		pattern, value string
		want           truth.Truth
	}{
		{"*", "", yes}, {"?", "", no}, {"", "", yes}, {"", UnknownMark, unknown}, {"*", UnknownMark, yes}, {"?*", UnknownMark, unknown},
		{"a*c", "a" + UnknownMark + "c", yes}, {"a*b", "a" + UnknownMark + "c", no}, {"abc", "a" + UnknownMark, unknown}, {"b", "a" + UnknownMark, no},
		{UnknownMark, "abc", unknown}, {UnknownMark, UnknownMark, unknown}, {"a" + UnknownMark, "b", no}, {"*" + UnknownMark, "b", unknown},
		{SymbolMark("x"), SymbolMark("x"), yes}, {SymbolMark("x"), SymbolMark("y"), unknown},
		{"a" + SymbolMark("x") + "*", "a" + SymbolMark("x") + "c", yes}, {SymbolMark("x") + "a", SymbolMark("x") + "b", no},
		{"arn:aws:sns:" + SymbolMark("r") + ":1:*", "arn:aws:sns:" + SymbolMark("r") + ":1:t", yes},
		{"A", "a", no}, {"**a**", "bab", yes}, {"*aab", "aaab", yes}, {"?é", "xé", yes},
	} {
		if got := like(Known(c.pattern), Known(c.value)); got != c.want {
			t.Errorf("%s against %s: %d, want %d", Known(c.pattern), Known(c.value), got, c.want)
		}
	}
}

func TestArnLike(t *testing.T) {
	for _, c := range []struct {
		pattern, value string
		want           truth.Truth
	}{
		{"arn:aws:sns:*:1:t", "arn:aws:sns:" + UnknownMark + ":1:t", yes},
		{"arn:aws:sns:eu-*:1:t", "arn:aws:sns:" + UnknownMark + ":1:t", unknown},
		{"arn:aws:sns:eu-*:1:t", "arn:aws:sns:" + UnknownMark + ":2:t", no},
		{"arn:aws:sns:*:1:*", "arn:aws:sns:eu-west-1:1:" + UnknownMark, yes},
		{"*", "arn:aws:sns:eu-west-1:1:t", unknown},
		{"arn:aws:sqs:*", "arn:aws:sns:eu-west-1:1:t", no},
		{"arn:aws:sns:eu-west-1:1:t", UnknownMark, unknown},
	} {
		if got := arnLike(Known(c.pattern), Known(c.value)); got != c.want {
			t.Errorf("%s against %s: %d, want %d", Known(c.pattern), Known(c.value), got, c.want)
		}
	}
}

// The oracle: patterns as regular expressions.
func globMatches(pattern, value string) bool {
	quoted := regexp.QuoteMeta(pattern)
	quoted = strings.ReplaceAll(strings.ReplaceAll(quoted, `\*`, `.*`), `\?`, `.`)
	return regexp.MustCompile(`(?s)^(?:` + quoted + `)$`).MatchString(value)
}

func randomText(r *rand.Rand, alphabet []string, most int) string {
	var b strings.Builder
	for range r.IntN(most + 1) {
		b.WriteString(alphabet[r.IntN(len(alphabet))])
	}
	return b.String()
}

// fillUnknowns puts a text into every unknown part: anonymous ones each get their own, named ones one per name.
func fillUnknowns(texts []string, filling func() string) []string {
	names := map[string]string{"x": filling(), "y": filling()}
	out := make([]string, len(texts))
	for i, text := range texts {
		for name, with := range names {
			text = strings.ReplaceAll(text, SymbolMark(name), with)
		}
		for strings.Contains(text, UnknownMark) {
			text = strings.Replace(text, UnknownMark, filling(), 1)
		}
		out[i] = text
	}
	return out
}

// Filling an unknown part with any text never contradicts an answer that was given, and without unknown parts every answer is given.
func TestUnknownPartsAreSound(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	known := []string{"a", "b", "*", "?"}
	withUnknowns := append([]string{UnknownMark, SymbolMark("x"), SymbolMark("y")}, known...)
	var given [3]int
	for range 20_000 {
		pattern, value := randomText(r, withUnknowns, 5), randomText(r, []string{"a", "b", UnknownMark, SymbolMark("x"), SymbolMark("y")}, 5)
		got := like(Known(pattern), Known(value))
		given[got]++
		for range 5 {
			filled := fillUnknowns([]string{pattern, value}, func() string { return randomText(r, known, 3) })
			want := globMatches(filled[0], filled[1])
			if exact := like(Known(filled[0]), Known(filled[1])); exact != truth.Of(want) {
				t.Fatalf("%q against %q: %d, the regular expression says %t", filled[0], filled[1], exact, want)
			}
			if got != unknown && got != truth.Of(want) {
				t.Fatalf("%s against %s: %d, but filled %q against %q: %t", pattern, value, got, filled[0], filled[1], want)
			}
		}
	}
	for kind, count := range given {
		if count < 100 {
			t.Errorf("answer %d was given %d times only: the test says little", kind, count)
		}
	}
}

// The same of ARNs, whose unknown parts stay within their component.
func TestUnknownPartsOfARNsAreSound(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	arn := func(alphabet []string) string {
		parts := make([]string, 6)
		for i := range parts {
			parts[i] = randomText(r, alphabet, 2)
		}
		return strings.Join(parts, ":")
	}
	decided := 0
	for range 20_000 {
		pattern, value := arn([]string{"a", "*", "*", UnknownMark, SymbolMark("x")}), arn([]string{"a", UnknownMark, SymbolMark("x")})
		got := arnLike(Known(pattern), Known(value))
		if got == unknown {
			continue
		}
		decided++
		filled := fillUnknowns([]string{pattern, value}, func() string { return randomText(r, []string{"a", "b"}, 2) })
		want, patterns, values := true, strings.Split(filled[0], ":"), strings.Split(filled[1], ":")
		for i := range patterns {
			want = want && globMatches(patterns[i], values[i])
		}
		if got != truth.Of(want) {
			t.Fatalf("%s against %s: %d, but filled %v", pattern, value, got, filled)
		}
	}
	if decided < 1000 {
		t.Errorf("%d answers only", decided)
	}
}

// Long inputs are given up, not waited for.
func TestMatchIsBounded(t *testing.T) {
	long := strings.Repeat("a", 3000)
	if got := like(Known(strings.Repeat("*a", 3000)+"b"), Known(long)); got != unknown {
		t.Errorf("%s, want unknown", got)
	}
}

// TestNamesAreBounded: AWS has no name that long, and policies have many patterns.
func TestNamesAreBounded(t *testing.T) {
	for length, want := range map[int]truth.Truth{maxName: yes, maxName + 1: unknown} {
		if got := like(Known("a*"), Known(strings.Repeat("a", length))); got != want {
			t.Errorf("%d characters: %d, want %d", length, got, want)
		}
	}
}
