package funcs

import (
	"regexp"
	"sync"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/resource"
)

// A transparency says how a function keeps the known parts of texts that are not
// known as a whole.
type transparency uint8

const (
	// inspection: it looks into its arguments, so its result for a symbol is
	// undecided. So is that of every function that the table lacks.
	inspection transparency = iota
	// passThrough: it returns whole values, or compares texts in three-valued logic itself.
	passThrough
	// formatting: it inserts texts into a text, whatever they are.
	formatting
	// parsing: it reads a text as data, in which texts are in quotes.
	parsing
	// blankTrimming: it trims blanks off the ends of a text, without looking at the rest.
	blankTrimming
)

// apply calls a function with the known parts of its arguments, as far as it may see them.
func (t transparency) apply(name string, f function.Function, args []cty.Value) (cty.Value, error) {
	switch t {
	case passThrough:
		return call(f, args)
	case formatting:
		return formatSymbols(name, f, args)
	case parsing:
		return parseSymbols(f, args)
	case blankTrimming:
		return trimBlanks(f, args)
	}
	return call(f, mapValues(args, value.WithoutOutlines))
}

// formatSymbols calls a function that inserts its arguments into a text.
func formatSymbols(name string, f function.Function, args []cty.Value) (cty.Value, error) {
	if !anyOutlined(args) || name == "format" && !writesWhole(args) {
		return call(f, mapValues(args, value.WithoutOutlines))
	}
	v, err := call(f, mapValues(args, value.Encode))
	if err != nil {
		return v, err
	}
	return value.Decode(v), nil
}

// parseSymbols calls a function that reads a text as data. If a symbol is
// more than a part of a text in it, or a part of a name, the result is undecided.
func parseSymbols(f function.Function, args []cty.Value) (cty.Value, error) {
	if !anyOutlined(args) {
		return call(f, mapValues(args, value.WithoutOutlines))
	}
	v, err := call(f, mapValues(args, value.Encode))
	if err == nil {
		v, err = value.DecodeDeep(v)
	}
	if err != nil {
		return call(f, mapValues(args, value.WithoutOutlines))
	}
	return v, nil
}

// trimBlanks calls a function that trims blanks off the ends of a text. The result is
// known if no symbol can hold a blank, or none is at an end.
func trimBlanks(f function.Function, args []cty.Value) (cty.Value, error) {
	if v, err := call(f, mapValues(args, value.Encode)); err == nil && anyOutlined(args) {
		plain, _ := v.Unmark()
		if text, ok := value.KnownString(plain); ok && (resource.Text(text).HasLiteralEnds() || isSolid(resource.Text(text))) {
			return value.Decode(v), nil
		}
	}
	return call(f, mapValues(args, value.WithoutOutlines))
}

func mapValues(args []cty.Value, change func(cty.Value) cty.Value) []cty.Value {
	changed := make([]cty.Value, len(args))
	for i, a := range args {
		changed[i] = change(a)
	}
	return changed
}

// anyOutlined reports whether one of some values has an outline.
func anyOutlined(values []cty.Value) bool {
	for _, v := range values {
		if v == cty.NilVal || !v.ContainsMarked() {
			continue
		}
		_, marks := v.UnmarkDeep()
		if len(value.MarksWithoutOutlines(marks)) != len(marks) {
			return true
		}
	}
	return false
}

var verbs = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`%(?:%|[^%a-zA-Z]*[a-zA-Z])`) })

// writesWhole reports whether a format writes all of its texts with symbols as they
// are: %s or %v, without a width.
func writesWhole(args []cty.Value) bool {
	layout, ok := value.ScalarText(args[0])
	if !ok {
		return false
	}
	n := 1
	for _, verb := range verbs().FindAllString(layout, -1) {
		switch {
		case verb == "%%":
			continue
		case verb == "%s" || verb == "%v":
		case len(verb) > 2 && (verb[1] == '[' || regexp.MustCompile(`\*|\[`).MatchString(verb)):
			return false // which argument it is cannot be determined by counting
		case n < len(args) && anyOutlined(args[n:n+1]):
			return false
		}
		n++
	}
	return true
}

// call checks and converts the arguments and calls a function.
func call(f function.Function, args []cty.Value) (cty.Value, error) {
	params, rest := f.Params(), f.VarParam()
	converted := make([]cty.Value, len(args))
	for n, a := range args {
		typ := cty.DynamicPseudoType
		switch {
		case n < len(params):
			typ = params[n].Type
		case rest != nil:
			typ = rest.Type
		}
		v, err := value.Convert(a, typ)
		if err != nil {
			if value.IsLimitError(err) {
				return cty.NilVal, err // an ArgError hides what it is of
			}
			return cty.NilVal, function.NewArgError(n, err)
		}
		converted[n] = v
	}
	return f.Call(converted)
}
