package hcl

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/intake"
)

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
			ev.partitions.Add(text)
			given[strings.TrimPrefix(name, "TF_VAR_")] = assignment{from: name, text: text}
		}
	}
	names, err := ev.tree.list(s.config.dir)
	if err != nil {
		return nil, diag.New(ev.tree.shown, "%s", cause(err))
	}
	for _, name := range variableFiles(names) {
		p := path.Join(s.config.dir, name)
		source, err := ev.tree.read(p)
		if err != nil {
			return nil, diag.New(ev.tree.name(p), "%s", cause(err))
		}
		if err := ev.assign(given, source, ev.tree.name(p)); err != nil {
			return nil, err
		}
	}
	for _, name := range ev.options.VarFiles {
		source, err := intake.Any(name, maxFile)
		if err != nil {
			return nil, diag.New(name, "%s", cause(err))
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
		ev.partitions.Add(text)
		given[strings.TrimSpace(name)] = assignment{from: "--var", text: text, loud: true}
	}
	return given, nil
}

// variableFiles picks the files that Terraform reads values from by itself, the
// weakest first.
func variableFiles(names []string) []string {
	var first, auto []string
	for _, want := range []string{"terraform.tfvars", "terraform.tfvars.json"} {
		for _, name := range names {
			if name == want {
				first = append(first, name)
			}
		}
	}
	for _, name := range names {
		if strings.HasSuffix(name, ".auto.tfvars") || strings.HasSuffix(name, ".auto.tfvars.json") {
			auto = append(auto, name)
		}
	}
	return append(first, auto...)
}

// assign reads a file of values. Its errors show no line of it: it holds the
// values of sensitive variables, too.
func (ev *evaluation) assign(given map[string]assignment, source []byte, name string) error {
	body, diags := parseValues(source, name)
	if err := diagnosed(diags, nil); err != nil {
		return err
	}
	for _, b := range body.Blocks {
		return errorAt(b.DefRange(), "a block in a file of values").WithHint("write name = value")
	}
	for _, a := range sortedAttributes(body) {
		ev.noteNames(a.Expr)
		given[a.Name] = assignment{from: fmt.Sprintf("%s:%d", a.NameRange.Filename, a.NameRange.Start.Line), expr: rewrite(a.Expr)}
	}
	return nil
}

// assigned reads the value for a variable of a type.
func (ev *evaluation) assigned(a assignment, c constraint) (cty.Value, error) {
	e := a.expr
	if e == nil {
		if c.text {
			return cty.StringVal(a.text), nil
		}
		parsed, diags := parseExpression([]byte(a.text), a.from)
		if diags.HasErrors() {
			return cty.NilVal, errors.New(first(diags))
		}
		e = rewrite(parsed)
	}
	v, diags := e.Value(ev.constants())
	if diags.HasErrors() {
		return cty.NilVal, errors.New(first(diags))
	}
	if _, err := weigh(v); err != nil {
		return cty.NilVal, err
	}
	return v, nil
}

// environ returns a variable of the environment.
func (l *loader) environ(name string) (string, bool) {
	for _, e := range l.options.Environ {
		if key, value, ok := strings.Cut(e, "="); ok && key == name {
			return value, true
		}
	}
	return "", false
}
