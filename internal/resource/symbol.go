package resource

import "strings"

// The brackets of a symbol.
const (
	symbolOpen  = "\uFFF9"
	symbolClose = "\uFFFB"
)

// Symbol is a text that stands, alone or inside another one, for what is not
// known yet: the account of a stack, the name that AWS generates. Wherever the
// name is the same so is what it stands for, so texts made with it can be
// compared. It is the named hole of package iampolicy.
//
// The name of a region, account or partition ends in " of " and its provider.
func Symbol(name string) string { return symbolOpen + name + symbolClose }

// SymbolName returns the name of the symbol that a text begins with.
func SymbolName(text string) (name string, ok bool) {
	rest, ok := strings.CutPrefix(text, symbolOpen)
	if !ok {
		return "", false
	}
	name, _, ok = strings.Cut(rest, symbolClose)
	return name, ok
}

// Symbols returns the names of the symbols in a text.
func Symbols(text string) (names []string) {
	for {
		open := strings.Index(text, symbolOpen)
		if open < 0 {
			return names
		}
		name, ok := SymbolName(text[open:])
		if !ok {
			return names
		}
		names = append(names, name)
		text = text[open+len(symbolOpen)+len(name)+len(symbolClose):]
	}
}
