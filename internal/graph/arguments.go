package graph

import (
	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/resource"
)

// arguments reads the arguments of a resource or of one of its blocks, with the defaults
// of AWS and the provider. The names are those of the catalog.
type arguments struct {
	value   resource.Value
	members catalog.Members
}

func argumentsOf(r *resource.Resource) arguments {
	a := arguments{value: r.Attributes}
	if t := catalog.ByName(r.Type); t != nil {
		a.members = t.Members
	}
	return a
}

// get returns an argument or attribute.
func (a arguments) get(name string) resource.Value {
	v := a.value.Get(name)
	m, ok := a.members.Find(name)
	if !ok || !isUnset(v, m) {
		return v
	}
	if def, ok := m.Unset(); ok {
		return def
	}
	return v
}

// isUnset reports whether a member is not set. Inside blocks of a set the provider
// writes an unset text as "", which no required argument may be.
func isUnset(v resource.Value, m catalog.Member) bool {
	text, known := v.Text()
	o, _ := v.Origin()
	return v.IsNull() || v.IsUnknown() && o.Cause == resource.Computed || known && text == "" && !m.Required
}

// block returns the arguments of the one block of a name, which are null where
// there is none.
func (a arguments) block(name string) arguments {
	m, _ := a.members.Find(name)
	return arguments{a.value.Get(name, 0), m.Members}
}

// blocks returns those of each block of a name; hidden says that they cannot be
// seen.
func (a arguments) blocks(name string) (list []arguments, hidden bool) {
	m, _ := a.members.Find(name)
	v := a.get(name)
	for _, e := range v.List() {
		list = append(list, arguments{e, m.Members})
	}
	return list, v.IsUnknown()
}

// has reports whether there is a block of a name.
func (a arguments) has(name string) bool {
	v := a.value.Get(name)
	return len(v.List()) > 0 || v.Kind() == resource.Map
}
