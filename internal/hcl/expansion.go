package hcl

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/resource"
)

// An expansion is the instances of a resource.
type expansion struct {
	scope     *scope
	name      resourceName
	block     *hclsyntax.Block // nil if there is no such resource
	repeated  repetition
	busy      bool
	instances []*instance
	byKey     map[resource.Key]*instance
	whole     cell
	places    map[string]resource.Position // of arguments, once they are asked for
}

// resource returns the instances of a resource of the module.
func (s *scope) resource(n resourceName) *expansion {
	if x := s.resources[n]; x != nil {
		if x.busy {
			s.ev.fail(errorAt(x.block.DefRange(), "a cycle: the instances of %s depend on themselves", s.in(n.String())))
		}
		return x
	}
	x := &expansion{scope: s, name: n, block: s.config.resources[n], byKey: map[resource.Key]*instance{}}
	s.resources[n] = x
	if x.block == nil {
		return x
	}
	x.busy = true
	x.repeated = s.repeat(x.block, n.String())
	x.busy = false
	for _, t := range x.repeated.keys {
		i := &instance{expansion: x, key: t.key, address: x.address(t.key), ctx: s.with(t.names), arguments: map[string]*cell{}}
		x.instances = append(x.instances, i)
		x.byKey[t.key] = i
	}
	return x
}

// address is the address of an instance. One that stands for all has [*] for
// its key.
func (x *expansion) address(k resource.Key) string {
	key := keyText(k)
	if x.repeated.unsettled && x.repeated.kind != resource.NoKey {
		key = "[*]"
	}
	return x.scope.in(x.name.String() + key)
}

// refer finds what the rest of a reference to the resource means.
func (x *expansion) refer(rest hcl.Traversal, at hcl.Range) (cty.Value, hcl.Diagnostics) {
	if x.block == nil {
		return cty.DynamicVal, fault(at, "no %s", x.name)
	}
	if x.busy {
		return cty.DynamicVal, fault(at, "a cycle")
	}
	if x.repeated.kind == resource.NoKey {
		if len(x.instances) == 0 {
			return cty.NullVal(cty.DynamicPseudoType), nil
		}
		return x.instances[0].refer(rest)
	}
	if len(rest) == 0 {
		return x.scope.ev.once(&x.whole, x.scope.in(x.name.String()), at, func() (cty.Value, hcl.Diagnostics) { return x.all(), nil })
	}
	if x.repeated.unsettled {
		if _, isIndex := rest[0].(hcl.TraverseIndex); isIndex {
			rest = rest[1:]
		}
		return x.instances[0].refer(rest)
	}
	if i := x.byKey[keyOf(stepKey(rest[0]))]; i != nil {
		return i.refer(rest[1:])
	}
	if _, isIndex := rest[0].(hcl.TraverseIndex); isIndex {
		return cty.DynamicVal, despite(laterDoubt, fault(at, "%s has no instance %s", x.name, stepText(rest[0])))
	}
	return x.any(rest)
}

// stepKey is the key that a step of a traversal chooses.
func stepKey(step hcl.Traverser) cty.Value {
	switch step := step.(type) {
	case hcl.TraverseIndex:
		return step.Key
	case hcl.TraverseAttr:
		return cty.StringVal(step.Name)
	}
	return cty.NilVal
}

// any is an attribute of one of the instances.
func (x *expansion) any(rest hcl.Traversal) (cty.Value, hcl.Diagnostics) {
	marks := cty.ValueMarks{mark{kind: chosen}: {}}
	for _, i := range x.instances {
		v, diags := i.refer(rest)
		if diags.HasErrors() {
			return v, diags
		}
		maps.Copy(marks, marksOf(v))
	}
	return cty.DynamicVal.WithMarks(marks), nil
}

// all is the resource as a whole: a list or a map of its instances.
func (x *expansion) all() cty.Value {
	if x.repeated.unsettled && x.repeated.kind == resource.StringKey {
		return unknownFrom(cty.DynamicPseudoType, x.instances[0].ref("")).WithMarks(x.repeated.marks)
	}
	list, fields := make([]cty.Value, len(x.instances)), map[string]cty.Value{}
	for n, i := range x.instances {
		list[n] = i.object()
		fields[i.key.Str] = list[n]
	}
	if x.repeated.kind == resource.StringKey {
		return cty.ObjectVal(fields)
	}
	if x.repeated.unsettled {
		return withParts(cty.DynamicVal.WithMarks(marksOf(cty.TupleVal(list)), x.repeated.marks), list)
	}
	return cty.TupleVal(list)
}

// names are the attributes that the object of an instance has: those that its
// code gives, those of its type, and those that any code asks for.
func (x *expansion) names() []string {
	names := map[string]bool{"id": true, "arn": true}
	for name := range x.block.Body.Attributes {
		names[name] = true
	}
	for _, b := range x.block.Body.Blocks {
		names[blockName(b)] = true
	}
	if s := shapeOf(x.name.mode, x.name.typ); s != nil {
		maps.Copy(names, s.names())
	}
	if !x.isClosed() {
		maps.Copy(names, x.scope.ev.names)
	}
	for _, meta := range metaArguments {
		delete(names, meta)
	}
	return slices.Sorted(maps.Keys(names))
}

// isClosed says whether all attributes of the type are in the catalog.
func (x *expansion) isClosed() bool {
	s := shapeOf(x.name.mode, x.name.typ)
	return s != nil && s.closed
}
