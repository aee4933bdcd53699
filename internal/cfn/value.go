package cfn

import (
	"encoding/json"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

// scalarText returns a value inside another text: a list has commas between its
// elements. It is not ok for objects.
func scalarText(v resource.Value) (string, bool) {
	if text, ok := v.Text(); ok {
		return text, true
	}
	if v.Kind() != resource.List {
		return "", v.IsNull()
	}
	var parts []string
	for _, e := range v.List() {
		text, ok := e.Text()
		if !ok {
			return "", false
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ","), true
}

func withSensitivity(v resource.Value, sensitive bool) resource.Value {
	if sensitive {
		return v.AsSensitive()
	}
	return v
}

func isSensitive(v resource.Value) bool {
	sensitive := false
	v.Walk(func(_ []any, inner resource.Value) bool {
		sensitive = sensitive || inner.IsSensitive()
		return true
	})
	return sensitive
}

// plain returns a value as encoding/json takes it.
func plain(v resource.Value) any {
	switch v.Kind() {
	case resource.Bool:
		truth, _ := v.Truth()
		return truth
	case resource.Number:
		text, _ := v.Text()
		return json.Number(text)
	case resource.String:
		text, _ := v.Text()
		return text
	case resource.List:
		all := []any{}
		for _, e := range v.List() {
			all = append(all, plain(e))
		}
		return all
	case resource.Map:
		all := map[string]any{}
		for _, k := range v.Keys() {
			all[k] = plain(v.Get(k))
		}
		return all
	}
	return nil
}

// absent is the value of AWS::NoValue, which removes the property or element.
var absent = resource.UnknownValue(resource.Origin{Via: []string{"AWS::NoValue"}, Cause: resource.Computed})

func isAbsent(v resource.Value) bool {
	o, ok := v.Origin()
	return ok && v.IsUnknown() && o.Cause == resource.Computed && len(o.Via) == 1 && o.Via[0] == "AWS::NoValue"
}
