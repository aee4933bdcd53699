package source

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/resource"
)

// A settler takes over from the code what the plan leaves open. A value that the
// plan knows always stands.
type settler struct {
	planned map[string]*resource.Resource
	written map[string]*resource.Resource
	places  map[string]string // what the plan knows of regions and accounts, by their names
	notes   []string
}

func newSettler(doc, code *resource.Document) *settler {
	s := &settler{planned: map[string]*resource.Resource{}, written: map[string]*resource.Resource{}, places: map[string]string{}}
	for _, r := range code.Resources {
		s.written[r.Address] = r
	}
	for _, r := range doc.Resources {
		s.planned[r.Address] = r
		for name, known := range map[string]string{
			r.Scope.RegionName(): r.Scope.Region, r.Scope.AccountName(): r.Scope.Account,
			r.Scope.PartitionName(): r.Scope.InPartition(), r.Scope.DNSSuffixName(): r.Scope.DNSSuffix(),
		} {
			if known != "" {
				s.places[name] = known
			}
		}
	}
	return s
}

// resource settles what the plan leaves open of a resource.
func (s *settler) resource(planned, written *resource.Resource) {
	fields := map[string]resource.Value{}
	for _, name := range planned.Attributes.Keys() {
		value := planned.Attr(name)
		said, settled := s.value(planned, name, value, written.Attr(name))
		if fields[name] = said; !settled {
			continue
		}
		if catalog.IsIrrelevant(planned.Type, name) {
			fields[name] = value
			continue
		}
		if planned.Settled == nil {
			planned.Settled = map[string]resource.Position{}
		}
		if at := written.PositionOf(name); at != nil {
			planned.Settled[name] = *at
		} else {
			planned.Settled[name] = resource.Position{}
		}
	}
	planned.Attributes = resource.MapValue(fields)
}

// value settles a value and what is inside it.
func (s *settler) value(r *resource.Resource, path string, planned, written resource.Value) (resource.Value, bool) {
	switch planned.Kind() {
	case resource.Unknown:
		return s.unknown(r, path, planned, written)
	case resource.List:
		return s.list(r, path, planned, written)
	case resource.Map:
		fields, settled := map[string]resource.Value{}, false
		for _, name := range planned.Keys() {
			v, one := s.value(r, path+"."+name, planned.Get(name), written.Get(name))
			fields[name], settled = v, settled || one
		}
		if settled {
			return hidden(resource.MapValue(fields), planned), true
		}
	}
	return planned, false
}

// list settles the elements of a list where plan and code have as many.
func (s *settler) list(r *resource.Resource, path string, planned, written resource.Value) (resource.Value, bool) {
	items, others := planned.List(), written.List()
	if len(items) != len(others) {
		return planned, false
	}
	settled := false
	for i := range items {
		v, one := s.value(r, fmt.Sprintf("%s.%d", path, i), items[i], others[i])
		items[i], settled = v, settled || one
	}
	if !settled {
		return planned, false
	}
	return hidden(resource.ListValue(items...), planned), true
}

func hidden(v, like resource.Value) resource.Value {
	if like.IsSensitive() {
		return v.AsSensitive()
	}
	return v
}

func (s *settler) unknown(r *resource.Resource, path string, planned, written resource.Value) (resource.Value, bool) {
	o, known := planned.Origin()
	said := s.known(written)
	switch {
	case known && o.Cause == resource.Computed:
		if same, _ := said.Origin(); said.IsUnknown() && o.Symbolic == "" {
			o.Symbolic = same.Symbolic // its name for the same unknown part
			return planned.WithOrigin(o), false
		}
		return planned, false
	case !known || written.IsNull() || !decided(said) || s.alike(o, said):
		return planned, false
	case o.Cause == resource.Local && !within(references(said), o.Refs):
		s.notes = append(s.notes, r.Address+": "+path+": plan and code do not agree; the plan stands")
		return planned, false
	}
	return hidden(said, planned), true
}

