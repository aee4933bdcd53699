package filterpattern

import (
	"strings"
	"unicode/utf8"
)

// MaxLength is the number of characters that AWS admits in a pattern
// (API_PutMetricFilter).
const MaxLength = 1024

// Kind says which of the five pattern languages a pattern is written in. The
// first character decides.
type Kind uint8

// The pattern languages.
const (
	JSON           Kind = iota // { $.errorCode = "AccessDenied*" }
	SpaceDelimited             // [ip, user, ..., status = 4*]
	Terms                      // ERROR -timeout
	Regex                      // %colou?r%
	Everything                 // the empty pattern
)

var kindNames = [...]string{"JSON", "space-delimited", "terms", "regular expression", "everything"}

// String returns the kind's name in plain words.
func (k Kind) String() string {
	if int(k) >= len(kindNames) {
		return "unknown"
	}
	return kindNames[k]
}

// A Pattern is a parsed filter pattern. It is immutable and safe for
// concurrent use.
type Pattern struct {
	body body
}

// A body is the syntax tree of one kind of pattern. The interface is sealed:
// document, line, terms, search and everything are all there are.
type body interface {
	kind() Kind
	match(m *Message) bool
	print(compact bool) string
	explain(*outline)
}

// Parse reads a pattern of any kind. Blanks at both ends do not count, as the
// Terraform provider trims them before sending. An error is a *[SyntaxError].
func Parse(src string) (*Pattern, error) {
	s, err := newScanner(src)
	if err != nil {
		return nil, err
	}
	b, err := parseBody(s)
	if err != nil {
		return nil, err
	}
	return &Pattern{b}, nil
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

func parseBody(s *scanner) (body, *SyntaxError) {
	if s.atEnd() {
		return everything{}, nil
	}
	switch start := s.src[s.pos]; start {
	case '{':
		return parseBracketed(s, '{', '}', parseDocument)
	case '[':
		return parseBracketed(s, '[', ']', parseLine)
	case '%':
		return parseBracketed(s, '%', '%', parseSearch)
	}
	return parseTerms(s)
}

// parseBracketed checks the last character before anything else, as AWS does
// (recorded), and hands what lies between the brackets to parse.
func parseBracketed(s *scanner, first, last byte, parse func(*scanner) (body, *SyntaxError)) (body, *SyntaxError) {
	if s.end-s.pos < 2 || s.src[s.end-1] != last {
		return nil, &SyntaxError{
			Pos: s.end,
			Msg: sprintf("a pattern that starts with %c must end with %c", first, last),
			AWS: awsUnclosed(first, last),
		}
	}
	return parse(s)
}

// Kind returns the language that the pattern is written in.
func (p *Pattern) Kind() Kind { return p.body.kind() }

// String returns the pattern in canonical form: as few parentheses as
// precedence admits and quoted values. Where that would exceed [MaxLength],
// blanks and quotes are left out. Parsing the result gives an equivalent
// pattern with the same canonical form; only what [Pattern.Without] returns
// may have no spelling in AWS's language.
func (p *Pattern) String() string {
	if s := p.body.print(false); utf8.RuneCountInString(s) <= MaxLength {
		return s
	}
	return p.body.print(true)
}

// Match reports whether AWS would match a raw log message.
func (p *Pattern) Match(message []byte) bool { return p.body.match(NewMessage(message)) }

// MatchMessage reports the same of a message that is asked about again.
func (p *Pattern) MatchMessage(m *Message) bool { return p.body.match(m) }

// everything is the empty pattern.
type everything struct{}

func (everything) kind() Kind          { return Everything }
func (everything) match(*Message) bool { return true }
func (everything) print(bool) string   { return "" }
func (everything) explain(o *outline)  { o.say("every event matches") }
