package filterpattern

import (
	"bytes"
	"strings"
	"unicode"
)

// A TermList is a pattern of words and phrases: case-sensitive substrings of the
// raw message.
type TermList []Term

// A Term is one word or phrase with its sign.
type Term struct {
	Sign byte // '-' excludes, '?' is one alternative of several, 0 demands
	Text string
}

// parseTerms reads words and phrases. A sign inside a word starts a new term
// (recorded: a-b is a without b); a phrase needs a blank on both sides.
func parseTerms(s *scanner) (Body, *SyntaxError) {
	var ts TermList
	for apart := true; !s.atEnd(); apart = s.skipBlanks() {
		t, err := parseTerm(s, apart)
		if err != nil {
			return nil, err
		}
		ts = append(ts, t)
	}
	return ts, nil
}

func parseTerm(s *scanner, apart bool) (t Term, err *SyntaxError) {
	start := s.pos
	if s.acceptAny("-?") {
		t.Sign = s.src[start]
	}
	next, n := s.peekRune()
	switch joined := !apart && (t.Sign == 0 || s.src[start-1] == '"'); {
	case n > 0 && !isTermRune(next) && strings.IndexByte(blanks+`"-?`, s.src[s.pos]) < 0:
		return t, s.stray(s.pos, "a term with such characters needs quotes")
	case joined:
		return t, s.unexpected("a blank")
	case next == '"':
		t.Text, err = parsePhrase(s)
		return t, err
	}
	if t.Text = s.take(isTermRune); t.Text == "" {
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

func (TermList) kind() Kind { return Terms }

// match follows the recordings: alternatives count only where every term is
// one. A demanded or excluded term makes AWS ignore them without an error.
func (ts TermList) match(m *Message) bool {
	message := m.text()
	found := false
	for _, t := range ts {
		contains := bytes.Contains(message, []byte(t.Text))
		switch t.Sign {
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
	return found || !ts.Alternatives()
}

// Alternatives reports whether every term is a ? term.
func (ts TermList) Alternatives() bool {
	for _, t := range ts {
		if t.Sign != '?' {
			return false
		}
	}
	return true
}

func (ts TermList) print(compact bool) string {
	var b strings.Builder
	for i, t := range ts {
		bare := strings.IndexFunc(t.Text, func(r rune) bool { return !isTermRune(r) }) < 0
		joined := compact && t.Sign != 0 && !strings.HasSuffix(b.String(), `"`)
		if i > 0 && !joined {
			b.WriteByte(' ')
		}
		if t.Sign != 0 {
			b.WriteByte(t.Sign)
		}
		if bare {
			b.WriteString(t.Text)
		} else {
			b.WriteString(quote(t.Text, compact))
		}
	}
	return b.String()
}
