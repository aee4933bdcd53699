package iampolicy

import "strings"

// UnknownMark is one rune that represents an unknown part of a known string, possibly empty: the region or account of
// an ARN that is not known yet. Two marks may represent different texts.
const UnknownMark = "\uFFFC"

// The brackets of a symbol.
const (
	symbolOpen  = '\uFFF9'
	symbolClose = '\uFFFB'
)

// SymbolMark represents an unknown part, too, but equal names represent equal texts: the account
// of a stack, the region of a provider. The name may not contain the runes U+FFF9 and U+FFFB.
func SymbolMark(name string) string { return string(symbolOpen) + name + string(symbolClose) }

// Text is a string of a policy or of a request.
type Text struct {
	Text    string // may contain unknown parts; empty if Unknown
	Unknown bool   // nothing of it is known
	Symbol  string // the address of what it is, "aws_sns_topic.t.arn": texts with one symbol are equal
}

// Known returns a text that is known, apart from unknown parts.
func Known(text string) Text { return Text{Text: text} }

// Symbolic returns a text of which only the origin is known.
func Symbolic(symbol string) Text { return Text{Unknown: true, Symbol: symbol} }

// Texts returns a list of known texts.
func Texts(known ...string) []Text {
	out := make([]Text, len(known))
	for i, text := range known {
		out[i] = Known(text)
	}
	return out
}

// String returns the text for people, with unknown parts as "…".
func (t Text) String() string {
	switch {
	case t.Unknown && t.Symbol != "":
		return t.Symbol
	case t.Unknown:
		return "(unknown)"
	}
	var b strings.Builder
	for _, e := range elements(t.Text, false) {
		if e.kind == unknownPart {
			b.WriteString("…")
			continue
		}
		b.WriteRune(e.char)
	}
	return b.String()
}

// element is one step of a string: a character, a wildcard or an unknown part.
type element struct {
	kind kind
	char rune   // of a character
	name string // of a symbol
}

type kind byte

const (
	character kind = iota
	unknownPart
	anyRun  // * in a pattern
	anyChar // ? in a pattern
)

// elements splits a string; in patterns * and ? are wildcards.
func elements(text string, pattern bool) []element {
	out := make([]element, 0, len(text))
	runes := []rune(text)
	for i := 0; i < len(runes); i++ {
		switch c := runes[i]; {
		case string(c) == UnknownMark:
			out = append(out, element{kind: unknownPart})
		case c == symbolOpen:
			end := i + 1
			for end < len(runes) && runes[end] != symbolClose {
				end++
			}
			out = append(out, element{kind: unknownPart, name: string(runes[i+1 : end])})
			i = end
		case pattern && c == '*':
			out = append(out, element{kind: anyRun})
		case pattern && c == '?':
			out = append(out, element{kind: anyChar})
		default:
			out = append(out, element{kind: character, char: c})
		}
	}
	return out
}
