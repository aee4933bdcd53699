package cfn

import (
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
	if len(arg.items) == 4 {
		if fallback := arg.items[3].get("DefaultValue"); fallback != nil {
			return s.value(fallback)
		}
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
// value, it is that one; where the key is a parameter, its values are cases.
func (s *stack) findByUnknownKey(here, arg *node, level int, key string) resource.Value {
	if v, ok := s.commonValue(here, arg.items[level+1:3]); ok && len(arg.items) == 3 {
		return v
	}
	if symbol, alone := wholeSymbol(key); alone && len(here.members) <= maxKeys && s.decides(symbol) {
		s.noteUndecided(s.undecidedFor(symbol, here.names(), len(arg.items) == 3))
	}
	return s.opaque("Fn::FindInMap", s.value(&node{kind: list, items: arg.items[:3]}))
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
