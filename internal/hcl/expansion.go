package hcl

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/schema"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/resource"
)

// resource returns the instances of a resource of the module.
func (s *scope) resource(n syntax.ResourceName) *expansion {
	if x := s.resources[n]; x != nil {
		if x.busy {
			s.ev.Fail(syntax.DiagnosticAt(x.block.DefRange(), "cycle: the instances of %s depend on themselves", s.in(n.String())))
		}
		return x
	}
	x := &expansion{scope: s, name: n, block: s.config.Resources[n], byKey: map[resource.Key]*instance{}}
	s.resources[n] = x
	if x.block == nil {
		return x
	}
	x.busy = true
	x.repeated = s.repeat(x.block, n.String())
	x.busy = false
	for _, t := range x.repeated.keys {
		i := &instance{expansion: x, key: t.key, address: x.address(t.key), ctx: s.with(t.names), arguments: map[string]*eval.Cell{}}
		x.instances = append(x.instances, i)
		x.byKey[t.key] = i
	}
	return x
}

// address returns the address of an instance. One that represents all has [*] for
// its key.
func (x *expansion) address(k resource.Key) string {
	key := syntax.KeyText(k)
	if x.repeated.unknown && x.repeated.kind != resource.NoKey {
		key = "[*]"
	}
	return x.scope.in(x.name.String() + key)
}

// refer resolves the rest of a reference to the resource.
func (x *expansion) refer(rest hcl.Traversal, at hcl.Range) (cty.Value, hcl.Diagnostics) {
	if x.block == nil {
		return cty.DynamicVal, syntax.Errorf(at, "no %s", x.name)
	}
	if x.busy {
		return cty.DynamicVal, syntax.Errorf(at, "a cycle")
	}
	if x.repeated.kind == resource.NoKey {
		if len(x.instances) == 0 {
			return cty.NullVal(cty.DynamicPseudoType), nil
		}
		return x.instances[0].refer(rest)
	}
	if len(rest) == 0 {
		return x.scope.ev.Once(&x.whole, x.scope.in(x.name.String()), at, func() (cty.Value, hcl.Diagnostics) { return x.all(), nil })
	}
	if x.repeated.unknown {
		if _, isIndex := rest[0].(hcl.TraverseIndex); isIndex {
			rest = rest[1:]
		}
		return x.instances[0].refer(rest)
	}
	if i := x.byKey[syntax.KeyOf(syntax.StepKey(rest[0]))]; i != nil {
		return i.refer(rest[1:])
	}
	if _, isIndex := rest[0].(hcl.TraverseIndex); isIndex {
		return cty.DynamicVal, despite(laterDoubt, syntax.Errorf(at, "%s has no instance %s", x.name, syntax.StepText(rest[0])))
	}
	return x.any(rest)
}

// any returns an attribute of one of the instances.
func (x *expansion) any(rest hcl.Traversal) (cty.Value, hcl.Diagnostics) {
	marks := cty.ValueMarks{value.Mark{Kind: value.Chosen}: {}}
	for _, i := range x.instances {
		v, diags := i.refer(rest)
		if diags.HasErrors() {
			return v, diags
		}
		maps.Copy(marks, value.MarksOf(v))
	}
	return cty.DynamicVal.WithMarks(marks), nil
}

// all returns the resource as a whole: a list or a map of its instances.
func (x *expansion) all() cty.Value {
	if x.repeated.unknown && x.repeated.kind == resource.StringKey {
		return value.Unknown(cty.DynamicPseudoType, x.instances[0].ref("")).WithMarks(x.repeated.marks)
	}
	list, fields := make([]cty.Value, len(x.instances)), map[string]cty.Value{}
	for n, i := range x.instances {
		list[n] = i.object()
		fields[i.key.Str] = list[n]
	}
	if x.repeated.kind == resource.StringKey {
		return cty.ObjectVal(fields)
	}
	if x.repeated.unknown {
		return value.WithParts(cty.DynamicVal.WithMarks(value.MarksOf(cty.TupleVal(list)), x.repeated.marks), list)
	}
	return cty.TupleVal(list)
}

// names returns the attributes of an instance's object: those that its code sets,
// those of its type, and those that any code refers to.
func (x *expansion) names() []string {
	names := map[string]bool{"id": true, "arn": true}
	for name := range x.block.Body.Attributes {
		names[name] = true
	}
	for _, b := range x.block.Body.Blocks {
		names[syntax.BlockName(b)] = true
	}
	for name := range schema.Of(x.name.Mode, x.name.Type).Names() {
		names[name] = true
	}
	if !x.isClosed() {
		maps.Copy(names, x.scope.ev.Names)
	}
	for _, meta := range metaArguments {
		delete(names, meta)
	}
	return slices.Sorted(maps.Keys(names))
}

// isClosed reports whether all attributes of the type are in the catalog.
func (x *expansion) isClosed() bool {
	s := schema.Of(x.name.Mode, x.name.Type)
	return s != nil && s.Closed
}
