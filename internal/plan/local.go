package plan

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/iacgate/iacgate/internal/resource"
)

// A candidate is something that a local could hold: plans say nothing of locals,
// but list every attribute that some expression of the configuration uses.
type candidate struct {
	ref    resource.Ref
	static string // the resource, without instance keys
}

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

// localRefs returns what a local in an argument of i could hold. No resource can
// refer to itself.
func (t *tracer) localRefs(i *instance) []resource.Ref {
	var refs []resource.Ref
	for _, c := range t.locals {
		if c.static != i.static() {
			refs = append(refs, c.ref)
		}
	}
	slices.SortFunc(refs, compareRefs)
	return slices.Compact(refs)
}

// covers says whether an address means an instance: a key that it leaves out
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
