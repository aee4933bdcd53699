package filterpattern

import (
	"testing"
	"unicode/utf8"

	"github.com/iacgate/iacgate/internal/filterpattern/filterpatterntest"
)

// FuzzParse holds for any text: no panic, errors that point into it, and
// canonical forms that fit AWS's limit, are stable and match the same messages.
func FuzzParse(f *testing.F) {
	patterns, messages := filterpatterntest.Recordings(f, "testdata/aws-answers.json")
	for i, p := range patterns {
		f.Add(p, messages[i%len(messages)])
	}
	f.Add(`{ ($.a = "x*\\" || $.['b c'][0].* NOT EXISTS) && $.d >= -1.5e-3 }`, `{"a":"x\\"}`)
	f.Add(`[a, b = 1 || b = %x|y%, ..., "c"]`, `x "1" [z]`)
	f.Fuzz(func(t *testing.T, src, message string) {
		p, err := Parse(src)
		if err != nil {
			syntax, _ := err.(*SyntaxError)
			if syntax == nil || syntax.Pos < 0 || syntax.Pos > len(src) || syntax.Msg == "" {
				t.Fatalf("%q: %#v", src, syntax)
			}
			return
		}
		printed := p.String()
		if utf8.RuneCountInString(printed) > MaxLength {
			t.Fatalf("%q prints as %q, which is too long", src, printed)
		}
		again, err := Parse(printed)
		if err != nil {
			t.Fatalf("%q prints as %q: %v", src, printed, err)
		}
		if again.String() != printed || again.Kind() != p.Kind() {
			t.Fatalf("%q prints as %q and then as %q", src, printed, again)
		}
		if p.Match([]byte(message)) != again.Match([]byte(message)) {
			t.Fatalf("%q and %q disagree about %q", src, printed, message)
		}
		if len(p.Explain()) == 0 {
			t.Fatalf("%q: no explanation", src)
		}
	})
}
