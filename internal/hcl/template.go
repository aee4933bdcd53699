package hcl

import (
	"errors"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// maxTemplates bounds templates that read templates.
const maxTemplates = 8

// template evaluates a template with variables of its own.
func (ev *evaluator) template(source cty.Value, name string, vars cty.Value) (cty.Value, error) {
	plain, marks := unmark(source)
	text, ok := plainText(plain)
	variables, own := unmark(vars)
	if !ok || !variables.IsKnown() {
		return either(source, vars), nil
	}
	if variables.IsNull() || !(variables.Type().IsObjectType() || variables.Type().IsMapType()) {
		return cty.NilVal, errors.New("variables that are no map")
	}
	if ev.templates++; ev.templates > maxTemplates {
		return cty.NilVal, beyond("templates inside templates")
	}
	defer func() { ev.templates-- }()
	// A byte of a template may be a part of an expression, of which a tree is made.
	if err := ev.budget.touchEach(valueWork, len(text)); err != nil {
		return cty.NilVal, err
	}
	e, diags := parseTemplate([]byte(text), name, hcl.Pos{Line: 1, Column: 1})
	if diags.HasErrors() {
		return cty.NilVal, carried(diags)
	}
	v, diags := rewrite(e).Value(ev.context(nil, variables.AsValueMap()))
	if diags.HasErrors() {
		return cty.NilVal, carried(diags)
	}
	return v.WithMarks(marks, own), nil
}
