package hcl

import (
	"errors"
	"regexp"
	"strings"
	"time"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/iacgate/iacgate/internal/resource"
)

// replacing leaves a text as it is that is known not to hold what is replaced.
func (l *library) replacing() function.Function {
	replace := l.replaceFunction()
	return variadic(func(args []cty.Value) (cty.Value, error) {
		if len(args) == 3 {
			text, told := textual(args[0])
			old, ok := plainText(args[1])
			isExpression := len(old) > 1 && strings.HasPrefix(old, "/") && strings.HasSuffix(old, "/")
			if told && ok && old != "" && !isExpression && !text.IsLiteral() && text.Contains(resource.Literal(old)) == resource.No {
				return args[0].WithMarks(only(marksOf(args[1]), secret), only(marksOf(args[2]), secret)), nil
			}
		}
		return call(replace, mapped(args, unoutlined))
	})(l)
}

// replaceFunction takes a text between slashes for a regular expression.
func (l *library) replaceFunction() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "text", Type: cty.String}, {Name: "old", Type: cty.String}, {Name: "new", Type: cty.String}},
		Type:   function.StaticReturnType(cty.String),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			text, old, with := args[0].AsString(), args[1].AsString(), args[2].AsString()
			if len(old) > 1 && strings.HasPrefix(old, "/") && strings.HasSuffix(old, "/") {
				pattern := old[1 : len(old)-1]
				found, err := l.matches(pattern, text, maxText)
				if err != nil {
					return cty.NilVal, err
				}
				re, err := regexp.Compile(pattern)
				if err != nil {
					return cty.NilVal, err
				}
				// $1 in the replacement may stand for as much as all of the text.
				if err := replaceSize(text, found, with); err != nil {
					return cty.NilVal, err
				}
				if strings.Count(with, "$")*len(text) > maxText {
					return cty.NilVal, errTextTooLong
				}
				return cty.StringVal(re.ReplaceAllString(text, with)), nil
			}
			if err := replaceSize(text, strings.Count(text, old), with); err != nil {
				return cty.NilVal, err
			}
			return cty.StringVal(strings.ReplaceAll(text, old, with)), nil
		},
	})
}

var timeComparison = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "a", Type: cty.String}, {Name: "b", Type: cty.String}},
	Type:   function.StaticReturnType(cty.Number),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		a, err := time.Parse(time.RFC3339, args[0].AsString())
		if err != nil {
			return cty.NilVal, errors.New("not a time as in RFC 3339")
		}
		b, err := time.Parse(time.RFC3339, args[1].AsString())
		if err != nil {
			return cty.NilVal, errors.New("not a time as in RFC 3339")
		}
		return cty.NumberIntVal(int64(a.Compare(b))), nil
	},
})

func baseName(p string) string {
	p = strings.TrimRight(p, "/")
	return p[strings.LastIndexByte(p, '/')+1:]
}

func dirName(p string) string {
	i := strings.LastIndexByte(p, '/')
	switch {
	case i < 0:
		return "."
	case i == 0:
		return "/"
	}
	return p[:i]
}

func sameType(args []cty.Value) (cty.Type, error) { return args[0].Type(), nil }

var sensitiveFunction = function.New(&function.Spec{
	Params: []function.Parameter{anyValue}, Type: sameType,
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) { return args[0].Mark(mark{kind: secret}), nil },
})

var nonsensitiveFunction = function.New(&function.Spec{
	Params: []function.Parameter{anyValue}, Type: sameType,
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		v, marks := args[0].Unmark()
		delete(marks, mark{kind: secret})
		return v.WithMarks(marks), nil
	},
})

var isSensitiveFunction = function.New(&function.Spec{
	Params: []function.Parameter{anyValue}, Type: function.StaticReturnType(cty.Bool),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		return cty.BoolVal(has(marksOf(args[0]), secret)), nil
	},
})

// textLength counts characters as people see them.
func textLength(v cty.Value) (cty.Value, error) { return stdlib.Strlen(v) }
