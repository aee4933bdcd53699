package cfn

import (
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

// find is Fn::FindInMap. Where a key is not known, what it could be decides.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap.html
func (s *stack) find(arg *node, at place) resource.Value {
	if arg.kind != list {
		return s.opaque("Fn::FindInMap", s.value(arg))
	}
	here := s.mappings
	for level, key := range arg.items[:3] {
		text, _ := scalarText(s.value(key))
		if here == nil || here.kind != object {
			return s.missing(arg, level, text)
		}
		if symbols := resource.Symbols(text); len(symbols) > 0 {
			return s.keyed(here, arg, level, text)
		}
		next := here.get(text)
		if next == nil {
			return s.missing(arg, level, text)
		}
		here = next
	}
	return s.value(here)
}

// missing is a lookup that finds nothing.
func (s *stack) missing(arg *node, level int, key string) resource.Value {
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
	s.fail(errorAt(arg.items[level].place, "there is no %s %q", what, key))
	return resource.NullValue()
}

// maxKeys bounds how many keys of a mapping are taken as cases.
const maxKeys = 8

// keyed is a lookup by a key that is not known. Where every key leads to one
// value, it is that one; where the key is a parameter, its values are cases.
func (s *stack) keyed(here, arg *node, level int, key string) resource.Value {
	if v, ok := s.common(here, arg.items[level+1:3]); ok && len(arg.items) == 3 {
		return v
	}
	if symbol, alone := wholeSymbol(key); alone && len(here.members) <= maxKeys && s.decides(symbol) {
		s.undecided(s.decider(symbol, here.names(), len(arg.items) == 3))
	}
	return s.opaque("Fn::FindInMap", s.value(&node{kind: list, items: arg.items[:3]}))
}

// common returns the value that all keys lead to.
func (s *stack) common(here *node, keys []*node) (v resource.Value, ok bool) {
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

// wholeSymbol returns the symbol that a text is.
func wholeSymbol(text string) (string, bool) {
	symbols := resource.Symbols(text)
	if len(symbols) != 1 || text != resource.Symbol(symbols[0]) {
		return "", false
	}
	return symbols[0], true
}

// decides says whether a symbol is one that whoever makes the stack chooses: a
// parameter, its region, its account.
func (s *stack) decides(symbol string) bool {
	return s.parameterOf(symbol) != nil || strings.HasSuffix(symbol, " of "+stackProvider) || strings.HasSuffix(symbol, "name of the stack")
}

// parameterOf returns the parameter that a symbol stands for, in this stack or
// in one around it.
func (s *stack) parameterOf(symbol string) *parameter {
	for at := s; at != nil; at = at.parent {
		if p, ok := at.symbols[symbol]; ok {
			return p
		}
	}
	return nil
}

// decider is a symbol with the values that make a difference, as far as it may
// have them.
func (s *stack) decider(symbol string, values []string, closed bool) decider {
	d := decider{symbol: symbol, words: symbol, closed: closed}
	p := s.parameterOf(symbol)
	if p != nil && p.noEcho {
		s.veiled[symbol] = true
	}
	if p != nil && p.isStored() {
		d.values = values // constraints are on the name of the stored value
		return d
	}
	if p != nil && len(p.allowed) > 0 && !p.isList() {
		d.values, d.closed = p.allowed, true
		return d
	}
	for _, v := range values {
		if p == nil || p.admits(v) {
			d.values = append(d.values, v)
		}
	}
	return d
}
