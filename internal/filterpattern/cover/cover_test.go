package cover_test

import (
	"encoding/json"
	"maps"
	"math/big"
	"testing"

	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/filterpattern/cover"
	"github.com/iacgate/iacgate/internal/filterpattern/filterpatterntest"
	"github.com/iacgate/iacgate/internal/truth"
)

// The published patterns of control 1 and what people make of them.
const (
	u12       = `{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }`
	u14       = `{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") || ($.sourceIPAddress!="delivery.logs.amazonaws.com") || ($.eventName!="HeadBucket") }`
	u20       = `{ ($.errorCode ="*UnauthorizedOperation") || ($.errorCode ="AccessDenied*") && ($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket") }`
	u20parens = `{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && (($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket")) }`
)

// records are axioms about CloudTrail records, as far as these tests need them.
var records = cover.Axioms{
	Fields: []cover.Field{
		{Path: "$.eventSource", Required: true, Kinds: cover.StringValue, Prefer: []string{"s3.amazonaws.com"}},
		{Path: "$.eventName", Required: true, Kinds: cover.StringValue, Prefer: []string{"GetObject", "HeadBucket"}},
		{Path: "$.sourceIPAddress", Required: true, Kinds: cover.StringValue, Prefer: []string{"203.0.113.10", "delivery.logs.amazonaws.com"}},
		{Path: "$.errorCode", Kinds: cover.StringValue, Prefer: []string{"AccessDenied", "Client.UnauthorizedOperation"}},
	},
	FreeText: "$.requestParameters.name",
}

// TestCoversUnauthorized judges variants of control 1: whether they match every
// denied call, and every one apart from the exclusions of the benchmark.
func TestCoversUnauthorized(t *testing.T) {
	const yes, no = truth.Yes, truth.No
	exclusions := []*filterpattern.Pattern{
		parse(t, `{ $.eventName = "HeadBucket" }`),
		parse(t, `{ $.sourceIPAddress = "delivery.logs.amazonaws.com" }`),
	}
	for _, c := range []struct {
		have         string
		all, allowed truth.Truth
	}{
		{u12, yes, yes},
		{u14, yes, yes},
		{u20, no, yes},
		{u20parens, no, yes},
		{`{ $.errorCode = *UnauthorizedOperation || $.errorCode = AccessDenied* }`, yes, yes},
		{`{ $.errorCode = "*UnauthorizedOperation*" || $.errorCode = "*AccessDenied*" }`, yes, yes},
		{`{ $.errorCode = %AccessDenied|UnauthorizedOperation% }`, yes, yes},
		{`{ $.errorCode = %^AccessDenied|UnauthorizedOperation$% }`, yes, yes},
		{`{ $.errorCode = "*" }`, yes, yes},
		{`{ $.errorCode != "NoSuchBucket" }`, yes, yes},
		{`{ $.errorCode = "UnauthorizedOperation" || $.errorCode = "AccessDenied" }`, no, no},
		{`{ $.errorCode = "*UnauthorizedOperation" && $.errorCode = "AccessDenied*" }`, no, no},
		{`{ $.errorCode = "accessdenied*" || $.errorCode = "*unauthorizedoperation" }`, no, no},
		{`{ $.errorcode = "*UnauthorizedOperation" || $.errorcode = "AccessDenied*" }`, no, no},
		{`{ ($.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*") && $.userIdentity.invokedBy NOT EXISTS }`, no, no},
		{`{ ($.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*") && $.userIdentity.userName != "ci" }`, no, no},
		{`{ ($.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*") && ($.userIdentity.userName NOT EXISTS || $.userIdentity.userName != "*") }`, no, no},
		{`{ ($.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*") && $.eventName != "*" }`, no, no},

		{``, yes, yes},
		{`?AccessDenied ?UnauthorizedOperation`, yes, yes},
		{`?UnauthorizedOperation ?"AccessDenied"`, yes, yes},
		{`%AccessDenied|UnauthorizedOperation%`, yes, yes},
		{`%(AccessDenied)%`, truth.Unknown, truth.Unknown}, // invalid
		{`%Access.?Denied|Unauthorized[A-Z][a-z]+%`, yes, yes},
		{`[w="*AccessDenied*" || w="*UnauthorizedOperation*"]`, yes, yes},
		{`[w=%AccessDenied|UnauthorizedOperation%]`, yes, yes},
		{`errorCode`, yes, yes},
		{`eventSource`, yes, yes},
		{`AccessDenied`, no, no},
		{`[w="*AccessDenied*"]`, no, no},
		{`AccessDenied UnauthorizedOperation`, no, no},
		{`%^AccessDenied|UnauthorizedOperation%`, no, no},
		{`?AccessDenied ?UnauthorizedOperation -HeadBucket`, no, no},
		{`[w="*AccessDenied*" && w!="*HeadBucket*" || w="*UnauthorizedOperation*"]`, no, no},
		{`errorCode -noise`, no, no},
		{`?"\"errorCode\":\"AccessDenied" ?UnauthorizedOperation`, truth.Unknown, truth.Unknown}, // how JSON is spaced is not known
		{`[a, b="*AccessDenied*", c]`, no, no},
	} {
		have, err := filterpattern.Parse(c.have)
		if err != nil {
			if c.all != truth.Unknown {
				t.Error(err)
			}
			continue
		}
		want := parse(t, u12)
		for _, q := range []struct {
			miss []*filterpattern.Pattern
			want truth.Truth
		}{
			{[]*filterpattern.Pattern{have}, c.all},
			{append([]*filterpattern.Pattern{have}, exclusions...), c.allowed},
		} {
			s := cover.Separate([]*filterpattern.Pattern{want}, q.miss, records)
			checkLost(t, have, want, s, q.want)
		}
	}
}

