package hcl

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/funcs"
	"github.com/iacgate/iacgate/internal/hcl/schema"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/resource"
)

// A doubt says why Terraform may see another value for an expression. If an
// expression fails without doubt, Terraform fails, too.
type doubt uint8

const (
	// noDoubt: it depends on the code alone.
	noDoubt doubt = iota
	// laterDoubt: it has parts that only apply knows, or variables without a
	// value. Their types are those that Terraform sees.
	laterDoubt
	// otherDoubt: it depends on a file, an account, a workspace or a missing module:
	// Terraform may see another value, of another type.
	otherDoubt
)

// despite marks an error that Terraform reports, too, although there is some doubt
// about the value: every other value of its type fails, too.
func despite(d doubt, diags hcl.Diagnostics) hcl.Diagnostics {
	diags[0].Extra = d
	return diags
}

// A doubter follows the parts of an expression.
type doubter struct {
	seen map[string]bool
	most doubt
}

// doubtOf follows an expression of the module.
func (s *scope) doubtOf(exprs ...hclsyntax.Expression) doubt {
	d := &doubter{seen: map[string]bool{}}
	for _, e := range exprs {
		d.follow(s, e, nil)
	}
	return d.most
}

func (d *doubter) raise(least doubt) { d.most = max(d.most, least) }

// follow follows an expression. forEach is the expression that each and count take their values from.
func (d *doubter) follow(s *scope, e, repeat hclsyntax.Expression) {
	if e == nil || d.most == otherDoubt {
		return
	}
	if s.ev.Step(1) != nil {
		d.raise(otherDoubt)
		return
	}
	_ = hclsyntax.VisitAll(e, func(n hclsyntax.Node) hcl.Diagnostics {
		switch n := n.(type) {
		case *eval.Reference:
			d.reference(s, n.Traversal, repeat)
		case *eval.Call:
			d.call(n)
		}
		return nil
	})
}

// call doubts functions that are not evaluated, those that read files, and the
// one whose parser differs from Terraform's.
func (d *doubter) call(e *eval.Call) {
	name := strings.TrimPrefix(e.Name, "core::")
	if strings.Contains(name, "::") || funcs.MayDiffer(name) {
		d.raise(otherDoubt)
	}
}

func (d *doubter) reference(s *scope, t hcl.Traversal, repeat hclsyntax.Expression) {
	root, name := t.RootName(), ""
	if len(t) > 1 {
		name = syntax.StepName(t[1])
	}
	switch root {
	case "each", "count":
		d.follow(s, repeat, nil)
	case "var":
		d.variable(s, name)
	case "local":
		if a := s.config.Locals[name]; a != nil && d.first(s, "local."+name) {
			d.follow(s, a.Expr, nil)
		}
	case "module":
		d.output(s, name, t)
	case "path", "terraform", "tofu", "self", "ephemeral":
		d.raise(otherDoubt)
	default:
		if n, rest, ok := syntax.ResourceOf(t); ok && s.config.Resources[n] != nil {
			d.resource(s, n, rest)
		}
	}
}

func (d *doubter) first(s *scope, name string) bool {
	id := s.path + "|" + name
	if d.seen[id] {
		return false
	}
	d.seen[id] = true
	return true
}

func (d *doubter) variable(s *scope, name string) {
	b := s.config.Variables[name]
	if b == nil || !d.first(s, "var."+name) {
		return
	}
	switch c := eval.CellOf(s.inputs, name); {
	case !c.Done || c.Diags.HasErrors() || s.parent == nil && s.given[name] == cty.NilVal && c.Value.IsNull():
		// The default null of a root module means that the user has to give a value.
		d.raise(otherDoubt)
	case !isWholeValue(c.Value):
		d.raise(laterDoubt)
	}
	if s.parent != nil {
		d.follow(s.parent, syntax.Argument(s.block, name), repeatOf(s.block))
	}
}

// isWholeValue reports whether all of a value is known.
func isWholeValue(v cty.Value) bool {
	v, _ = v.UnmarkDeep()
	return v.IsWhollyKnown()
}

func repeatOf(b *hclsyntax.Block) hclsyntax.Expression {
	if e := syntax.Argument(b, "for_each"); e != nil {
		return e
	}
	return syntax.Argument(b, "count")
}

// output follows the output of a module, or all of them.
func (d *doubter) output(s *scope, call string, t hcl.Traversal) {
	if s.config.Calls[call] == nil {
		return
	}
	c := s.calls[call]
	d.follow(s, syntax.Argument(s.config.Calls[call], "for_each"), nil)
	d.follow(s, syntax.Argument(s.config.Calls[call], "count"), nil)
	if c == nil || c.missing || c.busy || c.repeated.unknown || len(c.scopes) == 0 {
		d.raise(otherDoubt)
		return
	}
	for _, inner := range c.scopes {
		for name, b := range inner.config.Outputs {
			isNamed := slices.ContainsFunc(t[2:], func(step hcl.Traverser) bool { return syntax.StepName(step) == name })
			if (isNamed || len(t) < 4) && d.first(inner, "output."+name) {
				d.follow(inner, syntax.Argument(b, "value"), nil)
			}
		}
	}
}

// resource follows how many instances of a resource there are, and the argument
// that a reference asks for.
func (d *doubter) resource(s *scope, n syntax.ResourceName, rest hcl.Traversal) {
	b := s.config.Resources[n]
	if !d.first(s, n.String()+syntax.TraversalText(rest)) {
		return
	}
	d.follow(s, repeatOf(b), nil)
	if enabled(b) != nil {
		d.raise(otherDoubt)
	}
	if len(rest) > 0 {
		if _, isIndex := rest[0].(hcl.TraverseIndex); isIndex {
			rest = rest[1:]
		}
	}
	if len(rest) == 0 {
		d.raise(otherDoubt) // an object of whatever the provider says
		return
	}
	name := syntax.StepName(rest[0])
	if a := b.Body.Attributes[name]; a != nil && n.Mode == resource.Managed {
		d.follow(s, a.Expr, repeatOf(b))
		return
	}
	a, isKnown := schema.Of(n.Mode, n.Type).Attribute(name)
	if n.Mode == resource.Managed && (name == "arn" || name == "id" || isKnown && a.Computed && a.Type == cty.String) {
		d.raise(laterDoubt)
		return
	}
	d.raise(otherDoubt)
}

// enabled is OpenTofu's lifecycle { enabled = ... }.
func enabled(b *hclsyntax.Block) hclsyntax.Expression {
	for _, inner := range b.Body.Blocks {
		if inner.Type == "lifecycle" {
			return syntax.Argument(inner, "enabled")
		}
	}
	return nil
}
