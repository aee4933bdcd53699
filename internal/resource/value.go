package resource

import (
	"maps"
	"slices"
	"strconv"
)

// Kind is the kind of a Value.
type Kind uint8

const (
	Null    Kind = iota // unset
	Bool                // true or false
	Number              // decimal text as written in the input
	String              // text
	List                // list, set, tuple, or the blocks of one type
	Map                 // map, object, or one block
	Unknown             // known only after apply, or not at all
)

// A Value is an attribute value. The zero Value is null. Values are immutable.
//
// An unknown value knows where it comes from (its [Origin]); a known one may. A sensitive
// value takes part in joins and analysis like any other, but is never shown:
// [Value.Display] hides it.
type Value struct {
	kind      Kind
	truth     bool
	sensitive bool
	text      string // Number, String
	parts     *parts // List, Map
	origin    *Origin
}

// parts are apart from a value because most values are scalars, of which an input has very
// many.
type parts struct {
	list   []Value
	fields map[string]Value
}

func (v Value) list() []Value {
	if v.parts == nil {
		return nil
	}
	return v.parts.list
}

func (v Value) fields() map[string]Value {
	if v.parts == nil {
		return nil
	}
	return v.parts.fields
}

// NullValue returns an unset value.
func NullValue() Value { return Value{} }

// BoolValue returns a known truth value.
func BoolValue(b bool) Value { return Value{kind: Bool, truth: b} }

// NumberValue returns a known number, in the decimal text of the input.
func NumberValue(text string) Value { return Value{kind: Number, text: text} }

// StringValue returns a known text.
func StringValue(text string) Value { return Value{kind: String, text: text} }

// ListValue returns a list of known length. It keeps vs.
func ListValue(vs ...Value) Value { return Value{kind: List, parts: &parts{list: vs}} }

// MapValue returns a map or object with known keys. It keeps m.
func MapValue(m map[string]Value) Value { return Value{kind: Map, parts: &parts{fields: m}} }

// UnknownValue returns an unknown value with its origin as far as it is known.
func UnknownValue(o Origin) Value { return Value{kind: Unknown, origin: &o} }

// WithOrigin returns v with an origin: a known value keeps its text and also
// says where it comes from.
func (v Value) WithOrigin(o Origin) Value { v.origin = &o; return v }

// AsSensitive returns v marked as sensitive, with everything inside it.
func (v Value) AsSensitive() Value { v.sensitive = true; return v }

// Kind returns the kind of v.
func (v Value) Kind() Kind { return v.kind }

// IsNull reports whether v is unset.
func (v Value) IsNull() bool { return v.kind == Null }

// IsUnknown reports whether v itself is unknown. A list with unknown elements is
// not.
func (v Value) IsUnknown() bool { return v.kind == Unknown }

// IsSensitive reports whether the input marks v as sensitive.
func (v Value) IsSensitive() bool { return v.sensitive }

// Origin returns where v comes from; ok is false if nothing is known of it.
func (v Value) Origin() (o Origin, ok bool) {
	if v.origin == nil {
		return Origin{}, false
	}
	return *v.origin, true
}

// Text returns the text of a known string, number or truth value.
func (v Value) Text() (text string, ok bool) {
	switch v.kind {
	case String, Number:
		return v.text, true
	case Bool:
		return strconv.FormatBool(v.truth), true
	}
	return "", false
}

// Symbolic returns the text of v as far as it is known, with symbols for the rest: the
// text of a known value, or that of its origin.
func (v Value) Symbolic() (text string, ok bool) {
	if v.kind == Unknown && v.origin != nil && v.origin.Symbolic != "" {
		return v.origin.Symbolic, true
	}
	return v.Text()
}

// Truth returns a known truth value; the texts "true" and "false" count, as
// they do for the provider.
func (v Value) Truth() (truth, ok bool) {
	switch {
	case v.kind == Bool:
		return v.truth, true
	case v.kind == String && (v.text == "true" || v.text == "false"):
		return v.text == "true", true
	}
	return false, false
}

// Number returns a known number; numeric text counts, as it does for the
// provider.
func (v Value) Number() (n float64, ok bool) {
	if v.kind != Number && v.kind != String {
		return 0, false
	}
	n, err := strconv.ParseFloat(v.text, 64)
	return n, err == nil
}

// List returns the elements of a list; nil for anything else.
func (v Value) List() []Value {
	if !v.sensitive {
		return v.list()
	}
	hidden := slices.Clone(v.list())
	for i := range hidden {
		hidden[i].sensitive = true
	}
	return hidden
}

