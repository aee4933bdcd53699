package vocabulary

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

// FromCloudFormation returns the properties of a CloudFormation resource as
// Terraform attributes. Notes name what the table lacks.
func (t *Type) FromCloudFormation(properties resource.Value) (resource.Value, []string) {
	tr := translation{names: func(name string) string { return name }}
	fields := tr.object(t.Properties, properties, "")
	return marked(resource.MapValue(fields), properties), tr.notes
}

// A translation renames properties and gives them Terraform's shape.
type translation struct {
	names func(string) string // how the input spells the names of properties
	notes []string
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
	case !ok && isSet(v):
		tr.notes = append(tr.notes, fmt.Sprintf("%s is not read", path))
	case !ok || p.Shape == Ignore:
	case p.Shape == Flatten:
		for attribute, inner := range tr.object(p.Properties, v, path) {
			put(fields, attribute, inner)
		}
	default:
		put(fields, p.Attribute, tr.value(p, v, path))
	}
}

// isSet says whether somebody gave a value: the provider awscc shows optional
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
	switch p.Shape {
	case Text:
		if text, ok := v.Text(); ok {
			return resource.StringValue(text)
		}
	case Block:
		return resource.ListValue(resource.MapValue(tr.object(p.Properties, v, path)))
	case Blocks:
		return tr.blocks(p, v, path)
	case KeyValues:
		return pairs(v, tr.names("Key"), tr.names("Value"))
	case NameValues:
		return pairs(v, tr.names("Name"), tr.names("Value"))
	case Policy:
		if v.Kind() == resource.Map && whollyKnown(v) {
			return resource.StringValue(jsonText(v))
		}
	}
	return v
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
		inner := tr.object(p.Properties, e, path+"."+strconv.Itoa(i))
		blocks = append(blocks, marked(resource.MapValue(inner), e))
	}
	return resource.ListValue(blocks...)
}

// pairs makes a map of a list of pairs. A pair whose key is not known leaves
// nothing known.
func pairs(v resource.Value, key, value string) resource.Value {
	if v.Kind() != resource.List {
		return v
	}
	fields := map[string]resource.Value{}
	for _, pair := range v.List() {
		k := pair.Get(key)
		text, ok := k.Text()
		if !ok {
			o, _ := k.Origin()
			return resource.UnknownValue(o)
		}
		fields[text] = pair.Get(value)
	}
	return resource.MapValue(fields)
}

func whollyKnown(v resource.Value) bool {
	known := true
	v.Walk(func(_ []any, inner resource.Value) bool {
		known = known && !inner.IsUnknown()
		return known
	})
	return known
}

// quote writes a text as JSON does.
func quote(text string) string {
	raw, _ := json.Marshal(text) // a string always has JSON
	return string(raw)
}

// jsonText writes a known value as JSON, keys in order.
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
	case resource.String:
		text, _ := v.Text()
		return quote(text)
	case resource.Null:
		return "null"
	}
	text, _ := v.Text()
	return text
}
