package filterpattern

import "strings"

// A Literal is the value that a condition compares with.
type Literal struct {
	Kind   LiteralKind
	Text   string  // the text with its wildcards, the number as written, the regular expression without its %
	Number Decimal // of a NumberLiteral
	Regexp *Regexp // of a RegexpLiteral
	glob   glob    // of a TextLiteral
}

// LiteralKind says how a literal compares.
type LiteralKind uint8

// The kinds of literals.
const (
	TextLiteral   LiteralKind = iota // equals a text, a star in it any
	NumberLiteral                    // equals a number of that value, or the text as it is spelled
	RegexpLiteral                    // is found in a text
)

// parseLiteral reads a quoted text, a regular expression, a number or a word.
func parseLiteral(s *scanner) (*Literal, *SyntaxError) {
	switch c := s.peek(); {
	case c == '"':
		text, err := s.quoted()
		if err != nil {
			return nil, err
		}
		return NewText(text), nil
	case c == '%':
		re, err := parseRegexp(s)
		if err != nil {
			return nil, err
		}
		return &Literal{Kind: RegexpLiteral, Text: re.Source, Regexp: re}, nil
	}
	return parseWord(s)
}

// NewText returns the literal of a text, in which a star is any text.
func NewText(text string) *Literal {
	return &Literal{Kind: TextLiteral, Text: text, glob: newGlob(text)}
}

// NewRegexp returns the literal of a regular expression of Go's, of which AWS's are a
// part.
func NewRegexp(source string) (*Literal, error) {
	re, err := compileRegexp(source)
	if err != nil {
		return nil, err
	}
	return &Literal{Kind: RegexpLiteral, Text: source, Regexp: re}, nil
}

// parseWord reads a value without quotes: a number if it reads as one.
func parseWord(s *scanner) (*Literal, *SyntaxError) {
	pos := s.pos
	if n := numberPrefix(s.rest()); n > 0 {
		after := scanner{src: s.src, pos: s.pos + n, end: s.end}
		if r, _ := after.peekRune(); !isWordRune(r) {
			s.pos += n
			return newNumberLiteral(s.src[pos:s.pos], pos)
		}
	}
	word := s.take(isWordRune)
	switch {
	case word == "":
		return nil, s.unexpected("a value")
	case strings.EqualFold(word, "null"):
		return nil, &SyntaxError{Pos: pos, Msg: "nothing compares with null; the test is IS NULL", AWS: awsInvalid}
	}
	return NewText(word), nil
}

func newNumberLiteral(text string, pos int) (*Literal, *SyntaxError) {
	d, ok := parseLiteralDecimal(text)
	if !ok {
		return nil, &SyntaxError{Pos: pos, Msg: "the exponent is beyond 32 bits", AWS: awsInvalid}
	}
	return &Literal{Kind: NumberLiteral, Text: text, Number: d}, nil
}

// print returns the literal as a pattern spells it.
func (l *Literal) print(compact bool) string {
	switch l.Kind {
	case NumberLiteral:
		return l.Text
	case RegexpLiteral:
		return "%" + l.Text + "%"
	}
	if compact && isWord(l.Text) {
		return l.Text
	}
	return quote(l.Text, compact)
}

// Key identifies the literal: literals with one key match alike.
func (l *Literal) Key() string { return l.print(true) }

// Parts returns what lies between the stars of a text: one part if it has none.
func (l *Literal) Parts() []string { return l.glob.parts }

// IsExact reports whether the literal matches a single text, its own.
func (l *Literal) IsExact() bool {
	return l.Kind == NumberLiteral || l.Kind == TextLiteral && len(l.glob.parts) == 1
}

// isWord reports whether text keeps its meaning without quotes.
func isWord(text string) bool {
	return text != "" && !strings.EqualFold(text, "null") &&
		numberPrefix(text) != len(text) &&
		strings.IndexFunc(text, func(r rune) bool { return !isWordRune(r) }) < 0
}

// Matches reports whether the literal equals a string of the event: text
// with wildcards, a number by its spelling (recorded: = 1 matches "1", not
// "01"), a regular expression by search.
func (l *Literal) Matches(text string) bool {
	switch l.Kind {
	case TextLiteral:
		return l.glob.match(text)
	case RegexpLiteral:
		return l.Regexp.match(text)
	}
	return l.Text == text
}

// A glob is a text in which each star matches any text, newlines included.
// There is no other wildcard and no escape for a star.
type glob struct {
	parts []string // what lies between the stars
}

func newGlob(text string) glob { return glob{strings.Split(text, "*")} }

// match reports whether the whole text fits. Taking each part at its first
// place is enough, since a star absorbs whatever lies between.
func (g glob) match(text string) bool {
	first, rest := g.parts[0], g.parts[1:]
	if len(rest) == 0 {
		return text == first
	}
	if !strings.HasPrefix(text, first) {
		return false
	}
	text = text[len(first):]
	for _, part := range rest[:len(rest)-1] {
		i := strings.Index(text, part)
		if i < 0 {
			return false
		}
		text = text[i+len(part):]
	}
	return strings.HasSuffix(text, rest[len(rest)-1])
}
