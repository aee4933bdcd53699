package resource

import "strings"

// Decider names a symbol in words.
func Decider(symbol string) string {
	kind, of, isPlace := strings.Cut(symbol, " of ")
	switch {
	case isPlace:
		return "the " + kind + " of " + of
	case symbol == "terraform.workspace" || symbol == "tofu.workspace":
		return "the workspace"
	}
	return symbol
}

// Lacking says of a symbol, in words, that nothing states what it stands for, and
// what would: a flag, a variable of the environment, a line of code. settle is ""
// where only an apply can.
func Lacking(symbol string) (what, settle string) {
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
