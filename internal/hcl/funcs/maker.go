package funcs

import (
	"fmt"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// A maker makes a function for a library.
type maker func(l *Library) function.Function

// of is for functions that only cost their values.
func of(f function.Function) maker { return func(*Library) function.Function { return f } }

// bounded refuses a call with a huge result.
func (m maker) bounded(size func(args []cty.Value) error) maker {
	return m.metered(func(_ *Library, args []cty.Value) error { return size(args) })
}

// metered refuses a call with a huge result or too much work.
func (m maker) metered(size func(l *Library, args []cty.Value) error) maker {
	return func(l *Library) function.Function {
		f := m(l)
		spec := function.Spec{Params: f.Params(), VarParam: f.VarParam(), Description: f.Description()}
		spec.Type = func(args []cty.Value) (cty.Type, error) {
			if err := size(l, args); err != nil {
				return cty.NilType, err
			}
			return f.ReturnTypeForValues(args)
		}
		spec.Impl = func(args []cty.Value, _ cty.Type) (cty.Value, error) { return f.Call(args) }
		return function.New(&spec)
	}
}

// anyValue is a parameter of functions that handle marks and unknown values
// themselves.
var anyValue = function.Parameter{Name: "value", Type: cty.DynamicPseudoType, AllowUnknown: true, AllowNull: true, AllowMarked: true, AllowDynamicType: true}

// variadic returns a function that handles marks and unknown values itself.
func variadic(f func(args []cty.Value) (cty.Value, error)) maker {
	return variadicMetered(func(_ *Library, args []cty.Value) (cty.Value, error) { return f(args) })
}

// variadicMetered is variadic for a function that counts what it costs.
func variadicMetered(f func(l *Library, args []cty.Value) (cty.Value, error)) maker {
	return func(l *Library) function.Function {
		return function.New(&function.Spec{
			VarParam: &anyValue,
			Type:     function.StaticReturnType(cty.DynamicPseudoType),
			Impl:     func(args []cty.Value, _ cty.Type) (cty.Value, error) { return f(l, args) },
		})
	}
}

// unary is variadic for a function of one argument.
func unary(f func(v cty.Value) (cty.Value, error)) maker {
	return unaryMetered(func(_ *Library, v cty.Value) (cty.Value, error) { return f(v) })
}

// unaryMetered is unary for a function that counts what it costs.
func unaryMetered(f func(l *Library, v cty.Value) (cty.Value, error)) maker {
	return variadicMetered(func(l *Library, args []cty.Value) (cty.Value, error) {
		if len(args) != 1 {
			return cty.NilVal, fmt.Errorf("%d arguments, not one", len(args))
		}
		return f(l, args[0])
	})
}

func removed(name, instead string) maker {
	return variadic(func([]cty.Value) (cty.Value, error) {
		return cty.NilVal, fmt.Errorf("%s() was removed; write %s", name, instead)
	})
}

// onText makes a text of a text.
func onText(f func(string) string) maker {
	return onTextErr(func(s string) (string, error) { return f(s), nil })
}

// onTextErr makes a text of a text, or fails.
func onTextErr(f func(string) (string, error)) maker { return of(textFunction(f)) }

func textFunction(f func(string) (string, error)) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "text", Type: cty.String}},
		Type:   function.StaticReturnType(cty.String),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			text, err := f(args[0].AsString())
			return cty.StringVal(text), err
		},
	})
}
