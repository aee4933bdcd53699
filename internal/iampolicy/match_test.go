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
		{"*", "", yes}, {"?", "", no}, {"", "", yes}, {"", Hole, unknown}, {"*", Hole, yes}, {"?*", Hole, unknown},
		{"a*c", "a" + Hole + "c", yes}, {"a*b", "a" + Hole + "c", no}, {"abc", "a" + Hole, unknown}, {"b", "a" + Hole, no},
		{Hole, "abc", unknown}, {Hole, Hole, unknown}, {"a" + Hole, "b", no}, {"*" + Hole, "b", unknown},
		{NamedHole("x"), NamedHole("x"), yes}, {NamedHole("x"), NamedHole("y"), unknown},
		{"a" + NamedHole("x") + "*", "a" + NamedHole("x") + "c", yes}, {NamedHole("x") + "a", NamedHole("x") + "b", no},
		{"arn:aws:sns:" + NamedHole("r") + ":1:*", "arn:aws:sns:" + NamedHole("r") + ":1:t", yes},
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
		{"arn:aws:sns:*:1:t", "arn:aws:sns:" + Hole + ":1:t", yes},
		{"arn:aws:sns:eu-*:1:t", "arn:aws:sns:" + Hole + ":1:t", unknown},
		{"arn:aws:sns:eu-*:1:t", "arn:aws:sns:" + Hole + ":2:t", no},
		{"arn:aws:sns:*:1:*", "arn:aws:sns:eu-west-1:1:" + Hole, yes},
		{"*", "arn:aws:sns:eu-west-1:1:t", unknown},
		{"arn:aws:sqs:*", "arn:aws:sns:eu-west-1:1:t", no},
		{"arn:aws:sns:eu-west-1:1:t", Hole, unknown},
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

// fillHoles puts a text into every hole: anonymous ones each get their own, named ones one per name.
func fillHoles(texts []string, filling func() string) []string {
	names := map[string]string{"x": filling(), "y": filling()}
	out := make([]string, len(texts))
	for i, text := range texts {
		for name, with := range names {
			text = strings.ReplaceAll(text, NamedHole(name), with)
		}
		for strings.Contains(text, Hole) {
			text = strings.Replace(text, Hole, filling(), 1)
		}
		out[i] = text
	}
	return out
}

// Filling a hole with any text never contradicts an answer that was given, and without holes every answer is given.
func TestHolesAreSound(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	known := []string{"a", "b", "*", "?"}
	withHoles := append([]string{Hole, NamedHole("x"), NamedHole("y")}, known...)
	var given [3]int
	for range 20_000 {
		pattern, value := randomText(r, withHoles, 5), randomText(r, []string{"a", "b", Hole, NamedHole("x"), NamedHole("y")}, 5)
		got := like(Known(pattern), Known(value))
		given[got]++
		for range 5 {
			filled := fillHoles([]string{pattern, value}, func() string { return randomText(r, known, 3) })
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

// The same of ARNs, whose holes stay within their component.
func TestArnHolesAreSound(t *testing.T) {
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
		pattern, value := arn([]string{"a", "*", "*", Hole, NamedHole("x")}), arn([]string{"a", Hole, NamedHole("x")})
		got := arnLike(Known(pattern), Known(value))
		if got == unknown {
			continue
		}
		decided++
		filled := fillHoles([]string{pattern, value}, func() string { return randomText(r, []string{"a", "b"}, 2) })
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
