package filterpattern_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/filterpattern/filterpatterntest"
)

const invalid = "Invalid metric filter pattern"

func TestParseRejects(t *testing.T) {
	for _, c := range []struct {
		src string
		pos int
		aws string // empty: not checked
	}{
		{`{}`, 1, invalid},
		{`{ $.a }`, 6, invalid},
		{`{ a = 1 }`, 2, invalid},
		{`{ $.a = 1`, 9, "If a filter pattern starts with '{' it must end with '}'"},
		{`  { $.a = 1 } x`, 15, "If a filter pattern starts with '{' it must end with '}'"},
		{`{ ($.a = 1 }`, 11, invalid},
		{`{ $.a = 1) }`, 9, invalid},
		{`{ $.a = 1 } {}`, 10, invalid},
		{`{ $.a = 1 OR $.b = 2 }`, 10, invalid},
		{`{ $.a <> 1 }`, 6, invalid},
		{`{ $.a =~ 1 }`, 6, invalid},
		{`{ $.a = null }`, 8, invalid},
		{`{ $.a != NULL }`, 9, invalid},
		{`{ $.a IS NOT NULL }`, 6, invalid},
		{`{ $.a EXISTS }`, 6, invalid},
		{`{ $.a > "0" }`, 8, invalid},
		{`{ $.a > x }`, 8, invalid},
		{`{ $.a = a:b }`, 9, "Invalid character(s) in term ':'"},
		{`{ $.a = 'x' }`, 8, "Invalid character(s) in term '''"},
		{`{ $.a = 1e2147483648 }`, 8, invalid},
		{`{ $.a = 1e-2147483648 }`, 8, invalid},
		{`{ $.errorMessage = Failed authentication }`, 26, invalid},
		{`{ $.userIdentity.invokedByNOT EXISTS }`, 30, invalid},
		{`{ ($.eventName = AcceptHandshake") }`, 32, ""},
		{`{ ($eventName=DetachRolePolicy) }`, 4, "Invalid character(s) in term '$e'"},
		{`{ $.eventNa me = x }`, 12, invalid},
		{`{ $['a.b'] = 1 }`, 3, "Invalid character(s) in term '$['"},
		{`{ $.a[-1] = 1 }`, 6, ""},
		{`{ $.a['b'] = 1 }`, 6, ""},
		{`{ $.a[99999999999999999999] = 1 }`, 26, ""},
		{`{ $.*.* = 1 }`, 2, "Your filter pattern has a JSON path selector that exceeds the maximum of 1 wildcard allowed per json selector."},
		{`{ $.a.* = 1 || $.b.* = 1 || $.c.* = 1 || $.d.* = 1 }`, 52, ""},
		{`{ $.a = %1% || $.a = %2% || $.a = %3% }`, 39, ""},
		{`{ $.a = %(x)% }`, 9, ""},
		{`{ $.a = %[z-a]% }`, 8, "Failed to compile regular expression."},
		{`%a++%`, 0, "Failed to compile regular expression."},
		{`%[z-a]%`, 0, "Failed to compile regular expression."},
		{`%%`, 1, ""},
		{`%`, 1, ""},
		{` %`, 2, "If a filter pattern starts with '%' it must end with '%'"},
		{`%a`, 2, "If a filter pattern starts with '%' it must end with '%'"},
		{`%\p%`, 2, "Invalid character(s) in term '%\\p'"},
		{`%a&b%`, 2, "Invalid character(s) in term '%a&'"},
		{`%a(?:b)%`, 2, "Invalid character(s) in term '%a('"},
		{`[a`, 2, ""},
		{`[a, a]`, 5, "Duplicate field 'a'"},
		{`[a=1 || b=1]`, 11, "Multiple variables used in a single filter. Var1 : a, Var2 : b"},
		{`[1a]`, 1, "Invalid character(s) in term '1a'"},
		{`[a=]`, 3, invalid},
		{`[=1]`, 1, invalid},
		{`[a b]`, 3, invalid},
		{`[a]]`, 2, invalid},
		{`[a] b]`, 2, invalid},
		{`[a="x]`, 3, "Invalid character(s) in term '\"x]'"},
		{`[a=%x]`, 6, "Invalid character(s) in term '%x]'"},
		{`[(a=1]`, 5, invalid},
		{`[a, ..., b, ...]`, 15, "Duplicate field '...'"},
		{`[a="x" || b!="y"]`, 16, "Multiple variables used in a single filter. Var1 : a, Var2 : b"},
		{`[a>"1", b]`, 3, invalid},
		{`[a IS NULL]`, 3, invalid},
		{`[a=%1%, b=%2%, c=%3%]`, 20, ""},
		{`{ $.a = "x }`, 8, "Invalid character(s) in term '\"x }'"},
		{`{ $.a == 1 }`, 6, invalid},
		{`{ $.a = 1 AND $.b = 2 }`, 10, invalid},
		{`{ $.a.["b"] = 1 }`, 7, "Invalid character(s) in term '.[\"'"},
		{`{ $ = 1 }`, 3, "Invalid character(s) in term '$ '"},
		{`{ $[1] = 1 }`, 3, "Invalid character(s) in term '$['"},
		{`{ $.a = %% }`, 9, ""},
		{`{ $.a = %a++% }`, 8, "Failed to compile regular expression."},
		{`{ $.a = %\x4% }`, 12, ""},
		{`[a, %x%]`, 4, ""},
		{`a -`, 3, invalid},
		{`- b`, 1, invalid},
		{`"a"-b`, 4, invalid},
		{`"a\`, 0, `Invalid character(s) in term '"a\'`},
		{`"a" "`, 4, "Invalid character(s) in term '\"'"},
		{`a"b"`, 1, invalid},
		{`a*`, 1, "Invalid character(s) in term '*'"},
		{`(a)`, 0, "Invalid character(s) in term '('"},
		{"a\xff", 0, ""},
		{strings.Repeat("x", 1025), 0, ""},
	} {
		_, err := filterpattern.Parse(c.src)
		var syntax *filterpattern.SyntaxError
		switch {
		case !errors.As(err, &syntax):
			t.Errorf("%s is accepted", c.src)
		case syntax.Pos != c.pos || c.aws != "" && syntax.AWS != c.aws:
			t.Errorf("%s: %v (AWS: %s), want position %d (AWS: %s)", c.src, err, syntax.AWS, c.pos, c.aws)
		case syntax.Msg == "":
			t.Errorf("%s: no message", c.src)
		}
	}
}

func TestString(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{`{(($.a=foo*)||(($.b!="x")))}`, `{ $.a = "foo*" || $.b != "x" }`},
		{`{ $.a = 1 && ($.b = 2 && $.c = 3) }`, `{ $.a = 1 && $.b = 2 && $.c = 3 }`},
		{`{ $.a = 1 || ($.b = 2 && $.c = 3) }`, `{ $.a = 1 || $.b = 2 && $.c = 3 }`},
		{`{ ($.a = 1 || $.b = 2) && $.c = 3 }`, `{ ($.a = 1 || $.b = 2) && $.c = 3 }`},
		{"{\n$.a\tis  null}", `{ $.a IS NULL }`},
		{`{ $.a Not Exists }`, `{ $.a NOT EXISTS }`},
		{`{ $.['a.b'].['c'][01].* = +1.0 }`, `{ $.['a.b'].c[1][*] = +1.0 }`},
		{`{ $.* = %a b% }`, `{ $.* = %a b% }`},
		{`{ $.a = "\"\\" }`, `{ $.a = "\"\\" }`},
		{`{ $.a = "C:\temp" }`, `{ $.a = "C:\\temp" }`},
		{`[ a ,b=x&&b!=1 , ...,,]`, `[a, b = "x" && b != 1, ..., , ]`},
		{`[]`, `[]`},
		{`  a   -"b c"  ?"d" `, `a -"b c" ?d`},
		{`a-b`, `a -b`},
		{`a-"b c"`, `a -"b c"`},
		{`"-a"`, `"-a"`},
		{`{ $.['.b'] = 1 }`, `{ $.['.b'] = 1 }`},
		{`%a|b%`, `%a|b%`},
		{"\t\n", ``},
	} {
		p := parse(t, c.src)
		if got := p.String(); got != c.want {
			t.Errorf("%s prints as %s, want %s", c.src, got, c.want)
		}
		if again := parse(t, p.String()).String(); again != p.String() {
			t.Errorf("%s prints as %s and then as %s", c.src, p, again)
		}
	}
}

