package hcl

import (
	"errors"

	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// An outline is what is known of a value that is not known: its text, with
// symbols for what only apply, the account or a variable will say, or the parts
// of a list, each of which is an element or stands for any number of them.
//
// It is a mark, so that it goes where the value goes. As cty puts the marks of
// operands on results, whatever makes a new value takes outlines off first, and
// only what is known to keep a text ([transparent]) puts one on: a value without
// an outline is undecided, never wrong.
type outline struct {
	text  resource.Text
	parts *[]cty.Value
}

// withText says what is known of the text of an unknown value.
func withText(v cty.Value, text resource.Text) cty.Value { return v.Mark(outline{text: text}) }

// withSymbol says that an unknown value is a symbol.
func withSymbol(v cty.Value, name string) cty.Value {
	return withText(v, resource.Text(resource.Symbol(name)))
}

// withParts says of what an unknown list is made.
func withParts(v cty.Value, parts []cty.Value) cty.Value { return v.Mark(outline{parts: &parts}) }

// outlineOf returns the outline of an unknown value. Where there are two, values
// were mixed: it is neither.
func outlineOf(v cty.Value) (o outline, ok bool) {
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

// textual is the text of a value, as far as it is known. An unknown value of any
// primitive type has one where it is a symbol.
func textual(v cty.Value) (text resource.Text, ok bool) {
	if known, ok := textOf(v); ok {
		return resource.Literal(known), true
	}
	o, ok := outlineOf(v)
	t := v.Type()
	return o.text, ok && o.parts == nil && (t.IsPrimitiveType() || t == cty.DynamicPseudoType)
}

// partsOf returns the parts of an unknown list.
func partsOf(v cty.Value) (parts []cty.Value, ok bool) {
	o, ok := outlineOf(v)
	if !ok || o.parts == nil {
		return nil, false
	}
	return *o.parts, true
}

// unmark is the value itself and its marks, outlines left out.
func unmark(v cty.Value) (cty.Value, cty.ValueMarks) {
	plain, marks := v.Unmark()
	return plain, withoutOutlines(marks)
}

func withoutOutlines(marks cty.ValueMarks) cty.ValueMarks {
	some := make(cty.ValueMarks, len(marks))
	for m := range marks {
		if _, isOutline := m.(outline); !isOutline {
			some[m] = struct{}{}
		}
	}
	if len(some) == len(marks) {
		return marks
	}
	return some
}

// unoutlined is a value without outlines, its own and those inside it.
func unoutlined(v cty.Value) cty.Value {
	if v == cty.NilVal || !v.ContainsMarked() {
		return v
	}
	plain, marks := v.UnmarkDeepWithPaths()
	for i := range marks {
		marks[i].Marks = withoutOutlines(marks[i].Marks)
	}
	return plain.MarkWithPaths(marks)
}

// encoded is a value in which texts with symbols are known: what is done to it
// has to be what would be done to any text in the place of a symbol.
func encoded(v cty.Value) cty.Value {
	if v == cty.NilVal {
		return v
	}
	out, err := cty.Transform(v, func(_ cty.Path, e cty.Value) (cty.Value, error) {
		plain, marks := unmark(e)
		if plain.IsKnown() && plain.Type() != cty.String || plain.IsNull() {
			return e, nil
		}
		if text, ok := textual(e); ok && (plain.Type() == cty.String || plain.Type() == cty.DynamicPseudoType) {
			return cty.StringVal(string(text)).WithMarks(marks), nil
		}
		return plain.WithMarks(marks), nil
	})
	if err != nil {
		return v
	}
	return out
}

// decoded is the other way: a known text with symbols in it is not known, and has
// an outline.
func decoded(v cty.Value) cty.Value {
	plain, marks := v.Unmark()
	text, ok := plainText(plain)
	if !ok || resource.Text(text).IsLiteral() {
		return v
	}
	return withText(cty.UnknownVal(cty.String).RefineNotNull().WithMarks(marks), resource.Text(text))
}

// decodedDeep is decoded for a value and all inside it. An error is a symbol in
// the name of an attribute.
func decodedDeep(v cty.Value) (cty.Value, error) {
	return cty.Transform(v, func(_ cty.Path, e cty.Value) (cty.Value, error) {
		if e.Type().IsObjectType() {
			for name := range e.Type().AttributeTypes() {
				if !resource.Text(name).IsLiteral() {
					return e, errNamedBySymbol
				}
			}
		}
		return decoded(e), nil
	})
}

var errNamedBySymbol = errors.New("an attribute is named by what is not known")

// same compares two values as far as they are known: texts, and lists of them.
func same(a, b cty.Value) truth.Truth {
	if equal, ok := samePlain(a, b); ok {
		return equal
	}
	if x, ok := textual(a); ok {
		if y, ok := textual(b); ok && sameKind(a.Type(), b.Type()) {
			return x.Equal(y)
		}
	}
	x, _ := a.UnmarkDeep()
	y, _ := b.UnmarkDeep()
	if !x.IsWhollyKnown() || !y.IsWhollyKnown() {
		return truth.Unknown
	}
	if x.Type().Equals(y.Type()) && x.RawEquals(y) {
		return truth.Yes
	}
	return truth.No
}

// samePlain compares known numbers, texts and truth values of one type, which most
// values in long lists are.
func samePlain(a, b cty.Value) (equal truth.Truth, ok bool) {
	x, _ := a.Unmark()
	y, _ := b.Unmark()
	if t := x.Type(); !t.IsPrimitiveType() || t != y.Type() || !x.IsKnown() || !y.IsKnown() || x.IsNull() || y.IsNull() {
		return truth.Unknown, false
	}
	if x.RawEquals(y) {
		return truth.Yes, true
	}
	return truth.No, true
}

// sameKind says whether two texts are equal where the values are: "1" is not 1.
func sameKind(a, b cty.Type) bool {
	return a == b || a == cty.DynamicPseudoType && b == cty.String || b == cty.DynamicPseudoType && a == cty.String
}
