package iampolicy

import (
	"slices"
	"unicode"

	"github.com/iacgate/iacgate/internal/truth"
)

// maxWork bounds the steps of one match; what needs more is undecided.
const maxWork = 1 << 22

// maxName bounds what is matched, in characters: AWS has no name that long, and a policy many patterns.
const maxName = 4096

// equal reports whether two texts are the same.
func equal(a, b Text) truth.Truth { return compare(a, b, false, elementwise) }

// equalFold is equal without regard to case.
func equalFold(a, b Text) truth.Truth { return compare(a, b, false, folded) }

// like reports whether a pattern with * and ? matches a value. Wildcards cross colons: "if the * wildcard is the last
// character of a resource ARN segment, it can expand to match beyond the colon boundaries".
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
//
// Where the first five components of a pattern for ARNs have no wildcard, each component is compared with its own.
func like(pattern, value Text) truth.Truth {
	return compare(pattern, value, true, func(p, v []element) truth.Truth {
		patterns, values := components(p), components(v)
		if len(patterns) < 6 || len(values) < 6 || slices.ContainsFunc(patterns[:5], wild) {
			return elementwise(p, v)
		}
		return componentwise(patterns, values)
	})
}

func wild(component []element) bool {
	return slices.ContainsFunc(component, func(e element) bool { return e.kind == anyRun || e.kind == anyChar })
}

// likeFold is like without regard to case.
func likeFold(pattern, value Text) truth.Truth { return compare(pattern, value, true, folded) }

// compare answers if a whole side is unknown, and otherwise calls how.
func compare(pattern, value Text, glob bool, how func(p, v []element) truth.Truth) truth.Truth {
	switch {
	case pattern.Symbol != "" && pattern.Symbol == value.Symbol:
		return truth.Yes
	case pattern.Unknown:
		return truth.Unknown
	case value.Unknown:
		value = Known(UnknownMark)
	}
	return how(elements(pattern.Text, glob), elements(value.Text, false))
}

func folded(pattern, value []element) truth.Truth { return elementwise(fold(pattern), fold(value)) }

func fold(in []element) []element {
	out := make([]element, len(in))
	for i, e := range in {
		e.char = unicode.ToLower(e.char)
		out[i] = e
	}
	return out
}

// elementwise is Yes if the pattern matches for all values of the unknown parts, and No if it matches for none.
func elementwise(pattern, value []element) truth.Truth {
	switch {
	case len(pattern)*len(value) > maxWork, max(len(pattern), len(value)) > maxName:
		return truth.Unknown
	case certain(pattern, value):
		return truth.Yes
	case possible(trimCommonEnds(pattern, value)):
		return truth.Unknown
	}
	return truth.No
}

// trimCommonEnds cuts the common beginning and end off pattern and value, so that one name represents one text on both
// sides: they match if the rests do.
func trimCommonEnds(pattern, value []element) (restOfPattern, restOfValue []element) {
	for len(pattern) > 0 && len(value) > 0 && pattern[0].isSame(value[0]) {
		pattern, value = pattern[1:], value[1:]
	}
	for len(pattern) > 0 && len(value) > 0 && pattern[len(pattern)-1].isSame(value[len(value)-1]) {
		pattern, value = pattern[:len(pattern)-1], value[:len(value)-1]
	}
	return pattern, value
}

// isSame reports whether an element of a pattern matches one of a value and nothing else. An unknown part that may
// contain a wildcard would match more.
func (e element) isSame(value element) bool {
	return e.kind == character && e == value || e.kind == unknownPart && e.mustMatch(value) && isPlain(e.name)
}

// certain takes unknown parts as characters of their own, which match themselves if named and a * otherwise. Such a
// match holds whatever text they represent.
func certain(pattern, value []element) bool {
	p, v, star, back := 0, 0, -1, 0
	for v < len(value) {
		switch {
		case p < len(pattern) && pattern[p].kind == anyRun:
			star, back = p, v
			p++
		case p < len(pattern) && pattern[p].mustMatch(value[v]):
			p++
			v++
		case star >= 0:
			back++
			p, v = star+1, back
		default:
			return false
		}
	}
	for p < len(pattern) && pattern[p].kind == anyRun {
		p++
	}
	return p == len(pattern)
}

func (e element) mustMatch(value element) bool {
	switch e.kind {
	case anyChar:
		return value.kind == character
	case unknownPart:
		return value.kind == unknownPart && e.name != "" && e.name == value.name
	}
	return value.kind == character && e.char == value.char
}

// arnLike compares "each of the six colon-delimited components" by itself; wildcards do not cross them, and the last
// one keeps its colons. Operators ArnEquals and ArnLike behave alike.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
//
// An unknown part in one of the first five components of an ARN stays within it. A text without six visible components
// is decided only if even wildcards across colons would not match.
func arnLike(pattern, value Text) truth.Truth {
	return compare(pattern, value, true, func(p, v []element) truth.Truth {
		patterns, values := components(p), components(v)
		if len(patterns) < 6 || len(values) < 6 {
			return truth.And(truth.Unknown, elementwise(p, v))
		}
		return componentwise(patterns, values)
	})
}

func componentwise(patterns, values [][]element) truth.Truth {
	out := truth.Yes
	for i := range patterns {
		out = truth.And(out, elementwise(patterns[i], values[i]))
	}
	return out
}

func components(in []element) [][]element {
	var out [][]element
	start := 0
	for i, e := range in {
		if len(out) < 5 && e.kind == character && e.char == ':' {
			out = append(out, in[start:i])
			start = i + 1
		}
	}
	return append(out, in[start:])
}
