package hcl

import (
	"path/filepath"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/resource"
)

// A scope is a module instance: what the names in its code mean.
type scope struct {
	ev     *evaluation
	config *module
	path   string // its address, "" for the root module
	depth  int

	// What calls it, nil for the root module.
	parent *scope
	block  *hclsyntax.Block
	outer  *hcl.EvalContext // of the call's arguments, with each and count

	base      *hcl.EvalContext
	inputs    map[string]*cell
	given     map[string]cty.Value // the root module's variables
	locals    map[string]*cell
	outputs   map[string]*cell
	resources map[resourceName]*expansion
	calls     map[string]*calls
	providers map[string]*configuration
	passing   map[string]cty.ValueMarks    // of what names bring in, see via.go
	trail     map[string]resource.Position // the calls that lead here
	ignores   []*resource.Ignore           // at the calls that lead here
	uncertain string                       // why nobody knows whether it is there
	installed bool                         // its code is not that of who is judged
}

func (ev *evaluation) newScope(config *module, path string) *scope {
	s := &scope{
		ev: ev, config: config, path: path,
		inputs: map[string]*cell{}, locals: map[string]*cell{}, outputs: map[string]*cell{},
		resources: map[resourceName]*expansion{}, calls: map[string]*calls{}, providers: map[string]*configuration{},
		trail: map[string]resource.Position{}, passing: map[string]cty.ValueMarks{},
	}
	s.base = ev.context(s, map[string]cty.Value{
		"path": cty.ObjectVal(map[string]cty.Value{
			"module": cty.StringVal(ev.tree.fromRoot(config.dir)), "root": cty.StringVal("."),
			"cwd": symbolFrom(cty.String, mark{kind: opaque, address: "path.cwd"}),
		}),
		"terraform": cty.ObjectVal(map[string]cty.Value{
			"workspace": ev.workspaceValue(), "env": ev.workspaceValue(), "applying": cty.False,
		}),
	})
	s.base.Variables["tofu"] = s.base.Variables["terraform"]
	return s
}

// root makes the scope of the root module.
func (ev *evaluation) root() (*scope, error) {
	config, err := ev.module(ev.tree.dir)
	if err != nil {
		return nil, err
	}
	ev.ignores.own[config.dir] = true
	s := ev.newScope(config, "")
	s.given, err = ev.variables(s)
	ev.given = s.given
	return s, err
}

// with returns a context of the scope with further names.
func (s *scope) with(names map[string]cty.Value) *hcl.EvalContext {
	if len(names) == 0 {
		return s.base
	}
	ctx := s.base.NewChild()
	ctx.Variables = names
	return ctx
}

// in prefixes an address with the module's.
func (s *scope) in(address string) string {
	if s.path == "" {
		return address
	}
	return s.path + "." + address
}

// local evaluates a local value.
func (s *scope) local(name string, at hcl.Range) (cty.Value, hcl.Diagnostics) {
	a := s.config.locals[name]
	if a == nil {
		return cty.DynamicVal, fault(at, "no local.%s", name)
	}
	c := cellOf(s.locals, name)
	return s.ev.once(c, s.in("local."+name), a.NameRange, func() (cty.Value, hcl.Diagnostics) { return a.Expr.Value(s.base) })
}

// output evaluates an output, for the module that calls this one.
func (s *scope) output(name string, at hcl.Range) (cty.Value, hcl.Diagnostics) {
	b := s.config.outputs[name]
	if b == nil {
		return cty.DynamicVal, fault(at, "%s has no output %s", s.path, name)
	}
	e := argument(b, "value")
	if e == nil {
		return cty.DynamicVal, fault(b.DefRange(), "output %s without a value", name)
	}
	c := cellOf(s.outputs, name)
	return s.ev.once(c, s.in("output."+name), b.DefRange(), func() (cty.Value, hcl.Diagnostics) {
		v, diags := e.Value(s.base)
		if sensitive, _ := s.flag(b, "sensitive"); sensitive {
			v = v.Mark(mark{kind: secret})
		}
		return v, diags
	})
}

// flag evaluates an argument that is a truth value.
func (s *scope) flag(b *hclsyntax.Block, name string) (truth, ok bool) {
	e := argument(b, name)
	if e == nil {
		return false, false
	}
	v, diags := e.Value(s.base)
	v, _ = v.UnmarkDeep()
	v = as(v, cty.Bool)
	if diags.HasErrors() || v.Type() != cty.Bool || !v.IsKnown() || v.IsNull() {
		return false, false
	}
	return v.True(), true
}

func cellOf[K comparable](cells map[K]*cell, name K) *cell {
	c := cells[name]
	if c == nil {
		c = new(cell)
		cells[name] = c
	}
	return c
}

// checked is the module as something to check. The scope stands for all of its
// instances.
func (s *scope) checked() *checkedModule {
	tree := s.ev.tree
	return &checkedModule{
		code: s.config,
		// Terragrunt may write files beside those of the root module.
		generated: s.parent == nil && IsTerragrunt(filepath.Join(tree.base, filepath.FromSlash(tree.dir))),
		called: func(call string) (*checkedModule, error) {
			inner, err := s.callee(call)
			if inner == nil || err != nil {
				return nil, err
			}
			return inner.checked(), nil
		},
	}
}

// callee is a scope of the module that a call means, nil if it is not there.
func (s *scope) callee(name string) (*scope, error) {
	c := &calls{scope: s, name: name, block: s.config.calls[name]}
	notes := s.ev.notes
	config, _, err := s.called(c)
	s.ev.notes = notes
	if config == nil || err != nil {
		return nil, err
	}
	inner := s.ev.newScope(config, s.in("module."+name))
	inner.parent, inner.block, inner.outer, inner.depth = s, c.block, s.base, s.depth+1
	inner.installed = c.installed
	return inner, nil
}
