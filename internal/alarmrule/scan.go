package alarmrule

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

func (p *parser) blanks() {
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
}

// keyword takes a word in any letter case, if it is a whole word.
func (p *parser) keyword(word string) bool {
	p.blanks()
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

func (p *parser) symbol(text string) bool {
	p.blanks()
	if p.err != nil || !strings.HasPrefix(p.text[p.at:], text) {
		return false
	}
	p.at += len(text)
	return true
}

func (p *parser) expect(text string) {
	if !p.symbol(text) {
		p.fail(p.at, "expected %q, not %s", text, p.here())
	}
}

// here names what stands at the current place, for error messages.
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

// The brackets of what stands for a text that is not known yet; they are those of resource.Symbol.
const (
	symbolOpen  = "\uFFF9"
	symbolClose = "\uFFFB"
)

// placeholder is the end of the symbol that starts at the given place, or that place. An opening bracket that is never
// closed is a character like others.
func placeholder(text string, at int) int {
	rest, ok := strings.CutPrefix(text[at:], symbolOpen)
	if !ok {
		return at
	}
	name, _, ok := strings.Cut(rest, symbolClose)
	if !ok || strings.Contains(name, symbolOpen) {
		return at
	}
	return at + len(symbolOpen) + len(name) + len(symbolClose)
}
