package funcs

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// replace returns the text unchanged if it certainly does not contain the replaced part.
func (l *Library) replace() function.Function {
	replace := l.replaceFunction()
	return variadic(func(args []cty.Value) (cty.Value, error) {
		if len(args) == 3 {
			text, told := value.TextOf(args[0])
			old, ok := value.KnownString(args[1])
			isExpression := len(old) > 1 && strings.HasPrefix(old, "/") && strings.HasSuffix(old, "/")
			if told && ok && old != "" && !isExpression && !text.IsLiteral() && text.Contains(resource.Literal(old)) == truth.No {
				return args[0].WithMarks(value.OfKinds(value.MarksOf(args[1]), value.Sensitive), value.OfKinds(value.MarksOf(args[2]), value.Sensitive)), nil
			}
		}
		return call(replace, mapValues(args, value.WithoutOutlines))
	})(l)
}

// replaceFunction reads a text between slashes as a regular expression.
func (l *Library) replaceFunction() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "text", Type: cty.String}, {Name: "old", Type: cty.String}, {Name: "new", Type: cty.String}},
		Type:   function.StaticReturnType(cty.String),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			text, old, with := args[0].AsString(), args[1].AsString(), args[2].AsString()
			if len(old) > 1 && strings.HasPrefix(old, "/") && strings.HasSuffix(old, "/") {
				pattern := old[1 : len(old)-1]
				found, err := l.countMatches(pattern, text, value.MaxText)
				if err != nil {
					return cty.NilVal, err
				}
				re, err := regexp.Compile(pattern)
				if err != nil {
					return cty.NilVal, err
				}
				// $1 in the replacement may represent as much as all of the text.
				if err := replaceSize(text, found, with); err != nil {
					return cty.NilVal, err
				}
				if strings.Count(with, "$")*len(text) > value.MaxText {
					return cty.NilVal, value.ErrTextTooLong
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
			return cty.NilVal, errors.New("not an RFC 3339 timestamp")
		}
		b, err := time.Parse(time.RFC3339, args[1].AsString())
		if err != nil {
			return cty.NilVal, errors.New("not an RFC 3339 timestamp")
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
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		return args[0].Mark(value.Mark{Kind: value.Sensitive}), nil
	},
})

var nonsensitiveFunction = function.New(&function.Spec{
	Params: []function.Parameter{anyValue}, Type: sameType,
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		v, marks := args[0].Unmark()
		delete(marks, value.Mark{Kind: value.Sensitive})
		return v.WithMarks(marks), nil
	},
})

var isSensitiveFunction = function.New(&function.Spec{
	Params: []function.Parameter{anyValue}, Type: function.StaticReturnType(cty.Bool),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		return cty.BoolVal(value.HasKind(value.MarksOf(args[0]), value.Sensitive)), nil
	},
})

// textLength counts characters as people see them.
func textLength(v cty.Value) (cty.Value, error) { return stdlib.Strlen(v) }

// textPredicate returns a function that compares two texts.
func textPredicate(test func(text, part resource.Text) truth.Truth) maker {
	return variadic(func(args []cty.Value) (cty.Value, error) {
		text, part, err := twoTexts(args)
		if err != nil {
			return cty.NilVal, err
		}
		a, okA := value.TextOf(text)
		b, okB := value.TextOf(part)
		if !okA || !okB {
			return truthValue(truth.Unknown, args...), nil
		}
		return truthValue(test(a, b), args...), nil
	})
}

func twoTexts(args []cty.Value) (a, b cty.Value, err error) {
	if len(args) != 2 {
		return cty.NilVal, cty.NilVal, fmt.Errorf("%d arguments, not two", len(args))
	}
	a, err = value.Convert(args[0], cty.String)
	if err != nil {
		return a, b, err
	}
	b, err = value.Convert(args[1], cty.String)
	if p, _ := a.Unmark(); p.IsNull() {
		err = errors.New("null is not a string")
	}
	if p, _ := b.Unmark(); p.IsNull() {
		err = errors.New("null is not a string")
	}
	return a, b, err
}

// trimAffix removes an end, if the text certainly has it.
func trimAffix(test func(text, part resource.Text) truth.Truth, trim func(text, part string) string) maker {
	return variadic(func(args []cty.Value) (cty.Value, error) {
		v, part, err := twoTexts(args)
		if err != nil {
			return cty.NilVal, err
		}
		text, okText := value.TextOf(v)
		end, okEnd := value.TextOf(part)
		unknown := cty.UnknownVal(cty.String).WithMarks(value.MarksOf(v), value.MarksOf(part)).Mark(value.Mark{Kind: value.Made})
		if !okText || !okEnd {
			return unknown, nil
		}
		switch test(text, end) {
		case truth.No:
			return v.WithMarks(value.ConditionMarks(value.MarksOf(part), true)), nil
		case truth.Yes:
			left := cty.StringVal(trim(string(text), string(end))).WithMarks(value.MarksOf(v), value.OfKinds(value.MarksOf(part), value.Sensitive), cty.NewValueMarks(value.Mark{Kind: value.Made}))
			return value.Decode(left), nil
		}
		return unknown, nil
	})
}