// With returns a map with further members, which replace those of their names.
func (v Value) With(more map[string]Value) Value {
	fields := make(map[string]Value, len(v.fields())+len(more))
	maps.Copy(fields, v.fields())
	maps.Copy(fields, more)
	v.kind, v.parts = Map, &parts{fields: fields}
	return v
}

// IsPlain reports whether all that is inside is known as it is written, and not
// sensitive.
func (v Value) IsPlain() bool {
	if v.sensitive || v.kind == Unknown || v.kind == String && !Text(v.text).IsLiteral() {
		return false
	}
	for _, e := range v.list() {
		if !e.IsPlain() {
			return false
		}
	}
	for _, member := range v.fields() {
		if !member.IsPlain() {
			return false
		}
	}
	return true
}

// Keys returns the sorted keys of a map; nil for anything else.
func (v Value) Keys() []string {
	keys := make([]string, 0, len(v.fields()))
	for k := range v.fields() {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// Get returns the value at a path of names (string) and indexes (int). What is
// below an unknown value is unknown with the same origin, what is below a
// sensitive one is sensitive, and what is not there is null. A name applied to
// a list of one block means that block.
func (v Value) Get(path ...any) Value {
	for _, step := range path {
		next := v.step(step)
		next.sensitive = next.sensitive || v.sensitive
		v = next
	}
	return v
}

func (v Value) step(step any) Value {
	if v.kind == Unknown {
		return v
	}
	switch s := step.(type) {
	case string:
		if v.kind == List && len(v.list()) == 1 {
			return v.list()[0].Get(s)
		}
		return v.fields()[s]
	case int:
		if 0 <= s && s < len(v.list()) {
			return v.list()[s]
		}
	}
	return Value{}
}

// Display returns v as a person may see it: text for scalars, "(sensitive)",
// "(known after apply)" or the origin's text for the rest.
func (v Value) Display() string {
	switch {
	case v.sensitive:
		return "(sensitive)"
	case v.kind == Unknown && v.origin != nil && v.origin.Symbolic != "" && len(v.origin.Via) == 0 && !v.origin.Exact:
		return Text(v.origin.Symbolic).Words()
	case v.kind == Unknown && v.origin != nil && v.origin.Text() != "":
		return v.origin.Text()
	case v.kind == Unknown:
		return "(known after apply)"
	}
	text, _ := v.Text()
	return text
}

// Walk calls visit for v and for every value inside it, with the path that
// leads there, maps in key order, until visit returns false.
func (v Value) Walk(visit func(path []any, v Value) bool) { v.walk(nil, visit) }

func (v Value) walk(path []any, visit func([]any, Value) bool) bool {
	if !visit(path, v) {
		return false
	}
	for i, e := range v.List() {
		if !e.walk(append(path, i), visit) {
			return false
		}
	}
	for _, k := range v.Keys() {
		if !v.Get(k).walk(append(path, k), visit) {
			return false
		}
	}
	return true
}

// A Rewriting changes the texts and references inside values, when several inputs become
// one.
type Rewriting struct {
	Text func(string) string // of texts and of what represents unknown ones
	Ref  func(Ref) Ref
}

// A Replacement returns what takes the place of a value, if anything does.
type Replacement func(Value) (Value, bool)

// Value returns v with what the replacement finds inside it replaced.
func (r Replacement) Value(v Value) Value {
	if found, ok := r(v); ok {
		return found
	}
	return v.inside(r.Value)
}

// inside returns a value with its elements and fields changed.
func (v Value) inside(change func(Value) Value) Value {
	switch v.kind {
	case List:
		list := make([]Value, len(v.list()))
		for i, e := range v.list() {
			list[i] = change(e)
		}
		v.parts = &parts{list: list}
	case Map:
		fields := make(map[string]Value, len(v.fields()))
		for k, e := range v.fields() {
			fields[k] = change(e)
		}
		v.parts = &parts{fields: fields}
	}
	return v
}

// Value returns v with everything inside it rewritten.
func (w Rewriting) Value(v Value) Value {
	if v.origin != nil {
		o := *v.origin
		o.Symbolic = w.Text(o.Symbolic)
		o.Refs = make([]Ref, len(v.origin.Refs))
		for i, r := range v.origin.Refs {
			o.Refs[i] = w.Ref(r)
		}
		v.origin = &o
	}
	if v.kind == String {
		v.text = w.Text(v.text)
	}
	return v.inside(w.Value)
}
