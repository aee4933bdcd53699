package filterpattern

import (
	"regexp"
	"regexp/syntax"
	"strings"
)

// A regex is a regular expression between percent signs. AWS's dialect is a
// part of RE2: no groups, no exclamation mark, nothing beyond ASCII; it
// searches, and a dot does not cross a newline (recorded).
type regex struct {
	source string // without the percent signs
	re     *regexp.Regexp
	prog   *syntax.Prog // the same, for automata
}

// maxRegexes is how many regular expressions AWS admits in one JSON or
// space-delimited pattern.
const maxRegexes = 2

const (
	regexLiterals = ":_#=@/;,- "
	regexSymbols  = `^$?[]{}|\*+.`
	regexClasses  = "dDsSwW"
)

// parseRegex reads one regular expression with its percent signs.
func parseRegex(s *scanner) (*regex, *SyntaxError) {
	start := s.pos
	s.accept("%")
	for s.peek() != '%' {
		if s.atEnd() {
			return nil, s.stray(start, "the regular expression is never closed")
		}
		if !acceptRegexRune(s) {
			return nil, s.stray(start, "AWS's regular expressions do not admit this")
		}
	}
	source := s.src[start+1 : s.pos]
	if source == "" {
		return nil, s.stray(start, "the regular expression is empty")
	}
	s.pos++
	re, err := compileRegex(source)
	if err != nil {
		why := strings.TrimPrefix(err.Error(), "error parsing regexp: ")
		return nil, &SyntaxError{Pos: start, Msg: "the regular expression does not compile: " + why, AWS: "Failed to compile regular expression."}
	}
	return re, nil
}

func compileRegex(source string) (*regex, error) {
	re, err := regexp.Compile(source)
	if err != nil {
		return nil, err
	}
	tree, err := syntax.Parse(source, syntax.Perl)
	if err != nil {
		return nil, err
	}
	prog, err := syntax.Compile(tree.Simplify())
	return &regex{source, re, prog}, err
}

// acceptRegexRune steps over one character or escape that AWS admits. Where it
// does not, the scanner stands on the offending character.
func acceptRegexRune(s *scanner) bool {
	if s.accept(`\`) {
		return s.acceptAny(regexLiterals+regexSymbols+regexClasses) || acceptHexEscape(s)
	}
	if c := s.peek(); 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' {
		s.pos++
		return true
	}
	return s.acceptAny(regexLiterals + regexSymbols)
}

func acceptHexEscape(s *scanner) bool {
	const hex = "0123456789abcdefABCDEF"
	return s.accept("x") && s.acceptAny(hex) && s.acceptAny(hex)
}

// acceptAny steps over one of the ASCII characters in set.
func (s *scanner) acceptAny(set string) bool {
	if s.atEnd() || strings.IndexByte(set, s.src[s.pos]) < 0 {
		return false
	}
	s.pos++
	return true
}

func (r *regex) match(text string) bool { return r.re.MatchString(text) }