// checkLost compares a separation with whether a pattern covers another, and
// matches the event as AWS would log it.
func checkLost(t *testing.T, have, want *filterpattern.Pattern, s cover.Separation, covers truth.Truth) {
	t.Helper()
	if s.Decision != covers.Not() {
		t.Errorf("%s covers %s: %s (event %v, reason %q), want %s", have, want, s.Decision.Not(), s.Event, s.Reason, covers)
	}
	if s.Decision != truth.Yes {
		return
	}
	event := map[string]any{"eventSource": "s3.amazonaws.com", "eventName": "GetObject", "sourceIPAddress": "203.0.113.10"}
	maps.Copy(event, s.Event)
	message, err := json.Marshal(event)
	if err != nil {
		t.Fatal(err)
	}
	if !want.Match(message) || have.Match(message) {
		t.Errorf("%s does not lose %s", have, message)
	}
}

// TestFlood holds that the or-ed exclusions of CIS 1.4 match calls that nobody
// denied.
func TestFlood(t *testing.T) {
	for have, floods := range map[string]bool{
		u12: false, u20: false, u20parens: false, u14: true,
		`?AccessDenied ?UnauthorizedOperation`:             true, // a denied call is not the only text with these words
		`?AccessDenied ?UnauthorizedOperation -HeadBucket`: true,
		`{ $.errorCode NOT EXISTS || $.errorCode = "x" }`:  true,
	} {
		harmless := parse(t, `{ $.errorCode NOT EXISTS }`)
		s := cover.Separate([]*filterpattern.Pattern{parse(t, have), harmless}, nil, records)
		if floods != (s.Decision == truth.Yes) {
			t.Errorf("%s floods: %s (event %v, reason %q), want %t", have, s.Decision, s.Event, s.Reason, floods)
		}
	}
}

