package hcl

import (
	"errors"
	"unicode/utf8"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

func (l *library) file() function.Function { return textFunction(l.readText) }

func (l *library) fileExists() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "path", Type: cty.String}},
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			_, err := l.read(args[0].AsString())
			if isBeyond(err) {
				return unknownFrom(cty.Bool, mark{kind: opaque, address: "fileexists()"}), nil
			}
			return cty.BoolVal(err == nil), nil
		},
	})
}

// fileDigest is a function that hashes a file.
func fileDigest(name string) maker {
	return func(l *library) function.Function {
		return textFunction(func(path string) (string, error) {
			raw, err := l.read(path)
			return digests[name](string(raw)), err
		})
	}
}

// read reads a file that the code names.
func (l *library) read(name string) ([]byte, error) {
	raw, err := l.host.readFile(name)
	if err != nil {
		return nil, err
	}
	return raw, l.budget.touch(len(raw) * usual)
}

func (l *library) readText(name string) (string, error) {
	raw, err := l.read(name)
	if err == nil && !utf8.Valid(raw) {
		err = errors.New(name + ": not UTF-8")
	}
	return string(raw), err
}

func (l *library) templateFile(args []cty.Value) (cty.Value, error) {
	if len(args) != 2 {
		return cty.NilVal, errors.New("not two arguments")
	}
	path, marks := unmark(args[0])
	name, ok := plainText(path)
	if !ok {
		return either(args...), nil
	}
	text, err := l.readText(name)
	if err != nil {
		return cty.NilVal, err
	}
	return l.host.render(cty.StringVal(text).WithMarks(marks), name, args[1])
}

func (l *library) templateString(args []cty.Value) (cty.Value, error) {
	if len(args) != 2 {
		return cty.NilVal, errors.New("not two arguments")
	}
	return l.host.render(args[0], "", args[1])
}
