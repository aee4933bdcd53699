package hcl

import (
	"sync"

	"github.com/zclconf/go-cty/cty"
)

// A shape is what the provider says of the arguments of a resource type, or of
// the nested blocks of one: their types, and what they are where nobody sets
// them. A nil shape knows nothing.
type shape struct {
	attributes map[string]attribute
	blocks     map[string]*shape
}

// An attribute is one argument or computed attribute.
type attribute struct {
	typ      cty.Type
	def      cty.Value // what it is where nobody sets it; NilVal is null
	computed bool      // the provider or AWS chooses where nobody sets it
}

// shapes is the table of all types.
var shapes = sync.OnceValue(func() map[string]*shape {
	all := map[string]*shape{}
	for _, part := range []map[string]*shape{loggingShapes(), alarmingShapes(), notifyingShapes(), receivingShapes(), accessShapes()} {
		for typ, s := range part {
			all[typ] = s
		}
	}
	return all
})

// shapeOf returns the shape of a resource type; nil if the table lacks it.
func shapeOf(typ string) *shape { return shapes()[typ] }

func (s *shape) attribute(name string) (attribute, bool) {
	if s == nil {
		return attribute{}, false
	}
	a, ok := s.attributes[name]
	return a, ok
}

func (s *shape) block(name string) (*shape, bool) {
	if s == nil {
		return nil, false
	}
	b, ok := s.blocks[name]
	return b, ok
}

// computes says whether the provider chooses an attribute that is null.
func (s *shape) computes(name string) bool {
	a, ok := s.attribute(name)
	return ok && (a.computed || a.def != cty.NilVal)
}

// value is what an attribute or block is that nobody sets; ok is false where
// the provider chooses, and where the table does not know.
func (s *shape) value(name string) (v cty.Value, ok bool) {
	if _, isBlock := s.block(name); isBlock {
		return cty.EmptyTupleVal, true
	}
	a, known := s.attribute(name)
	switch {
	case !known || a.computed && a.def == cty.NilVal:
		return cty.NilVal, false
	case a.def == cty.NilVal:
		return cty.NullVal(a.typ), true
	}
	return a.def, true
}

// names are all that the table knows.
func (s *shape) names() map[string]bool {
	names := map[string]bool{}
	if s == nil {
		return names
	}
	for name := range s.attributes {
		names[name] = true
	}
	for name := range s.blocks {
		names[name] = true
	}
	return names
}

// convert gives an argument the type that the provider asks for.
func (s *shape) convert(name string, v cty.Value) cty.Value {
	a, ok := s.attribute(name)
	if !ok || v == cty.NilVal || a.typ == cty.DynamicPseudoType {
		return v
	}
	// A set would merge the marks of its elements; lists show the same.
	return as(v, a.typ)
}

// The vocabulary of the table: arguments without a default, and with one.

func text0(names ...string) attributes   { return each(attribute{typ: cty.String}, names...) }
func truth0(names ...string) attributes  { return each(attribute{typ: cty.Bool}, names...) }
func number0(names ...string) attributes { return each(attribute{typ: cty.Number}, names...) }
func texts0(names ...string) attributes {
	return each(attribute{typ: cty.List(cty.String)}, names...)
}
func map0(names ...string) attributes { return each(attribute{typ: cty.Map(cty.String)}, names...) }

func text1(name, def string) attributes {
	return attributes{name: {typ: cty.String, def: cty.StringVal(def)}}
}
func truth1(name string, def bool) attributes {
	return attributes{name: {typ: cty.Bool, def: cty.BoolVal(def)}}
}
func number1(name string, def int64) attributes {
	return attributes{name: {typ: cty.Number, def: cty.NumberIntVal(def)}}
}

// computed are texts that the provider or AWS chooses.
func computed(names ...string) attributes {
	return each(attribute{typ: cty.String, computed: true}, names...)
}

// anything is computed and of a type that does not matter.
func anything(names ...string) attributes {
	return each(attribute{typ: cty.DynamicPseudoType, computed: true}, names...)
}

type attributes map[string]attribute

func each(a attribute, names ...string) attributes {
	all := attributes{}
	for _, name := range names {
		all[name] = a
	}
	return all
}

// resourceShape is a resource type. All have an id.
func resourceShape(blocks map[string]*shape, parts ...attributes) *shape {
	return blockShapeOf(blocks, append(parts, computed("id"))...)
}

// blockShapeOf is a nested block.
func blockShapeOf(blocks map[string]*shape, parts ...attributes) *shape {
	s := &shape{attributes: map[string]attribute{}, blocks: blocks}
	for _, p := range parts {
		for name, a := range p {
			s.attributes[name] = a
		}
	}
	return s
}

func tagged() attributes {
	a := map0("tags")
	a["tags_all"] = attribute{typ: cty.DynamicPseudoType, computed: true}
	return a
}
