package resource

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/truth"
)

// A Text is a text as far as it is known: literal parts and symbols, in order. A
// symbol is written in the brackets that [Symbol] puts around its name.
//
// Comparisons consider every possible value: a symbol may be any text of its domain
// (twelve digits for an account), and the same name has the same value everywhere. An
// answer other than [truth.Unknown] holds for all values.
type Text string

// Literal returns a known text: brackets of symbols in it have no meaning.
func Literal(text string) Text {
	if !strings.Contains(text, symbolOpen) && !strings.Contains(text, symbolClose) {
		return Text(text)
	}
	return Text(strings.NewReplacer(symbolOpen, "\uFFFD", symbolClose, "\uFFFD").Replace(text))
}

// IsLiteral reports whether all of a text is known.
func (t Text) IsLiteral() bool { return !strings.Contains(string(t), symbolOpen) }

// HasLiteralEnds reports whether a text begins and ends with known parts.
func (t Text) HasLiteralEnds() bool {
	return t != "" && !strings.HasPrefix(string(t), symbolOpen) && !strings.HasSuffix(string(t), symbolClose)
}

// Symbol returns the name of the symbol if the text consists of one symbol and nothing
// else.
func (t Text) Symbol() (name string, ok bool) {
	name, ok = SymbolName(string(t))
	return name, ok && string(t) == Symbol(name)
}

// IsPlaced reports whether the only unknown parts of a text are a region, an account and
// values that follow from them.
func (t Text) IsPlaced() bool {
	for _, name := range Symbols(string(t)) {
		if _, isPlace := PlaceOf(name); !isPlace {
			return false
		}
	}
	return true
}

// Words writes a text for people, a symbol in parentheses: (var.stage)-alarms.
func (t Text) Words() string {
	if t.IsLiteral() {
		return string(t)
	}
	var b strings.Builder
	for rest := string(t); rest != ""; {
		before, after, found := strings.Cut(rest, symbolOpen)
		b.WriteString(before)
		if !found {
			break
		}
		name, ok := SymbolName(symbolOpen + after)
		if !ok {
			b.WriteString(after)
			break
		}
		b.WriteString("(" + name + ")")
		_, rest, _ = strings.Cut(after, symbolClose)
	}
	return b.String()
}

// Equal compares two texts.
func (t Text) Equal(o Text) truth.Truth {
	if t == o {
		return truth.Yes
	}
	if a, b := t.tail(), o.tail(); !strings.HasSuffix(a, b) && !strings.HasSuffix(b, a) {
		return truth.No
	}
	a, b := trimCommonSuffix(trimCommonPrefix(tokensOf(string(t)), tokensOf(string(o))))
	if len(a) == 0 && len(b) == 0 {
		return truth.Yes
	}
	return mayBeEqual(a, b)
}

// tail returns what follows the last symbol.
func (t Text) tail() string {
	if i := strings.LastIndex(string(t), symbolClose); i >= 0 {
		return string(t)[i+len(symbolClose):]
	}
	return string(t)
}

// HasPrefix reports whether the text begins with another one.
func (t Text) HasPrefix(o Text) truth.Truth {
	a, b := trimCommonPrefix(tokensOf(string(t)), tokensOf(string(o)))
	if len(b) == 0 {
		return truth.Yes
	}
	return mayBeEqual(a, append(slices.Clone(b), anyText))
}

// HasSuffix reports whether the text ends with another one.
func (t Text) HasSuffix(o Text) truth.Truth {
	a, b := trimCommonSuffix(tokensOf(string(t)), tokensOf(string(o)))
	if len(b) == 0 {
		return truth.Yes
	}
	return mayBeEqual(a, append([]token{anyText}, b...))
}

// Contains reports whether another text is a part of this one.
func (t Text) Contains(o Text) truth.Truth {
	a, b := tokensOf(string(t)), tokensOf(string(o))
	for i := 0; i+len(b) <= len(a); i++ {
		if slices.Equal(a[i:i+len(b)], b) {
			return truth.Yes
		}
	}
	return mayBeEqual(a, append(append([]token{anyText}, b...), anyText))
}

// Split cuts a text at a separator in its known parts, into at most n pieces. Symbols are
// not split.
func (t Text) Split(separator byte, n int) []Text {
	var pieces []Text
	start, inside := 0, false
	for i := 0; i < len(t) && len(pieces) < n-1; i++ {
		switch rest := string(t[i:]); {
		case strings.HasPrefix(rest, symbolOpen):
			inside = true
		case strings.HasPrefix(rest, symbolClose):
			inside = false
		case !inside && t[i] == separator:
			pieces = append(pieces, t[start:i])
			start = i + 1
		}
	}
	return append(pieces, t[start:])
}
