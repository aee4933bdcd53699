package cfn

import (
	"slices"

	"github.com/iacgate/iacgate/internal/resource"
)

// findInMap is Fn::FindInMap. Where a key is not known, what it could be decides.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap.html
func (s *stack) findInMap(arg *node) resource.Value {
	if arg.kind != list {
		return s.opaque("Fn::FindInMap", s.value(arg))
	}
	here := s.mappings
	for level, key := range arg.items[:3] {
		text, _ := scalarText(s.value(key))
		if here == nil || here.kind != object {
			return s.missingKey(arg, level, text)
		}
		if symbols := resource.Symbols(text); len(symbols) > 0 {
			return s.findByUnknownKey(here, arg, level, text)
		}
		next := here.get(text)
		if next == nil {
			return s.missingKey(arg, level, text)
		}
		here = next
	}
	return s.value(here)
}

// missingKey returns a lookup that finds nothing.
func (s *stack) missingKey(arg *node, level int, key string) resource.Value {
	if v, ok := s.defaultOf(arg); ok {
		return v
	}
	if s.mappings != nil && s.mappings.get(transformFn) != nil {
		return s.opaque("Fn::FindInMap", s.value(&node{kind: list, items: arg.items[:3]}))
	}
	what := "mapping"
	if level > 0 {
		what = "key"
	}
	s.fail(errorAt(arg.items[level].place, "unknown %s %q", what, key))
	return resource.NullValue()
}

// maxKeys bounds how many keys of a mapping are taken as cases.
const maxKeys = 8

// findByUnknownKey returns a lookup by a key that is not known. Where every key leads to one
// value, it is that one; where the key is a parameter, its values are cases, and one more
// where the lookup has a default.
func (s *stack) findByUnknownKey(here, arg *node, level int, key string) resource.Value {
	v, agree := s.commonValue(here, arg.items[level+1:3])
	fallback, hasDefault := s.defaultOf(arg)
	if agree && (!hasDefault || sameText(v, fallback)) {
		return v
	}
	if symbol, alone := wholeSymbol(key); alone && len(here.members) <= maxKeys && s.decides(symbol) {
		if hasDefault && s.isNoneOf(symbol, here.names()) {
			return fallback
		}
		s.noteUndecided(s.undecidedFor(symbol, here.names(), !hasDefault))
	}
	return s.opaque("Fn::FindInMap", s.value(&node{kind: list, items: arg.items[:3]}))
}

// defaultOf returns the value that a lookup has where it finds nothing.
func (s *stack) defaultOf(arg *node) (v resource.Value, ok bool) {
	if len(arg.items) < 4 || arg.items[3].get("DefaultValue") == nil {
		return v, false
	}
	return s.value(arg.items[3].get("DefaultValue")), true
}

func sameText(a, b resource.Value) bool {
	x, isText := a.Text()
	y, areTexts := b.Text()
	return isText && areTexts && x == y
}

// isNoneOf reports whether a symbol has none of the values: each is excluded, or its
// parameter does not allow it.
func (s *stack) isNoneOf(symbol string, values []string) bool {
	p := s.parameterOf(symbol)
	return !slices.ContainsFunc(values, func(v string) bool {
		return !slices.Contains(s.excluded[symbol], v) && (p == nil || p.isStored() || p.admits(v))
	})
}

// commonValue returns the value that all keys lead to.
func (s *stack) commonValue(here *node, keys []*node) (v resource.Value, ok bool) {
	seen := ""
	for i, m := range here.members {
		found := m.value
		for _, key := range keys {
			text, _ := scalarText(s.value(key))
			if found = found.get(text); found == nil {
				return v, false
			}
		}
		v = s.value(found)
		text, isText := v.Text()
		if !isText || i > 0 && text != seen {
			return v, false
		}
		seen = text
	}
	return v, len(here.members) > 0
}
