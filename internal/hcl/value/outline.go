package value

import (
	"errors"

	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/resource"
)

// An outline is the known part of an unknown value: its text, with
// symbols for what only apply, the account or a variable can tell, or the parts of
// a list, each of which is one element or any number of them.
//
// It is a mark, so that it goes where the value goes. As cty puts the marks of
// operands on results, whatever makes a new value takes outlines off first, and
// only what is known to keep a text (the table of package funcs) puts one on: a value without
// an outline is undecided, never wrong.
type outline struct {
	Text  resource.Text
	Parts *[]cty.Value
}

// WithText adds the known text of an unknown value.
func WithText(v cty.Value, text resource.Text) cty.Value { return v.Mark(outline{Text: text}) }

// WithSymbol marks an unknown value as a symbol.
func WithSymbol(v cty.Value, name string) cty.Value {
	return WithText(v, resource.Text(resource.Symbol(name)))
}

// WithParts adds the parts of an unknown list.
func WithParts(v cty.Value, parts []cty.Value) cty.Value { return v.Mark(outline{Parts: &parts}) }

// OutlineOf returns the outline of an unknown value. If it has two, values were
// mixed, and neither applies.
func OutlineOf(v cty.Value) (o outline, ok bool) {
	if v == cty.NilVal || !v.IsMarked() {
		return outline{}, false
	}
	plain, marks := v.Unmark()
	if plain.IsKnown() {
		return outline{}, false
	}
	for m := range marks {
		if one, isOutline := m.(outline); isOutline {
			if ok {
				return outline{}, false
			}
			o, ok = one, true
		}
	}
	return o, ok
}

// TextOf returns the text of a value, as far as it is known. An unknown value of any
// primitive type has one if it is a symbol.
func TextOf(v cty.Value) (text resource.Text, ok bool) {
	if known, ok := ScalarText(v); ok {
		return resource.Literal(known), true
	}
	o, ok := OutlineOf(v)
	t := v.Type()
	return o.Text, ok && o.Parts == nil && (t.IsPrimitiveType() || t == cty.DynamicPseudoType)
}

// PartsOf returns the parts of an unknown list.
func PartsOf(v cty.Value) (parts []cty.Value, ok bool) {
	o, ok := OutlineOf(v)
	if !ok || o.Parts == nil {
		return nil, false
	}
	return *o.Parts, true
}

// Unmark returns the value itself and its marks, outlines left out.
func Unmark(v cty.Value) (cty.Value, cty.ValueMarks) {
	plain, marks := v.Unmark()
	return plain, MarksWithoutOutlines(marks)
}

func MarksWithoutOutlines(marks cty.ValueMarks) cty.ValueMarks {
	if !hasOutline(marks) {
		return marks
	}
	some := make(cty.ValueMarks, len(marks))
	for m := range marks {
		if _, isOutline := m.(outline); !isOutline {
			some[m] = struct{}{}
		}
	}
	return some
}

func hasOutline(marks cty.ValueMarks) bool {
	for m := range marks {
		if _, is := m.(outline); is {
			return true
		}
	}
	return false
}

// WithoutOutlines returns a value without outlines, its own and those inside it.
func WithoutOutlines(v cty.Value) cty.Value {
	if v == cty.NilVal || !v.ContainsMarked() {
		return v
	}
	plain, marks := v.UnmarkDeepWithPaths()
	for i := range marks {
		marks[i].Marks = MarksWithoutOutlines(marks[i].Marks)
	}
	return plain.MarkWithPaths(marks)
}

// Encode returns a value in which texts with symbols are known: what is done to it
// has to be what would be done to any text in the place of a symbol.
func Encode(v cty.Value) cty.Value {
	if v == cty.NilVal {
		return v
	}
	out, err := cty.Transform(v, func(_ cty.Path, e cty.Value) (cty.Value, error) {
		plain, marks := Unmark(e)
		if plain.IsKnown() && plain.Type() != cty.String || plain.IsNull() {
			return e, nil
		}
		if text, ok := TextOf(e); ok && (plain.Type() == cty.String || plain.Type() == cty.DynamicPseudoType) {
			return cty.StringVal(string(text)).WithMarks(marks), nil
		}
		return plain.WithMarks(marks), nil
	})
	if err != nil {
		return v
	}
	return out
}

// Decode is the inverse of Encode: a known text with symbols in it is not known, and
// has an outline.
func Decode(v cty.Value) cty.Value {
	plain, marks := v.Unmark()
	text, ok := KnownString(plain)
	if !ok || resource.Text(text).IsLiteral() {
		return v
	}
	return WithText(cty.UnknownVal(cty.String).RefineNotNull().WithMarks(marks), resource.Text(text))
}

// DecodeDeep is decoded for a value and all inside it. An error is a symbol in
// the name of an attribute.
func DecodeDeep(v cty.Value) (cty.Value, error) {
	return cty.Transform(v, func(_ cty.Path, e cty.Value) (cty.Value, error) {
		if e.Type().IsObjectType() {
			for name := range e.Type().AttributeTypes() {
				if !resource.Text(name).IsLiteral() {
					return e, errNamedBySymbol
				}
			}
		}
		return Decode(e), nil
	})
}

var errNamedBySymbol = errors.New("an attribute name is not known")