// TestControlsAgainstEachOther compares every published pattern with every
// other one: those of one control cover the first; of two controls, neither
// covers the other.
func TestControlsAgainstEachOther(t *testing.T) {
	published := controls(t)
	for wantID, wants := range published {
		want := wants[0]
		for haveID, haves := range published {
			for i, have := range haves {
				covers := truth.No
				if haveID == wantID && (i == 0 || haveID != "unauthorized-api-calls") {
					covers = truth.Yes
				}
				s := cover.Separate([]*filterpattern.Pattern{want}, []*filterpattern.Pattern{have}, records)
				checkLost(t, have, want, s, covers)
				if s.Steps > 20_000 {
					t.Errorf("%s covers %s: %d steps", haveID, wantID, s.Steps)
				}
			}
		}
	}
}

func TestEquivalent(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want truth.Truth
	}{
		{`{ $.a = 1 }`, `{ $.a = 1.0 }`, truth.No}, // the string "1"
		{`{ $.a > 1 }`, `{ $.a > 1.0 }`, truth.Yes},
		{`{ $.a = x && $.b = y }`, `{ $.b = "y" && $.a = "x" }`, truth.Yes},
		{`{ $.a[*] = 1 || $.b = 2 }`, `{ $.b = 2 || $.a.* = 1 }`, truth.Yes},
		{`{ $.a = "x*" }`, `{ $.a = %^x% }`, truth.Yes},
		{`{ $.a = "*x*" }`, `{ $.a = %x$% }`, truth.No},
		{`{ $.a != x }`, `{ $.a NOT EXISTS || $.a != x }`, truth.No},
		{`{ $.a NOT EXISTS && $.a.b NOT EXISTS }`, `{ $.a NOT EXISTS }`, truth.Yes},
		{`{ $.a.b = x && $.a = y }`, `{ $.c = 1 && $.c IS NULL }`, truth.Yes},
		{`{ $.a[0] = x && $.a[2] = y && $.a[1] NOT EXISTS }`, `{ $.c = 1 && $.c IS NULL }`, truth.Yes},
		{`{ $.a = 0 && $.a = "-0.0" }`, `{ $.c = 1 && $.c IS NULL }`, truth.No},
		{`%x|y%`, `?x ?y`, truth.Unknown}, // equal, but only regular expressions with themselves
		{`x`, `[w="*x*"]`, truth.Yes},
		{`x`, ` x `, truth.Yes},
	} {
		if got := equivalent(parse(t, c.a), parse(t, c.b)); got != c.want {
			t.Errorf("%s and %s are equivalent: %s, want %s", c.a, c.b, got, c.want)
		}
	}
}

