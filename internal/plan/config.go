package plan

import (
	"maps"

	tfjson "github.com/hashicorp/terraform-json"
)

// config is the kept part of the configuration.
type config struct {
	providers map[string]*providerConfig
	root      *module
}

// A module is a module of the configuration, not an instance of one.
type module struct {
	calls     map[string]*call
	resources map[string]*configResource // by local address, of the kept types
	outputs   map[string]configOutput
	variables map[string]tfjson.ConfigVariable

	hasResources bool // of any type
}

func newModule() *module {
	return &module{
		calls:     map[string]*call{},
		resources: map[string]*configResource{},
		outputs:   map[string]configOutput{},
		variables: map[string]tfjson.ConfigVariable{},
	}
}

// call is a module block.
type call struct {
	expressions map[string]expression
	count       *expression
	forEach     *expression
	module      *module
}

func (c *call) isRepeated() bool { return c.count != nil || c.forEach != nil }

type configResource struct {
	tfjson.ConfigResource
	Expressions map[string]expression `json:"expressions"`
	Count       *expression           `json:"count_expression"`
	ForEach     *expression           `json:"for_each_expression"`
}

type configOutput struct {
	Sensitive  bool       `json:"sensitive"`
	Expression expression `json:"expression"`
}

type providerConfig struct {
	tfjson.ProviderConfig
	Expressions map[string]expression `json:"expressions"`
}

// module returns the module at a path; nil if the configuration has none.
func (c *config) module(path modulePath) *module {
	m := c.root
	for _, s := range path {
		if m == nil || m.calls[s.name] == nil {
			return nil
		}
		m = m.calls[s.name].module
	}
	return m
}

// call returns the block that makes the module at a path.
func (c *config) call(path modulePath) *call {
	if len(path) == 0 {
		return nil
	}
	parent := c.module(path[:len(path)-1])
	if parent == nil {
		return nil
	}
	return parent.calls[path[len(path)-1].name]
}

// resource returns the block that makes a resource.
func (c *config) resource(a address) *configResource {
	m := c.module(a.module)
	if m == nil {
		return nil
	}
	return m.resources[a.local()]
}

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
