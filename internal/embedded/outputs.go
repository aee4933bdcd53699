package embedded

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/cfn"
	"github.com/iacgate/iacgate/internal/resource"
)

// outputs are the values of outputs of stacks, by the attributes that return them, and by
// the texts that AWS returned where an input knows these.
type outputs struct {
	byRef  map[resource.Ref]resource.Value
	byText map[string]resource.Value
}

// outputsOf returns the outputs that templates in the arguments of makers have.
func outputsOf(all makers, values map[resource.Ref]resource.Value) outputs {
	o := outputs{byRef: values, byText: map[string]resource.Value{}}
	for _, m := range all {
		for name, text := range returnedARNs(m) {
			if v, ok := values[resource.Ref{Address: m.Address, Attribute: outputsPrefix + name}]; ok {
				o.byText[text] = v
			}
		}
	}
	return o
}

const outputsPrefix = "outputs."

// returnedARNs returns the ARNs in the outputs of a stack that exists. Other texts may be
// somewhere else by chance.
func returnedARNs(maker *resource.Resource) map[string]string {
	found := map[string]string{}
	all := maker.Attr(strings.TrimSuffix(outputsPrefix, "."))
	for _, name := range all.Keys() {
		if text, ok := all.Get(name).Text(); ok && strings.HasPrefix(text, "arn:") {
			found[name] = text
		}
	}
	return found
}

// askedOf returns the names of the outputs of a stack that a world refers to.
func askedOf(maker *resource.Resource, world []*resource.Resource) (names []string) {
	for name := range returnedARNs(maker) {
		names = append(names, name)
	}
	for _, r := range world {
		r.Attributes.Walk(func(_ []any, v resource.Value) bool {
			if ref, ok := wholeRef(v); ok && ref.Address == maker.Address {
				if name, ok := strings.CutPrefix(ref.Attribute, outputsPrefix); ok {
					names = append(names, name)
				}
			}
			return true
		})
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// replacement returns the output that a value is.
func (o outputs) replacement(v resource.Value) (resource.Value, bool) {
	found, ok := o.find(v)
	if ok && v.IsSensitive() {
		found = found.AsSensitive()
	}
	return found, ok
}

func (o outputs) find(v resource.Value) (found resource.Value, ok bool) {
	if ref, isRef := wholeRef(v); isRef {
		found, ok = o.byRef[ref]
		return found, ok
	}
	if text, isText := v.Text(); isText && v.Kind() == resource.String {
		found, ok = o.byText[text]
	}
	return found, ok
}

// fill returns a world with outputs in the place of what refers to them.
func (o outputs) fill(world []*resource.Resource) []*resource.Resource {
	if len(o.byRef) == 0 {
		return world
	}
	filled := make([]*resource.Resource, len(world))
	for i, r := range world {
		one := *r
		one.Attributes = resource.Replacement(o.replacement).Value(r.Attributes)
		filled[i] = &one
	}
	return filled
}

// handOn gives stacks the outputs that are their parameters, and reports whether there were
// any.
func (o outputs) handOn(inputs []cfn.Input) (changed bool) {
	for _, in := range inputs {
		for name, v := range in.Handed {
			if found, ok := o.replacement(v); ok {
				in.Handed[name], changed = found, true
			}
		}
	}
	return changed
}
