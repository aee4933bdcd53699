package catalog

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

// A Mismatch is a property whose value is of another shape than its type wants.
type Mismatch struct {
	Path string // Metrics.0.ReturnData
	Want string // "true or false"
}

// FromCloudFormation returns the properties of a CloudFormation resource as
// Terraform attributes. Notes name what the catalog lacks.
func (t *Template) FromCloudFormation(properties resource.Value) (attributes resource.Value, notes []string, wrong []Mismatch) {
	tr := translation{names: asWritten, partial: t.Type.Rest != ""}
	fields := tr.object(t.Properties(), properties, "")
	return marked(resource.MapValue(fields), properties), tr.notes, tr.wrong
}

func asWritten(name string) string { return name }

// A translation renames properties and gives them Terraform's shape.
type translation struct {
	names   func(string) string // how the input spells the names of properties
	partial bool                // what the catalog lacks is not missed
	notes   []string
	wrong   []Mismatch
}

// find returns the property that the input calls name.
func (p Properties) find(names func(string) string, name string) (Property, bool) {
	for property, entry := range p {
		if names(property) == name {
			return entry, true
		}
	}
	return Property{}, false
}

func (tr *translation) object(properties Properties, v resource.Value, path string) map[string]resource.Value {
	fields := map[string]resource.Value{}
	for _, name := range v.Keys() {
		tr.property(fields, properties, name, v.Get(name), strings.TrimPrefix(path+"."+name, "."))
	}
	return fields
}

// property puts one property into the fields of the result.
func (tr *translation) property(fields map[string]resource.Value, properties Properties, name string, v resource.Value, path string) {
	p, ok := properties.find(tr.names, name)
	switch {
	case !ok && isSet(v) && !tr.partial:
		tr.notes = append(tr.notes, fmt.Sprintf("%s is not read", path))
	case !ok || p.Shape == Nothing:
	case p.Shape == Flatten:
		if want, ok := wants(Flatten, v); !ok && !v.IsUnknown() && !v.IsNull() {
			tr.wrong = append(tr.wrong, Mismatch{path, want})
		}
		for attribute, inner := range tr.object(p.Properties, v, path) {
			put(fields, attribute, inner)
		}
	default:
		put(fields, p.Attribute, tr.value(p, v, path))
	}
}

// isSet reports whether somebody gave a value: the provider awscc shows optional
// attributes that nobody sets as unknown.
func isSet(v resource.Value) bool {
	o, _ := v.Origin()
	return !v.IsNull() && !(v.IsUnknown() && o.Cause == resource.Computed)
}

// put sets the attribute at a path, which may lead into a block:
// actions_suppressor.0.alarm.
func put(fields map[string]resource.Value, path string, v resource.Value) {
	name, rest, nested := strings.Cut(path, ".0.")
	switch {
	case path == "":
	case !nested:
		fields[name] = v
	case !v.IsNull():
		inner := map[string]resource.Value{}
		for _, k := range fields[name].Get(0).Keys() {
			inner[k] = fields[name].Get(0, k)
		}
		put(inner, rest, v)
		fields[name] = resource.ListValue(resource.MapValue(inner))
	}
}

// value gives a value the shape that Terraform has for it.
func (tr *translation) value(p Property, v resource.Value, path string) resource.Value {
	if v.IsNull() || v.IsUnknown() {
		return v
	}
	return marked(tr.shape(p, v, path), v)
}

// marked carries the mark of sensitivity over.
func marked(to, from resource.Value) resource.Value {
	if from.IsSensitive() {
		return to.AsSensitive()
	}
	return to
}

func (tr *translation) shape(p Property, v resource.Value, path string) resource.Value {
	if want, ok := wants(p.Shape, v); !ok {
		tr.wrong = append(tr.wrong, Mismatch{path, want})
	}
	switch p.Shape {
	case Scalar, Truth, Numeric:
		return scalar(p.Shape, v)
	case Object:
		return resource.ListValue(resource.MapValue(tr.object(p.Properties, v, path)))
	case List:
		return tr.blocks(p, v, path)
	case Pairs:
		return pairs(v, tr.names)
	case JSON:
		if v.Kind() == resource.Map && wholeText(v) {
			return resource.StringValue(jsonText(v))
		}
	}
	return v
}

