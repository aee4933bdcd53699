// Package schema has the catalog's resource types as HCL types: which arguments and
// blocks they have, and their defaults. It adds no types of its own.
package schema

import (
	"iter"
	"sync"

	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/resource"
)

// A Block describes a resource type in the catalog, or the nested blocks of
// one, in HCL's types: the types of arguments, and their defaults. A nil Block knows
// nothing.
type Block struct {
	attributes map[string]attribute
	Blocks     map[string]*Block
	// computed are the blocks that the provider fills if the code has none.
	computed map[string]bool
	Closed   bool // it has all that there is
}

// An attribute is one argument or computed attribute.
type attribute struct {
	Type     cty.Type
	Default  cty.Value // of an attribute that is not set; NilVal is null
	Computed bool      // the provider or AWS chooses it if it is not set
}

// cache has the blocks that were asked for, by mode and type.
var cache sync.Map

type cacheKey struct {
	mode resource.Mode
	typ  string
}

// Of returns the shape of a resource type; nil if the catalog lacks it.
func Of(mode resource.Mode, typ string) *Block {
	t := catalog.ByName(typ)
	if t == nil {
		return nil
	}
	key := cacheKey{mode, typ}
	if s, ok := cache.Load(key); ok {
		return s.(*Block)
	}
	s := blockFrom(t.Members, mode, t.Since)
	s.attributes["id"] = attribute{Type: cty.String, Computed: true}
	s.Closed = t.Rest == ""
	cache.Store(key, s)
	return s
}

// blockFrom makes the shape of the members that a type has in Terraform.
func blockFrom(members catalog.Members, mode resource.Mode, since string) *Block {
	s := &Block{attributes: map[string]attribute{}, Blocks: map[string]*Block{}, computed: map[string]bool{}}
	for _, m := range members {
		switch {
		case m.Only == catalog.InTemplate || m.Only == catalog.InDataSource && mode != resource.Data:
		case m.Since == catalog.NoRelease && since != catalog.NoRelease:
		case m.IsBlock():
			s.Blocks[m.Name], s.computed[m.Name] = blockFrom(m.Members, mode, since), m.Computed
		default:
			s.attributes[m.Name] = attribute{Type: kindType(m.Kind), Default: memberDefault(m), Computed: m.Computed}
		}
	}
	return s
}

// kindType returns the type of a kind of member. Sets are lists here: a set would merge
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

func (s *Block) Attribute(name string) (attribute, bool) {
	if s == nil {
		return attribute{}, false
	}
	a, ok := s.attributes[name]
	return a, ok
}

func (s *Block) Block(name string) (*Block, bool) {
	if s == nil {
		return nil, false
	}
	b, ok := s.Blocks[name]
	return b, ok
}

// IsComputed reports whether the provider chooses an attribute that is null.
func (s *Block) IsComputed(name string) bool {
	a, ok := s.Attribute(name)
	return ok && (a.Computed || a.Default != cty.NilVal)
}

// Default returns the default of an attribute or block; ok is false if the provider
// chooses it, or the catalog does not know it.
func (s *Block) Default(name string) (v cty.Value, ok bool) {
	if _, isBlock := s.Block(name); isBlock {
		return cty.EmptyTupleVal, !s.computed[name]
	}
	a, known := s.Attribute(name)
	switch {
	case !known || a.Computed && a.Default == cty.NilVal:
		return cty.NilVal, false
	case a.Default == cty.NilVal:
		return cty.NullVal(a.Type), true
	}
	return a.Default, true
}

// Names returns all attributes and blocks that the catalog knows, in no order and each once.
func (s *Block) Names() iter.Seq[string] {
	return func(yield func(string) bool) {
		if s == nil {
			return
		}
		for name := range s.attributes {
			if !yield(name) {
				return
			}
		}
		for name := range s.Blocks {
			if _, twice := s.attributes[name]; !twice && !yield(name) {
				return
			}
		}
	}
}

// Has reports whether the catalog knows an attribute or a block.
func (s *Block) Has(name string) bool {
	_, isAttribute := s.Attribute(name)
	_, isBlock := s.Block(name)
	return isAttribute || isBlock
}

// Convert converts an argument to the type that the provider asks for.
func (s *Block) Convert(name string, v cty.Value) cty.Value {
	a, ok := s.Attribute(name)
	if !ok || v == cty.NilVal || a.Type == cty.DynamicPseudoType {
		return v
	}
	return value.TryConvert(v, a.Type)
}
