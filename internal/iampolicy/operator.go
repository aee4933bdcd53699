package iampolicy

import (
	"strings"

	"github.com/iacgate/iacgate/internal/truth"
)

// operator is a condition operator taken apart: ForAllValues:StringNotLikeIfExists.
type operator struct {
	test     func(policy, request Text) truth.Truth // the positive test of one value
	negated  bool
	ifExists bool
	set      set
	null     bool
}

type set int

const (
	single set = iota
	forAllValues
	forAnyValue
)

// parseOperator reads an operator's name; ok is false for one that is not known. Case does not matter.
func parseOperator(name string) (out operator, ok bool) {
	word := strings.ToLower(name)
	if rest, found := strings.CutPrefix(word, "forallvalues:"); found {
		word, out.set = rest, forAllValues
	} else if rest, found := strings.CutPrefix(word, "foranyvalue:"); found {
		word, out.set = rest, forAnyValue
	}
	word, out.ifExists = strings.CutSuffix(word, "ifexists")
	if word == "null" {
		out.null = true
		return out, !out.ifExists
	}
	positive, negated := negations[word]
	if negated {
		word, out.negated = positive, true
	}
	out.test, ok = tests[word]
	return out, ok
}

// negations are the negated operators and what they negate.
var negations = map[string]string{
	"stringnotequals":           "stringequals",
	"stringnotequalsignorecase": "stringequalsignorecase",
	"stringnotlike":             "stringlike",
	"numericnotequals":          "numericequals",
	"datenotequals":             "dateequals",
	"notipaddress":              "ipaddress",
	"arnnotequals":              "arnequals",
	"arnnotlike":                "arnlike",
}

var tests = map[string]func(policy, request Text) truth.Truth{
	"stringequals":             equal,
	"stringequalsignorecase":   equalFold,
	"stringlike":               like,
	"bool":                     equalFold,
	"binaryequals":             equal,
	"ipaddress":                inNetwork,
	"arnequals":                arnLike,
	"arnlike":                  arnLike,
	"numericequals":            numeric(func(order int) bool { return order == 0 }),
	"numericlessthan":          numeric(func(order int) bool { return order < 0 }),
	"numericlessthanequals":    numeric(func(order int) bool { return order <= 0 }),
	"numericgreaterthan":       numeric(func(order int) bool { return order > 0 }),
	"numericgreaterthanequals": numeric(func(order int) bool { return order >= 0 }),
	"dateequals":               date(func(order int) bool { return order == 0 }),
	"datelessthan":             date(func(order int) bool { return order < 0 }),
	"datelessthanequals":       date(func(order int) bool { return order <= 0 }),
	"dategreaterthan":          date(func(order int) bool { return order > 0 }),
	"dategreaterthanequals":    date(func(order int) bool { return order >= 0 }),
}