// TestSatisfiable asks single patterns whether any event matches, at the ends
// of what doubles can hold above all.
func TestSatisfiable(t *testing.T) {
	for src, want := range map[string]truth.Truth{
		`{ $.a > 1.7976931348623157e308 }`:                   truth.Yes, // rounds down to the largest double
		`{ $.a > 1.7976931348623159e308 }`:                   truth.No,
		`{ $.a < -1.7976931348623159e308 }`:                  truth.No,
		`{ $.a > 0 && $.a < 5e-324 }`:                        truth.Yes, // rounds up to the smallest double
		`{ $.a > 0 && $.a < 4e-324 }`:                        truth.Yes,
		`{ $.a >= 1e-400 && $.a < 4e-324 }`:                  truth.Yes,
		`{ $.a > 0 && $.a < 2e-324 }`:                        truth.No,
		`{ $.a = 1e-400 }`:                                   truth.Yes, // the string
		`{ $.a >= 1e-400 && $.a <= 1e-400 }`:                 truth.No,
		`{ $.a > 1e2147483647 }`:                             truth.No,
		`{ $.a > 1 && $.a < 1.0000000000000000000001 }`:      truth.Yes,
		`{ $.a > 1 && $.a < 2 && $.a = "1*" }`:               truth.Yes,
		`{ $.a > 1 && $.a = "x*" }`:                          truth.No,
		`{ $.a > 1 && $.a IS NULL }`:                         truth.No,
		`{ $.a != "*" }`:                                     truth.No,
		`{ $.a IS NULL && $.a[0] = x }`:                      truth.Yes, // ["x", null]
		`{ $.a IS NULL && $.a.b = x }`:                       truth.No,
		`{ $.a[1] = x && $.a[0] NOT EXISTS }`:                truth.No,
		`{ $.a[5] NOT EXISTS && $.a[2] = x }`:                truth.Yes,
		`{ $.a[2] = x && $.a[5] NOT EXISTS }`:                truth.Yes,
		`{ $.a[1] NOT EXISTS && $.a[0] IS NULL }`:            truth.Yes,
		`{ $.a[1] NOT EXISTS && $.a[0] = x && $.a IS NULL }`: truth.No, // no place for the null
		`{ $.a[0][0] NOT EXISTS && $.a[0] IS NULL }`:         truth.Yes,
		`{ $.a[2] NOT EXISTS && $.a[1] = x && $.a IS NULL }`: truth.Yes, // [null, "x"]
		`{ $.a[1] = x && $.a IS NULL && $.a[0] != y }`:       truth.Yes,
		`{ $.a[999] = x }`:                                   truth.Yes,
		`{ $.a[1000] = x }`:                                  truth.Unknown, // longer than any that is written out
		`{ $.a = %^[ab]{3}$% && $.a != "a*" && $.a=*a }`:     truth.Yes,
		`{ $.a = %^a$% && $.a = %^b$% }`:                     truth.No,
		`{ $.a = %x% && $.a = %y% }`:                         truth.Yes,
		`{ $.a = %^[^a-z0-9]$% }`:                            truth.Yes, // the most readable character is not the next one
		"{ $.a = \"*\U0010ffff\" }":                          truth.Yes, // the last character that there is
		`{ $.a[*] = x && $.a[0] = y && $.a[1] = x }`:         truth.Yes, // not where it is tried first
		`{ $.a[*] = 1 && $.a[*] NOT EXISTS }`:                truth.Unknown,
		`x -x`:                                               truth.No,
		`x -xy`:                                              truth.Yes,
		`xy -x`:                                              truth.Unknown, // texts inside each other
	} {
		s := cover.Separate([]*filterpattern.Pattern{parse(t, src)}, nil, cover.Axioms{})
		if s.Decision != want {
			t.Errorf("%s: %s (event %v, reason %q), want %s", src, s.Decision, s.Event, s.Reason, want)
		}
	}
}

// TestWitnesses: an event has the fields that matter, and nothing of what was tried and
// given up.
func TestWitnesses(t *testing.T) {
	ax := cover.Axioms{Fields: []cover.Field{{Path: "$.always", Required: true, Kinds: cover.StringValue}}}
	for src, want := range map[string]string{
		`{ $.a = x }`: `{"a":"x"}`,
		`{ ($.b = x && $.b IS NULL) || $.a = y }`:              `{"a":"y"}`,
		`{ ($.b[0] = x && $.b[0] IS NULL) || $.a = y }`:        `{"a":"y"}`,
		`{ $.a = y && ($.b.c = x && $.b = z || $.d IS TRUE) }`: `{"a":"y","d":true}`,
		`{ $.a[1] = x }`:                `{"a":["","x"]}`,
		`{ $.a[0] = x && $.a IS NULL }`: `{"a":["x",null]}`,
		`{ $.always = x }`:              `{"always":"x"}`,
		`{ ($.always = "x" && $.always = "y*") || $.a = y }`:                     `{"a":"y"}`,
		`{ ($.always = "x*" && $.always = "*y" && $.always != "*") || $.a = y }`: `{"a":"y"}`,
	} {
		s := cover.Separate([]*filterpattern.Pattern{parse(t, src)}, nil, ax)
		if got, err := json.Marshal(s.Event); err != nil || string(got) != want {
			t.Errorf("%s: %s, want %s", src, got, want)
		}
	}
}

