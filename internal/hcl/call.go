package hcl

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/load"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/resource"
)

// call returns the instances of a module call.
func (s *scope) call(name string) *moduleCall {
	if c := s.calls[name]; c != nil {
		if c.busy {
			s.ev.Fail(syntax.DiagnosticAt(c.block.DefRange(), "cycle: the instances of %s depend on themselves", s.in("module."+name)))
		}
		return c
	}
	c := &moduleCall{scope: s, name: name, block: s.config.Calls[name], byKey: map[resource.Key]*scope{}}
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
func (c *moduleCall) expand() {
	s, ev := c.scope, c.scope.ev
	config, gap, err := s.called(c)
	if err != nil {
		ev.Fail(err)
		return
	}
	c.repeated = s.repeat(c.block, "module."+c.name)
	if config == nil {
		c.notRead(gap)
		return
	}
	c.noteEmpty(config)
	for _, t := range c.repeated.keys {
		key := syntax.KeyText(t.key)
		if c.repeated.unknown && c.repeated.kind != resource.NoKey {
			key = "[*]"
		}
		inner := ev.newScope(config, s.in("module."+c.name+key))
		inner.parent, inner.block, inner.outer, inner.depth = s, c.block, s.with(t.names), s.depth+1
		inner.uncertain = cmp.Or(s.uncertain, c.repeated.why)
		inner.trail = maps.Clone(s.trail)
		inner.trail[inner.path] = syntax.Position(c.block.DefRange())
		inner.ignores, inner.installed = slices.Concat(s.ignores, s.waivers(c.block)), c.installed
		if ev.scopes++; ev.scopes > load.MaxModules || inner.depth > load.MaxDepth {
			ev.Fail(syntax.DiagnosticAt(c.block.DefRange(), "more than %d modules, or %d inside each other", load.MaxModules, load.MaxDepth))
			return
		}
		c.scopes = append(c.scopes, inner)
		c.byKey[t.key] = inner
	}
}

// noteEmpty notes that a module has no instances although, if it were not called, it
// would be a root of its own: it is judged nowhere.
func (c *moduleCall) noteEmpty(config *load.Module) {
	ev := c.scope.ev
	if len(c.repeated.keys) > 0 || c.repeated.unknown || c.installed || !ev.options.Walked || load.InModulesDir(".", config.Dir) {
		return
	}
	at := syntax.Position(c.block.DefRange())
	ev.Note("%s (%s:%d) creates nothing from %s; unless another root uses it, name it to have it judged", c.scope.in("module."+c.name), at.File, at.Line, ev.Tree.Name(config.Dir))
}

// notRead notes that the module's code is missing. A module without instances
// leaves no gap.
func (c *moduleCall) notRead(gap resource.Gap) {
	if len(c.repeated.keys) == 0 {
		return
	}
	c.missing = true
	if c.repeated.unknown {
		gap.Text += "; " + c.repeated.why
	}
	c.scope.ev.markGap(gap)
}

// called finds the code of a module, or the gap that its absence leaves.
func (s *scope) called(c *moduleCall) (*load.Module, resource.Gap, error) {
	source, ok := s.source(c.block)
	at, address := syntax.Position(c.block.DefRange()), s.in("module."+c.name)
	gap := func(why string) resource.Gap {
		return resource.Gap{Text: fmt.Sprintf("%s (%s:%d): %s", address, at.File, at.Line, why), Module: address, Source: source}
	}
	if !ok {
		return nil, gap("its source is not a literal string"), nil
	}
	dir, why := s.find(c, source)
	if why != "" {
		return nil, gap(why), nil
	}
	if !s.ev.Tree.Reaches(dir) {
		return nil, gap(source + " is outside the directories that iacgate reads"), nil
	}
	if _, err := s.ev.Tree.List(dir); err != nil {
		return nil, gap(source + ": " + load.Cause(err)), nil
	}
	if c.installed = s.installed || !load.IsLocal(source) || s.ev.Data.HoldsModule(dir); !c.installed {
		s.ev.Waivers.Own[dir] = true
	}
	m, err := s.ev.Module(dir)
	return m, resource.Gap{}, err
}

// find returns the directory of a module, or why there is none.
func (s *scope) find(c *moduleCall, source string) (dir, why string) {
	version := ""
	if e := syntax.Argument(c.block, "version"); e != nil {
		v, diags := e.Value(s.base)
		text, ok := value.ScalarText(v)
		if !ok || diags.HasErrors() {
			return "", "its version is not a literal string"
		}
		version = text
	}
	return s.ev.Installed.Locate(s.config.Dir, s.static(c.name), source, version)
}

// source returns the source of a module call. OpenTofu allows variables and locals
// in it.
func (s *scope) source(b *hclsyntax.Block) (string, bool) {
	e := syntax.Argument(b, "source")
	if e == nil {
		return "", false
	}
	v, diags := e.Value(s.base)
	if diags.HasErrors() {
		return "", false
	}
	return value.ScalarText(v)
}

// static returns the address of a module call without keys, as modules.json has it:
// a.b.
func (s *scope) static(name string) string {
	if s.parent == nil {
		return name
	}
	return s.parent.static(s.block.Labels[0]) + "." + name
}

// refer resolves the rest of a reference to the call.
func (c *moduleCall) refer(rest hcl.Traversal, at hcl.Range) (cty.Value, hcl.Diagnostics) {
	address := c.scope.in("module." + c.name)
	switch {
	case c.block == nil:
		return cty.DynamicVal, syntax.Errorf(at, "no module.%s", c.name)
	case c.busy:
		return cty.DynamicVal, syntax.Errorf(at, "a cycle")
	case c.missing:
		return value.UnknownSymbol(cty.DynamicPseudoType, value.Mark{Kind: value.Opaque, Address: address + syntax.TraversalText(rest)}), nil
	case c.repeated.kind == resource.NoKey && len(c.scopes) == 0:
		return cty.NullVal(cty.DynamicPseudoType), nil
	case c.repeated.kind == resource.NoKey:
		return c.scopes[0].exported(rest, at)
	case len(rest) == 0:
		return c.scope.ev.Once(&c.whole, address, at, func() (cty.Value, hcl.Diagnostics) { return c.all(at) })
	case c.repeated.unknown:
		if _, isIndex := rest[0].(hcl.TraverseIndex); isIndex {
			rest = rest[1:]
		}
		return c.scopes[0].exported(rest, at)
	}
	if inner := c.byKey[syntax.KeyOf(syntax.StepKey(rest[0]))]; inner != nil {
		return inner.exported(rest[1:], at)
	}
	if _, isIndex := rest[0].(hcl.TraverseIndex); isIndex {
		return cty.DynamicVal, despite(laterDoubt, syntax.Errorf(at, "module.%s has no instance %s", c.name, syntax.StepText(rest[0])))
	}
	marks := cty.ValueMarks{value.Mark{Kind: value.Chosen}: {}}
	for _, inner := range c.scopes {
		v, diags := inner.exported(rest, at)
		if diags.HasErrors() {
			return v, diags
		}
		maps.Copy(marks, value.MarksOf(v))
	}
	return cty.DynamicVal.WithMarks(marks), nil
}

// exported returns an output of a module, or all of them.
func (s *scope) exported(rest hcl.Traversal, at hcl.Range) (cty.Value, hcl.Diagnostics) {
	if len(rest) > 0 {
		if name := syntax.StepName(rest[0]); name != "" {
			return stepsAfter(s.output(name, at))(rest[1:])
		}
	}
	fields := map[string]cty.Value{}
	for name := range s.config.Outputs {
		v, diags := s.output(name, at)
		if diags.HasErrors() {
			v = value.Unknown(cty.DynamicPseudoType, value.Mark{Kind: value.Opaque, Address: s.in(name)})
		}
		fields[name] = v
	}
	return eval.Walk(cty.ObjectVal(fields), rest)
}

// all returns the call as a whole: a list or a map of objects of outputs.
func (c *moduleCall) all(at hcl.Range) (cty.Value, hcl.Diagnostics) {
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
	case c.repeated.kind == resource.IntKey && c.repeated.unknown:
		return value.WithParts(cty.DynamicVal.WithMarks(value.MarksOf(cty.TupleVal(list)), c.repeated.marks), list), nil
	case c.repeated.kind == resource.IntKey:
		return cty.TupleVal(list), nil
	case c.repeated.unknown:
		return cty.DynamicVal.WithMarks(value.MarksOf(cty.TupleVal(list)), c.repeated.marks), nil
	}
	return cty.ObjectVal(fields), nil
}
