package hcl

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/diag"
)

// constraint is the type of a variable.
type constraint struct {
	typ      cty.Type
	defaults *typeexpr.Defaults
	written  bool // the code gives a type
	text     bool // a value from the command line is text, not an expression
}

func constraintOf(b *hclsyntax.Block) (constraint, hcl.Diagnostics) {
	c := constraint{typ: cty.DynamicPseudoType, text: true}
	e := argument(b, "type")
	if e == nil {
		return c, nil
	}
	c.written = true
	typ, defaults, diags := parseType(e)
	if diags.HasErrors() {
		return c, diags
	}
	c.typ, c.defaults, c.text = typ, defaults, typ.IsPrimitiveType()
	return c, nil
}

// convert gives a value the variable's type.
func (c constraint) convert(v cty.Value) (cty.Value, error) {
	if c.defaults != nil && !v.IsNull() {
		v = c.defaults.Apply(v)
	}
	return retyped(v, c.typ)
}

// input evaluates an input variable.
func (s *scope) input(name string, at hcl.Range) (cty.Value, hcl.Diagnostics) {
	b := s.config.variables[name]
	if b == nil {
		return cty.DynamicVal, fault(at, "no variable %s", name)
	}
	c := cellOf(s.inputs, name)
	return s.ev.once(c, s.in("var."+name), b.DefRange(), func() (cty.Value, hcl.Diagnostics) {
		v, diags := s.inputValue(b, name)
		if isTrue(b, "sensitive") {
			s.ev.hide(v)
			v = v.Mark(mark{kind: secret})
		}
		return v, diags
	})
}

// isTrue says whether an argument is the literal true.
func isTrue(b *hclsyntax.Block, name string) bool {
	text, ok := literal(b, name)
	return ok && text == "true"
}

func (s *scope) inputValue(b *hclsyntax.Block, name string) (cty.Value, hcl.Diagnostics) {
	c, diags := constraintOf(b)
	if diags.HasErrors() {
		return cty.DynamicVal, diags
	}
	v, at, diags := s.assigned(b, name)
	if diags.HasErrors() {
		return cty.DynamicVal, diags
	}
	if nullable, ok := literal(b, "nullable"); v != cty.NilVal && v.IsNull() && ok && nullable == "false" {
		v = cty.NilVal
	}
	if e := argument(b, "default"); v == cty.NilVal && e != nil {
		at = e.Range()
		if v, diags = e.Value(s.base); diags.HasErrors() {
			return cty.DynamicVal, diags
		}
	}
	if v == cty.NilVal {
		return symbolFrom(c.typ.WithoutOptionalAttributesDeep(), mark{kind: unset, address: s.in("var." + name)}), nil
	}
	converted, err := c.convert(v)
	if err != nil {
		return v, fault(at, "var.%s: %v", name, err)
	}
	return converted, nil
}

// assigned is the value that a module call or the user gives to a variable;
// NilVal if there is none.
func (s *scope) assigned(b *hclsyntax.Block, name string) (cty.Value, hcl.Range, hcl.Diagnostics) {
	if s.parent == nil {
		return s.given[name], b.DefRange(), nil
	}
	e := argument(s.block, name)
	if e == nil {
		return cty.NilVal, b.DefRange(), nil
	}
	v, diags := e.Value(s.outer)
	return v, e.Range(), diags
}

// variables finds the values that the user gives to the root module's variables.
func (ev *evaluation) variables(s *scope) (map[string]cty.Value, error) {
	if ev.options.Declared != nil {
		ev.options.Declared(slices.Collect(maps.Keys(s.config.variables)))
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
		b := s.config.variables[name]
		if b == nil {
			if a.loud && ev.options.Declared == nil {
				return nil, diag.New("", "%s %s: no such variable", a.from, name).WithHint("%s", meant(name, maps.Keys(s.config.variables), ""))
			}
			continue
		}
		c, diags := constraintOf(b)
		if err := diagnosed(diags, nil); err != nil {
			return nil, err
		}
		v, err := ev.assigned(a, c)
		if err == nil {
			_, err = c.convert(v)
		}
		if err != nil {
			return nil, diag.New("", "%s: variable %s: %v", a.from, name, err)
		}
		values[name] = v
	}
	return values, nil
}
