package graph

import (
	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// deref returns the value that an unknown one equals, where it refers to one
// attribute that the world knows: the id of a metric filter is its name, the id
// of a log group is its name.
func (g *Graph) deref(v resource.Value) resource.Value {
	o, ok := v.Origin()
	if !ok || !v.IsUnknown() || !o.Whole() || o.Cause != resource.Referenced {
		return v
	}
	ref := o.Refs[0]
	r := g.resources[ref.Address]
	if r == nil {
		return v
	}
	t := catalog.ByName(r.Type)
	if t == nil || t.Named == "" || t.Equals(ref.Attribute) != t.Named {
		return v
	}
	if name := argumentsOf(r).get(t.Named); !name.IsUnknown() {
		return name
	}
	return v
}

// refersTo says whether v is, for certain, one attribute of a node.
func refersTo(v resource.Value, address, attribute string) bool {
	o, ok := v.Origin()
	return ok && o.Whole() && o.Cause == resource.Referenced &&
		o.Refs[0] == resource.Ref{Address: address, Attribute: attribute}
}

// Equal compares two values that should name the same thing.
func Equal(a, b resource.Value) truth.Truth {
	at, aok := a.Text()
	bt, bok := b.Text()
	if aok && bok && len(resource.Symbols(at)) == 0 && len(resource.Symbols(bt)) == 0 {
		if at == bt {
			return truth.Yes
		}
		return truth.No
	}
	as, aok := a.Symbolic()
	bs, bok := b.Symbolic()
	if aok && bok {
		return resource.Text(as).Equal(resource.Text(bs))
	}
	ao, aok := a.Origin()
	bo, bok := b.Origin()
	if a.IsUnknown() && b.IsUnknown() && aok && bok && ao.Exact && bo.Exact && ao.Refs[0] == bo.Refs[0] {
		return truth.Yes
	}
	if a.IsNull() && b.IsNull() {
		return truth.Yes
	}
	if a.IsNull() != b.IsNull() && !a.IsUnknown() && !b.IsUnknown() {
		return truth.No
	}
	return truth.Unknown
}
