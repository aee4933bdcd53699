package graph

import "github.com/iacgate/iacgate/internal/resource"

// withDefault returns v, or the default that the provider or AWS applies where
// no expression sets the argument. Inside blocks of a set the provider writes an
// unset text as "".
func withDefault(v, def resource.Value) resource.Value {
	if text, known := v.Text(); v.IsNull() || known && text == "" {
		return def
	}
	if o, ok := v.Origin(); ok && v.IsUnknown() && o.Cause == resource.Computed {
		return def
	}
	return v
}

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
	attr, ok := aliasOf[r.Type][ref.Attribute]
	if !ok || r.Attr(attr).IsUnknown() {
		return v
	}
	return r.Attr(attr)
}

// aliasOf names computed attributes that equal an argument, by type: what the
// provider sets as the id. A plan leaves the attribute out where an index comes
// before it (x.this[each.key].id is recorded as x.this); of what can name
// something only the id is known after apply, so "" stands for it.
var aliasOf = map[string]map[string]string{
	"aws_cloudwatch_log_metric_filter": {"": "name", "id": "name", "name": "name"},
	"aws_cloudwatch_log_group":         {"": "name", "id": "name", "name": "name"},
	"aws_cloudwatch_metric_alarm":      {"": "alarm_name", "id": "alarm_name", "alarm_name": "alarm_name"},
	"aws_iam_role":                     {"": "name", "id": "name", "name": "name"},
	"aws_kms_alias":                    {"": "name", "id": "name", "name": "name"},
}

// refersTo says whether v is, for certain, one attribute of a node.
func refersTo(v resource.Value, address, attribute string) bool {
	o, ok := v.Origin()
	return ok && o.Whole() && o.Cause == resource.Referenced &&
		o.Refs[0] == resource.Ref{Address: address, Attribute: attribute}
}

// Equal compares two values that should name the same thing.
func Equal(a, b resource.Value) resource.Tri {
	at, aok := a.Text()
	bt, bok := b.Text()
	if aok && bok {
		if at == bt {
			return resource.Yes
		}
		return resource.No
	}
	as, aok := a.Symbolic()
	bs, bok := b.Symbolic()
	if aok && bok {
		return resource.Text(as).Equal(resource.Text(bs))
	}
	ao, aok := a.Origin()
	bo, bok := b.Origin()
	if a.IsUnknown() && b.IsUnknown() && aok && bok && ao.Exact && bo.Exact && ao.Refs[0] == bo.Refs[0] {
		return resource.Yes
	}
	if a.IsNull() && b.IsNull() {
		return resource.Yes
	}
	if a.IsNull() != b.IsNull() && !a.IsUnknown() && !b.IsUnknown() {
		return resource.No
	}
	return resource.Maybe
}
