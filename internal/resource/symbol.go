package resource

import "strings"

// The brackets of a symbol.
const (
	symbolOpen  = "\uFFF9"
	symbolClose = "\uFFFB"
)

// Symbol returns a text that represents something not known yet, alone or inside another
// text: the account of a stack, a name that AWS generates. The same name always
// represents the same thing, so texts with symbols can be compared. SymbolMark in package
// iampolicy reads the same brackets.
//
// The name of a region, account or partition ends in " of " and its provider.
func Symbol(name string) string {
	if strings.ContainsAny(name, escaped) { // which few are
		name = inside.Replace(name)
	}
	return symbolOpen + name + symbolClose
}

// Generated returns the name that AWS generates for a resource. It differs from every literal
// text.
func Generated(resource string) string { return Symbol("generated name of " + resource) }

// GeneratedFor returns the resource whose generated name a symbol is.
func GeneratedFor(symbol string) (resource string, ok bool) {
	return strings.CutPrefix(symbol, "generated name of ")
}

// inside writes a name so that it is the same text in JSON and holds no bracket;
// outside reads it back.
var (
	escaped = `%"\<>&` + symbolOpen + symbolClose
	inside  = strings.NewReplacer("%", "%25", `"`, "%22", `\`, "%5C", "<", "%3C", ">", "%3E", "&", "%26", symbolOpen, "%01", symbolClose, "%02")
	outside = strings.NewReplacer("%25", "%", "%22", `"`, "%5C", `\`, "%3C", "<", "%3E", ">", "%26", "&", "%01", symbolOpen, "%02", symbolClose)
)

// SymbolName returns the name of the symbol that a text begins with.
func SymbolName(text string) (name string, ok bool) {
	rest, ok := strings.CutPrefix(text, symbolOpen)
	if !ok {
		return "", false
	}
	if name, _, ok = strings.Cut(rest, symbolClose); strings.Contains(name, "%") {
		name = outside.Replace(name)
	}
	return name, ok
}

// Symbols returns the names of the symbols in a text.
func Symbols(text string) (names []string) {
	for {
		open := strings.Index(text, symbolOpen)
		if open < 0 {
			return names
		}
		text = text[open:]
		name, ok := SymbolName(text)
		if !ok {
			return names
		}
		names = append(names, name)
		_, text, _ = strings.Cut(text, symbolClose)
	}
}

// PlaceOf returns what a symbol represents, by its name, and whether that is part of a
// place: account, region, partition or suffix.
func PlaceOf(symbol string) (what string, ok bool) {
	what, _, ok = strings.Cut(symbol, " of ")
	if apart, _, found := strings.Cut(symbol, " for "); found && (!ok || len(apart) < len(what)) {
		what, ok = apart, true
	}
	return what, ok && (what == "account" || what == "region" || what == "partition" || what == "suffix")
}

// SymbolWords names a symbol in words.
func SymbolWords(symbol string) string {
	kind, of, isPlace := strings.Cut(symbol, " of ")
	switch {
	case isPlace:
		return "the " + kind + " of " + of
	case symbol == "terraform.workspace" || symbol == "tofu.workspace":
		return "the workspace"
	}
	return symbol
}

// ExplainMissing says in words that the value of a symbol is missing, and what would
// supply it: a flag, an environment variable, a line of code. settle is "" if only an
// apply can.
func ExplainMissing(symbol string) (what, settle string) {
	kind, of, isPlace := strings.Cut(symbol, " of ")
	if what, name, apart := strings.Cut(symbol, " for "); apart && !isPlace {
		return "the " + what + " for " + name + " is not known", ""
	}
	switch {
	case isPlace && kind == "account":
		return "the account of " + of + " is not stated", "--account ID, or allowed_account_ids in the provider block"
	case isPlace && kind == "region":
		return "the region of " + of + " is not stated", "--region NAME, or region in the provider block"
	case isPlace && (kind == "partition" || kind == "suffix"):
		return "the " + kind + " of " + of + " is not stated", "--region NAME"
	case symbol == "terraform.workspace" || symbol == "tofu.workspace":
		return "the workspace is not known", "TF_WORKSPACE=NAME"
	}
	if name, ok := strings.CutPrefix(symbol, "var."); ok {
		name, _, _ = strings.Cut(name, ".")
		return "var." + name + " has no value", "--var " + name + "=VALUE, --var-file or a default"
	}
	return symbol + " has no value", ""
}
