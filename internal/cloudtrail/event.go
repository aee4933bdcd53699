package cloudtrail

import "maps"

// An Event is a CloudTrail record, as encoding/json decodes it.
type Event = map[string]any

// merge returns base with everything of over in it, objects merged.
func merge(base, over Event) Event {
	out := maps.Clone(base)
	for k, v := range over {
		below, ok := v.(Event)
		if under, both := out[k].(Event); ok && both {
			v = merge(under, below)
		}
		out[k] = v
	}
	return out
}

// Lookup returns the value of the field at path.
func Lookup(e Event, path []string) (v any, ok bool) {
	v = e
	for _, step := range path {
		below, isObject := v.(Event)
		if !isObject {
			return nil, false
		}
		if v, ok = below[step]; !ok {
			return nil, false
		}
	}
	return v, true
}

// Without returns e without the field at path.
func Without(e Event, path []string) Event {
	below, ok := e[path[0]]
	if !ok {
		return e
	}
	out := maps.Clone(e)
	inner, isObject := below.(Event)
	if len(path) == 1 || !isObject {
		delete(out, path[0])
		return out
	}
	out[path[0]] = Without(inner, path[1:])
	return out
}
