package plan

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/iacgate/iacgate/internal/resource"
)

// candidates returns the relevant attributes that are unknown after apply.
func (t *tracer) candidates(relevant []tfjson.ResourceAttribute) []candidate {
	var all []candidate
	for _, r := range relevant {
		a, ok := parseAddress(r.Resource)
		if !ok {
			continue
		}
		a.path = attributePath(r.Attribute)
		for _, i := range t.world.byStatic[a.static()] {
			if a.covers(i.address) && isUnknownAt(i.unknown, a.path) {
				all = append(all, candidate{ref(i.text, a.typ, a.path), a.static()})
			}
		}
		for _, p := range t.skipped[a.static()] {
			if a.covers(p.address) && (len(a.path) == 0 || slices.Contains(p.unknown, a.path[0].text())) {
				all = append(all, candidate{ref(p.text, a.typ, a.path), a.static()})
			}
		}
	}
	return all
}

// localRefs returns what the locals on a trace could hold. No resource can refer
// to itself.
func (t *tracer) localRefs(i *instance, tr *refTrace) []resource.Ref {
	var refs []resource.Ref
	for _, module := range tr.locals {
		for _, c := range t.reachableFrom(module) {
			if c.static != i.static() {
				refs = append(refs, c.ref)
			}
		}
	}
	slices.SortFunc(refs, compareRefs)
	return slices.Compact(refs)
}

// dynamicOrigin makes the origin of a value in a dynamic block. A plan shows as little of
// such blocks as of locals.
func (t *tracer) dynamicOrigin(i *instance, name string) resource.Origin {
	tr := &refTrace{locals: []modulePath{i.module}}
	return resource.Origin{Cause: resource.Local, Refs: t.localRefs(i, tr), Via: []string{"dynamic \"" + name + "\""}}
}

// reachableFrom returns the candidates that a local of a module instance could
// hold.
func (t *tracer) reachableFrom(module modulePath) []candidate {
	name := module.String()
	if found, ok := t.reaches[name]; ok {
		return found
	}
	r := reach{modules: map[string]bool{}, addresses: map[string]bool{}}
	t.extend(r, module)
	var found []candidate
	for _, c := range t.locals {
		if r.has(c.ref) {
			found = append(found, c)
		}
	}
	t.reaches[name] = found
	return found
}

// addAlternatives adds the references that a local could hold in place of the direct ones:
// the same attribute of other resources of the type. A local without such an
// alternative does not matter.
func (t *tracer) addAlternatives(i *instance, tr *refTrace) {
	if !tr.local() {
		return
	}
	kinds := map[string]bool{}
	for r := range tr.refs {
		kinds[typeAndAttribute(r)] = true
	}
	for _, r := range t.localRefs(i, tr) {
		if kinds[typeAndAttribute(r)] {
			tr.add(r)
		}
	}
}

// typeAndAttribute returns the type and attribute of a ref.
func typeAndAttribute(r resource.Ref) string {
	a, _ := parseAddress(r.Address)
	return a.typ + "." + r.Attribute
}

// reach has what the expressions of a module instance can refer to: what is in
// the module and below, and the references of its inputs.
type reach struct {
	modules   map[string]bool // with all in them; "" is everything
	addresses map[string]bool
}

func (r reach) has(ref resource.Ref) bool {
	if r.addresses[ref.Address] || r.modules[""] {
		return true
	}
	for path := parseModule(modulePrefix(ref.Address)); len(path) > 0; path = path[:len(path)-1] {
		if r.modules[path.String()] {
			return true
		}
	}
	return false
}

func (t *tracer) extend(r reach, module modulePath) {
	if r.modules[module.String()] {
		return
	}
	r.modules[module.String()] = true
	call := t.config.call(module)
	if call == nil {
		return
	}
	last := len(module) - 1
	outer := scene{module: module[:last], key: module[last].key, forEach: call.forEach}
	tr := newRefTrace()
	for _, e := range call.expressions {
		t.follow(e, outer, nil, tr)
	}
	for ref := range tr.refs {
		r.addresses[ref.Address] = true
	}
	for _, outside := range tr.locals {
		t.extend(r, outside)
	}
}

// covers reports whether an address means an instance: a key that it leaves out
// means any.
func (a address) covers(b address) bool {
	if a.key.Kind != resource.NoKey && a.key != b.key || len(a.module) != len(b.module) {
		return false
	}
	for i, m := range a.module {
		if m.key.Kind != resource.NoKey && m.key != b.module[i].key {
			return false
		}
	}
	return true
}

// attributePath reads the path of a relevant attribute: names, keys and indexes.
func attributePath(raw []json.RawMessage) []step {
	var path []step
	for _, r := range raw {
		if text := strings.Trim(string(bytes.TrimSpace(r)), `"`); text != "" {
			s := parseIndex(text)
			if s.any {
				s = step{name: text}
			}
			path = append(path, s)
		}
	}
	return path
}
