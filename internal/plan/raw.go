package plan

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

const hidden = "(sensitive)"

// minSecret is how long a sensitive text must be to be hidden inside other texts.
const minSecret = 8

// raw decodes a plan or state as it is written, for policies that ask for it,
// without the values that it marks as sensitive: wherever the markers say so,
// and wherever such a text, or another one that the hider knows, occurs inside
// another one. Numbers keep their text.
func (h hider) raw(whole []byte) (any, error) {
	var root any
	if err := unmarshal(whole, &root); err != nil {
		return nil, err
	}
	h = maps.Clone(h)
	root = h.document(root)
	if len(h) == 0 {
		return root, nil
	}
	// The longest first, so that no part of one is left when another is cut.
	secrets := slices.SortedFunc(maps.Keys(h), func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	var pairs []string
	for _, s := range secrets {
		pairs = append(pairs, s, hidden)
	}
	return scrub(root, strings.NewReplacer(pairs...)), nil
}

// A hider takes sensitive values out and remembers their texts.
type hider map[string]bool

// markers are the members that say which parts of another member are sensitive.
var markers = map[string]string{"before": "before_sensitive", "after": "after_sensitive", "values": "sensitive_values"}

func (h hider) document(v any) any {
	switch v := v.(type) {
	case []any:
		for i, e := range v {
			v[i] = h.document(e)
		}
	case map[string]any:
		for member, marker := range markers {
			if marks, ok := v[marker]; ok && v[member] != nil {
				v[member] = h.hide(v[member], marks)
			}
		}
		if sensitive, _ := v["sensitive"].(bool); sensitive {
			for _, name := range []string{"value", "default"} {
				if v[name] != nil {
					v[name] = h.hide(v[name], true)
				}
			}
		}
		h.variables(v)
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

// hide hides what marks point at: true for all of a value, else objects and
// lists of marks.
func (h hider) hide(v, marks any) any {
	switch marks := marks.(type) {
	case bool:
		if marks {
			h.remember(v)
			return hidden
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
		if len(v) >= minSecret && v != hidden {
			h[v] = true
		}
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

// scrub replaces texts inside all texts, keys included.
func scrub(v any, r *strings.Replacer) any {
	switch v := v.(type) {
	case string:
		return r.Replace(v)
	case []any:
		for i, e := range v {
			v[i] = scrub(e, r)
		}
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, e := range v {
			out[r.Replace(k)] = scrub(e, r)
		}
		return out
	}
	return v
}
