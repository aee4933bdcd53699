package plan

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/plan/jsonstream"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/iacgate/iacgate/internal/resource"
)

// The oracle reads the same contents with nothing but encoding/json, whole
// documents at a time and member by member: what FuzzRead holds the stream to.

type members = map[string]json.RawMessage

// strict decodes an object, or null, as a map: unlike the fields of a struct,
// its keys are matched by case.
func strict(raw json.RawMessage) (members, error) {
	var m members
	err := json.Unmarshal(raw, &m)
	return m, err
}

// elements is what the test compares of oracle and stream.
type elements struct {
	Version, Tool             string
	Changes, Drift, Prior     []string
	Resources, Calls, Outputs []string
	Managed, Changed          int
	Skipped                   []string
	Relevant                  int
	Errored                   bool
}

func text(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(raw)
}

func (c *contents) elements() *elements {
	f := &elements{Version: c.formatVersion, Tool: c.terraformVersion, Managed: len(c.managed),
		Changed: c.changed, Relevant: len(c.relevant), Errored: c.errored}
	for _, ch := range c.changes {
		f.Changes = append(f.Changes, text(ch))
	}
	for _, ch := range c.drift {
		f.Drift = append(f.Drift, text(ch))
	}
	for _, s := range c.prior {
		f.Prior = append(f.Prior, text(s))
	}
	start := 0
	for _, e := range c.skipped.entries {
		unknown := slices.Sorted(slices.Values(c.skipped.unknown[e.unknown]))
		f.Skipped = append(f.Skipped, strings.ToValidUTF8(string(c.skipped.addresses[start:e.end]), "\uFFFD")+strings.Join(unknown, " "))
		start = e.end
	}
	if c.config.root != nil {
		f.module("", c.config.root)
	}
	return f
}

func (f *elements) module(path string, m *module) {
	for _, name := range slices.Sorted(maps.Keys(m.resources)) {
		f.Resources = append(f.Resources, path+text(m.resources[name].ConfigResource))
	}
	for _, name := range slices.Sorted(maps.Keys(m.outputs)) {
		f.Outputs = append(f.Outputs, path+name)
	}
	for _, name := range slices.Sorted(maps.Keys(m.calls)) {
		f.Calls = append(f.Calls, path+name+text(slices.Sorted(maps.Keys(m.calls[name].expressions))))
		f.module(path+name+"/", m.calls[name].module)
	}
}

// oracle reads a document with encoding/json.
type oracle struct {
	*elements
	keep    func(resource.Mode, string) bool
	managed map[string]bool
	err     error
}

func readPlainly(data []byte, keep func(resource.Mode, string) bool) (*elements, error) {
	o := &oracle{elements: &elements{}, keep: keep, managed: map[string]bool{}}
	if !json.Valid(data) {
		return nil, errors.New("not JSON")
	}
	top := o.object(data)
	if top == nil {
		return nil, errors.New("no object")
	}
	o.decode(top["format_version"], &o.Version)
	o.decode(top["terraform_version"], &o.Tool)
	o.decode(top["errored"], &o.Errored)
	o.decode(top["complete"], new(*bool))
	o.decode(top["variables"], new(map[string]variable))
	var relevant []tfjson.ResourceAttribute
	o.decode(top["relevant_attributes"], &relevant)
	o.Relevant = len(relevant)
	for _, raw := range o.array(top["resource_changes"]) {
		o.change(raw, &o.Changes, true)
	}
	for _, raw := range o.array(top["resource_drift"]) {
		o.change(raw, &o.Drift, false)
	}
	for _, raw := range o.array(top["deferred_changes"]) {
		o.decode(raw, new(deferral))
	}
	for _, raw := range o.object(top["output_changes"]) {
		o.decode(raw, new(tfjson.Change))
	}
	o.values(top["values"], true)
	o.values(top["planned_values"], false)
	o.values(o.object(top["prior_state"])["values"], true)
	config := o.object(top["configuration"])
	o.decode(config["provider_config"], new(map[string]*providerConfig))
	if root, ok := config["root_module"]; ok {
		o.module("", root)
	}
	o.Managed = len(o.managed)
	if o.err == nil {
		o.err = o.recognise(top)
	}
	return o.elements, o.err
}

func (o *oracle) recognise(top members) error {
	seen := map[string]bool{}
	for k := range top {
		seen[k] = true
		if strings.HasPrefix(k, "@") {
			return errors.New("a log")
		}
	}
	return (&contents{seen: seen, formatVersion: o.Version}).recognize()
}

func (o *oracle) fail(err error) {
	if o.err == nil {
		o.err = err
	}
}

func (o *oracle) decode(raw json.RawMessage, v any) {
	if raw != nil {
		if err := jsonstream.Unmarshal(raw, v); err != nil {
			o.fail(err)
		}
	}
}

func (o *oracle) object(raw json.RawMessage) members {
	if raw == nil {
		return nil
	}
	m, err := strict(raw)
	if err != nil {
		o.fail(err)
	}
	return m
}

func (o *oracle) array(raw json.RawMessage) []json.RawMessage {
	var list []json.RawMessage
	o.decode(raw, &list)
	return list
}

func (o *oracle) string(raw json.RawMessage) string {
	var s string
	o.decode(raw, &s)
	return s
}