// TestWildcards: an event has something for a wildcard to find, or nothing.
func TestWildcards(t *testing.T) {
	for _, c := range []struct{ match, miss, want string }{
		{`{ $.a[*].b = x }`, `{ $.b = x }`, `{"a":[{"b":"x"}]}`},
		{`{ $.a[*] = x && $.a[*] = y }`, `{ $.b = x }`, `{"a":["x","y"]}`},
		{`{ $.a[*].b NOT EXISTS && $.a[*].c = x }`, `{ $.b = x }`, `{"a":[{"c":"x"}]}`},
		{`{ $.a[*] = x }`, `{ $.a[*] = y }`, `{"a":["x"]}`},
		{`{ $.a[*] > 1 }`, `{ $.b = x }`, `{"a":[2]}`},
		{`{ $.a[*] != x }`, `{ $.b = x }`, `{"a":""}`},
		{`{ $.b = x }`, `{ $.a[*] NOT EXISTS }`, `{"a":[""],"b":"x"}`},
		{`{ $.b = x }`, `{ $.a[*] != x }`, `{"b":"x"}`},
		{`{ $.b = x }`, `{ $.a[*] = x }`, `{"b":"x"}`},
		{`{ $.* = x && $.a = x }`, `{ $.b = x }`, `{"a":"x"}`},
	} {
		s := cover.Separate([]*filterpattern.Pattern{parse(t, c.match)}, []*filterpattern.Pattern{parse(t, c.miss)}, cover.Axioms{})
		if got, err := json.Marshal(s.Event); err != nil || string(got) != c.want {
			t.Errorf("%s but not %s: %s (reason %q), want %s", c.match, c.miss, got, s.Reason, c.want)
		}
	}
}

// TestFillers: an element that nothing is asked of is of a kind that the axioms admit.
func TestFillers(t *testing.T) {
	for want, element := range map[string]cover.Field{
		`{"a":["p","x"]}`:  {Kinds: cover.StringValue | cover.NumberValue, Prefer: []string{"p", "q"}},
		`{"a":["","x"]}`:   {Kinds: cover.StringValue | cover.NumberValue},
		`{"a":[0,"x"]}`:    {Kinds: cover.NumberValue | cover.BooleanValue, Prefer: []string{"p"}},
		`{"a":[true,"x"]}`: {Kinds: cover.BooleanValue | cover.ObjectValue},
		`{"a":[{},"x"]}`:   {Kinds: cover.ObjectValue | cover.ArrayValue},
		`{"a":[[],"x"]}`:   {Kinds: cover.ArrayValue | cover.NullValue},
		`{"a":[null,"x"]}`: {Kinds: cover.NullValue},
	} {
		element.Path = "$.a[0]"
		s := cover.Separate([]*filterpattern.Pattern{parse(t, `{ $.a[1] = x }`)}, nil, cover.Axioms{Fields: []cover.Field{element}})
		if got, err := json.Marshal(s.Event); err != nil || string(got) != want {
			t.Errorf("%v: %s (reason %q), want %s", element, got, s.Reason, want)
		}
	}
}

// TestNumbers: which number a field that holds nothing else has, if any; short ones come
// first.
func TestNumbers(t *testing.T) {
	ax := cover.Axioms{Fields: []cover.Field{{Path: "$.n", Required: true, Kinds: cover.NumberValue}}}
	for src, want := range map[string]string{
		`{ $.n = 5 }`:                               "5",
		`{ $.n = 5 && $.n = "5.0" }`:                "5.0",
		`{ $.n = 5 && $.n != "5" }`:                 "5.0",
		`{ $.n = 5 && $.n != "5" && $.n != "5.0" }`: "no",
		`{ $.n = 5 && $.n = "6" }`:                  "no",
		`{ $.n = 0.5 && $.n != "0.5" }`:             "no",
		`{ $.n = 1e-400 }`:                          "no", // reads as zero
		`{ $.n != 1e-400 }`:                         "0",
		`{ $.n > 5 }`:                               "6",
		`{ $.n > 5 && $.n < 100 }`:                  "6",
		`{ $.n > 10.25 && $.n < 1000.75 }`:          "11",
		`{ $.n > 1.25 && $.n < 1.75 }`:              "1.5",
		`{ $.n < -5 }`:                              "-6",
		`{ $.n > 100000 && $.n < 100002 }`:          "100001",
		`{ $.n >= -3 && $.n != -3 && $.n < 0 }`:     "-2",
		`{ $.n > 1.2 && $.n < 1.35 }`:               "1.3", // the middle, rounded
		`{ $.n > 5 && $.n = "*77*" }`:               "77",  // a printed text that no sample has
		`{ $.n > 5 && $.n = "3" }`:                  "no",  // 3 alone prints so
		`{ $.n > 5 && $.n < 3 && $.n = "*77*" }`:    "no",
		`{ $.n > 50 && $.n = "*7*" }`:               "unknown", // 57 is not looked for
		`{ $.n > 50 && $.n = %^[0-9]*7$% }`:         "unknown",
		`{ $.n > 3.5 && $.n = "3.5" }`:              "unknown", // 3.50000000000000000001 prints so
	} {
		s := cover.Separate([]*filterpattern.Pattern{parse(t, src)}, nil, ax)
		got := s.Decision.String()
		if n, ok := s.Event["n"].(json.Number); ok {
			got = n.String()
		}
		if got != want {
			t.Errorf("%s: %s (event %v, reason %q), want %s", src, got, s.Event, s.Reason, want)
		}
	}
}

