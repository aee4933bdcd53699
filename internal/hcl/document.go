package hcl

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/iacgate/iacgate/internal/hcl/check"
	"github.com/iacgate/iacgate/internal/resource"
)

// document evaluates what is asked for.
func (ev *evaluation) document(root *scope) (*resource.Document, error) {
	if err := check.Code(ev.Evaluator, root.checked()); err != nil {
		return nil, err
	}
	doc := &resource.Document{Path: ev.options.Dir, Format: resource.HCL}
	if err := ev.collect(root, doc); err != nil {
		return nil, err
	}
	slices.SortStableFunc(doc.Resources, func(a, b *resource.Resource) int { return strings.Compare(a.Address, b.Address) })
	doc.Tofu = ev.Tofu(root.config)
	all, others := ev.Waivers.Judged()
	for _, i := range others {
		ev.Note("%s:%d: a waiver in an installed module waives nothing; write it at the module call", i.Position.File, i.Position.Line)
	}
	doc.Gaps, doc.Notes = ev.gaps, append(doc.Notes, ev.Notes...)
	doc.Secrets = slices.Sorted(maps.Keys(ev.secrets))
	doc.Configuration = func() []resource.Written {
		blocks, ok := ev.configuration(root.config)
		if !ok {
			return nil
		}
		return blocks
	}
	if len(all) > 0 {
		ev.Waivers.MarkWhole(root.config.Settings)
		doc.Ignores = func() []*resource.Ignore { return all }
	}
	return doc, nil
}

// collect adds the resources of a module instance and of those inside it.
func (ev *evaluation) collect(s *scope, doc *resource.Document) error {
	s.rememberSensitive()
	s.markRemoved()
	for _, name := range s.config.Order {
		x := s.resource(name)
		if name.Mode == resource.Managed {
			doc.Total += len(x.instances)
		}
		if !ev.keep(name.Mode, name.Type) {
			continue
		}
		for _, i := range x.instances {
			more, notes := i.resources()
			doc.Resources, doc.Notes = append(doc.Resources, more...), append(doc.Notes, notes...)
			if ev.Failure != nil {
				return ev.Failure
			}
		}
	}
	for _, name := range s.config.CallOrder {
		c := s.call(name)
		if ev.Failure != nil {
			return ev.Failure
		}
		for _, inner := range c.scopes {
			if err := ev.collect(inner, doc); err != nil {
				return err
			}
		}
	}
	return ev.Failure
}

// waivers are those that stand at a block. Those of code that was installed do not
// count: who is judged by a gate decides what it accepts, not who wrote what
// he uses.
func (s *scope) waivers(b *hclsyntax.Block) []*resource.Ignore {
	if s.installed {
		return nil
	}
	return s.ev.Waivers.ByBlock[b]
}
