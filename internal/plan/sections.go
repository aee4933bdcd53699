package plan

import (
	"errors"
	"io"
	"strings"

	"github.com/iacgate/iacgate/internal/plan/jsonstream"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/iacgate/iacgate/internal/resource"
)

func read(r io.Reader, keep func(resource.Mode, string) bool, document *rawDocument) (*contents, error) {
	rd := &reader{document: document, Scanner: jsonstream.NewScanner(jsonstream.UTF8Reader(r)), keep: keep, names: map[string]string{}, into: &contents{
		seen:      map[string]bool{},
		variables: map[string]variable{},
		managed:   addressSet{},
		modules:   map[string]bool{},
	}}
	rd.TruncatedHint = "the file is truncated; " + hintShow
	if document != nil {
		rd.CopyTo(&document.Copy)
	}
	if err := rd.start(); err != nil {
		return nil, err
	}
	if err := rd.Members(rd.section); err != nil {
		return nil, err
	}
	if !rd.Finish() {
		return nil, rd.Fault("data after the end of the plan")
	}
	return rd.into, rd.into.recognize()
}

// start refuses a text whose first bytes cannot begin a JSON object.
func (r *reader) start() error {
	c := r.Peek()
	switch {
	case r.AtEnd() && r.Failure() == nil:
		return refuse("empty", hintShow)
	case r.AtEnd():
		return r.Failure()
	case r.HasPrefix("PK"):
		return refuse("binary plan: iacgate reads its JSON", hintShow)
	case c != '{':
		return r.Fault("not JSON: expected an object, got %q", c).WithHint("a plan is one JSON object; " + hintShow)
	}
	return nil
}

// record reads an object, or null, whose members may appear only once: JSON
// readers disagree on what a second one means.
func (r *reader) record(member func(key []byte) error) error {
	seen := map[string]bool{}
	return r.Object(func(key []byte) error {
		if seen[string(key)] {
			return r.Fault("%q appears twice in one object", key)
		}
		seen[string(key)] = true
		return member(key)
	})
}

// section reads one member of the top level.
func (r *reader) section(key []byte) error {
	name := string(key)
	if strings.HasPrefix(name, "@") {
		return refuse("a log of terraform plan -json, not a plan", hintShow)
	}
	if r.into.seen[name] {
		return r.Fault("%q appears twice at the top level", name)
	}
	r.into.seen[name] = true
	c := r.into
	switch name {
	case "format_version":
		return r.decode(&c.formatVersion)
	case "terraform_version":
		return r.decode(&c.terraformVersion)
	case "variables":
		return r.decode(&c.variables)
	case "resource_changes":
		return r.resources(func() error { return r.change(&c.changes, true) })
	case "resource_drift":
		return r.resources(func() error { return r.change(&c.drift, false) })
	case "deferred_changes":
		return r.Array(r.deferral)
	case "action_invocations", "deferred_action_invocations":
		return r.Array(r.markings)
	case "prior_state":
		return r.record(r.state)
	case "values", "planned_values":
		return r.record(func(key []byte) error { return r.values(key, name == "values") })
	case "output_changes":
		return r.Object(r.outputChange)
	case "configuration":
		return r.record(r.configuration)
	case "relevant_attributes":
		return r.decode(&c.relevant)
	case "complete":
		return r.decode(&c.complete)
	case "errored":
		return r.decode(&c.errored)
	}
	return r.Skip()
}

// markings reads an element that is not a resource, for its sensitive texts.
func (r *reader) markings() error {
	raw, err := r.Raw()
	if err != nil {
		return err
	}
	return r.harvest(raw)
}

// state reads a member of a state inside a plan.
func (r *reader) state(key []byte) error {
	if string(key) == "values" {
		return r.record(func(key []byte) error { return r.values(key, true) })
	}
	return r.Skip()
}

// values reads the values of a state, or planned values: only the outputs and the
// sensitive texts are kept.
func (r *reader) values(key []byte, state bool) error {
	switch {
	case string(key) == "outputs":
		return r.Object(r.output)
	case string(key) == "root_module" && state:
		return r.record(r.valuesModule(r.stateResource))
	case string(key) == "root_module":
		return r.record(r.valuesModule(r.plannedResource))
	}
	return r.Skip()
}

func (r *reader) output([]byte) error {
	var o tfjson.StateOutput
	if err := r.decode(&o); err != nil {
		return err
	}
	if o.Sensitive {
		r.into.outputs = append(r.into.outputs, markedValue{o.Value, true})
	}
	return nil
}

func (r *reader) outputChange([]byte) error {
	var c tfjson.Change
	if err := r.decode(&c); err != nil {
		return err
	}
	r.into.outputs = append(r.into.outputs,
		markedValue{c.Before, c.BeforeSensitive}, markedValue{c.After, c.AfterSensitive})
	return nil
}

// valuesModule reads a member of a module of values.
func (r *reader) valuesModule(resource func() error) func(key []byte) error {
	return func(key []byte) error {
		switch string(key) {
		case "resources":
			return r.resources(resource)
		case "child_modules":
			return r.Array(func() error { return r.record(r.valuesModule(resource)) })
		}
		return r.Skip()
	}
}

func (r *reader) deferral() error {
	d := new(deferral)
	raw, err := r.Raw()
	if err != nil {
		return err
	}
	if err := errors.Join(unmarshalAt(r.Scanner, raw, d), r.harvest(raw)); err != nil {
		return err
	}
	r.into.deferred = append(r.into.deferred, d)
	return nil
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
	return r.Skip()
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
		return r.Skip()
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
		return r.Skip()
	})
}

func (r *reader) configResource(m *module) error {
	m.hasResources = true
	raw, err := r.element()
	if err != nil || raw == nil {
		return err
	}
	c := new(configResource)
	if err := unmarshalAt(r.Scanner, raw, c); err != nil {
		return err
	}
	a := address{mode: modeOf(c.Mode), typ: c.Type, name: c.Name}
	m.resources[a.local()] = c
	return nil
}
