package resource

import (
	"strings"
	"unicode/utf8"

	"github.com/iacgate/iacgate/internal/truth"
)

// A token is one character of a text, or a symbol.
type token struct {
	char   rune
	symbol string // the name of a symbol
	open   bool   // any text at all
}

// anyText is a part of a text that may be anything.
var anyText = token{open: true}

func tokensOf(text string) []token {
	tokens := make([]token, 0, len(text))
	for rest := text; rest != ""; {
		if name, ok := SymbolName(rest); ok {
			tokens = append(tokens, token{symbol: name})
			_, rest, _ = strings.Cut(rest, symbolClose)
			continue
		}
		c, size := utf8.DecodeRuneInString(rest)
		tokens = append(tokens, token{char: c})
		rest = rest[size:]
	}
	return tokens
}

// trimCommonPrefix takes off what two texts begin with: they are equal where the rests are.
func trimCommonPrefix(a, b []token) (restA, restB []token) {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	return a, b
}

// trimCommonSuffix takes off what two texts end with.
func trimCommonSuffix(a, b []token) (restA, restB []token) {
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return a, b
}

// A step is a character that a text may have at a place: one of a set, and if
// many any number of them.
type step struct {
	set  func(rune) bool // nil is any character
	char rune            // the only one, where set is nil and it is not 0
	many bool
}

func (s step) overlaps(o step) bool {
	switch {
	case s.char != 0 && o.char != 0:
		return s.char == o.char
	case s.char != 0:
		return o.set == nil || o.set(s.char)
	case o.char != 0:
		return s.set == nil || s.set(o.char)
	}
	return true // two sets: taken to have a character in common
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }
func isLower(r rune) bool { return 'a' <= r && r <= 'z' }
func isLabel(r rune) bool { return isLower(r) || isDigit(r) || r == '-' || r == '.' }

// isNameCharacter reports whether a generated name may hold a character: Terraform makes it of a
// time and a counter, CloudFormation of the names of stack and resource and a random part, and
// names of FIFO topics and queues end in .fifo.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
func isNameCharacter(r rune) bool { return isLabel(r) || 'A' <= r && r <= 'Z' || r == '_' }

// domain returns the set of possible values of a symbol, or a larger set.
// https://docs.aws.amazon.com/general/latest/gr/rande.html has the regions.
func domain(symbol string) []step {
	what, _ := PlaceOf(symbol)
	switch what {
	case "account":
		return repeated(step{set: isDigit}, 12)
	case "region": // eu-west-1, us-gov-east-1
		return []step{{set: isLower}, {set: isLower}, {set: isLabel, many: true}, {char: '-'}, {set: isDigit}, {set: isDigit, many: true}}
	case "partition":
		return []step{{char: 'a'}, {char: 'w'}, {char: 's'}, {set: isLabel, many: true}}
	case "generated name":
		return []step{{set: func(rune) bool { return false }}, {set: isNameCharacter, many: true}}
	case "suffix": // amazonaws.com, c2s.ic.gov
		return []step{{set: isLower}, {set: isLabel, many: true}}
	}
	return []step{{many: true}}
}

func repeated(s step, n int) []step {
	all := make([]step, n)
	for i := range all {
		all[i] = s
	}
	return all
}

func steps(tokens []token) []step {
	all := make([]step, 0, len(tokens))
	for _, t := range tokens {
		switch {
		case t.open:
			all = append(all, step{many: true})
		case t.symbol != "" || t.char == 0:
			all = append(all, domain(t.symbol)...)
		default:
			all = append(all, step{char: t.char})
		}
	}
	return all
}

// maxSteps bounds a comparison; what takes more is undecided.
const maxSteps = 1 << 22

// mayBeEqual is Unknown if two texts may be equal when every occurrence of a symbol may
// have a value of its own, otherwise No.
func mayBeEqual(x, y []token) truth.Truth {
	a, b := steps(x), steps(y)
	if len(a)*len(b) > maxSteps {
		return truth.Unknown
	}
	// row[j] reports whether a[i:] and b[j:] may be equal, next the same of a[i+1:].
	row, next := make([]bool, len(b)+1), make([]bool, len(b)+1)
	for i := len(a); i >= 0; i-- {
		for j := len(b); j >= 0; j-- {
			row[j] = agree(a, b, i, j, row, next)
		}
		row, next = next, row
	}
	if next[0] {
		return truth.Unknown
	}
	return truth.No
}

func agree(a, b []step, i, j int, row, next []bool) bool {
	endA, endB := i == len(a), j == len(b)
	switch {
	case endA && endB:
		return true
	case endA:
		return b[j].many && row[j+1]
	case endB:
		return a[i].many && next[j]
	case a[i].many && next[j], b[j].many && row[j+1]:
		return true
	case !a[i].overlaps(b[j]):
		return false
	case a[i].many && b[j].many: // left as they are, or one of them ended above
		return false
	case a[i].many:
		return row[j+1]
	case b[j].many:
		return next[j]
	}
	return next[j+1]
}
