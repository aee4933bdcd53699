package plan

import (
	"maps"
	"slices"
)

// secrets collects the texts that the input marks as sensitive.
type secrets map[string]bool

func (s secrets) add(text string) {
	if text != "" {
		s[text] = true
	}
}

func (s secrets) sorted() []string { return slices.Sorted(maps.Keys(s)) }

// secrets reports what is sensitive beside the resources: outputs, and the
// values of variables that the configuration marks.
func (c *contents) secrets(m merger) {
	for _, o := range c.outputs {
		m.marked(o)
	}
	if c.config.root == nil {
		return
	}
	for name, v := range c.config.root.variables {
		if v.Sensitive {
			m.collect(c.variables[name].value)
		}
	}
	c.config.root.secrets(m)
}

// secrets reports the constants that a module, or the calls in it, give to
// sensitive variables.
func (mod *module) secrets(m merger) {
	for _, v := range mod.variables {
		if v.Sensitive {
			m.collect(v.Default)
		}
	}
	for _, call := range mod.calls {
		for name, e := range call.expressions {
			if call.module.variables[name].Sensitive {
				m.collect(e.Constant)
			}
		}
		call.module.secrets(m)
	}
}
