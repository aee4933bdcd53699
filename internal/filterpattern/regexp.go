package filterpattern

import (
	"regexp"
	"regexp/syntax"
	"strings"
)

// A Regexp is a regular expression between percent signs. AWS's dialect is a
// part of RE2: no groups, no exclamation mark, nothing beyond ASCII; it
// searches, and a dot does not cross a newline (recorded).
type Regexp struct {
	Source string // without the percent signs
	re     *regexp.Regexp
	Prog   *syntax.Prog // the same, for automata
}

// maxRegexps is how many regular expressions AWS admits in one JSON or
// space-delimited pattern.
const maxRegexps = 2

const (
	regexpLiterals = ":_#=@/;,- "
	regexpSymbols  = `^$?[]{}|\*+.`
	regexpClasses  = "dDsSwW"
)

// parseRegexp reads one regular expression with its percent signs.
func parseRegexp(s *scanner) (*Regexp, *SyntaxError) {
	start := s.pos
	s.accept("%")
	for s.peek() != '%' {
		if s.atEnd() {
			return nil, s.stray(start, "the regular expression is never closed")
		}
		if !acceptRegexpRune(s) {
			return nil, s.stray(start, "AWS's regular expressions do not admit this")
		}
	}
	source := s.src[start+1 : s.pos]
	if source == "" {
		return nil, s.stray(start, "the regular expression is empty")
	}
	s.pos++
	re, err := compileRegexp(source)
	if err != nil {
		why := strings.TrimPrefix(err.Error(), "error parsing regexp: ")
		return nil, &SyntaxError{Pos: start, Msg: "the regular expression does not compile: " + why, AWS: "Failed to compile regular expression."}
	}
	return re, nil
}

func compileRegexp(source string) (*Regexp, error) {
	re, err := regexp.Compile(source)
	if err != nil {
		return nil, err
	}
	tree, err := syntax.Parse(source, syntax.Perl)
	if err != nil {
		return nil, err
	}
	prog, err := syntax.Compile(tree.Simplify())
	return &Regexp{source, re, prog}, err
}

// acceptRegexpRune steps over one character or escape that AWS admits. Where it
// does not, the scanner is at the offending character.
func acceptRegexpRune(s *scanner) bool {
	if s.accept(`\`) {
		return s.acceptAny(regexpLiterals+regexpSymbols+regexpClasses) || acceptHexEscape(s)
	}
	if c := s.peek(); 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' {
		s.pos++
		return true
	}
	return s.acceptAny(regexpLiterals + regexpSymbols)
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

func (r *Regexp) match(text string) bool { return r.re.MatchString(text) }

// A Search is a pattern that is one regular expression over the raw message.
type Search struct{ *Regexp }

// parseSearch reads the regular expression; AWS admits nothing beside it.
func parseSearch(s *scanner) (Body, *SyntaxError) {
	re, err := parseRegexp(s)
	if err != nil {
		return nil, err
	}
	if !s.atEnd() {
		return nil, s.stray(s.pos, "a regular expression must be the whole pattern")
	}
	return Search{re}, nil
}

func (Search) kind() Kind              { return Regex }
func (p Search) match(m *Message) bool { return p.re.Match(m.text()) }
func (p Search) print(bool) string     { return "%" + p.Source + "%" }
