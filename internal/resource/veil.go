package resource

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"unicode"
)

// Hidden replaces a sensitive value.
const Hidden = "(sensitive)"

// MinSecret and minQuoted are the lengths from which a sensitive text is hidden inside
// other texts: MinSecret in texts of the input, minQuoted in iacgate's own, short
// messages. Shorter ones would hide too much.
const (
	MinSecret = 8
	minQuoted = 3
)

// A Veil removes sensitive texts from other texts. The zero Veil hides nothing.
type Veil struct {
	long  *strings.Replacer // hides them wherever they occur; nil for none
	short *strings.Replacer // hides those that are more than words
	words map[string]bool   // short ones that are: they are hidden as whole words
	whole map[string]bool   // all of them
}

// NewVeil hides these texts.
func NewVeil(secrets []string) Veil {
	v := Veil{whole: make(map[string]bool, len(secrets)), words: map[string]bool{}}
	var long, short []string
	for _, s := range secrets {
		switch {
		case s == "" || s == Hidden || v.whole[s]:
			continue
		case len(s) >= MinSecret:
			long = append(long, s)
			long = append(long, escapes(s)...)
		case !isDistinctive(s):
		case isWord(s):
			v.words[s] = true
		default:
			short = append(short, s)
		}
		v.whole[s] = true
	}
	v.long, v.short = replacer(long), replacer(short)
	return v
}

// replacer replaces the longest first, so that no part of one is left when another
// is cut.
func replacer(texts []string) *strings.Replacer {
	if len(texts) == 0 {
		return nil
	}
	slices.SortFunc(texts, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	pairs := make([]string, 0, 2*len(texts))
	for _, s := range slices.Compact(texts) {
		pairs = append(pairs, s, Hidden)
	}
	return strings.NewReplacer(pairs...)
}

// escapes returns the ways in which JSON inside a text writes a text, where they differ
// from it: Terraform's jsonencode and Go write < > & by their numbers.
func escapes(s string) []string {
	if !strings.ContainsFunc(s, func(r rune) bool {
		return r < ' ' || r == '"' || r == '\\' || r == '<' || r == '>' || r == '&' || r == '\u2028' || r == '\u2029'
	}) {
		return nil
	}
	var ways []string
	for _, html := range []bool{true, false} {
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(html)
		if enc.Encode(s) == nil {
			ways = append(ways, strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(b.String()), `"`), `"`))
		}
	}
	return ways
}

// isWord reports whether a text consists only of letters or only of digits, and so may be
// part of ordinary words.
func isWord(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) < 0 ||
		strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
}

// HidesNothing reports whether there is nothing to hide.
func (v Veil) HidesNothing() bool { return len(v.whole) == 0 }

// IsSecret reports whether a whole text is sensitive and is hidden in iacgate's own
// messages.
func (v Veil) IsSecret(s string) bool { return v.whole[s] && isDistinctive(s) }

// isDistinctive reports whether a text is long enough, and not a common word, so that an
// equal text is probably the secret.
func isDistinctive(s string) bool {
	return len(s) >= minQuoted && s != "true" && s != "false" && s != "null"
}

// Text returns a text of the input without sensitive parts.
func (v Veil) Text(s string) string {
	if v.long == nil {
		return s
	}
	return v.long.Replace(s)
}

// Message returns a message of iacgate without sensitive parts; it hides shorter texts,
// too.
func (v Veil) Message(s string) string {
	s = v.Text(s)
	if v.short != nil {
		s = v.short.Replace(s)
	}
	if len(v.words) == 0 {
		return s
	}
	var b strings.Builder
	for s != "" {
		word := s
		if end := strings.IndexFunc(s, func(r rune) bool { return !isLetterOrDigit(r) }); end >= 0 {
			word = s[:end]
		}
		rest := s[len(word):]
		if v.words[word] {
			word = Hidden
		}
		next := strings.IndexFunc(rest, isLetterOrDigit)
		if next < 0 {
			next = len(rest)
		}
		b.WriteString(word)
		b.WriteString(rest[:next])
		s = rest[next:]
	}
	return b.String()
}

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// Tree returns a JSON tree without sensitive parts, also in keys. It changes the lists of
// the given tree.
func (v Veil) Tree(tree any) any {
	switch t := tree.(type) {
	case string:
		return v.Text(t)
	case json.Number:
		if hidden := v.Text(t.String()); hidden != t.String() {
			return hidden
		}
	case []any:
		for i, e := range t {
			t[i] = v.Tree(e)
		}
	case map[string]any:
		out := make(map[string]any, len(t))
		for _, k := range slices.Sorted(maps.Keys(t)) {
			out[v.key(out, k)] = v.Tree(t[k])
		}
		return out
	}
	return tree
}

// key returns a key of an object; two of them never become one.
func (v Veil) key(taken map[string]any, k string) string {
	hidden := v.Text(k)
	for name := hidden; ; name += "'" {
		if _, ok := taken[name]; !ok || hidden == k {
			return name
		}
	}
}
