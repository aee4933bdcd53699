package hcl

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/resource"
)

// calls are the instances of a module call.
type calls struct {
	scope     *scope // that calls
	name      string
	block     *hclsyntax.Block // nil if there is no such call
	repeated  repetition
	busy      bool
	missing   bool // the module's code is not there
	installed bool // it comes from elsewhere, or from what does
	scopes    []*scope
	byKey     map[resource.Key]*scope
	whole     cell
}

// call returns the instances of a module call.
func (s *scope) call(name string) *calls {
	if c := s.calls[name]; c != nil {
		if c.busy {
			s.ev.fail(errorAt(c.block.DefRange(), "a cycle: the instances of %s depend on themselves", s.in("module."+name)))
		}
		return c
	}
	c := &calls{scope: s, name: name, block: s.config.calls[name], byKey: map[resource.Key]*scope{}}
	s.calls[name] = c
	if c.block == nil {
		return c
	}
	c.busy = true
	c.expand()
	c.busy = false
	return c
}

// expand makes the module instances.
func (c *calls) expand() {
	s, ev := c.scope, c.scope.ev
	config, gap, err := s.called(c)
	if err != nil {
		ev.fail(err)
		return
	}
	c.repeated = s.repeat(c.block, "module."+c.name)
	if config == nil {
		c.notRead(gap)
		return
	}
	c.sayUnmade(config)
	for _, t := range c.repeated.keys {
		key := keyText(t.key)
		if c.repeated.unsettled && c.repeated.kind != resource.NoKey {
			key = "[*]"
		}
		inner := ev.newScope(config, s.in("module."+c.name+key))
		inner.parent, inner.block, inner.outer, inner.depth = s, c.block, s.with(t.names), s.depth+1
		inner.uncertain = cmp.Or(s.uncertain, c.repeated.why)
		inner.trail = maps.Clone(s.trail)
		inner.trail[inner.path] = position(c.block.DefRange())
		inner.ignores, inner.installed = slices.Concat(s.ignores, s.waivers(c.block)), c.installed
		if ev.scopes++; ev.scopes > maxModules || inner.depth > maxDepth {
			ev.fail(errorAt(c.block.DefRange(), "more than %d modules, or %d inside each other", maxModules, maxDepth))
			return
		}
		c.scopes = append(c.scopes, inner)
		c.byKey[t.key] = inner
	}
}

// sayUnmade notes that nothing is made of a module that would be a root of its own if
// it were not called: it is judged nowhere.
func (c *calls) sayUnmade(config *module) {
	ev := c.scope.ev
	if len(c.repeated.keys) > 0 || c.repeated.unsettled || c.installed || !ev.options.Walked || inModules(".", config.dir) {
		return
	}
	at := position(c.block.DefRange())
	ev.note("%s (%s:%d) makes nothing of %s; unless another root does, it is judged nowhere, and to be named", c.scope.in("module."+c.name), at.File, at.Line, ev.tree.name(config.dir))
}

// notRead notes that the module's code is not there. One that is never made holds
// nothing.
func (c *calls) notRead(gap resource.Gap) {
	if len(c.repeated.keys) == 0 {
		return
	}
	c.missing = true
	if c.repeated.unsettled {
		gap.Text += "; " + c.repeated.why
	}
	c.scope.ev.gap(gap)
}

// called finds the code of a module; where it is not there, the gap that this
// leaves.
func (s *scope) called(c *calls) (*module, resource.Gap, error) {
	source, ok := s.source(c.block)
	at, address := position(c.block.DefRange()), s.in("module."+c.name)
	gap := func(why string) resource.Gap {
		return resource.Gap{Text: fmt.Sprintf("%s (%s:%d): %s", address, at.File, at.Line, why), Module: address, Source: source}
	}
	if !ok {
		return nil, gap("its source is not a plain text"), nil
	}
	dir, why := s.find(c, source)
	if why != "" {
		return nil, gap(why), nil
	}
	if !s.ev.tree.reaches(dir) {
		return nil, gap(source + " is outside the directories that are read"), nil
	}
	if _, err := s.ev.tree.list(dir); err != nil {
		return nil, gap(source + ": " + cause(err)), nil
	}
	if c.installed = s.installed || !isLocal(source) || s.ev.isInstalled(dir); !c.installed {
		s.ev.ignores.own[dir] = true
	}
	m, err := s.ev.module(dir)
	return m, resource.Gap{}, err
}

