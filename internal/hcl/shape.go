package hcl

import (
	"sync"

	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/resource"
)

// A shape is what the catalog says of a resource type, or of the nested blocks of
// one, in HCL's types: the types of arguments, and what they are where nobody sets
// them. A nil shape knows nothing.
type shape struct {
	attributes map[string]attribute
	blocks     map[string]*shape
	// computed are the blocks that the provider fills where nobody writes one.
	computed map[string]bool
	closed   bool // it has all that there is
}

// An attribute is one argument or computed attribute.
type attribute struct {
	typ      cty.Type
	def      cty.Value // what it is where nobody sets it; NilVal is null
	computed bool      // the provider or AWS chooses where nobody sets it
}

// shapes are those that somebody asked for, by mode and type.
var shapes sync.Map

type shapeKey struct {
	mode resource.Mode
	typ  string
}

// shapeOf returns the shape of a resource type; nil if the catalog lacks it.
func shapeOf(mode resource.Mode, typ string) *shape {
	t := catalog.ByName(typ)
	if t == nil {
		return nil
	}
	key := shapeKey{mode, typ}
	if s, ok := shapes.Load(key); ok {
		return s.(*shape)
	}
	s := shapeFrom(t.Members, mode, t.Since)
	s.attributes["id"] = attribute{typ: cty.String, computed: true}
	s.closed = t.Rest == ""
	shapes.Store(key, s)
	return s
}

// shapeFrom makes the shape of the members that a type has in Terraform.
func shapeFrom(members catalog.Members, mode resource.Mode, since string) *shape {
	s := &shape{attributes: map[string]attribute{}, blocks: map[string]*shape{}, computed: map[string]bool{}}
	for _, m := range members {
		switch {
		case m.Only == catalog.InTemplate || m.Only == catalog.InDataSource && mode != resource.Data:
		case m.Since == catalog.NoRelease && since != catalog.NoRelease:
		case m.IsBlock():
			s.blocks[m.Name], s.computed[m.Name] = shapeFrom(m.Members, mode, since), m.Computed
		default:
			s.attributes[m.Name] = attribute{typ: kindType(m.Kind), def: memberDefault(m), computed: m.Computed}
		}
	}
	return s
}

// kindType is the type of a kind of member. Sets are lists here: a set would merge
// the marks of its elements, and lists show the same.
func kindType(k catalog.Kind) cty.Type {
	switch k {
	case catalog.String, catalog.Document:
		return cty.String
	case catalog.Bool:
		return cty.Bool
	case catalog.Number:
		return cty.Number
	case catalog.StringList:
		return cty.List(cty.String)
	case catalog.StringMap:
		return cty.Map(cty.String)
	}
	return cty.DynamicPseudoType
}

func memberDefault(m catalog.Member) cty.Value {
	switch v := m.Default.(type) {
	case string:
		return cty.StringVal(v)
	case bool:
		return cty.BoolVal(v)
	case int:
		return cty.NumberIntVal(int64(v))
	case []string:
		return cty.ListValEmpty(cty.String)
	}
	return cty.NilVal
}

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
// the provider chooses, and where the catalog does not know.
func (s *shape) value(name string) (v cty.Value, ok bool) {
	if _, isBlock := s.block(name); isBlock {
		return cty.EmptyTupleVal, !s.computed[name]
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

// names are all that the catalog knows.
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
	return as(v, a.typ)
}
