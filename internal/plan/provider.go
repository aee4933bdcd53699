package plan

import (
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

// scopes finds the provider, region and account of instances.
type scopes struct {
	config    *config
	variables map[string]variable
	given     resource.Scope // region and account that are said outside the plan
	all       []*instance
	partition func() string              // the one that all ARNs name
	providers map[string]*configuration  // by normalised key
	only      evidence                   // the key of each provider that has one configuration
	used      map[string]map[string]bool // the keys of each provider that instances have
}

// A configuration is a provider configuration: the place that it leads to, and the
// arguments that decide the place.
type configuration struct {
	place       resource.Scope
	region      string // what it says of the region, "" for nothing
	credentials string // all that may decide the account, in one text
	varies      varies
	given       bool // the region is one that the plan does not tell
}

// varies says what may differ between two resources of a configuration: with for_each,
// a plan does not name the instance, and known values may show several.
type varies struct {
	regions, accounts         bool
	regionsSeen, accountsSeen bool
}

// evidence has the text that known values show for a provider, "" if they show several.
type evidence map[string]string

func (e evidence) add(key, text string) {
	if text == "" {
		return
	}
	if seen, ok := e[key]; ok && seen != text {
		text = ""
	}
	e[key] = text
}

// configurationOf returns the configuration of a key; a state has an implicit one.
func (s *scopes) configurationOf(key string) *configuration {
	c := s.providers[key]
	if c == nil {
		c = &configuration{place: resource.Scope{Provider: key}}
		s.providers[key] = c
	}
	return c
}

// provider returns the key of the provider configuration of an instance. An
// instance that the plan deletes is no longer in the configuration, and had the only one
// there is.
func (s *scopes) provider(i *instance) string {
	if block := s.config.resource(i.address); block != nil {
		return s.normalKey(block.ProviderConfigKey)
	}
	name, _, _ := strings.Cut(i.typ, "_")
	return s.only[name]
}

// normalKey returns the key of the configuration that a key resolves to: a module that
// names a default provider without configuring it gets its parent's.
func (s *scopes) normalKey(key string) string {
	module, name, inModule := cutLast(key, ":")
	if !inModule || !strings.HasPrefix(key, "module.") || strings.Contains(name, ".") {
		return key
	}
	if p := s.config.providers[key]; p != nil && len(p.Expressions) > 0 {
		return key
	}
	if path := parseModule(module); len(path) > 1 {
		return s.normalKey(path[:len(path)-1].String() + ":" + name)
	}
	return name
}

func cutLast(text, separator string) (before, after string, found bool) {
	i := strings.LastIndex(text, separator)
	if i < 0 {
		return "", text, false
	}
	return text[:i], text[i+len(separator):], true
}

// constant returns the value of an expression that is a constant, or a variable
// that is one; nil for any other.
func (s *scopes) constant(e expression, module modulePath) any {
	if e.IsConstant {
		return e.Constant
	}
	written := e.direct()
	if len(written) != 1 {
		return nil
	}
	ref := parseSteps(written[0])
	if len(ref) < 2 || ref[0].name != "var" {
		return nil
	}
	return lookUp(s.input(ref[1].name, module), ref[2:])
}

// input returns the value of an input variable of a module.
func (s *scopes) input(name string, module modulePath) any {
	m := s.config.module(module)
	if len(module) == 0 {
		if v := s.variables[name]; v.isSet {
			return v.value
		}
	} else if call := s.config.call(module); call != nil {
		if e, ok := call.expressions[name]; ok {
			return s.constant(e, module[:len(module)-1])
		}
	}
	if m == nil {
		return nil
	}
	return m.variables[name].Default
}