// wants says what a shape asks for, and whether a value is that.
func wants(shape Shape, v resource.Value) (want string, ok bool) {
	_, isText := v.Text()
	_, isFlag := truth(v)
	_, isNumber := v.Number()
	switch shape {
	case Scalar:
		return "a text", isText
	case Truth:
		return "true or false", isFlag
	case Numeric:
		return "a number", isNumber
	case Strings, List:
		return "a list", v.Kind() == resource.List
	case Pairs:
		return "a list", v.Kind() == resource.List || v.Kind() == resource.Map
	case Object, Flatten:
		return "an object", v.Kind() == resource.Map
	case JSON:
		return "an object", v.Kind() == resource.Map || isText
	}
	return "", true
}

// truth reads a truth value in any letter case.
func truth(v resource.Value) (yes, ok bool) {
	if text, isText := v.Text(); isText && v.Kind() == resource.String {
		return strings.EqualFold(text, "true"), strings.EqualFold(text, "true") || strings.EqualFold(text, "false")
	}
	return v.Truth()
}

// scalar returns a text, number or truth value as its shape has it: "300" is a
// number, and "true" is true.
func scalar(shape Shape, v resource.Value) resource.Value {
	text, ok := v.Text()
	yes, isFlag := truth(v)
	_, isNumber := v.Number()
	to := v
	switch {
	case !ok:
	case shape == Truth && isFlag:
		to = resource.BoolValue(yes)
	case shape == Numeric && isNumber:
		to = resource.NumberValue(text)
	case shape == Scalar:
		to = resource.StringValue(text)
	}
	if o, ok := v.Origin(); ok {
		to = to.WithOrigin(o)
	}
	return to
}

func (tr *translation) blocks(p Property, v resource.Value, path string) resource.Value {
	if v.Kind() == resource.Map { // one block without a list around it
		return resource.ListValue(resource.MapValue(tr.object(p.Properties, v, path)))
	}
	var blocks []resource.Value
	for i, e := range v.List() {
		if e.IsUnknown() {
			blocks = append(blocks, e)
			continue
		}
		if want, ok := wants(Object, e); !ok {
			tr.wrong = append(tr.wrong, Mismatch{path + "." + strconv.Itoa(i), want})
		}
		inner := tr.object(p.Properties, e, path+"."+strconv.Itoa(i))
		blocks = append(blocks, marked(resource.MapValue(inner), e))
	}
	return resource.ListValue(blocks...)
}

// pairs makes a map of a list of pairs. A pair whose key is not known leaves
// nothing known.
func pairs(v resource.Value, names func(string) string) resource.Value {
	if v.Kind() != resource.List {
		return v
	}
	fields := map[string]resource.Value{}
	for _, pair := range v.List() {
		k := pair.Get(names("Key"))
		if k.IsNull() {
			k = pair.Get(names("Name"))
		}
		text, ok := k.Text()
		if !ok {
			o, _ := k.Origin()
			return resource.UnknownValue(o)
		}
		fields[text] = pair.Get(names("Value"))
	}
	return resource.MapValue(fields)
}

// wholeText reports whether everything inside a value is known, or has symbols for
// what is not.
func wholeText(v resource.Value) bool {
	whole := true
	v.Walk(func(_ []any, inner resource.Value) bool {
		_, symbolic := inner.Symbolic()
		whole = whole && (symbolic || !inner.IsUnknown())
		return whole
	})
	return whole
}

// quote writes a text as JSON does.
func quote(text string) string {
	raw, _ := json.Marshal(text) // a string always has JSON
	return string(raw)
}

// jsonText writes a value as JSON, keys in order.
func jsonText(v resource.Value) string {
	switch v.Kind() {
	case resource.Map:
		var members []string
		for _, k := range v.Keys() {
			members = append(members, quote(k)+":"+jsonText(v.Get(k)))
		}
		return "{" + strings.Join(members, ",") + "}"
	case resource.List:
		var elements []string
		for _, e := range v.List() {
			elements = append(elements, jsonText(e))
		}
		return "[" + strings.Join(elements, ",") + "]"
	case resource.String, resource.Unknown:
		text, _ := v.Symbolic()
		return quote(text)
	case resource.Null:
		return "null"
	}
	text, _ := v.Text()
	return text
}
