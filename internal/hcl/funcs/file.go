package funcs

import (
	"errors"
	"unicode/utf8"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/iacgate/iacgate/internal/hcl/value"
)

func (l *Library) file() function.Function { return textFunction(l.readText) }

func (l *Library) fileExists() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "path", Type: cty.String}},
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			_, err := l.read(args[0].AsString())
			if value.IsLimitError(err) {
				return value.Unknown(cty.Bool, value.Mark{Kind: value.Opaque, Address: "fileexists()"}), nil
			}
			return cty.BoolVal(err == nil), nil
		},
	})
}

// fileDigest returns a function that hashes a file.
func fileDigest(name string) maker {
	return func(l *Library) function.Function {
		return textFunction(func(path string) (string, error) {
			raw, err := l.read(path)
			return digests[name](string(raw)), err
		})
	}
}

// read reads a file that the code names.
func (l *Library) read(name string) ([]byte, error) {
	raw, err := l.host.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return raw, l.budget.Touch(len(raw) * value.ByteWork)
}

func (l *Library) readText(name string) (string, error) {
	raw, err := l.read(name)
	if err == nil && !utf8.Valid(raw) {
		err = errors.New(name + ": not UTF-8")
	}
	return string(raw), err
}

func (l *Library) templateFile(args []cty.Value) (cty.Value, error) {
	if len(args) != 2 {
		return cty.NilVal, errors.New("not two arguments")
	}
	path, marks := value.Unmark(args[0])
	name, ok := value.KnownString(path)
	if !ok {
		return value.OneOf(args...), nil
	}
	text, err := l.readText(name)
	if err != nil {
		return cty.NilVal, err
	}
	return l.host.Render(cty.StringVal(text).WithMarks(marks), name, args[1])
}

func (l *Library) templateString(args []cty.Value) (cty.Value, error) {
	if len(args) != 2 {
		return cty.NilVal, errors.New("not two arguments")
	}
	return l.host.Render(args[0], "", args[1])
}
