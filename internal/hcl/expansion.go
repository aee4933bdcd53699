package hcl

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/iacgate/iacgate/internal/resource"
)

// repetition says how often a resource or module is there.
type repetition struct {
	kind  resource.KeyKind
	keys  []turn
	marks cty.ValueMarks // of what decides
	// unsettled says that how often cannot be told: one instance without a key
	// stands for all then.
	unsettled bool
	why       string
}

// A turn is one instance of what is repeated.
type turn struct {
	key   resource.Key
	names map[string]cty.Value // each or count
}

// repeat evaluates count, for_each and enabled of a block.
func (s *scope) repeat(b *hclsyntax.Block, name string) repetition {
	if e := enabled(b); e != nil {
		v, diags := e.Value(s.base)
		marks := marksOf(v)
		v, _ = v.UnmarkDeep()
		v = as(v, cty.Bool)
		switch {
		case diags.HasErrors() || v.Type() != cty.Bool || !v.IsKnown() || v.IsNull():
			return s.unsettled(b, name, "enabled", resource.NoKey, marks, diags)
		case v.False():
			return repetition{}
		}
	}
	if e := argument(b, "count"); e != nil {
		return s.counted(b, name, e)
	}
	if e := argument(b, "for_each"); e != nil {
		return s.forEach(b, name, e)
	}
	return repetition{keys: []turn{{}}}
}

// enabled is OpenTofu's lifecycle { enabled = ... }.
func enabled(b *hclsyntax.Block) hclsyntax.Expression {
	for _, inner := range b.Body.Blocks {
		if inner.Type == "lifecycle" {
			return argument(inner, "enabled")
		}
	}
	return nil
}

func (s *scope) counted(b *hclsyntax.Block, name string, e hclsyntax.Expression) repetition {
	v, diags := e.Value(s.base)
	marks := marksOf(v)
	v, _ = v.UnmarkDeep()
	v, err := convert.Convert(v, cty.Number)
	if diags.HasErrors() || err != nil || v.IsNull() || !v.IsKnown() {
		if err != nil || v.IsNull() && !diags.HasErrors() {
			diags = append(diags, fault(e.Range(), "count is no number")...)
		}
		return s.unsettled(b, name, "count", resource.IntKey, marks, diags)
	}
	n, _ := v.AsBigFloat().Int64()
	if n < 0 {
		return s.unsettled(b, name, "count", resource.IntKey, marks, fault(e.Range(), "count is %d", n))
	}
	r := repetition{kind: resource.IntKey, marks: marks}
	if !s.allow(name, int(min(n, maxInstances+1)), e.Range()) {
		return r
	}
	for i := range int(n) {
		index := cty.ObjectVal(map[string]cty.Value{"index": cty.NumberIntVal(int64(i))})
		r.keys = append(r.keys, turn{resource.Key{Kind: resource.IntKey, Int: i}, map[string]cty.Value{"count": index}})
	}
	return r
}

func (s *scope) forEach(b *hclsyntax.Block, name string, e hclsyntax.Expression) repetition {
	v, diags := e.Value(s.base)
	plain, marks := v.Unmark()
	switch {
	case diags.HasErrors() || !plain.IsKnown():
		return s.unsettled(b, name, "for_each", resource.StringKey, marksOf(v), diags)
	case plain.IsNull() || !plain.CanIterateElements() || plain.Type().IsListType() || plain.Type().IsTupleType():
		return s.unsettled(b, name, "for_each", resource.StringKey, marks, fault(e.Range(), "for_each is no map and no set of texts"))
	}
	r := repetition{kind: resource.StringKey, marks: marks}
	if !s.allow(name, plain.LengthInt(), e.Range()) {
		return r
	}
	for it := plain.ElementIterator(); it.Next(); {
		key, value := it.Element()
		key, _ = key.Unmark()
		if !key.IsKnown() || key.IsNull() || key.Type() != cty.String {
			return s.unsettled(b, name, "for_each", resource.StringKey, marksOf(v), nil)
		}
		each := cty.ObjectVal(map[string]cty.Value{"key": key, "value": value.WithMarks(marks)})
		r.keys = append(r.keys, turn{resource.Key{Kind: resource.StringKey, Str: key.AsString()}, map[string]cty.Value{"each": each}})
	}
	return r
}

