package filterpattern_test

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// Published patterns of control 1, and what people make of them.
const (
	u20       = `{ ($.errorCode ="*UnauthorizedOperation") || ($.errorCode ="AccessDenied*") && ($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket") }`
	u20parens = `{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && (($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket")) }`
)

func TestExplain(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{u20parens, `
an event matches when:
  - one of these holds:
    - errorCode ends in "UnauthorizedOperation", or
    - errorCode starts with "AccessDenied"; and
  - sourceIPAddress is present and is not "delivery.logs.amazonaws.com", and
  - eventName is present and is not "HeadBucket"`},
		{u20, `
an event matches when:
  - errorCode ends in "UnauthorizedOperation", or
  - all of these hold:
    - errorCode starts with "AccessDenied", and
    - sourceIPAddress is present and is not "delivery.logs.amazonaws.com", and
    - eventName is present and is not "HeadBucket"`},
		{`{ ($.eventSource = kms.amazonaws.com) && (($.eventName=DisableKey)||($.eventName=ScheduleKeyDeletion)) }`, `
an event matches when:
  - eventSource is "kms.amazonaws.com", and
  - eventName is "DisableKey" or "ScheduleKeyDeletion"`},
		{`{ $.eventName = AttachClassicLinkVpc || $.eventName = DetachClassicLinkVpc || $.eventName = DisableVpcClassicLink || $.eventName = EnableVpcClassicLink || $.errorCode = x }`, `
an event matches when:
  - eventName is "AttachClassicLinkVpc", "DetachClassicLinkVpc", "DisableVpcClassicLink" or
      "EnableVpcClassicLink", or
  - errorCode is "x"`},
		{`{ $.a[*].b != "x" && $.c.* NOT EXISTS && $.d[*] = %x% && $.e = true || $.f != "*x*" && ($.g IS TRUE || $.h <= 4) }`, `
an event matches when:
  - all of these hold:
    - a is present and none of a[*].b is "x", and
    - c[*] selects nothing, and
    - any of d[*] fits the regular expression x, and
    - e is "true"; or
  - all of these hold:
    - f is present and does not contain "x", and
    - one of these holds:
      - g is true, or
      - h is a number of at most 4`},
		{`{ $.a = "**" || $.a != "*" || $.a != 5 || $.a = "x*y*" }`, `
an event matches when:
  - a is a text or a number, or
  - never: every text and number at a fits "*", or
  - a is present and is not 5, or
  - a is like "x*y*", where * is any text`},
		{`{ $.a != "" && $.b = "" }`, `
an event matches when:
  - a is present and is not "", and
  - b is ""`},
		{`{ $.* != "*" && $.* = 2 }`, `
an event matches when:
  - $ is present and none of * is a text or a number, and
  - any of * is 2`},
		{`{ $.a < 1 || $.a > 2 || $.a >= 3 || $.a IS NULL || $.a IS FALSE }`, `
an event matches when:
  - a is a number below 1, or
  - a is a number above 2, or
  - a is a number of at least 3, or
  - a is null, or
  - a is false`},
		{`?a ?"b c" d -x`, `
a message matches when:
  - it contains "d", and
  - it does not contain "x"
AWS ignores ?a ?"b c": alternatives count only where every term is one`},
		{`?AccessDenied ?UnauthorizedOperation`, `
a message matches when:
  - it contains "AccessDenied", or
  - it contains "UnauthorizedOperation"`},
		{`%a|b%`, `
a message matches when it contains something that fits the regular expression a|b`},
		{`[w="*x*"]`, `
a message matches when, w being all of it:
  - w contains "x"`},
		{`[a, b=1 && b!=x*, ..., c>5]`, `
a message of at least 3 words matches when:
  - b is 1, and
  - b does not start with "x", and
  - c is a number above 5`},
		{`[a]`, "\na message of at least one word matches"},
		{`[...]`, "\nevery event matches"},
		{`[]`, "\nevery event matches"},
		{``, "\nevery event matches"},
	} {
		if got := "\n" + strings.Join(parse(t, c.src).Explain(), "\n"); got != c.want {
			t.Errorf("%s: %s\nwant%s", c.src, got, c.want)
		}
	}
}

// TestExplainWithout explains what has no spelling.
func TestExplainWithout(t *testing.T) {
	for src, want := range map[string]string{
		`{ $.a = 1 }`:                 "no event matches",
		`{ $.a NOT EXISTS }`:          "every event that is a JSON object matches",
		`{ $.b = 1 || $.a[*].c = 1 }`: "an event matches when:\n  - b is 1",
		`{ $.b[*].a != 1 }`:           "an event matches when:\n  - b is present",
	} {
		var absent []filterpattern.Selector
		for _, path := range []string{"$.a", "$.b[*].a"} {
			s, err := filterpattern.ParseSelector(path)
			if err != nil {
				t.Fatal(err)
			}
			absent = append(absent, s)
		}
		if got := strings.Join(parse(t, src).Without(absent).Explain(), "\n"); got != want {
			t.Errorf("%s: %s, want %s", src, got, want)
		}
	}
}

// TestExplainControls holds that every text of a published pattern is named.
func TestExplainControls(t *testing.T) {
	for id, patterns := range controls(t) {
		for _, p := range patterns {
			lines := p.Explain()
			for _, line := range lines {
				if len(line) > 110 {
					t.Errorf("%s: long line %s", id, line)
				}
			}
			explanation := strings.Join(lines, "\n")
			for _, word := range strings.FieldsFunc(p.String(), func(r rune) bool { return strings.ContainsRune(` "*(){}=!|&`, r) }) {
				word = strings.TrimPrefix(word, "$.")
				if !strings.Contains(explanation, word) && word != "NOT" && word != "EXISTS" {
					t.Errorf("%s: %s is not explained", id, word)
				}
			}
		}
	}
}
