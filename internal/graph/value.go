package graph

import (
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// refersTo reports whether v is, for certain, one attribute of a node.
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