// allow says whether there may be so many instances.
func (s *scope) allow(name string, n int, at hcl.Range) bool {
	s.ev.instances += n
	if n <= maxInstances && s.ev.instances <= 10*maxInstances {
		return true
	}
	s.ev.fail(&Error{
		Position: position(at), Msg: fmt.Sprintf("%s: more than %d instances", s.in(name), maxInstances),
		Hint: "iacgate evaluates every instance; no real account has so many alarms",
	})
	return false
}

// unsettled is the repetition of what cannot be told.
func (s *scope) unsettled(b *hclsyntax.Block, name, by string, kind resource.KeyKind, marks cty.ValueMarks, diags hcl.Diagnostics) repetition {
	hidden := unknownFrom(cty.DynamicPseudoType, mark{kind: opaque, address: s.in(name) + "." + by}).WithMarks(only(marks, managed, outside, unset, decider, opaque, secret))
	r := repetition{
		kind: kind, marks: deciding(marks, false), unsettled: true,
		keys: []turn{{names: map[string]cty.Value{
			"each":  cty.ObjectVal(map[string]cty.Value{"key": as(hidden, cty.String), "value": hidden}),
			"count": cty.ObjectVal(map[string]cty.Value{"index": hidden}),
		}}},
	}
	reason := "known only after apply"
	if names := append(namesOf(marks, unset), namesOf(marks, decider)...); len(names) > 0 {
		reason = strings.Join(names, ", ") + " has no value"
	} else if diags.HasErrors() {
		reason = first(diags)
	} else if names := namesOf(marks, opaque); len(names) > 0 {
		reason = names[0] + " is not known"
	}
	p := position(b.DefRange())
	r.why = fmt.Sprintf("the instances of %s (%s:%d) are not known: %s", s.in(name), p.File, p.Line, reason)
	return r
}

// first is the first error of some diagnostics, in one line.
func first(diags hcl.Diagnostics) string {
	for _, d := range firstOf(diags) {
		text := lowered(d.Summary)
		if detail, _, _ := strings.Cut(d.Detail, "\n"); detail != "" {
			text += ": " + strings.TrimSuffix(lowered(detail), ".")
		}
		return text
	}
	return ""
}

// An expansion is the instances of a resource.
type expansion struct {
	scope     *scope
	name      resourceName
	block     *hclsyntax.Block // nil if there is no such resource
	repeated  repetition
	busy      bool
	unsettled string
	instances []*instance
	byKey     map[resource.Key]*instance
	whole     cell
	places    map[string]resource.Position // of arguments, once they are asked for
}

// resource returns the instances of a resource of the module.
func (s *scope) resource(n resourceName) *expansion {
	if x := s.resources[n]; x != nil {
		if x.busy {
			s.ev.fail(&Error{Position: position(x.block.DefRange()), Msg: "a cycle: the instances of " + s.in(n.String()) + " depend on themselves"})
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
	if x.repeated.unsettled {
		x.unsettled = x.repeated.why
	}
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
		return cty.DynamicVal, fault(at, "%s has no instance %s", x.name, stepText(rest[0]))
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
		return unknownFrom(cty.DynamicPseudoType, mark{kind: managed, address: x.instances[0].address}).WithMarks(x.repeated.marks)
	}
	list, fields := make([]cty.Value, len(x.instances)), map[string]cty.Value{}
	for n, i := range x.instances {
		list[n] = i.object()
		fields[i.key.Str] = list[n]
	}
	if x.repeated.kind == resource.StringKey {
		return cty.ObjectVal(fields)
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
	if s := shapeOf(x.name.typ); s != nil {
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

// isClosed says whether all attributes of the type are in the table.
func (x *expansion) isClosed() bool { return shapeOf(x.name.typ) != nil }
