package graph

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/resource"
)

// targets resolves a list argument.
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

// target resolves an argument with a single value.
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
	case v.IsUnknown() && !tellsName(v, text):
		return g.unknownTarget(v, k)
	default:
		t = k.outside(text, from)
	}
	t.Text = v.Display()
	return t
}

// tellsName reports whether a text with symbols names a resource: it is an ARN, or its
// only symbols are those of its place or stack.
func tellsName(v resource.Value, text string) bool {
	o, _ := v.Origin()
	_, isARN := ParseARN(text)
	return isARN || o.Cause == resource.Composed || resource.Text(text).IsPlaced()
}

// isExact reports whether a value equals an attribute that identifies a resource of the
// wanted kind, whatever its text.
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

// foreign returns the type of the resource of another kind whose ARN a value is. Other
// attributes, such as outputs of a stack, may hold anything.
func (g *Graph) foreign(o resource.Origin, k kind) string {
	for _, ref := range o.Refs {
		typ := g.typeOf(ref.Address)
		if ref.Attribute == "arn" && strings.HasPrefix(typ, "aws") && !slices.Contains(k.types, typ) {
			return typ
		}
	}
	return ""
}

// referenced follows direct references to resources of the wanted kind. A text around a
// reference is not the reference.
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
		t.State, t.Reason = Inferred, "the plan does not show which part of the expression is used"
	}
}

// candidates returns everything that a hidden value could hold.
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
	t.Reason = "the plan does not show the value of " + o.Text()
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

// managed returns the address of the resource that a data source reads, if the input has
// it: that of the same name in the same place.
func (g *Graph) managed(address string) string {
	from := g.resources[address]
	if from == nil || from.Mode != resource.Data {
		return address
	}
	for _, t := range g.Topics {
		if from.Type == "aws_sns_topic" && t.reads(from, t.Name) {
			return t.ID
		}
	}
	for _, l := range g.LogGroups {
		if from.Type == "aws_cloudwatch_log_group" && l.reads(from, l.Name) {
			return l.ID
		}
	}
	return address
}

// deref returns the value that an unknown one equals, if it refers to one attribute that
// is known by another name: the id of a metric filter or a log group is its name.
func (g *Graph) deref(v resource.Value) resource.Value {
	o, ok := v.Origin()
	if !ok || !v.IsUnknown() || !o.Whole() || o.Cause != resource.Referenced {
		return v
	}
	ref := o.Refs[0]
	r := g.resources[ref.Address]
	if r == nil {
		return v
	}
	t := catalog.ByName(r.Type)
	if t == nil || t.Named == "" || t.Equals(ref.Attribute) != t.Named {
		return v
	}
	if name := argumentsOf(r).get(t.Named); !name.IsUnknown() {
		return name
	}
	return v
}