// element reads what the outline of a resource holds.
func (o *oracle) element(raw json.RawMessage) (m members, mode resource.Mode, kept, deposed bool) {
	m = o.object(raw)
	if m == nil {
		o.fail(errors.New("no object"))
		return m, 0, false, false
	}
	o.string(m["module_address"])
	o.string(m["provider_name"])
	mode = modeOf(tfjson.ResourceMode(o.string(m["mode"])))
	for _, key := range []string{"deposed", "deposed_key"} {
		if v, ok := m[key]; ok {
			deposed = string(v) != "null"
		}
	}
	return m, mode, o.keep(mode, o.string(m["type"])), deposed
}

func (o *oracle) count(m members, mode resource.Mode, deposed bool) {
	if address := o.string(m["address"]); mode == resource.Managed && !deposed {
		o.managed[address] = true
	}
}

func (o *oracle) change(raw json.RawMessage, list *[]string, planned bool) {
	m, mode, kept, deposed := o.element(raw)
	change := o.object(m["change"])
	var actions []string
	o.decode(change["actions"], &actions)
	if planned {
		o.count(m, mode, deposed)
		does := slices.ContainsFunc(actions, func(a string) bool { return a != "no-op" && a != "read" })
		if mode == resource.Managed && !deposed && does {
			o.Changed++
		}
	}
	switch {
	case deposed:
	case kept:
		c := newChange()
		o.decode(raw, c)
		if c.Change == nil {
			o.fail(errors.New("no change"))
		}
		*list = append(*list, text(c))
	case planned:
		o.skip(o.string(m["address"]), change["after_unknown"])
	}
}

func newChange() *change { return new(change) }

func (o *oracle) skip(address string, raw json.RawMessage) {
	var unknown any
	o.decode(raw, &unknown)
	object, _ := unknown.(map[string]any)
	var names []string
	for name, v := range object {
		if marksAny(v) {
			names = append(names, name)
		}
	}
	if len(names) > 0 {
		slices.Sort(names)
		o.Skipped = append(o.Skipped, address+strings.Join(names, " "))
	}
}

func (o *oracle) values(raw json.RawMessage, resources bool) {
	m := o.object(raw)
	for _, out := range o.object(m["outputs"]) {
		o.decode(out, new(tfjson.StateOutput))
	}
	if resources {
		o.stateModule(m["root_module"])
	} else {
		o.plannedModule(m["root_module"])
	}
}

// plannedModule holds what is looked at for its marks alone to its shape.
func (o *oracle) plannedModule(raw json.RawMessage) {
	m := o.object(raw)
	for _, raw := range o.array(m["resources"]) {
		e, _, _, _ := o.element(raw)
		var actions []string
		o.decode(o.object(e["change"])["actions"], &actions)
		o.string(e["address"])
	}
	for _, child := range o.array(m["child_modules"]) {
		o.plannedModule(child)
	}
}

func (o *oracle) stateModule(raw json.RawMessage) {
	m := o.object(raw)
	if m == nil {
		return
	}
	// The stream reads members as they come; encoding/json keeps no order.
	for _, raw := range o.array(m["resources"]) {
		e, mode, kept, deposed := o.element(raw)
		change := o.object(e["change"])
		var actions []string
		o.decode(change["actions"], &actions)
		o.count(e, mode, deposed)
		if mode == resource.Managed && !deposed && slices.ContainsFunc(actions, func(a string) bool { return a != "no-op" && a != "read" }) {
			o.Changed++
		}
		if kept && !deposed {
			s := new(stateResource)
			o.decode(raw, s)
			o.Prior = append(o.Prior, text(s))
		}
	}
	for _, child := range o.array(m["child_modules"]) {
		o.stateModule(child)
	}
}

func (o *oracle) module(path string, raw json.RawMessage) {
	m := o.object(raw)
	kept := map[string]*configResource{}
	for _, raw := range o.array(m["resources"]) {
		e, _, keep, _ := o.element(raw)
		change := o.object(e["change"])
		var actions []string
		o.decode(change["actions"], &actions)
		o.string(e["address"])
		if keep {
			c := new(configResource)
			o.decode(raw, c)
			kept[address{mode: modeOf(c.Mode), typ: c.Type, name: c.Name}.local()] = c
		}
	}
	for _, name := range slices.Sorted(maps.Keys(kept)) {
		o.Resources = append(o.Resources, path+text(kept[name].ConfigResource))
	}
	outputs := map[string]configOutput{}
	o.decode(m["outputs"], &outputs)
	for _, name := range slices.Sorted(maps.Keys(outputs)) {
		o.Outputs = append(o.Outputs, path+name)
	}
	o.decode(m["variables"], new(map[string]tfjson.ConfigVariable))
	calls := o.object(m["module_calls"])
	for _, name := range slices.Sorted(maps.Keys(calls)) {
		call := o.object(calls[name])
		expressions := map[string]expression{}
		o.decode(call["expressions"], &expressions)
		o.decode(call["count_expression"], new(*expression))
		o.decode(call["for_each_expression"], new(*expression))
		o.Calls = append(o.Calls, path+name+text(slices.Sorted(maps.Keys(expressions))))
		o.module(path+name+"/", call["module"])
	}
}
