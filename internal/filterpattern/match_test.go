package filterpattern_test

import (
	"testing"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

func parse(t testing.TB, src string) *filterpattern.Pattern {
	t.Helper()
	p, err := filterpattern.Parse(src)
	if err != nil {
		t.Fatalf("%s: %v", src, err)
	}
	return p
}

// TestValueKinds is the table of what conditions say of each kind of value:
// one row per value of $.x, one column per condition.
func TestValueKinds(t *testing.T) {
	columns := []string{
		`$.x = "v"`, `$.x != "v"`, `$.x = *`, `$.x = 5`, `$.x != 5`, `$.x < 7`, `$.x >= 7`,
		`$.x IS NULL`, `$.x IS TRUE`, `$.x IS FALSE`, `$.x NOT EXISTS`, `$.x = %^v%`, `$.x != %^v%`,
	}
	rows := []struct{ event, answers string }{
		{`{"x":"v"}`, "1010100000010"},
		{`{"x":"w"}`, "0110100000001"},
		{`{"x":"5"}`, "0111000000001"},
		{`{"x":"5.0"}`, "0110100000001"},
		{`{"x":"05"}`, "0110100000001"},
		{`{"x":5}`, "0111010000001"},
		{`{"x":5.0}`, "0111010000001"},
		{`{"x":50e-1}`, "0111010000001"},
		{`{"x":7}`, "0110101000001"},
		{`{"x":1e309}`, "0110000000001"},
		{`{"x":-1e309}`, "0110000000001"},
		{`{"x":1e-999}`, "0110110000001"},
		{`{"x":true}`, "0000000010000"},
		{`{"x":false}`, "0000000001000"},
		{`{"x":null}`, "0000000100000"},
		{`{"x":{}}`, "0000000000000"},
		{`{"x":{"v":"v"}}`, "0000000000000"},
		{`{"x":[]}`, "0000000000000"},
		{`{"x":["v",5]}`, "0000000000000"},
		{`{"x":[null,2]}`, "0000000100000"},
		{`{"x":[[null]]}`, "0000000000000"},
		{`{}`, "0000000000100"},
		{`{"X":"v"}`, "0000000000100"},
		{`[{"x":"v"}]`, "0000000000000"},
		{`prefix {"x":"v"}`, "0000000000000"},
		{`{"x":"v"} suffix`, "0000000000000"},
		{`{"x":"v"}{}`, "0000000000000"},
		{`{"x":"v"`, "0000000000000"},
		{``, "0000000000000"},
		{`null`, "0000000000000"},
	}
	for _, row := range rows {
		got := ""
		for _, column := range columns {
			if parse(t, "{ "+column+" }").Match([]byte(row.event)) {
				got += "1"
			} else {
				got += "0"
			}
		}
		if got != row.answers {
			t.Errorf("%-18s %s, want %s for %q", row.event, got, row.answers, columns)
		}
	}
}

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		pattern, message string
		want             bool
	}{
		// Presence above and below.
		{`{ $.a.b NOT EXISTS }`, `{}`, true},
		{`{ $.a.b NOT EXISTS }`, `{"a":null}`, true},
		{`{ $.a.b NOT EXISTS }`, `{"a":"x"}`, true},
		{`{ $.a.b NOT EXISTS }`, `{"a":[{"b":1}]}`, true},
		{`{ $.a.b NOT EXISTS }`, `{"a":{"b":null}}`, false},
		{`{ $.a[0] NOT EXISTS }`, `{"a":{"0":1}}`, true},
		{`{ $.a[1][0] = x }`, `{"a":[0,["x"]]}`, true},

		// Numbers.
		{`{ $.a = "1" }`, `{"a":1}`, true},
		{`{ $.a = "1" }`, `{"a":1.0}`, false},
		{`{ $.a = "1.0" }`, `{"a":1.0}`, true},
		{`{ $.a = "1e0" }`, `{"a":1e0}`, false},
		{`{ $.a = "1.0E10" }`, `{"a":1e10}`, true},
		{`{ $.a = "1.0E-4" }`, `{"a":0.0001}`, true},
		{`{ $.a = %^12% }`, `{"a":123}`, true},
		{`{ $.a = 12* }`, `{"a":123}`, true},
		{`{ $.a = +1 }`, `{"a":1}`, true},
		{`{ $.a = +1 }`, `{"a":"1"}`, false},
		{`{ $.a = 1.0 }`, `{"a":"1.0"}`, true},
		{`{ $.a = 9007199254740993 }`, `{"a":9007199254740993}`, true},
		{`{ $.a > 9007199254740992 }`, `{"a":9007199254740993}`, true},
		{`{ $.a < 0.1 }`, `{"a":0.09999999999999999999}`, true},
		{`{ $.a < 1e400 }`, `{"a":1}`, true},
		{`{ $.a > -1e400 }`, `{"a":-1e309}`, false},
		{`{ $.a > 1e-400 }`, `{"a":1e-390}`, false},
		{`{ $.a >= 0 }`, `{"a":1e-390}`, true},
		{`{ $.a > "0" || $.a = 1 }`, ``, false},

		// Texts.
		{`{ $.a = "a*c*e" }`, `{"a":"abcde"}`, true},
		{`{ $.a = "a*c*e" }`, `{"a":"abde"}`, false},
		{`{ $.a = "a*b*c" }`, `{"a":"abc"}`, true},
		{`{ $.a = "a*a" }`, `{"a":"a"}`, false},
		{`{ $.a = "*" }`, `{"a":"x\ny"}`, true},
		{`{ $.a = "" }`, `{"a":""}`, true},
		{`{ $.a = "b?" }`, `{"a":"bc"}`, false},
		{`{ $.a = "q\"q" }`, `{"a":"q\"q"}`, true},
		{`{ $.a = "b\\b" }`, `{"a":"b\\b"}`, true},
		{`{ $.a = "é*" }`, `{"a":"\u00e9t\u00e9"}`, true},
		{`{ $.a = "null" }`, `{"a":"null"}`, true},

		{`{ $.a = *operation }`, `{"a":"Unoperation"}`, true},
		{"{\n\t$.a = x ||\r\n $.b=y}", `{"b":"y"}`, true},
		{`{ $.A-b_1 = x }`, `{"A-b_1":"x"}`, true},
		{`{ $.['a.b'] = x }`, `{"a.b":"x"}`, true},
		{`{ $.a = true }`, `{"a":"true"}`, true},
		{`{ $.a = true }`, `{"a":true}`, false},
		{`{ $.a != "*b*" }`, `{"a":"abc"}`, false},
		{`{ $.a iS tRuE }`, `{"a":true}`, true},

		// Regular expressions.
		{`%a+?b%`, `xaab`, true},
		{`%azAZ09%`, `azAZ09`, true},
		{`%\x41\d{2}%`, `A12`, true},
		{`%^a b$%`, `a b`, true},
		{`%^b%`, `a b`, false},
		{`%[^a]\.%`, `b.`, true},
		{`%a.b%`, "a\nb", false},
		{`%a$%`, "a\n", false},
		{`%x|^\w+:\w#_=@/;,-%`, `a:b#_=@/;,-`, true},
		{`{ $.a = %Denied% }`, `{"a":"AccessDeniedException"}`, true},
		{`{ $.a != %Denied% }`, `{"b":"x"}`, false},
		{`{ $.a = %^1\.5$% }`, `{"a":1.50}`, true},
		{`{ $.a[*] != %x% }`, `{"a":[]}`, true},

		// Precedence: && binds tighter.
		{`{ $.a = 1 || $.b = 1 && $.c = 1 }`, `{"a":1}`, true},
		{`{ ($.a = 1 || $.b = 1) && $.c = 1 }`, `{"a":1}`, false},

		// Wildcards in selectors.
		{`{ $.a[*].b = 2 }`, `{"a":[{"b":1},{"b":2}]}`, true},
		{`{ $.a.*.b = 2 }`, `{"a":{"x":{"b":2}}}`, true},
		{`{ $.* = 2 }`, `{"x":2}`, true},
		{`{ $.* != 2 }`, `{}`, true},
		{`{ $.* NOT EXISTS }`, `{}`, true},
		{`{ $.a[*] NOT EXISTS }`, `{}`, true},
		{`{ $.a[*] NOT EXISTS }`, `{"a":[]}`, true},
		{`{ $.a[*] NOT EXISTS }`, `{"a":{}}`, true},
		{`{ $.a[*] NOT EXISTS }`, `{"a":3}`, true},
		{`{ $.a[*] NOT EXISTS }`, `{"a":[null]}`, false},
		{`{ $.a[*] > 1 }`, `{"a":[0,2]}`, true},
		{`{ $.a[*] IS TRUE }`, `{"a":[false,true]}`, true},
		{`{ $.a[*].b != 2 }`, `{"a":[{"c":2}]}`, true},
		{`{ $.a[*].b != 2 }`, `{"b":2}`, false},

		// Space-delimited.
		{`[a=1, b]`, `1.0 2`, true},
		{`[a=1, b]`, `1 2`, true},
		{`[a="1", b]`, `1.0 2`, false},
		{`[a>1, b]`, `10 x`, true},
		{`[a>1, b]`, `x x`, false},
		{`[a!=1, b]`, `x x`, true},
		{`[a, b="two words"]`, `x "two words"`, true},
		{`[a, b="two words"]`, `x [two words]`, true},
		{`[a, rest="b c d"]`, `a b c d`, true},
		{`[..., request=*.html*, status=4*,]`, `127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534`, true},
		{`[first=a, ..., last=d]`, `a b c d`, true},
		{`[first, ..., last]`, `a`, false},
		{`[w="*AccessDenied*"]`, `{"errorCode": "AccessDenied"}`, true},
		{`[a!=x && a!=y, b]`, `z b`, true},

		{`[a, b, c]`, `x "y z`, true},
		{`[a, b, c]`, `x [y z] w`, true},
		{`[a, b, c]`, `x y`, false},
		{`[, b=y,]`, `x y z`, true},
		{`[a=1*, b]`, `12 x`, true},
		{`[a=%^\d+$%, b]`, `12 x`, true},
		{`[a, ..., z=9]`, `1 9`, true},
		{`[a, ..., z=9]`, `9`, false},
		{`[a, "b"]`, `x y`, false}, // a name has no quotes
		{`[]`, ``, true},
		{`[a]`, ``, false},

		// Terms.
		{``, ``, true},
		{`?a ?b`, `xb`, true},
		{`?a ?b`, `c`, false},
		{`?a b`, `a`, false},
		{`?a b`, `b`, true},
		{`a-b`, `a-b`, false},
		{`a?b`, `a`, true},
		{`-"two words"`, `two  words`, true},
		{`a.b_1`, `xa.b_1x`, true},
		{`error`, `ERROR`, false},
		{`"two words" -x`, `two words`, true},
		{`-a -b`, `c`, true},
		{`-a -b`, `b`, false},
		{`?a -b`, `c`, true},
		{`"a*"`, `a*`, true},
		{`" "`, `a b`, true},
		{`" "`, `ab`, false},
		{`straße`, `die straße`, true},
	} {
		p, err := filterpattern.Parse(c.pattern)
		if got := err == nil && p.Match([]byte(c.message)); got != c.want {
			t.Errorf("%s on %s: %v, want %v", c.pattern, c.message, got, c.want)
		}
	}
}

