package filterpattern

import "strings"

// A literal is what a condition compares with.
type literal struct {
	kind   literalKind
	text   string  // the text with its wildcards, the number as written, the regular expression without its %
	glob   glob    // for textLiteral
	number decimal // for numberLiteral
	regex  *regex  // for regexLiteral
}

type literalKind uint8

const (
	textLiteral literalKind = iota
	numberLiteral
	regexLiteral
)

// parseLiteral reads a quoted text, a regular expression, a number or a word.
func parseLiteral(s *scanner) (*literal, *SyntaxError) {
	switch c := s.peek(); {
	case c == '"':
		text, err := s.quoted()
		if err != nil {
			return nil, err
		}
		return newText(text), nil
	case c == '%':
		re, err := parseRegex(s)
		if err != nil {
			return nil, err
		}
		return &literal{kind: regexLiteral, text: re.source, regex: re}, nil
	}
	return parseWord(s)
}

func newText(text string) *literal {
	return &literal{kind: textLiteral, text: text, glob: newGlob(text)}
}

// parseWord reads a value without quotes: a number if it reads as one.
func parseWord(s *scanner) (*literal, *SyntaxError) {
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
	return newText(word), nil
}

func newNumberLiteral(text string, pos int) (*literal, *SyntaxError) {
	d, ok := parseLiteralDecimal(text)
	if !ok {
		return nil, &SyntaxError{Pos: pos, Msg: "the exponent is beyond 32 bits", AWS: awsInvalid}
	}
	return &literal{kind: numberLiteral, text: text, number: d}, nil
}

// print returns the literal as a pattern spells it.
func (l *literal) print(compact bool) string {
	switch l.kind {
	case numberLiteral:
		return l.text
	case regexLiteral:
		return "%" + l.text + "%"
	}
	if compact && isWord(l.text) {
		return l.text
	}
	return quote(l.text, compact)
}

// isWord reports whether text keeps its meaning without quotes.
func isWord(text string) bool {
	return text != "" && !strings.EqualFold(text, "null") &&
		numberPrefix(text) != len(text) &&
		strings.IndexFunc(text, func(r rune) bool { return !isWordRune(r) }) < 0
}

// matchesText reports whether the literal equals a string of the event: text
// with wildcards, a number by its spelling (recorded: = 1 matches "1", not
// "01"), a regular expression by search.
func (l *literal) matchesText(text string) bool {
	switch l.kind {
	case textLiteral:
		return l.glob.match(text)
	case regexLiteral:
		return l.regex.match(text)
	}
	return l.text == text
}

// matchesNumber decides = and != against a number of the event. Texts compare
// with the number's own print, numbers by value; a number beyond the range of
// doubles has no value, so that neither = nor != holds (recorded).
func (l *literal) matchesNumber(op operator, n number) bool {
	if l.kind != numberLiteral {
		return l.matchesText(n.print()) == (op == equal)
	}
	return n.finite && op.admits(n.value.cmp(l.number))
}
