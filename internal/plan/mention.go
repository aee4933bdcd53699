package plan

import "maps"

// mentions returns the resources that some expression refers to, by their names
// within their module.
func (c *config) mentions() map[string]bool {
	found := map[string]bool{}
	if c.root != nil {
		c.root.mentions(found)
	}
	return found
}

func (m *module) mentions(found map[string]bool) {
	for _, r := range m.resources {
		for e := range maps.Values(r.Expressions) {
			e.mentions(found)
		}
		r.ForEach.mentions(found)
	}
	for _, o := range m.outputs {
		o.Expression.mentions(found)
	}
	for _, call := range m.calls {
		for e := range maps.Values(call.expressions) {
			e.mentions(found)
		}
		call.forEach.mentions(found)
		call.module.mentions(found)
	}
}

func (e *expression) mentions(found map[string]bool) {
	if e == nil {
		return
	}
	for _, ref := range e.References {
		if a, ok := parseAddress(ref); ok {
			found[a.local()] = true
		}
	}
	for _, inner := range e.inner() {
		inner.mentions(found)
	}
}
