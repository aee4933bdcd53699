package cover

import (
	"errors"
	"regexp/syntax"
	"strings"
	"unicode"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// isPlain reports whether no writer of JSON escapes a character of text: it is
// printable ASCII without what the format (quote, backslash) or careful writers
// (<, > and &) escape.
func isPlain(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return !isPlainRune(r) }) < 0
}

func isPlainRune(r rune) bool {
	return ' ' <= r && r <= '~' && !strings.ContainsRune(`"\<>&`, r)
}

// maxInside is the longest program that is worth rewriting: repetitions can
// make a hundred thousand instructions of a legal pattern.
const maxInside = 10_000

var errTooLong = errors.New("the regular expression is too long")

// inside returns a regular expression which finds those matches of r that stay
// the same when the text becomes part of a longer one and is escaped as JSON:
// matches of plain characters only, that need neither the text's start nor its
// end. It may find nothing at all.
func inside(r *filterpattern.Regexp) (*filterpattern.Literal, error) {
	if len(r.Prog.Inst) > maxInside {
		return nil, errTooLong
	}
	tree, err := syntax.Parse(r.Source, syntax.Perl)
	if err != nil {
		return nil, err
	}
	return filterpattern.NewRegexp(confine(tree).String())
}

// confine rewrites a tree in place, from the leaves up.
func confine(re *syntax.Regexp) *syntax.Regexp {
	for i, sub := range re.Sub {
		re.Sub[i] = confine(sub)
	}
	switch re.Op {
	case syntax.OpLiteral:
		if isPlain(string(re.Rune)) {
			return re
		}
		return &syntax.Regexp{Op: syntax.OpNoMatch}
	case syntax.OpCharClass:
		return plainClass(re.Rune)
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return plainClass([]rune{0, unicode.MaxRune})
	case syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText, syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return &syntax.Regexp{Op: syntax.OpNoMatch}
	}
	return re
}

// plainClass keeps the plain characters of a class, given as pairs of bounds.
func plainClass(bounds []rune) *syntax.Regexp {
	class := &syntax.Regexp{Op: syntax.OpCharClass}
	for i := 0; i+1 < len(bounds); i += 2 {
		for r := max(bounds[i], ' '); r <= min(bounds[i+1], '~'); r++ {
			switch last := len(class.Rune) - 1; {
			case !isPlainRune(r):
			case last > 0 && class.Rune[last] == r-1:
				class.Rune[last] = r
			default:
				class.Rune = append(class.Rune, r, r)
			}
		}
	}
	if len(class.Rune) == 0 {
		return &syntax.Regexp{Op: syntax.OpNoMatch}
	}
	return class
}