// TestOperators: what each of them says of a number below, at and above its own, in
// JSON and in a line, and what kind it is of.
func TestOperators(t *testing.T) {
	for op, want := range map[filterpattern.Operator]string{
		filterpattern.Equal: "010", filterpattern.NotEqual: "101", filterpattern.Less: "100",
		filterpattern.LessEqual: "110", filterpattern.Greater: "001", filterpattern.GreaterEqual: "011",
	} {
		inJSON, inLine := parse(t, "{ $.x "+op.String()+" 7 }"), parse(t, "[x "+op.String()+" 7]")
		json, line := "", ""
		for _, n := range []string{"6", "7", "8"} {
			json += map[bool]string{true: "1", false: "0"}[inJSON.Match([]byte(`{"x":`+n+`}`))]
			line += map[bool]string{true: "1", false: "0"}[inLine.Match([]byte(n))]
		}
		if json != want || line != want {
			t.Errorf("%s: %s in JSON, %s in a line, want %s", op, json, line, want)
		}
		if orders := op != filterpattern.Equal && op != filterpattern.NotEqual; op.Orders() != orders || !op.Compares() {
			t.Errorf("%s orders: %v, compares: %v", op, op.Orders(), op.Compares())
		}
	}
	for _, op := range []filterpattern.Operator{filterpattern.IsNull, filterpattern.IsTrue, filterpattern.IsFalse, filterpattern.NotExists, filterpattern.Exists, filterpattern.Contains} {
		if op.Orders() || op.Compares() {
			t.Errorf("%s orders: %v, compares: %v", op, op.Orders(), op.Compares())
		}
	}
}

// TestMatchConditions: somebody else answers, for JSON patterns alone.
func TestMatchConditions(t *testing.T) {
	for src, want := range map[string]bool{`{ $.a = 1 && $.b = 2 }`: false, `{ $.a = 1 || $.b = 2 }`: true, `a`: false, ``: false} {
		isA := func(c *filterpattern.Condition) bool { return c.Selector.String() == "$.a" }
		if got := parse(t, src).MatchConditions(isA); got != want {
			t.Errorf("%s: %t", src, got)
		}
	}
}
