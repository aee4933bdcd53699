package hcl

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/check"
	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/resource"
)

// document evaluates what is asked for.
func (ev *evaluation) document(root *scope) (*resource.Document, error) {
	if err := check.Code(ev.Evaluator, root.checked()); err != nil {
		return nil, err
	}
	doc := &resource.Document{Path: ev.options.Dir, Format: resource.HCL, Modules: map[string]string{}}
	if err := ev.collect(root, doc); err != nil {
		return nil, err
	}
	slices.SortStableFunc(doc.Resources, func(a, b *resource.Resource) int { return strings.Compare(a.Address, b.Address) })
	doc.Tofu = ev.Tofu(root.config)
	all, others := ev.Waivers.Judged()
	for _, i := range others {
		ev.Note("%s:%d: a waiver in an installed module has no effect; write it at the module call", i.Position.File, i.Position.Line)
	}
	doc.Gaps, doc.Notes = ev.gaps, append(doc.Notes, ev.Notes...)
	doc.Secrets = slices.Sorted(maps.Keys(ev.secrets))
	doc.Configuration = func() []resource.Written {
		blocks, ok := ev.writtenCode(root.config)
		if !ok {
			return nil
		}
		return blocks
	}
	if len(all) > 0 {
		ev.Waivers.MarkWhole(root.config.Settings)
		doc.InlineWaivers = func() []*resource.InlineWaiver { return all }
	}
	return doc, nil
}

// collect adds the resources of a module instance and of those inside it.
func (ev *evaluation) collect(s *scope, doc *resource.Document) error {
	if !s.installed {
		doc.Modules[s.path] = s.ev.Tree.Name(s.config.Dir)
	}
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

// waivers returns those at a block. Those of installed modules do not count: the
// owner of the judged code decides what to accept, not the author of a module.
func (s *scope) waivers(b *hclsyntax.Block) []*resource.InlineWaiver {
	if s.installed {
		return nil
	}
	return s.ev.Waivers.ByBlock[b]
}

// rememberSensitive remembers what the code of a module marks as sensitive, used or not:
// variables, outputs, and what it gives to sensitive(). The same text may be
// elsewhere.
func (s *scope) rememberSensitive() {
	for name, b := range s.config.Variables {
		if eval.IsTrue(b, "sensitive") {
			_, _ = s.input(name, b.DefRange())
			s.ev.rememberDefault(b)
		}
	}
	for name, b := range s.config.Outputs {
		if eval.IsTrue(b, "sensitive") {
			if v, diags := s.output(name, b.DefRange()); !diags.HasErrors() {
				s.ev.rememberSecret(v)
			}
		}
	}
	for _, e := range s.config.Sensitive {
		if v, diags := e.Value(s.base); !diags.HasErrors() {
			s.ev.rememberSecret(v)
		}
	}
}

// checked returns the module for package check. The scope represents all of its
// instances.
func (s *scope) checked() *check.Module {
	tree := s.ev.Tree
	return &check.Module{
		Code: s.config,
		// Terragrunt may write files beside those of the root module.
		Generated: s.parent == nil && IsTerragrunt(filepath.Join(tree.Base, filepath.FromSlash(tree.Dir))),
		Called: func(call string) (*check.Module, error) {
			inner, err := s.callee(call)
			if inner == nil || err != nil {
				return nil, err
			}
			return inner.checked(), nil
		},
	}
}

// callee returns a scope of the module that a call means, nil if it is not there.
func (s *scope) callee(name string) (*scope, error) {
	c := &moduleCall{scope: s, name: name, block: s.config.Calls[name]}
	notes := s.ev.Notes
	config, _, err := s.called(c)
	s.ev.Notes = notes
	if config == nil || err != nil {
		return nil, err
	}
	inner := s.ev.newScope(config, s.in("module."+name))
	inner.parent, inner.block, inner.outer, inner.depth = s, c.block, s.base, s.depth+1
	inner.installed = c.installed
	return inner, nil
}

// markRemoved notes what the code gives up and leaves in place: it still exists, and
// the code holds its address alone. OpenTofu leaves it unless the code says otherwise.
// https://developer.hashicorp.com/terraform/language/block/removed
func (s *scope) markRemoved() {
	for _, b := range s.config.Removed {
		if destroys(b) {
			continue
		}
		from := removedAddress(b)
		var types []string
		if mode, typ := addressed(from); typ != "" {
			if !s.ev.keep(mode, typ) {
				continue
			}
			types = []string{typ}
		}
		at := syntax.Position(b.DefRange())
		s.ev.markGap(resource.Gap{
			Text:  fmt.Sprintf("%s is removed but not destroyed (%s:%d): it still exists, and the code does not show it; judge the plan", s.in(from), at.File, at.Line),
			Types: types,
		})
	}
}

// destroys reports whether a removed block destroys what it removes, for certain.
func destroys(b *hclsyntax.Block) bool {
	for _, inner := range b.Body.Blocks {
		if e := syntax.Argument(inner, "destroy"); inner.Type == "lifecycle" && e != nil {
			v, diags := e.Value(eval.LiteralContext())
			return !diags.HasErrors() && v.Type() == cty.Bool && v.IsKnown() && v.True()
		}
	}
	return false
}

// removedAddress returns the address that a removed block names.
func removedAddress(b *hclsyntax.Block) string {
	if text, ok := eval.Literal(b, "from"); ok {
		return text // in JSON
	}
	switch e := syntax.Argument(b, "from").(type) {
	case *eval.Reference:
		return traversed(e.Traversal)
	case *hclsyntax.ScopeTraversalExpr:
		return traversed(e.Traversal)
	}
	return "something"
}

func traversed(t hcl.Traversal) string {
	if len(t) == 0 {
		return ""
	}
	return t.RootName() + syntax.TraversalText(t[1:])
}

// addressed returns the type of the resource at an address; "" for a module and if it
// cannot be determined.
func addressed(address string) (resource.Mode, string) {
	parts := strings.Split(address, ".")
	for len(parts) > 2 && parts[0] == "module" {
		parts = parts[2:]
	}
	switch {
	case len(parts) > 2 && parts[0] == "data":
		return resource.Data, parts[1]
	case len(parts) == 2 && parts[0] != "module":
		return resource.Managed, parts[0]
	}
	return resource.Managed, ""
}