// TestStringFits holds that canonical forms of the longest patterns are still
// patterns.
func TestStringFits(t *testing.T) {
	for _, src := range []string{
		"{" + strings.Repeat("$.a=b||", 145) + "$.a=b}",
		"{" + strings.Repeat("$.a=\"\\x\"&&", 101) + "$.a=b}",
		"{" + strings.Repeat("(", 500) + "$.a=b" + strings.Repeat(")", 500) + "}",
		"[" + strings.Repeat(",", 1000) + "]",
		"a" + strings.Repeat("-b", 511),
	} {
		p := parse(t, src)
		if got := parse(t, p.String()).String(); got != p.String() {
			t.Errorf("%.40s... prints as %.40s... and then as %.40s...", src, p, got)
		}
	}
	longest := "{ $.a = \"" + strings.Repeat("x", filterpattern.MaxLength-12) + "\" }"
	if got := parse(t, longest).String(); len(got) != filterpattern.MaxLength || got != longest {
		t.Errorf("%d characters print as %d", len(longest), len(got))
	}
}

func TestKind(t *testing.T) {
	for src, want := range map[string]filterpattern.Kind{
		`{ $.a = 1 }`: filterpattern.JSON,
		`[a, b]`:      filterpattern.SpaceDelimited,
		`ERROR`:       filterpattern.Terms,
		`%ERROR%`:     filterpattern.Regex,
		` `:           filterpattern.Everything,
	} {
		if got := parse(t, src).Kind(); got != want {
			t.Errorf("%q is %s, want %s", src, got, want)
		}
	}
}

// controls returns the published patterns by control.
func controls(t testing.TB) map[string][]*filterpattern.Pattern {
	t.Helper()
	parsed := map[string][]*filterpattern.Pattern{}
	for id, patterns := range filterpatterntest.Controls(t, "testdata/controls.json") {
		for _, src := range patterns {
			parsed[id] = append(parsed[id], parse(t, src))
		}
	}
	return parsed
}
