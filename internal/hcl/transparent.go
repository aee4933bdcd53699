package hcl

import (
	"regexp"
	"sync"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/iacgate/iacgate/internal/resource"
)

// A transparency says how a function keeps what is known of texts that are not
// known as a whole.
type transparency uint8

const (
	// looksInto: it looks into its arguments, so that what it makes of a symbol is
	// undecided. So is every function that the table lacks.
	looksInto transparency = iota
	// hands: it hands whole values on, or compares texts in three values itself.
	hands
	// writes: it writes texts into a text, the same whatever they are.
	writes
	// reads: it reads a text as data, in which texts are what stands between quotes.
	reads
	// trims: it takes blanks off the ends of a text and looks at nothing else.
	trims
)

// apply calls a function with as much of its arguments as it may see.
func (t transparency) apply(name string, f function.Function, args []cty.Value) (cty.Value, error) {
	switch t {
	case hands:
		return call(f, args)
	case writes:
		return spell(name, f, args)
	case reads:
		return readData(f, args)
	case trims:
		return trimEnds(f, args)
	}
	return call(f, mapped(args, unoutlined))
}

// spell calls a function that writes its arguments into a text.
func spell(name string, f function.Function, args []cty.Value) (cty.Value, error) {
	if !anyOutlined(args) || name == "format" && !writesWhole(args) {
		return call(f, mapped(args, unoutlined))
	}
	v, err := call(f, mapped(args, encoded))
	if err != nil {
		return v, err
	}
	return decoded(v), nil
}

// readData calls a function that reads a text as data. A symbol that is more than
// a part of a text in it, or names something, leaves all undecided.
func readData(f function.Function, args []cty.Value) (cty.Value, error) {
	if !anyOutlined(args) {
		return call(f, mapped(args, unoutlined))
	}
	v, err := call(f, mapped(args, encoded))
	if err == nil {
		v, err = decodedDeep(v)
	}
	if err != nil {
		return call(f, mapped(args, unoutlined))
	}
	return v, nil
}

// trimEnds calls a function that takes blanks off the ends of a text. What is left
// stays where it neither begins nor ends with a symbol.
func trimEnds(f function.Function, args []cty.Value) (cty.Value, error) {
	if v, err := call(f, mapped(args, encoded)); err == nil && anyOutlined(args) {
		plain, _ := v.Unmark()
		if text, ok := plainText(plain); ok && resource.Text(text).HasLiteralEnds() {
			return decoded(v), nil
		}
	}
	return call(f, mapped(args, unoutlined))
}

func mapped(args []cty.Value, change func(cty.Value) cty.Value) []cty.Value {
	changed := make([]cty.Value, len(args))
	for i, a := range args {
		changed[i] = change(a)
	}
	return changed
}

// anyOutlined says whether there is an outline in some values.
func anyOutlined(values []cty.Value) bool {
	for _, v := range values {
		if v == cty.NilVal || !v.ContainsMarked() {
			continue
		}
		_, marks := v.UnmarkDeep()
		if len(withoutOutlines(marks)) != len(marks) {
			return true
		}
	}
	return false
}

var verbs = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`%(?:%|[^%a-zA-Z]*[a-zA-Z])`) })

// writesWhole says whether a format writes all of its texts with symbols as they
// are: %s or %v, without a width.
func writesWhole(args []cty.Value) bool {
	layout, ok := textOf(args[0])
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
			return false // which argument it is cannot be told by counting
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
		v, err := retyped(a, typ)
		if err != nil {
			if isBeyond(err) {
				return cty.NilVal, err // an ArgError hides what it is of
			}
			return cty.NilVal, function.NewArgError(n, err)
		}
		converted[n] = v
	}
	return f.Call(converted)
}