// TestEnds: what lies between a literal and the end of what doubles can hold.
func TestEnds(t *testing.T) {
	end := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 1024), new(big.Int).Lsh(big.NewInt(1), 970)) // from here on they are infinite
	below := new(big.Int).Sub(end, big.NewInt(1)).String() + ".9"
	for src, want := range map[string]truth.Truth{
		"{ $.a > " + below + " }":        truth.Yes,
		"{ $.a < -" + below + " }":       truth.Yes,
		"{ $.a > " + end.String() + " }": truth.No,
	} {
		if s := cover.Separate([]*filterpattern.Pattern{parse(t, src)}, nil, cover.Axioms{}); s.Decision != want {
			t.Errorf("%s: %s (event %v, reason %q), want %s", src, s.Decision, s.Event, s.Reason, want)
		}
	}
}

func TestAxiomsRefused(t *testing.T) {
	p := parse(t, `{ $.a = 1 }`)
	for _, ax := range []cover.Axioms{
		{Fields: []cover.Field{{Path: "errorCode"}}},
		{Fields: []cover.Field{{Path: "$.a[*]"}}},
		{FreeText: "$.*"},
		{FreeText: "text"},
	} {
		if s := cover.Separate([]*filterpattern.Pattern{p}, nil, ax); s.Decision != truth.Unknown || s.Reason == "" {
			t.Errorf("%v: %v", ax, s)
		}
	}
}

// equivalent decides whether two patterns match the same events.
func equivalent(a, b *filterpattern.Pattern) truth.Truth {
	one := func(match, miss *filterpattern.Pattern) truth.Truth {
		return cover.Separate([]*filterpattern.Pattern{match}, []*filterpattern.Pattern{miss}, cover.Axioms{}).Decision.Not()
	}
	return truth.And(one(a, b), one(b, a))
}

func parse(t testing.TB, src string) *filterpattern.Pattern {
	t.Helper()
	p, err := filterpattern.Parse(src)
	if err != nil {
		t.Fatalf("%s: %v", src, err)
	}
	return p
}

// controls returns the published patterns by control; the first must match.
func controls(t testing.TB) map[string][]*filterpattern.Pattern {
	t.Helper()
	parsed := map[string][]*filterpattern.Pattern{}
	for id, patterns := range filterpatterntest.Controls(t, "../testdata/controls.json") {
		for _, src := range patterns {
			parsed[id] = append(parsed[id], parse(t, src))
		}
	}
	return parsed
}

func TestControlsRoundTrip(t *testing.T) {
	for id, patterns := range controls(t) {
		for _, p := range patterns {
			again := parse(t, p.String())
			if again.String() != p.String() || equivalent(p, again) != truth.Yes {
				t.Errorf("%s: %s does not survive its canonical form", id, p)
			}
		}
	}
}
