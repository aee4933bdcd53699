package hcl

import (
	"maps"
	"slices"
	"strconv"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/resource"
)

// value converts a value, with the marks of the values around it, to a
// resource.Value.
func (c converter) value(v cty.Value, outer cty.ValueMarks) resource.Value {
	if parts, ok := value.PartsOf(v); ok {
		return c.list(parts, v, outer)
	}
	known, isText := value.OutlineOf(v)
	plain, marks := value.Unmark(v)
	if len(outer) > 0 {
		marks = maps.Clone(marks)
		if marks == nil {
			marks = cty.ValueMarks{}
		}
		maps.Copy(marks, outer)
	}
	if isText {
		plain = plain.Mark(known)
	}
	r := c.plain(plain, marks)
	if value.HasKind(marks, value.Sensitive) {
		c.ev.rememberSecret(plain)
		return r.AsSensitive()
	}
	return r
}

func (c converter) plain(v cty.Value, marks cty.ValueMarks) resource.Value {
	if !c.ev.holds(v) {
		return resource.NullValue()
	}
	switch t := v.Type(); {
	case !v.IsKnown():
		return resource.UnknownValue(c.origin(v, marks))
	case v.IsNull():
		return resource.NullValue()
	case t.IsPrimitiveType():
		return sourced(primitive(v), marks)
	case t.IsObjectType() || t.IsMapType():
		fields := make(map[string]resource.Value, v.LengthInt())
		for name, e := range v.AsValueMap() {
			fields[name] = c.value(e, marks)
		}
		return resource.MapValue(fields)
	case v.CanIterateElements():
		list := make([]resource.Value, 0, v.LengthInt())
		for it := v.ElementIterator(); it.Next(); {
			_, e := it.Element()
			list = append(list, c.value(e, marks))
		}
		return resource.ListValue(list...)
	}
	return resource.NullValue()
}

// holds counts the elements of a value, once for each resource. Too many of them end
// the reading.
func (ev *evaluation) holds(v cty.Value) bool {
	if v.IsKnown() && !v.IsNull() && v.CanIterateElements() {
		if err := ev.Budget.Hold(4 * value.ElementSize * v.LengthInt()); err != nil {
			ev.Fail(diag.New("", "%s: %v", ev.Tree.Shown, err))
		}
	}
	return ev.Failure == nil
}

// list returns an unknown list with known parts: a part that represents several
// elements becomes an unknown element.
func (c converter) list(parts []cty.Value, v cty.Value, outer cty.ValueMarks) resource.Value {
	list := make([]resource.Value, len(parts))
	for n, part := range parts {
		list[n] = c.value(part, outer)
	}
	if _, marks := value.Unmark(v); value.HasKind(marks, value.Sensitive) {
		return resource.ListValue(list...).AsSensitive()
	}
	return resource.ListValue(list...)
}

func primitive(v cty.Value) resource.Value {
	text, _ := value.ScalarText(v)
	switch v.Type() {
	case cty.Bool:
		return resource.BoolValue(v.True())
	case cty.Number:
		return resource.NumberValue(numberText(text))
	}
	return resource.StringValue(string(resource.Literal(text)))
}

// numberText returns a number as plans write it.
func numberText(text string) string {
	if _, err := strconv.ParseFloat(text, 64); err != nil {
		return "0"
	}
	return text
}

// sourced adds to a known value where it comes from.
func sourced(v resource.Value, marks cty.ValueMarks) resource.Value {
	if refs := value.RefsOf(marks); len(refs) > 0 {
		o := value.OriginOf(marks)
		o.Via = nil
		return v.WithOrigin(o)
	}
	return v
}

// A hop is a name through which an expression takes in values: a local, an
// input variable, an output of a module.
type hop struct {
	name  string
	marks cty.ValueMarks // of all that comes in through it
}

// maxHops bounds how far names are followed; real code has a few hops.
const maxHops = 64

// A hopTracker follows the names in an expression, outermost first.
type hopTracker struct {
	found []hop
	seen  map[string]bool
}

// follow notes the names in an expression and those that these lead to. forEach is
// the expression that each takes its values from.
func (tr *hopTracker) follow(s *scope, e, forEach hclsyntax.Expression) {
	if e == nil || len(tr.found) >= maxHops {
		return
	}
	_ = hclsyntax.VisitAll(e, func(n hclsyntax.Node) hcl.Diagnostics {
		if ref, ok := n.(*eval.Reference); ok && len(ref.Traversal) > 1 {
			tr.reference(s, ref.Traversal, forEach)
		}
		return nil
	})
}

