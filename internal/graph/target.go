package graph

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

// State says how sure a join is.
type State string

const (
	None     State = "none"     // nothing is referred to
	Known    State = "known"    // by reference or equal text
	Inferred State = "inferred" // nothing else is possible, but the input does not say so
	External State = "external" // it names something outside the input
	Unknown  State = "unknown"  // the value cannot be seen
)

// A Target is what an argument refers to.
type Target struct {
	State State
	// To are the IDs of the nodes that it refers to. With OneOf it is only some
	// of them, and the input does not say which.
	To    []string
	OneOf bool
	// Text is the value as the input writes it, safe to print.
	Text string
	// Reason says in words why the state is not Known.
	Reason string
	// Foreign is the type of resource that it refers to instead of the wanted
	// kind: aws_lambda_function where a topic is wanted.
	Foreign string
}

// a kind is what an argument may refer to.
type kind struct {
	types []string // resource types
	attrs []string // attributes that stand for the node: arn, id
	// also are other types that the argument could hold as well: where a local
	// hides the value these are candidates, too.
	also []string
	// named finds the node that a text names, which may have symbols in it.
	named func(text string, from *resource.Resource) (Target, bool)
	// outside is what a text names that no node has.
	outside func(text string, from *resource.Resource) Target
}

func (k kind) fits(typ, attribute string) bool {
	return slices.Contains(k.types, typ) && (attribute == "" || slices.Contains(k.attrs, attribute))
}

// targets resolves an argument that holds a list.
func (g *Graph) targets(from *resource.Resource, v resource.Value, k kind) []Target {
	switch v.Kind() {
	case resource.Null:
		return nil
	case resource.List:
		var ts []Target
		for _, e := range v.List() {
			if t := g.target(from, e, k); t.State != None {
				ts = append(ts, t)
			}
		}
		return ts
	}
	if t := g.target(from, v, k); t.State != None {
		return []Target{t}
	}
	return nil
}

// target resolves an argument that holds one thing.
func (g *Graph) target(from *resource.Resource, v resource.Value, k kind) Target {
	text, ok := v.Symbolic()
	if v.IsUnknown() && (!ok || g.isExact(v, k)) {
		return g.unknownTarget(v, k)
	}
	if !ok || text == "" {
		return Target{State: None}
	}
	t, found := k.named(text, from)
	switch {
	case found:
	case v.IsUnknown() && !isTold(v, text):
		return g.unknownTarget(v, k)
	default:
		t = k.outside(text, from)
	}
	t.Text = v.Display()
	return t
}

// isTold says whether a text with symbols tells what it names: it is an ARN, or
// has no symbols but those of its place or stack.
func isTold(v resource.Value, text string) bool {
	o, _ := v.Origin()
	_, isARN := ParseARN(text)
	return isARN || o.Cause == resource.Composed || resource.Text(text).IsPlaced()
}

// isExact says whether a value equals an attribute that stands for what is
// wanted: it is that, whatever its text.
func (g *Graph) isExact(v resource.Value, k kind) bool {
	o, _ := v.Origin()
	return o.Exact && k.fits(g.typeOf(o.Refs[0].Address), o.Refs[0].Attribute) && o.Cause == resource.Referenced
}

func (g *Graph) unknownTarget(v resource.Value, k kind) Target {
	o, ok := v.Origin()
	t := Target{State: Unknown, Text: v.Display(), Reason: "it is known only after apply"}
	switch {
	case !ok:
	case o.Cause == resource.Computed:
		return Target{State: None}
	case o.Cause == resource.Local:
		g.candidates(&t, o, k)
	case o.Cause == resource.Variable:
		t.State = External
		if t.Reason, _ = resource.ExplainMissing(o.Text()); len(o.Deciders) > 0 {
			t.Reason, _ = resource.ExplainMissing(o.Deciders[0])
		}
	case o.Cause == resource.Outside:
		t.State, t.Reason = External, o.Text()+" is read from elsewhere"
		t.Foreign = g.foreign(o, k)
	case o.Cause == resource.Referenced:
		g.referenced(&t, o, k)
	}
	return t
}

// foreign returns the type of another kind of thing that a value is the ARN of.
// Other attributes, such as outputs of a stack, may hold anything.
func (g *Graph) foreign(o resource.Origin, k kind) string {
	for _, ref := range o.Refs {
		typ := g.typeOf(ref.Address)
		if ref.Attribute == "arn" && strings.HasPrefix(typ, "aws") && !slices.Contains(k.types, typ) {
			return typ
		}
	}
	return ""
}

// referenced follows direct references: those that stand for the wanted kind
// are what the value holds. A text around a reference is not the reference.
func (g *Graph) referenced(t *Target, o resource.Origin, k kind) {
	if o.Made || o.Symbolic != "" && !o.Exact {
		t.Reason = "it is made from " + o.Text() + ", and is not that"
		return
	}
	for _, ref := range o.Refs {
		if k.fits(g.typeOf(ref.Address), ref.Attribute) {
			t.To = append(t.To, g.managed(ref.Address))
		}
	}
	if len(t.To) == 0 {
		t.Reason, t.Foreign = o.Text()+" is known only after apply", g.foreign(o, k)
		return
	}
	slices.Sort(t.To)
	t.To = slices.Compact(t.To)
	t.State, t.OneOf, t.Reason = Known, !o.Certain && len(t.To) > 1, ""
	if !o.Certain {
		t.State, t.Reason = Inferred, "the plan does not say which part of the expression decides"
	}
}

// candidates takes everything that a hidden value could hold.
func (g *Graph) candidates(t *Target, o resource.Origin, k kind) {
	for _, ref := range o.Refs {
		typ := g.typeOf(ref.Address)
		if k.fits(typ, ref.Attribute) {
			t.To = append(t.To, g.managed(ref.Address))
		}
		if slices.Contains(k.also, typ) && ref.Attribute == "arn" {
			t.To, t.Foreign = append(t.To, ref.Address), typ
		}
	}
	slices.Sort(t.To)
	t.To = slices.Compact(t.To)
	t.Reason = "the plan does not say what " + o.Text() + " holds"
	if len(t.To) > 0 {
		t.State, t.OneOf = Inferred, true
	}
}

// typeOf returns the type of the resource with an address, in the world or not.
func (g *Graph) typeOf(address string) string {
	if r := g.resources[address]; r != nil {
		return r.Type
	}
	return addressType(address)
}

// addressType reads the resource type off an absolute address, in which quoted
// instance keys may hold dots and brackets.
func addressType(address string) string {
	parts := splitAddress(address)
	for i := 0; i < len(parts); i++ {
		switch parts[i] {
		case "module":
			i++
		case "data":
		default:
			return parts[i]
		}
	}
	return ""
}

func splitAddress(address string) []string {
	var parts []string
	var part strings.Builder
	depth, quoted := 0, false
	for i := 0; i < len(address); i++ {
		c := address[i]
		switch {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[':
			depth++
		case c == ']':
			depth--
		case depth > 0:
		case c == '.':
			parts = append(parts, part.String())
			part.Reset()
		default:
			part.WriteByte(c)
		}
	}
	return append(parts, part.String())
}
