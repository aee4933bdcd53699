package hcl

import (
	"path/filepath"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/check"
	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/load"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/resource"
)

// A scope is a module instance: what the names in its code mean.
type scope struct {
	ev     *evaluation
	config *load.Module
	path   string // its address, "" for the root module
	depth  int

	// What calls it, nil for the root module.
	parent *scope
	block  *hclsyntax.Block
	outer  *hcl.EvalContext // of the call's arguments, with each and count

	base      *hcl.EvalContext
	inputs    map[string]*eval.Cell
	given     map[string]cty.Value // the root module's variables
	locals    map[string]*eval.Cell
	outputs   map[string]*eval.Cell
	resources map[syntax.ResourceName]*expansion
	calls     map[string]*moduleCall
	providers map[string]*configuration
	hopMarks  map[string]cty.ValueMarks    // of what names bring in, see via.go
	trail     map[string]resource.Position // the calls that lead here
	ignores   []*resource.Ignore           // at the calls that lead here
	uncertain string                       // why nobody knows whether it is there
	installed bool                         // its code is not that of who is judged
}

func (ev *evaluation) newScope(config *load.Module, path string) *scope {
	s := &scope{
		ev: ev, config: config, path: path,
		inputs: map[string]*eval.Cell{}, locals: map[string]*eval.Cell{}, outputs: map[string]*eval.Cell{},
		resources: map[syntax.ResourceName]*expansion{}, calls: map[string]*moduleCall{}, providers: map[string]*configuration{},
		trail: map[string]resource.Position{}, hopMarks: map[string]cty.ValueMarks{},
	}
	s.base = ev.Context(s, map[string]cty.Value{
		"path": cty.ObjectVal(map[string]cty.Value{
			"module": cty.StringVal(ev.Tree.FromRoot(config.Dir)), "root": cty.StringVal("."),
			"cwd": value.UnknownSymbol(cty.String, value.Mark{Kind: value.Opaque, Address: "path.cwd"}),
		}),
		"terraform": cty.ObjectVal(map[string]cty.Value{
			"workspace": ev.workspaceValue(), "env": ev.workspaceValue(), "applying": cty.False,
		}),
	})
	s.base.Variables["tofu"] = s.base.Variables["terraform"]
	return s
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
	a := s.config.Locals[name]
	if a == nil {
		return cty.DynamicVal, syntax.Errorf(at, "no local.%s", name)
	}
	c := eval.CellOf(s.locals, name)
	return s.ev.Once(c, s.in("local."+name), a.NameRange, func() (cty.Value, hcl.Diagnostics) { return a.Expr.Value(s.base) })
}

// output evaluates an output, for the module that calls this one.
func (s *scope) output(name string, at hcl.Range) (cty.Value, hcl.Diagnostics) {
	b := s.config.Outputs[name]
	if b == nil {
		return cty.DynamicVal, syntax.Errorf(at, "%s has no output %s", s.path, name)
	}
	e := syntax.Argument(b, "value")
	if e == nil {
		return cty.DynamicVal, syntax.Errorf(b.DefRange(), "output %s without a value", name)
	}
	c := eval.CellOf(s.outputs, name)
	return s.ev.Once(c, s.in("output."+name), b.DefRange(), func() (cty.Value, hcl.Diagnostics) {
		v, diags := e.Value(s.base)
		if sensitive, _ := s.flag(b, "sensitive"); sensitive {
			v = v.Mark(value.Mark{Kind: value.Sensitive})
		}
		return v, diags
	})
}

// flag evaluates an argument that is a truth value.
func (s *scope) flag(b *hclsyntax.Block, name string) (truth, ok bool) {
	e := syntax.Argument(b, name)
	if e == nil {
		return false, false
	}
	v, diags := e.Value(s.base)
	v, _ = v.UnmarkDeep()
	v = value.TryConvert(v, cty.Bool)
	if diags.HasErrors() || v.Type() != cty.Bool || !v.IsKnown() || v.IsNull() {
		return false, false
	}
	return v.True(), true
}

// checked is the module as something to check. The scope stands for all of its
// instances.
func (s *scope) checked() *check.Module {
	tree := s.ev.Tree
	return &check.Module{
		Code: s.config,
		// Terragrunt may write files beside those of the root module.
		Generated: s.parent == nil && IsTerragrunt(filepath.Join(tree.Base, filepath.FromSlash(tree.Dir))),
		Called: func(call string) (*check.Module, error) {
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
	c := &moduleCall{scope: s, name: name, block: s.config.Calls[name]}
	notes := s.ev.Notes
	config, _, err := s.called(c)
	s.ev.Notes = notes
	if config == nil || err != nil {
		return nil, err
	}
	inner := s.ev.newScope(config, s.in("module."+name))
	inner.parent, inner.block, inner.outer, inner.depth = s, c.block, s.base, s.depth+1
	inner.installed = c.installed
	return inner, nil
}