func (tr *hopTracker) reference(s *scope, t hcl.Traversal, forEach hclsyntax.Expression) {
	name := syntax.StepName(t[1])
	switch t.RootName() {
	case "each":
		if forEach != nil {
			tr.follow(s, forEach, nil)
		}
	case "local":
		if a := s.config.Locals[name]; a != nil && tr.recordHop(s, "local."+name, t[:2]) {
			tr.follow(s, a.Expr, nil)
		}
	case "var":
		if tr.recordHop(s, "var."+name, t[:2]) && s.parent != nil {
			tr.follow(s.parent, syntax.Argument(s.block, name), syntax.Argument(s.block, "for_each"))
		}
	case "module":
		tr.output(s, name, t)
	}
}

func (tr *hopTracker) output(s *scope, call string, t hcl.Traversal) {
	end := 3
	if len(t) > 3 && syntax.StepName(t[2]) == "" {
		end = 4
	}
	if len(t) < end || s.config.Calls[call] == nil {
		return
	}
	c := s.call(call)
	output := syntax.StepName(t[end-1])
	if len(c.scopes) == 0 || c.scopes[0].config.Outputs[output] == nil || !tr.recordHop(s, syntax.TraversalText(t[:end]), t[:end]) {
		return
	}
	tr.follow(c.scopes[0], syntax.Argument(c.scopes[0].config.Outputs[output], "value"), nil)
}

// recordHop notes a name, once.
func (tr *hopTracker) recordHop(s *scope, name string, t hcl.Traversal) bool {
	id := s.path + "|" + name
	if tr.seen[id] || len(tr.found) >= maxHops {
		return false
	}
	tr.seen[id] = true
	marks, ok := s.hopMarks[name]
	if !ok {
		v, diags := s.Refer(t)
		if !diags.HasErrors() {
			marks = value.MarksOf(v)
		}
		s.hopMarks[name] = marks
	}
	tr.found = append(tr.found, hop{name, marks})
	return true
}

// A converter converts the value of an argument to a resource.Value.
type converter struct {
	ev   *evaluation
	hops func() []hop // asked only where something is unknown
}

// via names what an unknown value passes through.
func (c converter) via(marks cty.ValueMarks) []string {
	if c.hops == nil {
		return nil
	}
	var names []string
	for _, p := range c.hops() {
		if shares(p.marks, marks) && !slices.Contains(names, p.name) {
			names = append(names, p.name)
		}
	}
	return names
}

// shares reports whether two values have a source in common.
func shares(a, b cty.ValueMarks) bool {
	for m := range value.OfKinds(b, value.Managed, value.Outside) {
		if _, ok := a[m]; ok {
			return true
		}
	}
	return false
}

// origin says where an unknown value comes from, and what is known of its text.
func (c converter) origin(v cty.Value, marks cty.ValueMarks) resource.Origin {
	o := value.OriginOf(marks)
	if text, ok := value.TextOf(v); ok {
		o.Symbolic, o.Made = string(text), false
		o.Exact = o.Exact || isReference(o, text)
	}
	if o.Cause == resource.Referenced || o.Cause == resource.Outside {
		o.Via = c.via(marks)
	}
	return o
}

// isReference reports whether a text that is made of one reference, as by join("", x[*].id),
// is that reference and nothing else.
func isReference(o resource.Origin, text resource.Text) bool {
	name, whole := text.Symbol()
	return whole && o.Certain && len(o.Refs) == 1 && name == o.Refs[0].Address+"."+o.Refs[0].Attribute
}

// converter makes the converter for an argument of the instance.
func (i *instance) converter(name string) converter {
	var found []hop
	done := false
	return converter{i.scope.ev, func() []hop {
		if !done {
			done = true
			tr := hopTracker{seen: map[string]bool{}}
			i.track(&tr, i.block.Body, name)
			found = tr.found
		}
		return found
	}}
}

// track follows the expressions of an argument, or of the blocks of a name.
func (i *instance) track(tr *hopTracker, body *hclsyntax.Body, name string) {
	forEach := syntax.Argument(i.block, "for_each")
	if a := body.Attributes[name]; a != nil {
		tr.follow(i.scope, a.Expr, forEach)
	}
	for _, b := range body.Blocks {
		if syntax.BlockName(b) == name {
			i.trackAll(tr, b.Body, forEach)
		}
	}
}

func (i *instance) trackAll(tr *hopTracker, body *hclsyntax.Body, forEach hclsyntax.Expression) {
	for _, a := range syntax.SortedAttributes(body) {
		tr.follow(i.scope, a.Expr, forEach)
	}
	for _, b := range body.Blocks {
		i.trackAll(tr, b.Body, forEach)
	}
}
