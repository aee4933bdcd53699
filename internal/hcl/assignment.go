package hcl

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/hcl/check"
	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/load"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/intake"
)

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

// valuesOf returns the values of the root module's variables that a plan has.
func (ev *evaluation) valuesOf(s *scope) map[string]cty.Value {
	values := map[string]cty.Value{}
	for name := range s.config.Variables {
		given, ok := ev.options.Values[name]
		if !ok {
			continue
		}
		raw, err := json.Marshal(given)
		if err != nil {
			continue
		}
		if typ, err := ctyjson.ImpliedType(raw); err == nil {
			if v, err := ctyjson.Unmarshal(raw, typ); err == nil {
				values[name] = v
			}
		}
	}
	return values
}

// An assignment gives a value to a variable of the root module: as text, which
// the variable's type says how to read, or as an expression.
type assignment struct {
	from string
	text string
	expr hclsyntax.Expression
	loud bool // a variable that is not declared is an error
}

// assignments collects values from the weakest source to the strongest.
// https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
func (ev *evaluation) assignments(s *scope) (map[string]assignment, error) {
	given := map[string]assignment{}
	for _, e := range ev.options.Environ {
		if name, text, ok := strings.Cut(e, "="); ok && strings.HasPrefix(name, "TF_VAR_") {
			ev.Partitions.Add(text)
			given[strings.TrimPrefix(name, "TF_VAR_")] = assignment{from: name, text: text}
		}
	}
	names, err := ev.Tree.List(s.config.Dir)
	if err != nil {
		return nil, diag.New(ev.Tree.Shown, "%s", load.Cause(err))
	}
	for _, name := range load.VariableFiles(names) {
		p := path.Join(s.config.Dir, name)
		source, err := ev.Tree.Read(p)
		if err != nil {
			return nil, diag.New(ev.Tree.Name(p), "%s", load.Cause(err))
		}
		if err := ev.assign(given, source, ev.Tree.Name(p)); err != nil {
			return nil, err
		}
	}
	for _, name := range ev.options.VarFiles {
		source, err := intake.Any(name, load.MaxFile)
		if err != nil {
			return nil, diag.New(name, "%s", load.Cause(err))
		}
		if err := ev.assign(given, source, name); err != nil {
			return nil, err
		}
	}
	for _, v := range ev.options.Vars {
		name, text, ok := strings.Cut(v, "=")
		if !ok {
			return nil, diag.New("", "--var %s: no =", v).WithHint("write --var name=value")
		}
		ev.Partitions.Add(text)
		given[strings.TrimSpace(name)] = assignment{from: "--var", text: text, loud: true}
	}
	return given, nil
}

// assign reads a file of values. Its errors show no line of it: it holds the
// values of sensitive variables, too.
func (ev *evaluation) assign(given map[string]assignment, source []byte, name string) error {
	body, diags := syntax.ParseValues(source, name)
	if err := syntax.Err(diags, nil); err != nil {
		return err
	}
	for _, b := range body.Blocks {
		return syntax.DiagnosticAt(b.DefRange(), "a block in a variable file").WithHint("write name = value")
	}
	for _, a := range syntax.SortedAttributes(body) {
		ev.NoteNames(a.Expr)
		given[a.Name] = assignment{from: fmt.Sprintf("%s:%d", a.NameRange.Filename, a.NameRange.Start.Line), expr: eval.Rewrite(a.Expr)}
	}
	return nil
}

// assigned reads the value for a variable of a type.
func (ev *evaluation) assigned(a assignment, c eval.Constraint) (cty.Value, error) {
	e := a.expr
	if e == nil {
		if c.Text {
			return cty.StringVal(a.text), nil
		}
		parsed, diags := syntax.ParseExpression([]byte(a.text), a.from)
		if diags.HasErrors() {
			return cty.NilVal, errors.New(syntax.FirstMessage(diags))
		}
		e = eval.Rewrite(parsed)
	}
	v, diags := e.Value(ev.ConstantContext())
	if diags.HasErrors() {
		return cty.NilVal, errors.New(syntax.FirstMessage(diags))
	}
	if _, err := value.Weigh(v); err != nil {
		return cty.NilVal, err
	}
	return v, nil
}
