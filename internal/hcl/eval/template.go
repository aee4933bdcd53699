package eval

import (
	"errors"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
)

// maxTemplates bounds templates that read templates.
const maxTemplates = 8

// template evaluates a template with variables of its own.
func (ev *Evaluator) template(source cty.Value, name string, vars cty.Value) (cty.Value, error) {
	plain, marks := value.Unmark(source)
	text, ok := value.KnownString(plain)
	variables, own := value.Unmark(vars)
	if !ok || !variables.IsKnown() {
		return value.OneOf(source, vars), nil
	}
	if variables.IsNull() || !(variables.Type().IsObjectType() || variables.Type().IsMapType()) {
		return cty.NilVal, errors.New("the variables are not a map")
	}
	if ev.templates++; ev.templates > maxTemplates {
		return cty.NilVal, value.NewLimitError("templates inside templates")
	}
	defer func() { ev.templates-- }()
	// A byte of a template may be a part of an expression, of which a tree is made.
	if err := ev.Budget.TouchEach(value.ElementWork, len(text)); err != nil {
		return cty.NilVal, err
	}
	e, diags := syntax.ParseTemplate([]byte(text), name, hcl.Pos{Line: 1, Column: 1})
	if diags.HasErrors() {
		return cty.NilVal, syntax.AsError(diags)
	}
	v, diags := Rewrite(e).Value(ev.Context(nil, variables.AsValueMap()))
	if diags.HasErrors() {
		return cty.NilVal, syntax.AsError(diags)
	}
	return v.WithMarks(marks, own), nil
}
