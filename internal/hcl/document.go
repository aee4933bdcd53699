package hcl

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/iacgate/iacgate/internal/resource"
)

// document evaluates what is asked for.
func (ev *evaluation) document(root *scope) (*resource.Document, error) {
	if err := checkCode(ev.evaluator, root.checked()); err != nil {
		return nil, err
	}
	doc := &resource.Document{Path: ev.options.Dir, Format: resource.HCL}
	if err := ev.collect(root, doc); err != nil {
		return nil, err
	}
	slices.SortStableFunc(doc.Resources, func(a, b *resource.Resource) int { return strings.Compare(a.Address, b.Address) })
	doc.Tofu = ev.tofu(root.config)
	all, others := ev.ignores.counted()
	for _, i := range others {
		ev.note("%s:%d: a waiver in an installed module waives nothing; write it at the module call", i.Position.File, i.Position.Line)
	}
	doc.Gaps, doc.Notes = ev.gaps, append(doc.Notes, ev.notes...)
	doc.Secrets = slices.Sorted(maps.Keys(ev.secrets))
	doc.Configuration = func() []resource.Written {
		blocks, ok := ev.configuration(root.config)
		if !ok {
			return nil
		}
		return blocks
	}
	if len(all) > 0 {
		ev.ignores.whole(root.config.settings)
		doc.Ignores = func() []*resource.Ignore { return all }
	}
	return doc, nil
}

// collect adds the resources of a module instance and of those inside it.
func (ev *evaluation) collect(s *scope, doc *resource.Document) error {
	s.hideMarked()
	s.forgotten()
	for _, name := range s.config.order {
		x := s.resource(name)
		if name.mode == resource.Managed {
			doc.Total += len(x.instances)
		}
		if !ev.keep(name.mode, name.typ) {
			continue
		}
		for _, i := range x.instances {
			more, notes := i.resources()
			doc.Resources, doc.Notes = append(doc.Resources, more...), append(doc.Notes, notes...)
			if ev.failure != nil {
				return ev.failure
			}
		}
	}
	for _, name := range s.config.callOrder {
		c := s.call(name)
		if ev.failure != nil {
			return ev.failure
		}
		for _, inner := range c.scopes {
			if err := ev.collect(inner, doc); err != nil {
				return err
			}
		}
	}
	return ev.failure
}

// waivers are those that stand at a block. Those of code that was installed do not
// count: who is judged by a gate decides what it accepts, not who wrote what
// he uses.
func (s *scope) waivers(b *hclsyntax.Block) []*resource.Ignore {
	if s.installed {
		return nil
	}
	return s.ev.ignores.of[b]
}
