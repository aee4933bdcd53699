package plan

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/iacgate/iacgate/internal/resource"
)

// A merger joins a value of the plan with its mirrors, the marks of unknown and of
// sensitive parts. A mirror is true for a marked value, and has the nesting of the value
// otherwise, as far as needed.
type merger struct {
	// origin says where the unknown value at a path comes from.
	origin func(path []string) resource.Origin
	// secret is called with every sensitive text.
	secret func(text string)
}

func (m merger) merge(value, unknown, sensitive any, path []string) resource.Value {
	v := m.mark(value, unknown, sensitive, path)
	if sensitive == true {
		m.collect(value)
		return v.AsSensitive()
	}
	return v
}

func (m merger) mark(value, unknown, sensitive any, path []string) resource.Value {
	if unknown == true {
		return resource.UnknownValue(m.origin(path))
	}
	object, isObject := value.(map[string]any)
	unknowns, _ := unknown.(map[string]any)
	list, isList := value.([]any)
	gaps, _ := unknown.([]any)
	switch {
	case isObject || value == nil && marksAny(unknowns):
		return m.object(object, unknowns, sensitive, path)
	case isList || value == nil && marksAny(gaps):
		return m.list(list, gaps, sensitive, path)
	}
	return scalar(value)
}

func (m merger) object(object, unknowns map[string]any, sensitive any, path []string) resource.Value {
	marks, _ := sensitive.(map[string]any)
	fields := make(map[string]resource.Value, len(object))
	for name, value := range object {
		fields[name] = m.merge(value, unknowns[name], marks[name], append(path, name))
	}
	for name, unknown := range unknowns {
		if _, ok := object[name]; !ok && marksAny(unknown) {
			fields[name] = m.merge(nil, unknown, marks[name], append(path, name))
		}
	}
	return resource.MapValue(fields)
}

func (m merger) list(list, gaps []any, sensitive any, path []string) resource.Value {
	marks, _ := sensitive.([]any)
	elements := make([]resource.Value, max(len(list), len(gaps)))
	for i := range elements {
		elements[i] = m.merge(elementAt(list, i), elementAt(gaps, i), elementAt(marks, i), append(path, strconv.Itoa(i)))
	}
	return resource.ListValue(elements...)
}

func elementAt(list []any, i int) any {
	if 0 <= i && i < len(list) {
		return list[i]
	}
	return nil
}

// marksAny reports whether a mirror marks anything.
func marksAny(mirror any) bool {
	switch m := mirror.(type) {
	case bool:
		return m
	case []any:
		return slices.ContainsFunc(m, marksAny)
	case map[string]any:
		for _, inner := range m {
			if marksAny(inner) {
				return true
			}
		}
	}
	return false
}

func scalar(value any) resource.Value {
	switch v := value.(type) {
	case bool:
		return resource.BoolValue(v)
	case string:
		return resource.StringValue(v)
	case json.Number:
		return resource.NumberValue(v.String())
	}
	return resource.NullValue()
}

// collect reports the texts inside a sensitive value.
func (m merger) collect(value any) {
	if m.secret == nil {
		return
	}
	switch v := value.(type) {
	case string:
		m.secret(v)
	case json.Number:
		m.secret(v.String())
	case []any:
		for _, e := range v {
			m.collect(e)
		}
	case map[string]any:
		for _, e := range v {
			m.collect(e)
		}
	}
}

// collectMarked reports the texts that a mirror marks inside a value.
func (m merger) collectMarked(v markedValue) {
	switch s := v.sensitive.(type) {
	case bool:
		if s {
			m.collect(v.value)
		}
	case []any:
		list, _ := v.value.([]any)
		for i, mark := range s {
			m.collectMarked(markedValue{elementAt(list, i), mark})
		}
	case map[string]any:
		object, _ := v.value.(map[string]any)
		for name, mark := range s {
			m.collectMarked(markedValue{object[name], mark})
		}
	}
}

// lookUp returns the value at a path of attribute names and indexes.
func lookUp(value any, path []step) any {
	for _, s := range path {
		switch v := value.(type) {
		case map[string]any:
			value = v[s.text()]
		case []any:
			if s.key.Kind != resource.IntKey {
				return nil
			}
			value = elementAt(v, s.key.Int)
		default:
			return nil
		}
	}
	return value
}

// isUnknownAt reports whether a mirror marks the value at a path, a prefix of it,
// or anything inside it.
func isUnknownAt(mirror any, path []step) bool {
	for i := range path {
		if lookUp(mirror, path[:i]) == true {
			return true
		}
	}
	return marksAny(lookUp(mirror, path))
}

func memberOf(value any, name string) any {
	object, _ := value.(map[string]any)
	return object[name]
}

// scalarText returns a scalar as the provider may convert it: "1" for 1.
func scalarText(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case bool:
		return fmt.Sprint(v), true
	}
	return "", false
}
