package iampolicy

import "strings"

// Hole is one rune that stands for an unknown stretch of text, possibly empty, inside a known string: the region or
// account of an ARN that is not known yet. Two holes may stand for different texts.
const Hole = "\uFFFC"

// The brackets of a named hole.
const (
	holeOpen  = '\uFFF9'
	holeClose = '\uFFFB'
)

// NamedHole stands for an unknown stretch of text too, but wherever the name is the same so is the text: the account
// of a stack, the region of a provider. The name may not contain the runes U+FFF9 and U+FFFB.
func NamedHole(name string) string { return string(holeOpen) + name + string(holeClose) }

// Text is a string of a policy or of a request.
type Text struct {
	Text    string // may contain holes; empty if Unknown
	Unknown bool   // nothing of it is known
	Symbol  string // the address of what it is, "aws_sns_topic.t.arn": texts with one symbol are equal
}

// Known is a text that is known, apart from holes.
func Known(text string) Text { return Text{Text: text} }

// Symbolic is a text of which only the origin is known.
func Symbolic(symbol string) Text { return Text{Unknown: true, Symbol: symbol} }

// Texts is a list of known texts.
func Texts(known ...string) []Text {
	out := make([]Text, len(known))
	for i, text := range known {
		out[i] = Known(text)
	}
	return out
}

// String is the text for people, with holes as "…".
func (t Text) String() string {
	switch {
	case t.Unknown && t.Symbol != "":
		return t.Symbol
	case t.Unknown:
		return "(unknown)"
	}
	var b strings.Builder
	for _, e := range elements(t.Text, false) {
		if e.kind == hole {
			b.WriteString("…")
			continue
		}
		b.WriteRune(e.char)
	}
	return b.String()
}

// element is one step of a string: a character, a wildcard or a hole.
type element struct {
	kind kind
	char rune   // of a character
	name string // of a named hole
}

type kind byte

const (
	character kind = iota
	hole
	anyRun  // * in a pattern
	anyChar // ? in a pattern
)

// elements splits a string; in patterns * and ? are wildcards.
func elements(text string, pattern bool) []element {
	out := make([]element, 0, len(text))
	runes := []rune(text)
	for i := 0; i < len(runes); i++ {
		switch c := runes[i]; {
		case string(c) == Hole:
			out = append(out, element{kind: hole})
		case c == holeOpen:
			end := i + 1
			for end < len(runes) && runes[end] != holeClose {
				end++
			}
			out = append(out, element{kind: hole, name: string(runes[i+1 : end])})
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
