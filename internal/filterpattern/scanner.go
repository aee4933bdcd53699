package filterpattern

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// blanks separate tokens. Newlines count: AWS keeps deployed patterns that
// contain them (https://github.com/prowler-cloud/prowler/issues/2904).
const blanks = " \t\r\n\v\f"

var sprintf = fmt.Sprintf

// A scanner is a place in a pattern's source; end is where the trimmed pattern
// ends.
type scanner struct {
	src      string
	pos, end int
}

func newScanner(src string) (*scanner, *SyntaxError) {
	start := len(src) - len(strings.TrimLeft(src, blanks))
	s := &scanner{src: src, pos: start, end: max(start, len(strings.TrimRight(src, blanks)))}
	text := s.src[s.pos:s.end]
	if !utf8.ValidString(text) {
		return nil, &SyntaxError{Pos: start, Msg: "the pattern is not valid UTF-8"}
	}
	if n := utf8.RuneCountInString(text); n > MaxLength {
		return nil, &SyntaxError{Pos: start, Msg: sprintf("the pattern has %d characters, AWS admits %d", n, MaxLength)}
	}
	return s, nil
}

func (s *scanner) atEnd() bool  { return s.pos >= s.end }
func (s *scanner) rest() string { return s.src[s.pos:s.end] }

// peek returns the byte at the current place, 0 at the end.
func (s *scanner) peek() byte {
	if s.atEnd() {
		return 0
	}
	return s.src[s.pos]
}

// peekRune returns the character at the current place and its width.
func (s *scanner) peekRune() (rune, int) {
	if s.atEnd() {
		return 0, 0
	}
	return utf8.DecodeRuneInString(s.rest())
}

// skipBlanks reports whether there were any.
func (s *scanner) skipBlanks() bool {
	start := s.pos
	for !s.atEnd() && isBlank(s.src[s.pos]) {
		s.pos++
	}
	return s.pos > start
}

// accept steps over token if it is next.
func (s *scanner) accept(token string) bool {
	if !strings.HasPrefix(s.rest(), token) {
		return false
	}
	s.pos += len(token)
	return true
}

// take steps over the characters that satisfy ok and returns them.
func (s *scanner) take(ok func(rune) bool) string {
	start := s.pos
	for {
		r, n := s.peekRune()
		if n == 0 || !ok(r) {
			return s.src[start:s.pos]
		}
		s.pos += n
	}
}

// unexpected returns the error for a token that is not allowed here.
func (s *scanner) unexpected(want string) *SyntaxError {
	r, n := s.peekRune()
	switch {
	case n == 0:
		return &SyntaxError{Pos: s.pos, Msg: sprintf("expected %s, but the pattern ends", want), AWS: awsInvalid}
	case !isTokenRune(r):
		return s.stray(s.pos, "what contains such characters needs quotes")
	}
	return &SyntaxError{Pos: s.pos, Msg: sprintf("expected %s, got %q", want, r), AWS: awsInvalid}
}

// stray returns the error for a character that belongs to no token; the token
// started at start and breaks at the current place.
func (s *scanner) stray(start int, why string) *SyntaxError {
	r, n := s.peekRune()
	msg := why
	if n > 0 {
		msg = sprintf("%q: %s", r, why)
	}
	return &SyntaxError{Pos: s.pos, Msg: msg, AWS: awsCharacters(s.src[start : s.pos+n])}
}

// quoted reads a string in double quotes. A backslash escapes a quote or a
// backslash and is itself otherwise.
func (s *scanner) quoted() (string, *SyntaxError) {
	start := s.pos
	var b strings.Builder
	for s.pos++; !s.atEnd(); s.pos++ {
		c := s.src[s.pos]
		if c == '"' {
			s.pos++
			return b.String(), nil
		}
		if c == '\\' && s.pos+1 < s.end && strings.IndexByte(`"\`, s.src[s.pos+1]) >= 0 {
			s.pos++
			c = s.src[s.pos]
		}
		b.WriteByte(c)
	}
	return "", &SyntaxError{Pos: start, Msg: "the quote is never closed", AWS: awsCharacters(s.src[start:s.end])}
}

// quote returns the inverse of scanner.quoted. Compact quoting doubles only the
// backslashes that would otherwise escape something.
func quote(text string, compact bool) string {
	var b strings.Builder
	b.WriteByte('"')
	for i := 0; i < len(text); i++ {
		next := byte('"')
		if i+1 < len(text) {
			next = text[i+1]
		}
		escapes := !compact || next == '"' || next == '\\'
		if text[i] == '"' || text[i] == '\\' && escapes {
			b.WriteByte('\\')
		}
		b.WriteByte(text[i])
	}
	b.WriteByte('"')
	return b.String()
}

func isBlank(c byte) bool { return strings.IndexByte(blanks, c) >= 0 }
func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// isTokenRune reports whether some token of the language contains r outside of
// quotes.
func isTokenRune(r rune) bool {
	return isWordRune(r) || strings.ContainsRune(blanks+`()[]{}=!<>&|$,?+"%`, r)
}

// isNameRune admits what AWS admits in property and field names.
func isNameRune(r rune) bool {
	return r == '_' || r == '-' || isDigit(r) || unicode.IsLetter(r)
}

// isWordRune admits what AWS admits in values without quotes (the guide names
// letters, digits and underscore; dot, star and hyphen are recorded).
func isWordRune(r rune) bool {
	return r == '.' || r == '*' || isNameRune(r)
}

// A SyntaxError says where and why AWS would reject a pattern.
type SyntaxError struct {
	Pos int    // byte offset in the source
	Msg string // the problem in plain words
	AWS string // AWS's own wording, if it is known
}

// Error names the position and the problem.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("filter pattern, at byte %d: %s", e.Pos, e.Msg)
}

// awsInvalid is AWS's answer to tokens in an order it does not know
// (recorded).
const awsInvalid = "Invalid metric filter pattern"

// awsCharacters returns what AWS answers where its lexer stops: text runs from the
// start of the token to the character that does not belong (recorded).
func awsCharacters(text string) string {
	return fmt.Sprintf("Invalid character(s) in term '%s'", text)
}

// awsUnclosed returns what AWS answers to a pattern that starts with a bracket and
// does not end with its partner (recorded for braces and percent signs).
func awsUnclosed(start, end byte) string {
	return fmt.Sprintf("If a filter pattern starts with '%c' it must end with '%c'", start, end)
}