// decided says whether the code tells a value, in part if it is a list.
func decided(v resource.Value) bool {
	if v.Kind() == resource.List {
		return slices.ContainsFunc(v.List(), decided) || len(v.List()) == 0
	}
	o, _ := v.Origin()
	return !v.IsUnknown() || o.Symbolic != "" || o.Exact
}

// streams is what an ARN of a log group may end in.
const streams = ":*"

// alike says whether the code says no more than the plan: each reference of the
// plan, and nothing around it.
func (s *settler) alike(o resource.Origin, said resource.Value) bool {
	list := []resource.Value{said}
	if said.Kind() == resource.List {
		list = said.List()
	}
	if !o.Certain || len(list) != len(o.Refs) {
		return false
	}
	for _, v := range list {
		same, _ := v.Origin()
		whole := same.Exact || len(same.Refs) == 1 && strings.HasSuffix(same.Symbolic, streams)
		if (!v.IsUnknown() || !whole || !within(same.Refs, o.Refs)) && !s.spells(v, o.Refs) {
			return false
		}
	}
	return true
}

// spells says whether a text is that of one of some attributes.
func (s *settler) spells(v resource.Value, refs []resource.Ref) bool {
	text, known := v.Text()
	return known && slices.ContainsFunc(refs, func(r resource.Ref) bool {
		w := s.written[r.Address]
		if w == nil || r.Attribute == "" {
			return false
		}
		same, known := s.known(w.Attr(r.Attribute)).Symbolic()
		return known && same == strings.TrimSuffix(text, streams)
	})
}

// references returns what the parts of a value refer to.
func references(v resource.Value) []resource.Ref {
	var refs []resource.Ref
	v.Walk(func(_ []any, v resource.Value) bool {
		if o, ok := v.Origin(); ok {
			refs = append(refs, o.Refs...)
		}
		return true
	})
	return refs
}

func within(refs, candidates []resource.Ref) bool {
	for _, r := range refs {
		if !slices.ContainsFunc(candidates, func(c resource.Ref) bool {
			return c.Address == r.Address && (c.Attribute == r.Attribute || c.Attribute == "")
		}) {
			return false
		}
	}
	return true
}

// known is a value of the code with what the plan knows in the place of symbols.
func (s *settler) known(v resource.Value) resource.Value {
	w := resource.Rewriting{Ref: func(r resource.Ref) resource.Ref { return r }, Text: s.text}
	return literal(w.Value(v))
}

// literal makes known what has no symbols left.
func literal(v resource.Value) resource.Value {
	switch v.Kind() {
	case resource.Unknown:
		if o, _ := v.Origin(); o.Symbolic != "" && resource.Text(o.Symbolic).IsLiteral() {
			return hidden(resource.StringValue(o.Symbolic), v)
		}
	case resource.List:
		items := v.List()
		for i := range items {
			items[i] = literal(items[i])
		}
		return hidden(resource.ListValue(items...), v)
	case resource.Map:
		fields := map[string]resource.Value{}
		for _, k := range v.Keys() {
			fields[k] = literal(v.Get(k))
		}
		return hidden(resource.MapValue(fields), v)
	}
	return v
}

func (s *settler) text(text string) string {
	for _, name := range resource.Symbols(text) {
		if known, ok := s.symbol(name); ok {
			text = strings.ReplaceAll(text, resource.Symbol(name), string(resource.Literal(known)))
		}
	}
	return text
}

// symbol is what the plan knows of what a symbol stands for: a place, the name
// that AWS made up, an attribute.
func (s *settler) symbol(name string) (string, bool) {
	if known, ok := s.places[name]; ok {
		return known, true
	}
	if address, ok := resource.GeneratedFor(name); ok {
		if r := s.planned[address]; r != nil {
			if t := catalog.ByName(r.Type); t != nil {
				return r.Attr(t.Named).Text()
			}
		}
		return "", false
	}
	for i := strings.LastIndexByte(name, '.'); i > 0; i = strings.LastIndexByte(name[:i], '.') {
		if r := s.planned[name[:i]]; r != nil {
			v := r.Attributes
			for step := range strings.SplitSeq(name[i+1:], ".") {
				v = v.Get(step)
			}
			return v.Text()
		}
	}
	return "", false
}
