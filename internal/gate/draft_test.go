package gate_test

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/plan"
	"github.com/iacgate/iacgate/internal/resource"
)

// A draft is a real plan that a scenario changes before it is read.
type draft struct {
	t    testing.TB
	plan object
}

type object = map[string]any

// An edit changes a draft as Terraform would have written it.
type edit func(d draft)

func newDraft(t testing.TB, base string, edits []edit) draft {
	t.Helper()
	raw, err := os.ReadFile("../../testdata/plans/" + base + "/plan.json")
	if err != nil {
		t.Fatal(err)
	}
	d := draft{t: t}
	if err := json.Unmarshal(raw, &d.plan); err != nil {
		t.Fatal(err)
	}
	for _, e := range edits {
		e(d)
	}
	return d
}

// text returns the draft as Terraform would write it.
func (d draft) text() []byte {
	d.t.Helper()
	raw, err := json.Marshal(d.plan)
	if err != nil {
		d.t.Fatal(err)
	}
	return raw
}

// document reads the draft as any other plan.
func (d draft) document() *resource.Document {
	d.t.Helper()
	doc, err := plan.Read(bytes.NewReader(d.text()), plan.Options{})
	if err != nil {
		d.t.Fatal(err)
	}
	doc.Path = "plan.json"
	return doc
}

func (d draft) changes() []any {
	list, _ := d.plan["resource_changes"].([]any)
	return list
}

func (d draft) root() object {
	return d.plan["configuration"].(object)["root_module"].(object)
}

func (d draft) blocks() []any {
	list, _ := d.root()["resources"].([]any)
	return list
}

// state returns the root module of the state before the plan; nil if there is none.
func (d draft) state() object {
	prior, ok := d.plan["prior_state"].(object)
	if !ok {
		return nil
	}
	return prior["values"].(object)["root_module"].(object)
}

// entry returns the element of a list with an address; nil if there is none.
func entry(list []any, address string) object {
	i := slices.IndexFunc(list, func(e any) bool { return e.(object)["address"] == address })
	if i < 0 {
		return nil
	}
	return list[i].(object)
}

// change returns the planned change of a resource.
func (d draft) change(address string) object {
	d.t.Helper()
	e := entry(d.changes(), address)
	if e == nil {
		d.t.Fatalf("the plan has no %s", address)
	}
	return e["change"].(object)
}

// expressions returns a resource's arguments in the configuration.
func (d draft) expressions(address string) object {
	d.t.Helper()
	b := entry(d.blocks(), static(address))
	if b == nil {
		d.t.Fatalf("the configuration has no %s", address)
	}
	if b["expressions"] == nil {
		b["expressions"] = object{}
	}
	return b["expressions"].(object)
}

// static returns an address without its instance key.
func static(address string) string {
	address, _, _ = strings.Cut(address, "[")
	return address
}

// put sets the value at a path such as metric_transformation.0.name.
func put(in any, path string, value any) {
	name, rest, deeper := strings.Cut(path, ".")
	if list, ok := in.([]any); ok {
		i, _ := strconv.Atoi(name)
		put(list[i], rest, value)
		return
	}
	switch o := in.(object); {
	case deeper && o[name] == nil:
	case deeper:
		put(o[name], rest, value)
	case value == absent:
		delete(o, name)
	default:
		o[name] = value
	}
}

// absent takes a member away.
var absent any = new(int)

func clone(v object) object {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	var out object
	if err := json.Unmarshal(raw, &out); err != nil {
		panic(err)
	}
	return out
}

// A block is one nested block; a block type holds a list of them.
type block map[string]any

type blocks []block

// plain returns a value as JSON has it.
func plain(v any) any {
	switch v := v.(type) {
	case blocks:
		out := []any{}
		for _, b := range v {
			out = append(out, plain(b))
		}
		return out
	case block:
		out := object{}
		for k, e := range v {
			out[k] = plain(e)
		}
		return out
	}
	return v
}

// written returns a value as the configuration has it.
func written(v any) any {
	switch v := v.(type) {
	case blocks:
		out := []any{}
		for _, b := range v {
			out = append(out, written(b))
		}
		return out
	case block:
		out := object{}
		for k, e := range v {
			out[k] = written(e)
		}
		return out
	}
	return object{"constant_value": v}
}

// nothingUnknown returns the after_unknown of known blocks.
func nothingUnknown(v any) any {
	switch v := v.(type) {
	case blocks:
		out := []any{}
		for _, b := range v {
			out = append(out, nothingUnknown(b))
		}
		return out
	case block:
		out := object{}
		for k, e := range v {
			if _, nested := e.(blocks); nested {
				out[k] = nothingUnknown(e)
			}
		}
		return out
	}
	return absent
}
