package alarmrule

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// SyntaxError is a rule that does not parse, and where.
type SyntaxError struct {
	Offset  int // in bytes
	Column  int // in characters, from 1
	Message string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("alarm rule, character %d: %s", e.Column, e.Message)
}

// parser is a recursive descent; after an error it only falls through.
type parser struct {
	text string
	at   int
	refs []Ref
	open bool
	err  error
}

func (p *parser) fail(at int, format string, args ...any) {
	if p.err == nil {
		p.err = &SyntaxError{Offset: at, Column: 1 + utf8.RuneCountInString(p.text[:at]), Message: fmt.Sprintf(format, args...)}
	}
}

func (p *parser) skipBlanks() {
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
}

// keyword takes a word in any letter case, if it is a whole word.
func (p *parser) keyword(word string) bool {
	p.skipBlanks()
	end := p.at + len(word)
	if p.err != nil || end > len(p.text) || !strings.EqualFold(p.text[p.at:end], word) || wordGoesOn(p.text, end) {
		return false
	}
	p.at = end
	return true
}

func wordGoesOn(text string, at int) bool {
	if at >= len(text) {
		return false
	}
	c := text[at]
	return c == '_' || c == '-' || c >= utf8.RuneSelf ||
		'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// accept takes a text and the blanks before it, if it is next.
func (p *parser) accept(text string) bool {
	p.skipBlanks()
	if p.err != nil || !strings.HasPrefix(p.text[p.at:], text) {
		return false
	}
	p.at += len(text)
	return true
}

// expect is accept where nothing else may follow.
func (p *parser) expect(text string) {
	if !p.accept(text) {
		p.fail(p.at, "expected %q, not %s", text, p.here())
	}
}

// here quotes the word at the current place, for error messages.
func (p *parser) here() string {
	rest := p.text[p.at:]
	if rest == "" {
		return "the end of the rule"
	}
	if end := strings.IndexAny(rest[1:], " \t\r\n(),"); end >= 0 {
		rest = rest[:end+1]
	}
	if runes := []rune(rest); len(runes) > 40 {
		rest = string(runes[:40]) + "…"
	}
	return strconv.Quote(rest)
}
