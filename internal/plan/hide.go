package plan

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/iacgate/iacgate/internal/plan/jsonstream"
	"github.com/iacgate/iacgate/internal/resource"
)

// A hider removes values that marks or declarations make sensitive, and remembers their
// texts.
type hider struct {
	texts map[string]bool
	veil  resource.Veil
}

func newHider() hider { return hider{texts: map[string]bool{}} }

// decode decodes a plan or state as it is written, without the values that it marks as
// sensitive: wherever the markers say so, and wherever such a text, or one that the
// veil has, occurs inside another one. Numbers keep their text.
func (h hider) decode(whole []byte, veil resource.Veil) (any, error) {
	var root any
	if err := jsonstream.Unmarshal(whole, &root); err != nil {
		return nil, err
	}
	h = hider{maps.Clone(h.texts), veil}
	root = veil.Tree(h.document(root))
	return resource.NewVeil(slices.Sorted(maps.Keys(h.texts))).Tree(root), nil
}

// givenMembers are members with the value of an argument, a variable or an output.
var givenMembers = []string{"constant_value", "value", "default"}

func (h hider) document(v any) any {
	switch v := v.(type) {
	case []any:
		for i, e := range v {
			v[i] = h.document(e)
		}
	case map[string]any:
		for marker, member := range markedBy {
			if marks, ok := v[marker]; ok && v[member] != nil {
				v[member] = h.hide(v[member], marks)
			}
		}
		sensitive, _ := v["sensitive"].(bool)
		for _, name := range givenMembers {
			if v[name] != nil && (sensitive || h.isSecret(v[name])) {
				v[name] = h.hide(v[name], true)
			}
		}
		if e, ok := v["expression"].(map[string]any); ok && sensitive && e["constant_value"] != nil { // of an output
			e["constant_value"] = h.hide(e["constant_value"], true)
		}
		h.variables(v)
		h.arguments(v)
		for name, member := range v {
			v[name] = h.document(member)
		}
	}
	return v
}

// variables hides the values of the variables that the root module declares as
// sensitive.
func (h hider) variables(root map[string]any) {
	values, _ := root["variables"].(map[string]any)
	configuration, _ := root["configuration"].(map[string]any)
	module, _ := configuration["root_module"].(map[string]any)
	declared, _ := module["variables"].(map[string]any)
	for name, d := range declared {
		declaration, _ := d.(map[string]any)
		value, _ := values[name].(map[string]any)
		if sensitive, _ := declaration["sensitive"].(bool); sensitive && value["value"] != nil {
			value["value"] = h.hide(value["value"], true)
		}
	}
}

// isSecret reports whether a scalar is a sensitive text, which may be too short to be
// hidden inside others.
func (h hider) isSecret(v any) bool {
	text, ok := scalarText(v)
	return ok && h.veil.IsSecret(text)
}

// arguments hides the arguments of a module call for sensitive variables of the module.
func (h hider) arguments(call map[string]any) {
	expressions, _ := call["expressions"].(map[string]any)
	module, _ := call["module"].(map[string]any)
	declared, _ := module["variables"].(map[string]any)
	for name, d := range declared {
		declaration, _ := d.(map[string]any)
		argument, _ := expressions[name].(map[string]any)
		if sensitive, _ := declaration["sensitive"].(bool); sensitive && argument["constant_value"] != nil {
			argument["constant_value"] = h.hide(argument["constant_value"], true)
		}
	}
}

// hide hides the marked parts of a value: true marks all of it, objects and lists mark
// parts.
func (h hider) hide(v, marks any) any {
	switch marks := marks.(type) {
	case bool:
		if marks {
			h.remember(v)
			return resource.Hidden
		}
	case map[string]any:
		object, _ := v.(map[string]any)
		for name, mark := range marks {
			if object[name] != nil {
				object[name] = h.hide(object[name], mark)
			}
		}
	case []any:
		list, _ := v.([]any)
		for i, mark := range marks {
			if i < len(list) {
				list[i] = h.hide(list[i], mark)
			}
		}
	}
	return v
}

func (h hider) remember(v any) {
	switch v := v.(type) {
	case string:
		if v != resource.Hidden {
			h.texts[v] = true
		}
	case json.Number:
		h.texts[v.String()] = true
	case []any:
		for _, e := range v {
			h.remember(e)
		}
	case map[string]any:
		for _, e := range v {
			h.remember(e)
		}
	}
}