// whole is split() of a text that is known.
var whole = of(stdlib.SplitFunc).bounded(splitSize)(nil)

// split splits a text. No region, account, partition or generated name holds a colon or a
// comma, so a text can be split between them: split(":", aws_cloudwatch_log_group.x.arn)[6].
func split(args []cty.Value) (cty.Value, error) {
	separator, v, err := twoTexts(args)
	if err != nil {
		return cty.NilVal, err
	}
	text, isText := value.TextOf(v)
	by, isKnown := value.ScalarText(separator)
	if text.IsLiteral() || !isText || !isKnown || by != ":" && by != "," || !isSolid(text) {
		return call(whole, mapValues([]cty.Value{separator, v}, value.WithoutOutlines))
	}
	parts := text.Split(by[0], maxParts+1)
	if len(parts) > maxParts {
		return cty.NilVal, errTooManyParts
	}
	elements := make([]cty.Value, len(parts))
	for n, part := range parts {
		elements[n] = value.Decode(cty.StringVal(string(part)).WithMarks(value.MarksOf(v), value.OfKinds(value.MarksOf(separator), value.Sensitive), cty.NewValueMarks(value.Mark{Kind: value.Made})))
	}
	return cty.ListVal(elements), nil
}

// isSolid reports whether the symbols of a text are names of places and generated names.
func isSolid(text resource.Text) bool {
	for _, symbol := range resource.Symbols(string(text)) {
		_, isPlace := resource.PlaceOf(symbol)
		if _, isGenerated := resource.GeneratedFor(symbol); !isPlace && !isGenerated {
			return false
		}
	}
	return true
}

// truthValue returns what a comparison in three values comes to.
func truthValue(t truth.Truth, args ...cty.Value) cty.Value {
	marks := value.MarksOf(value.OneOf(args...))
	if t == truth.Unknown {
		return cty.UnknownVal(cty.Bool).WithMarks(marks)
	}
	return cty.BoolVal(t == truth.Yes).WithMarks(value.OfKinds(marks, value.Sensitive))
}

// sameOrConverted compares elements as in a list of one type, where 1 equals "1".
func sameOrConverted(e, want cty.Value) truth.Truth {
	if e.Type() != want.Type() {
		if converted, err := value.Convert(e, want.Type()); err == nil {
			e = converted
		}
	}
	return value.Equal(e, want)
}

// formatList formats the elements of lists one by one, so that each keeps its
// own sources.
func formatList(args []cty.Value) (cty.Value, error) {
	if len(args) == 0 {
		return cty.NilVal, errors.New("no format")
	}
	lists, n, err := listArguments(args)
	if err != nil {
		return cty.NilVal, err
	}
	if n < 0 {
		return value.OneOf(args...), nil
	}
	all := make([]cty.Value, n)
	total := 0
	for k := range all {
		one := make([]cty.Value, len(args))
		for i, a := range args {
			if one[i] = a; lists[i] != nil {
				one[i] = lists[i][k]
			}
		}
		size, err := formatBound(one)
		if total += size; err == nil && total > value.MaxText {
			err = value.ErrTextTooLong
		}
		if err != nil {
			return cty.NilVal, err
		}
		v, err := formatSymbols("format", stdlib.FormatFunc, one)
		if err != nil {
			return cty.NilVal, err
		}
		if all[k] = v; v.IsMarked() {
			all[k] = v.Mark(value.Mark{Kind: value.Made})
		}
	}
	return cty.TupleVal(all), nil
}

// listArguments returns the elements of those arguments that are lists, and how many
// each has: one if none is a list, -1 if one may be a list that is not known.
func listArguments(args []cty.Value) (lists [][]cty.Value, n int, err error) {
	lists, n = make([][]cty.Value, len(args)), -1
	for i, a := range args {
		plain, _ := a.Unmark()
		t := plain.Type()
		switch {
		case !plain.IsKnown() && !t.IsPrimitiveType():
			return nil, -1, nil
		case plain.IsNull() || t.IsPrimitiveType():
			continue
		}
		list, _, err := value.Elements(a)
		if err != nil {
			return nil, 0, err
		}
		if n >= 0 && n != len(list) {
			return nil, 0, errors.New("lists of different lengths")
		}
		lists[i], n = list, len(list)
	}
	if n < 0 {
		n = 1
	}
	return lists, n, nil
}
