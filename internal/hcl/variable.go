package hcl

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
)

// input evaluates an input variable.
func (s *scope) input(name string, at hcl.Range) (cty.Value, hcl.Diagnostics) {
	b := s.config.Variables[name]
	if b == nil {
		return cty.DynamicVal, syntax.Errorf(at, "no variable %s", name)
	}
	c := eval.CellOf(s.inputs, name)
	return s.ev.Once(c, s.in("var."+name), b.DefRange(), func() (cty.Value, hcl.Diagnostics) {
		v, diags := s.inputValue(b, name)
		if eval.IsTrue(b, "sensitive") {
			s.ev.rememberSecret(v)
			v = v.Mark(value.Mark{Kind: value.Sensitive})
		}
		return v, diags
	})
}

func (s *scope) inputValue(b *hclsyntax.Block, name string) (cty.Value, hcl.Diagnostics) {
	c, diags := eval.ConstraintOf(b)
	if diags.HasErrors() {
		return cty.DynamicVal, diags
	}
	v, at, diags := s.assigned(b, name)
	if diags.HasErrors() {
		return cty.DynamicVal, diags
	}
	if nullable, ok := eval.Literal(b, "nullable"); v != cty.NilVal && v.IsNull() && ok && nullable == "false" {
		v = cty.NilVal
	}
	if e := syntax.Argument(b, "default"); v == cty.NilVal && e != nil {
		at = e.Range()
		if v, diags = e.Value(s.base); diags.HasErrors() {
			return cty.DynamicVal, diags
		}
	}
	if v == cty.NilVal {
		return value.UnknownSymbol(c.Typ.WithoutOptionalAttributesDeep(), value.Mark{Kind: value.Unset, Address: s.in("var." + name)}), nil
	}
	converted, err := c.Convert(v)
	if err != nil {
		return v, syntax.Errorf(at, "var.%s: %v", name, err)
	}
	return converted, nil
}

// assigned returns the value that a module call or the user gives to a variable;
// NilVal if there is none.
func (s *scope) assigned(b *hclsyntax.Block, name string) (cty.Value, hcl.Range, hcl.Diagnostics) {
	if s.parent == nil {
		return s.given[name], b.DefRange(), nil
	}
	e := syntax.Argument(s.block, name)
	if e == nil {
		return cty.NilVal, b.DefRange(), nil
	}
	v, diags := e.Value(s.outer)
	return v, e.Range(), diags
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
		if sensitive, _ := s.boolArgument(b, "sensitive"); sensitive {
			v = v.Mark(value.Mark{Kind: value.Sensitive})
		}
		return v, diags
	})
}

// boolArgument evaluates an argument that is a truth value.
func (s *scope) boolArgument(b *hclsyntax.Block, name string) (truth, ok bool) {
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
