package query

import (
	"fmt"
	"regexp/syntax"
	"strings"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// portable writes the regular expression of a condition with what RE2 (DuckDB, Go) and
// Java's dialect (Athena, Logs Insights) read alike: classes and characters by their
// numbers, [^\n] for the dot, \z for the end. The classes of Java's \s and \w, its dot and
// its $ differ from RE2's, and [ means something else in a class of Java's.
func portable(c *filterpattern.Condition) (string, error) {
	tree, err := syntax.Parse(c.Value.Text, syntax.Perl)
	if err != nil {
		return "", cannot(c, "%v", err)
	}
	var b strings.Builder
	if !writeRegexp(&b, tree) {
		return "", cannot(c, "the regular expression has a part that the engines read differently")
	}
	return b.String(), nil
}

// writeRegexp writes a tree; it returns false for what is not known here.
func writeRegexp(b *strings.Builder, re *syntax.Regexp) bool {
	group := func() bool {
		b.WriteString("(?:")
		ok := writeRegexp(b, re.Sub[0])
		b.WriteString(")")
		return ok
	}
	switch re.Op {
	case syntax.OpEmptyMatch:
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase != 0 {
			return false
		}
		for _, r := range re.Rune {
			b.WriteString(portableRune(r))
		}
	case syntax.OpCharClass:
		b.WriteString(portableClass(re.Rune))
	case syntax.OpAnyCharNotNL:
		b.WriteString(`[^\n]`)
	case syntax.OpAnyChar: // of an alternation that has the rest
		b.WriteString(anyRune)
	case syntax.OpBeginText:
		b.WriteString("^")
	case syntax.OpEndText:
		b.WriteString(`\z`)
	case syntax.OpStar, syntax.OpPlus, syntax.OpQuest, syntax.OpRepeat:
		if !group() {
			return false
		}
		b.WriteString(quantifier(re))
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			if !writeRegexp(b, sub) {
				return false
			}
		}
	case syntax.OpAlternate:
		b.WriteString("(?:")
		for i, sub := range re.Sub {
			if i > 0 {
				b.WriteString("|")
			}
			if !writeRegexp(b, sub) {
				return false
			}
		}
		b.WriteString(")")
	case syntax.OpNoMatch:
		b.WriteString(`\z[a]`)
	default:
		return false
	}
	return true
}

const anyRune = `(?:[^a]|a)`

// quantifier is greedy or not alike: it is asked whether there is a match, not which.
func quantifier(re *syntax.Regexp) string {
	switch {
	case re.Op == syntax.OpStar:
		return "*"
	case re.Op == syntax.OpPlus:
		return "+"
	case re.Op == syntax.OpQuest:
		return "?"
	case re.Max < 0:
		return fmt.Sprintf("{%d,}", re.Min)
	case re.Max == re.Min:
		return fmt.Sprintf("{%d}", re.Min)
	}
	return fmt.Sprintf("{%d,%d}", re.Min, re.Max)
}

// portableClass writes a class of ranges. AWS's patterns are of ASCII, so that a class
// with the last rune is one of all others.
func portableClass(ranges []rune) string {
	const last = '\U0010FFFF'
	open := "["
	if n := len(ranges); n > 0 && ranges[n-1] == last {
		open, ranges = "[^", complement(ranges)
	}
	if len(ranges) == 0 {
		if open == "[^" {
			return anyRune
		}
		return `\z[a]` // none
	}
	text := open
	for i := 0; i < len(ranges); i += 2 {
		text += portableRune(ranges[i])
		if ranges[i+1] > ranges[i] {
			text += "-" + portableRune(ranges[i+1])
		}
	}
	return text + "]"
}

// complement returns the runes that sorted ranges leave out below their last one.
func complement(ranges []rune) (out []rune) {
	next := rune(0)
	for i := 0; i < len(ranges); i += 2 {
		if ranges[i] > next {
			out = append(out, next, ranges[i]-1)
		}
		next = ranges[i+1] + 1
	}
	return out
}

func portableRune(r rune) string {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == ' ', r == '_':
		return string(r)
	case r < 0x100:
		return fmt.Sprintf(`\x%02x`, r)
	}
	return fmt.Sprintf(`\x{%x}`, r)
}
