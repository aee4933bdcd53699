package hcl

import (
	"encoding/json"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/load"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/resource"
)

// A configurationWriter turns code into the configuration that Terraform writes into a
// plan.
type configurationWriter struct {
	*evaluation
	blocks []resource.Written
	json   bool // some of it is JSON, which does not tell blocks from arguments
}

// writtenCode returns what the code writes, as the configuration of its plan has it;
// ok is false if that cannot be determined. Missing code is left out.
func (ev *evaluation) writtenCode(root *load.Module) (blocks []resource.Written, ok bool) {
	w := configurationWriter{evaluation: ev, blocks: []resource.Written{}}
	w.module(root, "", "")
	return w.blocks, !w.json && ev.Failure == nil
}

func (w *configurationWriter) add(module, address string, arguments resource.Arguments) {
	w.blocks = append(w.blocks, resource.Written{Address: resource.InModule(module, address), Arguments: arguments})
}

// module writes a module and those that it calls. static is its path as the list
// of installed modules has it.
func (w *configurationWriter) module(m *load.Module, at, static string) {
	for _, name := range m.Order {
		if w.keep(name.Mode, name.Type) {
			w.json = w.json || syntax.IsJSON(m.Resources[name].DefRange().Filename)
			w.add(at, name.String(), argumentsOf(m.Resources[name].Body, metaArguments))
		}
	}
	for name, b := range m.Outputs {
		w.add(at, "output."+name, resource.Arguments{"value": writtenArgument(syntax.Argument(b, "value"))})
	}
	for name, b := range m.Variables {
		w.add(at, "var."+name, defaultOf(b))
	}
	for _, name := range m.CallOrder {
		b := m.Calls[name]
		w.add(at, "module."+name, argumentsOf(b.Body, []string{"source", "version", "providers", "depends_on"}))
		if called := w.called(m, b, static+name); called != nil {
			w.module(called, resource.InModule(at, "module."+name), static+name+".")
		}
	}
}

// called returns the code of a module, wherever it is called from.
func (w *configurationWriter) called(m *load.Module, b *hclsyntax.Block, static string) *load.Module {
	source, ok := eval.Literal(b, "source")
	if !ok {
		return nil
	}
	version, _ := eval.Literal(b, "version")
	dir, why := w.Installed.Locate(m.Dir, static, source, version)
	if why != "" {
		return nil
	}
	called, err := w.evaluation.Module(dir)
	if err != nil {
		return nil
	}
	return called
}

// defaultOf returns a variable's default, in its type.
func defaultOf(b *hclsyntax.Block) resource.Arguments {
	e := syntax.Argument(b, "default")
	if e == nil {
		return resource.Arguments{}
	}
	a := writtenArgument(e)
	v, diags := e.Value(eval.LiteralContext())
	if c, more := eval.ConstraintOf(b); !diags.HasErrors() && !more.HasErrors() {
		if converted, err := c.Convert(v); err == nil {
			a.Constant = canonical(converted)
		}
	}
	if a.Constant == "null" {
		return resource.Arguments{}
	}
	return resource.Arguments{"default": a}
}

// argumentsOf returns the arguments and blocks of a body, apart from some. Dynamic
// blocks are not in a plan.
func argumentsOf(body *hclsyntax.Body, apart []string) resource.Arguments {
	all := resource.Arguments{}
	for name, a := range body.Attributes {
		repeats := name == "count" || name == "for_each"
		if slices.Contains(apart, name) && !repeats {
			continue
		}
		if written := writtenArgument(a.Expr); !repeats || written.IsKnown() { // else a plan leaves it out
			all[name] = written
		}
	}
	for _, b := range body.Blocks {
		if b.Type == "dynamic" || slices.Contains(apart, b.Type) && b.Type != "timeouts" {
			continue
		}
		blocks := all[b.Type]
		blocks.Blocks = append(blocks.Blocks, argumentsOf(b.Body, nil))
		all[b.Type] = blocks
	}
	return all
}

// writtenArgument returns an expression as a plan has it: what it refers to, else its
// value where it needs no function.
func writtenArgument(e hclsyntax.Expression) resource.Argument {
	if e == nil {
		return resource.Argument{}
	}
	var refs []string
	for _, t := range freeReferences(e) {
		refs = append(refs, syntax.TraversalText(t))
	}
	if len(refs) > 0 {
		return resource.Argument{References: resource.References(refs)}
	}
	v, diags := e.Value(nil)
	if diags.HasErrors() {
		return resource.Argument{}
	}
	return resource.Argument{Constant: canonical(v)}
}

// freeReferences returns the references in an expression that are not to variables of
// its own.
func freeReferences(e hclsyntax.Expression) []hcl.Traversal {
	w := referenceWalker{}
	_ = hclsyntax.Walk(e, &w)
	return w.found
}

type referenceWalker struct {
	found  []hcl.Traversal
	scopes []hclsyntax.ChildScope
}

// Enter is part of [hclsyntax.Walker].
func (w *referenceWalker) Enter(node hclsyntax.Node) hcl.Diagnostics {
	switch n := node.(type) {
	case hclsyntax.ChildScope:
		w.scopes = append(w.scopes, n)
	case *eval.Reference:
		bound := func(s hclsyntax.ChildScope) bool { _, ok := s.LocalNames[n.Traversal.RootName()]; return ok }
		if len(n.Traversal) > 1 && !slices.ContainsFunc(w.scopes, bound) {
			w.found = append(w.found, n.Traversal)
		}
	}
	return nil
}

// Exit is part of [hclsyntax.Walker].
func (w *referenceWalker) Exit(node hclsyntax.Node) hcl.Diagnostics {
	if _, ok := node.(hclsyntax.ChildScope); ok {
		w.scopes = w.scopes[:len(w.scopes)-1]
	}
	return nil
}

// canonical returns a value as JSON in which all scalars are texts, as package plan
// has it.
func canonical(v cty.Value) string {
	v, _ = v.UnmarkDeep()
	if !v.IsWhollyKnown() {
		return ""
	}
	raw, err := json.Marshal(asTexts(v))
	if err != nil {
		return ""
	}
	return string(raw)
}

func asTexts(v cty.Value) any {
	switch t := v.Type(); {
	case v.IsNull():
		return nil
	case t.IsObjectType() || t.IsMapType():
		all := map[string]any{}
		for name, e := range v.AsValueMap() {
			all[name] = asTexts(e)
		}
		return all
	case v.CanIterateElements():
		all := []any{}
		for it := v.ElementIterator(); it.Next(); {
			_, e := it.Element()
			all = append(all, asTexts(e))
		}
		return all
	}
	text, _ := value.ScalarText(v)
	return text
}
