package main

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/query"
)

// hostile are records and patterns that an engine may read in its own way: wildcards of
// LIKE, quotes, escapes, kinds that print as texts, numbers at the ends of types. Whole
// numbers beyond 64 bits in records are left out: DuckDB takes them for doubles.
var hostile = struct{ records, patterns []string }{
	[]string{
		`{"a":5}`, `{"a":-5}`, `{"a":"5"}`, `{"a":"+5"}`, `{"a":5.0}`, `{"a":5e0}`, `{"a":0}`, `{"a":-0}`, `{"a":"-0"}`, `{"a":-0.0}`,
		`{"a":9223372036854775807}`, `{"a":9223372036854775808}`, `{"a":18446744073709551615}`,
		`{"a":1e-400}`, `{"a":9007199254740993}`, `{"a":0.1}`, `{"a":10000000.0}`, `{"a":1e7}`,
		`{"a":"x%y"}`, `{"a":"x_y"}`, `{"a":"xzy"}`, `{"a":"x\\y"}`, `{"a":"x'y"}`, `{"a":"x\ny"}`, `{"a":"x\u0000y"}`, `{"a":"\u0000"}`, `{"a":"é"}`, `{"a":"e\u0301"}`, `{"a":"\ud83d\ude00"}`, `{"a":"X"}`, `{"a":"x"}`, `{"a":" x"}`, `{"a":"x "}`, `{"a":"x\n"}`, `{"a":""}`,
		`{"a":"true"}`, `{"a":true}`, `{"a":"null"}`, `{"a":null}`, `{"a":[]}`, `{"a":{}}`, `{"a":[null]}`, `{"a":["x"]}`, `{"a":[["x"]]}`, `{"a":{"b":null}}`, `{"a":{"b":"x"}}`, `{"a":{"b":["x"]}}`, `{"a":[{"b":"x"}]}`, `{"a":[{"b":"x"},{"b":"y"}]}`, `{"a":[{"b":null}]}`, `{"a":[{}]}`, `{"a":[1,"x",null]}`, `{"a":"[\"x\"]"}`, `{"a":"{\"b\":\"x\"}"}`,
		`{"A":"x"}`, `{"a.b":"x"}`, `{"a":{"0":"x"}}`, `{"a":{"b c":"x"}}`, `{"é":"x"}`, `{}`, `{"a":"tx"}`, `{"a":"[x"}`, `{"a":false}`, `{"a":"STRASSE"}`, `{"a":"x\r"}`, `{"a":"x\u2028y"}`, `{"a":"x\u000by"}`, `{"a":"x\u0085y"}`,
		`{"a":{"":"x"}}`, `{"a":{"$":"x"}}`, `{"a":{"#":"x"}}`,
	},
	[]string{
		`{ $.a = 5 }`, `{ $.a = +5 }`, `{ $.a = 5.0 }`, `{ $.a = "5" }`, `{ $.a = "5.0" }`, `{ $.a != 5 }`, `{ $.a != "5" }`, `{ $.a < 5 }`, `{ $.a <= 5 }`, `{ $.a > -5 }`, `{ $.a = -0 }`, `{ $.a = 0 }`, `{ $.a = "0" }`, `{ $.a != 0 }`,
		`{ $.a < 99999999999999999999999999999999999999999999 }`, `{ $.a > -99999999999999999999999999999999999999999999 }`, `{ $.a != 99999999999999999999999999999999999999999999 }`, `{ $.a < 1e400 }`, `{ $.a != 1e400 }`, `{ $.a > -1e400 }`, `{ $.a = 9007199254740992 }`, `{ $.a = 9007199254740993.0 }`, `{ $.a = 18446744073709551616 }`, `{ $.a = 18446744073709551615 }`, `{ $.a > 18446744073709551615 }`,
		`{ $.a = "x%y" }`, `{ $.a = "x%*" }`, `{ $.a = "*x_*y*" }`, `{ $.a = "x*y*" }`, `{ $.a = "*x*y" }`, `{ $.a = "x**y" }`, `{ $.a = "*" }`, `{ $.a = "**" }`, `{ $.a != "*" }`, `{ $.a = "" }`, `{ $.a != "" }`, `{ $.a = "x\\y" }`, `{ $.a = "x\\*" }`, `{ $.a = "*\\*y*" }`, `{ $.a = "x'y" }`, `{ $.a = "x'*y" }`, `{ $.a = "é" }`, `{ $.a = "x*" }`, `{ $.a = "*x" }`, `{ $.a = "*x*" }`, `{ $.a = "t*" }`, `{ $.a = "*e" }`, `{ $.a = "true" }`, `{ $.a = "[*" }`, `{ $.a = "*]" }`, `{ $.a = "{*}" }`, `{ $.a = "*}" }`, `{ $.a = "n*" }`,
		`{ $.a = %x% }`, `{ $.a = %^x$% }`, `{ $.a = %^x.y$% }`, `{ $.a = %x\sy% }`, `{ $.a = %\w% }`, `{ $.a = %\D% }`, `{ $.a = %[^x]% }`, `{ $.a = %^[^x]*$% }`, `{ $.a = %x$% }`, `{ $.a != %x% }`, `{ $.a = %.% }`, `{ $.a = %^.$% }`, `{ $.a = %^$% }`, `{ $.a = %\W% }`, `{ $.a = %^\S+$% }`, `{ $.a = %x|y% }`, `{ $.a = %true% }`, `{ $.a = %[a-f]{2,3}% }`, `{ $.a = %\\% }`, `{ $.a = %[\]]% }`,
		`{ $.a IS NULL }`, `{ $.a IS TRUE }`, `{ $.a IS FALSE }`, `{ $.a NOT EXISTS }`, `{ $.a.b IS NULL }`, `{ $.a.b NOT EXISTS }`, `{ $.a.b = "x" }`, `{ $.a.b != "x" }`, `{ $.a[0] = "x" }`, `{ $.a[0] != "x" }`, `{ $.a[0] IS NULL }`, `{ $.a[1] = "x" }`, `{ $.a[0] NOT EXISTS }`, `{ $.a[0].b = "x" }`, `{ $.a[*] = "x" }`, `{ $.a[*].b = "x" }`, `{ $.a[*].b != "x" }`, `{ $.a[*] NOT EXISTS }`, `{ $.a[*].b NOT EXISTS }`, `{ $.a[*] IS NULL }`, `{ $.a.* = "x" }`, `{ $.a.* NOT EXISTS }`, `{ $.a.* != "x" }`, `{ $.* = "x" }`, `{ $.a[*] = 1 }`, `{ $.a[*] != "x" }`, `{ $.a[*].b IS NULL }`,
		`{ $.A = "x" }`, `{ $.['a.b'] = "x" }`, `{ $.a.0 = "x" }`, `{ ($.a NOT EXISTS) || ($.a.b NOT EXISTS) }`, `{ ($.a != "x") && ($.a NOT EXISTS) }`,
	},
}

func testHostile(t *testing.T) {
	var tr trial
	for _, r := range hostile.records {
		tr.add(t, r)
	}
	for _, p := range hostile.patterns {
		tr.patterns = append(tr.patterns, parse(t, p))
	}
	tr.compare(t, "DuckDB", tr.ask(t, tr.inDuckDB(t)))
}

// testHostileInAthena asks it of a column that holds JSON.
func testHostileInAthena(t *testing.T) {
	var tr trial
	for _, r := range hostile.records {
		tr.add(t, `{"requestParameters":`+r+`}`)
	}
	for _, text := range hostile.patterns {
		p := parse(t, strings.ReplaceAll(text, "$.", "$.requestParameters."))
		if canSay(p, query.Athena) {
			tr.patterns = append(tr.patterns, p)
		}
	}
	db, text := tr.inAthena(t, query.Documented())
	defer db.Close()
	tr.compare(t, "Athena", tr.askIn(t, db, text))
}
