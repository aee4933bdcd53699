package hcl

import (
	"errors"
	"io/fs"
	"maps"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/iacgate/iacgate/internal/repository"
)

// fileFunctions read files of the tree.
func (ev *evaluation) fileFunctions() map[string]function.Function {
	all := map[string]function.Function{
		"file": textToText(ev.text),
		"fileexists": function.New(&function.Spec{
			Params: []function.Parameter{{Name: "path", Type: cty.String}},
			Type:   function.StaticReturnType(cty.Bool),
			Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
				_, err := ev.bytes(args[0].AsString())
				if isBeyond(err) {
					return unknownFrom(cty.Bool, mark{kind: opaque, address: "fileexists()"}), nil
				}
				return cty.BoolVal(err == nil), nil
			},
		}),
		"templatefile": variadic(func(args []cty.Value) (cty.Value, error) { return ev.templateFile(args) }),
		"templatestring": variadic(func(args []cty.Value) (cty.Value, error) {
			if len(args) != 2 {
				return cty.NilVal, errors.New("not two arguments")
			}
			return ev.template(args[0], "", args[1])
		}),
	}
	for name, digest := range digests {
		all["file"+name] = textToText(func(path string) (string, error) {
			raw, err := ev.bytes(path)
			return digest(string(raw)), err
		})
	}
	return all
}

// bytes reads a file that the code names.
func (ev *evaluation) bytes(name string) ([]byte, error) {
	p, err := ev.tree.find(name)
	if err != nil {
		return nil, boundError{err}
	}
	raw, err := ev.tree.read(p)
	if err != nil {
		said := errors.New(ev.tree.name(p) + ": " + cause(err))
		if isTold(err) {
			return nil, said
		}
		return nil, boundError{said}
	}
	return raw, ev.budget.touch(len(raw) * usual)
}

// isTold says whether Terraform meets the same: there is no such file, or it is a
// directory. What is not ours to read, or too large, it reads.
func isTold(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, repository.ErrIrregular)
}

func (ev *evaluation) text(name string) (string, error) {
	raw, err := ev.bytes(name)
	if err == nil && !utf8.Valid(raw) {
		err = errors.New(name + ": not UTF-8")
	}
	return string(raw), err
}

func (ev *evaluation) templateFile(args []cty.Value) (cty.Value, error) {
	if len(args) != 2 {
		return cty.NilVal, errors.New("not two arguments")
	}
	path, marks := unmark(args[0])
	name, ok := plainText(path)
	if !ok {
		return either(args...), nil
	}
	text, err := ev.text(name)
	if err != nil {
		return cty.NilVal, err
	}
	return ev.template(cty.StringVal(text).WithMarks(marks), name, args[1])
}

// maxTemplates bounds templates that read templates.
const maxTemplates = 8

// template evaluates a template with variables of its own.
func (ev *evaluation) template(source cty.Value, name string, vars cty.Value) (cty.Value, error) {
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
	names := map[string]cty.Value{hidden: cty.CapsuleVal(scopeType, &scope{ev: ev, closed: true})}
	maps.Copy(names, variables.AsValueMap())
	v, diags := rewrite(e).Value(&hcl.EvalContext{Variables: names})
	if diags.HasErrors() {
		return cty.NilVal, carried(diags)
	}
	return v.WithMarks(marks, own), nil
}
