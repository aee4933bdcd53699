package filterpattern

import (
	"bytes"
	"strings"
	"unicode"
)

// terms is a pattern of words and phrases: case-sensitive substrings of the
// raw message.
type terms []term

// A term is one word or phrase with its sign.
type term struct {
	sign byte // '-' excludes, '?' is one alternative of several, 0 demands
	text string
}

// parseTerms reads words and phrases. A sign inside a word starts a new term
// (recorded: a-b is a without b); a phrase needs a blank on both sides.
func parseTerms(s *scanner) (body, *SyntaxError) {
	var ts terms
	for apart := true; !s.atEnd(); apart = s.skipBlanks() {
		t, err := parseTerm(s, apart)
		if err != nil {
			return nil, err
		}
		ts = append(ts, t)
	}
	return ts, nil
}

func parseTerm(s *scanner, apart bool) (t term, err *SyntaxError) {
	start := s.pos
	if s.acceptAny("-?") {
		t.sign = s.src[start]
	}
	next, n := s.peekRune()
	switch joined := !apart && (t.sign == 0 || s.src[start-1] == '"'); {
	case n > 0 && !isTermRune(next) && strings.IndexByte(blanks+`"-?`, s.src[s.pos]) < 0:
		return t, s.stray(s.pos, "a term with such characters needs quotes")
	case joined:
		return t, s.unexpected("a blank")
	case next == '"':
		t.text, err = parsePhrase(s)
		return t, err
	}
	if t.text = s.take(isTermRune); t.text == "" {
		return t, s.unexpected("a term")
	}
	return t, nil
}

func parsePhrase(s *scanner) (string, *SyntaxError) {
	pos := s.pos
	text, err := s.quoted()
	if err == nil && text == "" {
		err = &SyntaxError{Pos: pos, Msg: "a phrase needs at least one character", AWS: awsCharacters(`""`)}
	}
	return text, err
}

// isTermRune admits what AWS admits in bare terms (recorded).
func isTermRune(r rune) bool {
	return r == '_' || r == '.' || unicode.IsLetter(r) || isDigit(r)
}

func (terms) kind() Kind { return Terms }

// match follows the recordings: alternatives count only where every term is
// one. A demanded or excluded term makes AWS ignore them without an error.
func (ts terms) match(m *Message) bool {
	message := m.text()
	found := false
	for _, t := range ts {
		contains := bytes.Contains(message, []byte(t.text))
		switch t.sign {
		case 0:
			if !contains {
				return false
			}
		case '-':
			if contains {
				return false
			}
		case '?':
			found = found || contains
		}
	}
	return found || !ts.alternatives()
}

// alternatives reports whether every term is a ? term.
func (ts terms) alternatives() bool {
	for _, t := range ts {
		if t.sign != '?' {
			return false
		}
	}
	return true
}

func (ts terms) print(compact bool) string {
	var b strings.Builder
	for i, t := range ts {
		bare := strings.IndexFunc(t.text, func(r rune) bool { return !isTermRune(r) }) < 0
		joined := compact && t.sign != 0 && !strings.HasSuffix(b.String(), `"`)
		if i > 0 && !joined {
			b.WriteByte(' ')
		}
		if t.sign != 0 {
			b.WriteByte(t.sign)
		}
		if bare {
			b.WriteString(t.text)
		} else {
			b.WriteString(quote(t.text, compact))
		}
	}
	return b.String()
}
