package hcl

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/hcl/check"
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

// assigned is the value that a module call or the user gives to a variable;
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

// variables finds the values that the user gives to the root module's variables.
func (ev *evaluation) variables(s *scope) (map[string]cty.Value, error) {
	if ev.options.Declared != nil {
		ev.options.Declared(slices.Collect(maps.Keys(s.config.Variables)))
	}
	if ev.options.Values != nil {
		return ev.valuesOf(s), nil
	}
	given, err := ev.assignments(s)
	if err != nil {
		return nil, err
	}
	values := map[string]cty.Value{}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		a := given[name]
		b := s.config.Variables[name]
		if b == nil {
			if a.loud && ev.options.Declared == nil {
				return nil, diag.New("", "%s %s: no such variable", a.from, name).WithHint("%s", check.Suggest(name, maps.Keys(s.config.Variables), ""))
			}
			continue
		}
		c, diags := eval.ConstraintOf(b)
		if err := syntax.Err(diags, nil); err != nil {
			return nil, err
		}
		v, err := ev.assigned(a, c)
		if err == nil {
			_, err = c.Convert(v)
		}
		if err != nil {
			return nil, diag.New("", "%s: variable %s: %v", a.from, name, err)
		}
		values[name] = v
	}
	return values, nil
}