// find returns the directory of a module, or why there is none.
func (s *scope) find(c *calls, source string) (dir, why string) {
	version := ""
	if e := argument(c.block, "version"); e != nil {
		v, diags := e.Value(s.base)
		text, ok := textOf(v)
		if !ok || diags.HasErrors() {
			return "", "its version is not a plain text"
		}
		version = text
	}
	return s.ev.locate(s.config.dir, s.static(c.name), source, version)
}

// source is where a module call has its code from. OpenTofu allows variables and
// locals in it.
func (s *scope) source(b *hclsyntax.Block) (string, bool) {
	e := argument(b, "source")
	if e == nil {
		return "", false
	}
	v, diags := e.Value(s.base)
	if diags.HasErrors() {
		return "", false
	}
	return textOf(v)
}

// static is the address of a module call without keys, as modules.json has it:
// a.b.
func (s *scope) static(name string) string {
	if s.parent == nil {
		return name
	}
	return s.parent.static(s.block.Labels[0]) + "." + name
}

// refer finds what the rest of a reference to the call means.
func (c *calls) refer(rest hcl.Traversal, at hcl.Range) (cty.Value, hcl.Diagnostics) {
	address := c.scope.in("module." + c.name)
	switch {
	case c.block == nil:
		return cty.DynamicVal, fault(at, "no module.%s", c.name)
	case c.busy:
		return cty.DynamicVal, fault(at, "a cycle")
	case c.missing:
		return symbolFrom(cty.DynamicPseudoType, mark{kind: opaque, address: address + text(rest)}), nil
	case c.repeated.kind == resource.NoKey && len(c.scopes) == 0:
		return cty.NullVal(cty.DynamicPseudoType), nil
	case c.repeated.kind == resource.NoKey:
		return c.scopes[0].exported(rest, at)
	case len(rest) == 0:
		return c.scope.ev.once(&c.whole, address, at, func() (cty.Value, hcl.Diagnostics) { return c.all(at) })
	case c.repeated.unsettled:
		if _, isIndex := rest[0].(hcl.TraverseIndex); isIndex {
			rest = rest[1:]
		}
		return c.scopes[0].exported(rest, at)
	}
	if inner := c.byKey[keyOf(stepKey(rest[0]))]; inner != nil {
		return inner.exported(rest[1:], at)
	}
	if _, isIndex := rest[0].(hcl.TraverseIndex); isIndex {
		return cty.DynamicVal, despite(laterDoubt, fault(at, "module.%s has no instance %s", c.name, stepText(rest[0])))
	}
	marks := cty.ValueMarks{mark{kind: chosen}: {}}
	for _, inner := range c.scopes {
		v, diags := inner.exported(rest, at)
		if diags.HasErrors() {
			return v, diags
		}
		maps.Copy(marks, marksOf(v))
	}
	return cty.DynamicVal.WithMarks(marks), nil
}

// exported is an output of a module, or all of them.
func (s *scope) exported(rest hcl.Traversal, at hcl.Range) (cty.Value, hcl.Diagnostics) {
	if len(rest) > 0 {
		if name := stepName(rest[0]); name != "" {
			return walked(s.output(name, at))(rest[1:])
		}
	}
	fields := map[string]cty.Value{}
	for name := range s.config.outputs {
		v, diags := s.output(name, at)
		if diags.HasErrors() {
			v = unknownFrom(cty.DynamicPseudoType, mark{kind: opaque, address: s.in(name)})
		}
		fields[name] = v
	}
	return walk(cty.ObjectVal(fields), rest)
}

// all is the call as a whole: a list or a map of objects of outputs.
func (c *calls) all(at hcl.Range) (cty.Value, hcl.Diagnostics) {
	list, fields := make([]cty.Value, len(c.scopes)), map[string]cty.Value{}
	for n, inner := range c.scopes {
		v, diags := inner.exported(nil, at)
		if diags.HasErrors() {
			return v, diags
		}
		list[n] = v
		fields[c.repeated.keys[n].key.Str] = v
	}
	switch {
	case c.repeated.kind == resource.IntKey && c.repeated.unsettled:
		return withParts(cty.DynamicVal.WithMarks(marksOf(cty.TupleVal(list)), c.repeated.marks), list), nil
	case c.repeated.kind == resource.IntKey:
		return cty.TupleVal(list), nil
	case c.repeated.unsettled:
		return cty.DynamicVal.WithMarks(marksOf(cty.TupleVal(list)), c.repeated.marks), nil
	}
	return cty.ObjectVal(fields), nil
}
