package hcl

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/resource"
)

// A passage is a name through which an expression takes in values: a local, an
// input variable, an output of a module.
type passage struct {
	name  string
	marks cty.ValueMarks // of all that comes in through it
}

// maxPassages bounds how far names are followed; what people read has a few.
const maxPassages = 64

// A tracker follows the names in an expression, outermost first.
type tracker struct {
	found []passage
	seen  map[string]bool
}

// follow notes the names in an expression and those behind them. forEach is what
// each stands for.
func (tr *tracker) follow(s *scope, e, forEach hclsyntax.Expression) {
	if e == nil || len(tr.found) >= maxPassages {
		return
	}
	_ = hclsyntax.VisitAll(e, func(n hclsyntax.Node) hcl.Diagnostics {
		if ref, ok := n.(*refExpr); ok && len(ref.Traversal) > 1 {
			tr.reference(s, ref.Traversal, forEach)
		}
		return nil
	})
}

func (tr *tracker) reference(s *scope, t hcl.Traversal, forEach hclsyntax.Expression) {
	name := stepName(t[1])
	switch t.RootName() {
	case "each":
		if forEach != nil {
			tr.follow(s, forEach, nil)
		}
	case "local":
		if a := s.config.locals[name]; a != nil && tr.pass(s, "local."+name, t[:2]) {
			tr.follow(s, a.Expr, nil)
		}
	case "var":
		if tr.pass(s, "var."+name, t[:2]) && s.parent != nil {
			tr.follow(s.parent, argument(s.block, name), argument(s.block, "for_each"))
		}
	case "module":
		tr.output(s, name, t)
	}
}

func (tr *tracker) output(s *scope, call string, t hcl.Traversal) {
	end := 3
	if len(t) > 3 && stepName(t[2]) == "" {
		end = 4
	}
	if len(t) < end || s.config.calls[call] == nil {
		return
	}
	c := s.call(call)
	output := stepName(t[end-1])
	if len(c.scopes) == 0 || c.scopes[0].config.outputs[output] == nil || !tr.pass(s, text(t[:end]), t[:end]) {
		return
	}
	tr.follow(c.scopes[0], argument(c.scopes[0].config.outputs[output], "value"), nil)
}

// pass notes a name, once.
func (tr *tracker) pass(s *scope, name string, t hcl.Traversal) bool {
	id := s.path + "|" + name
	if tr.seen[id] || len(tr.found) >= maxPassages {
		return false
	}
	tr.seen[id] = true
	marks, ok := s.passing[name]
	if !ok {
		v, diags := s.refer(t)
		if !diags.HasErrors() {
			marks = marksOf(v)
		}
		s.passing[name] = marks
	}
	tr.found = append(tr.found, passage{name, marks})
	return true
}

// A converter turns the value of an argument into what the program knows.
type converter struct {
	ev       *evaluation
	passages func() []passage // asked only where something is unknown
}

// via names what an unknown value passes through.
func (c converter) via(marks cty.ValueMarks) []string {
	if c.passages == nil {
		return nil
	}
	var names []string
	for _, p := range c.passages() {
		if shares(p.marks, marks) && !slices.Contains(names, p.name) {
			names = append(names, p.name)
		}
	}
	return names
}

// shares says whether two values have a source in common.
func shares(a, b cty.ValueMarks) bool {
	for m := range only(b, managed, outside) {
		if _, ok := a[m]; ok {
			return true
		}
	}
	return false
}

// origin says where an unknown value comes from, and what is known of its text.
func (c converter) origin(v cty.Value, marks cty.ValueMarks) resource.Origin {
	o := originOf(marks)
	if text, ok := textual(v); ok {
		o.Symbolic, o.Made = string(text), false
	}
	if o.Cause == resource.Referenced || o.Cause == resource.Outside {
		o.Via = c.via(marks)
	}
	return o
}

// converter makes the converter for an argument of the instance.
func (i *instance) converter(name string) converter {
	var found []passage
	done := false
	return converter{i.scope.ev, func() []passage {
		if !done {
			done = true
			tr := tracker{seen: map[string]bool{}}
			i.track(&tr, i.block.Body, name)
			found = tr.found
		}
		return found
	}}
}

// track follows the expressions of an argument, or of the blocks of a name.
func (i *instance) track(tr *tracker, body *hclsyntax.Body, name string) {
	forEach := argument(i.block, "for_each")
	if a := body.Attributes[name]; a != nil {
		tr.follow(i.scope, a.Expr, forEach)
	}
	for _, b := range body.Blocks {
		if blockName(b) == name {
			i.trackAll(tr, b.Body, forEach)
		}
	}
}

func (i *instance) trackAll(tr *tracker, body *hclsyntax.Body, forEach hclsyntax.Expression) {
	for _, a := range sortedAttributes(body) {
		tr.follow(i.scope, a.Expr, forEach)
	}
	for _, b := range body.Blocks {
		i.trackAll(tr, b.Body, forEach)
	}
}
