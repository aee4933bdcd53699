package plan

import (
	"strings"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/iacgate/iacgate/internal/resource"
)

// config is what is kept of the configuration.
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

// configuration reads a member of the configuration.
func (r *reader) configuration(key []byte) error {
	c := &r.into.config
	switch string(key) {
	case "provider_config":
		if err := r.decode(&c.providers); err != nil {
			return err
		}
		for _, p := range c.providers {
			if p != nil && strings.HasPrefix(p.FullName, "registry.opentofu.org/") {
				r.into.openTofu = true
			}
		}
		return nil
	case "root_module":
		c.root = newModule()
		return r.module(c.root)
	}
	return r.skip()
}

// module reads a module of the configuration.
func (r *reader) module(m *module) error {
	return r.record(func(key []byte) error {
		switch string(key) {
		case "resources":
			return r.resources(func() error { return r.configResource(m) })
		case "module_calls":
			return r.record(func(key []byte) error { return r.call(m, string(key)) })
		case "outputs":
			return r.decode(&m.outputs)
		case "variables":
			return r.decode(&m.variables)
		}
		return r.skip()
	})
}

func (r *reader) call(m *module, name string) error {
	c := &call{module: newModule()}
	m.calls[name] = c
	return r.record(func(key []byte) error {
		switch string(key) {
		case "expressions":
			return r.decode(&c.expressions)
		case "count_expression":
			return r.decode(&c.count)
		case "for_each_expression":
			return r.decode(&c.forEach)
		case "module":
			return r.module(c.module)
		}
		return r.skip()
	})
}

func (r *reader) configResource(m *module) error {
	m.hasResources = true
	raw, err := r.element()
	if err != nil || raw == nil {
		return err
	}
	c := new(configResource)
	if err := r.unmarshal(raw, c); err != nil {
		return err
	}
	a := address{mode: modeOf(c.Mode), typ: c.Type, name: c.Name}
	m.resources[a.local()] = c
	return nil
}

func modeOf(m tfjson.ResourceMode) resource.Mode {
	if m == tfjson.DataResourceMode {
		return resource.Data
	}
	return resource.Managed
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
