package cfn

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/catalog"
	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/resource"
)

// maxUnrolled bounds how many values loops make.
const maxUnrolled = 100_000

// unroll replaces every Fn::ForEach inside a node by what it makes, and functions
// that make the name of a resource by that name.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
func (s *stack) unroll(n *node) *node {
	u := &unroller{stack: s}
	return u.node(n)
}

type unroller struct {
	*stack
	made int
}

func (u *unroller) node(n *node) *node {
	if u.made++; u.made > maxUnrolled {
		u.fail(errorAt(n.place, "its loops make more than %d values", maxUnrolled))
		return n
	}
	if name, arg, ok := n.call(); ok && name == "Fn::Sub" && arg.isScalar() && !strings.Contains(arg.text, "${") {
		return textNode(arg.text, n.place) // names of conditions are put together so
	}
	out := *n
	if len(n.items) > 0 {
		out.items = make([]*node, len(n.items))
		for i, item := range n.items {
			out.items[i] = u.node(item)
		}
	}
	if len(n.members) > 0 {
		out.members = u.members(n)
	}
	u.resolveLogicalID(&out)
	return &out
}

// resolveLogicalID evaluates the name that Ref and Fn::GetAtt take, where a function makes
// it and it is known.
func (u *unroller) resolveLogicalID(n *node) {
	if len(n.members) != 1 || !n.members[0].hasComputedLogicalID() {
		return
	}
	to := &n.members[0].value
	if n.members[0].name != refFn {
		to = &n.members[0].value.items[0] // of a copy
	}
	if name, ok := u.value(*to).Text(); ok && len(resource.Symbols(name)) == 0 {
		*to = textNode(name, (*to).place)
	}
}

func (u *unroller) members(n *node) []member {
	var all []member
	looped := false
	for _, m := range n.members {
		if !strings.HasPrefix(m.name, forEach) {
			all = append(all, member{m.name, u.node(m.value), m.place})
			continue
		}
		looped = true
		all = append(all, u.loop(m)...)
	}
	if looped && u.failure == nil {
		var wrong *diag.Diagnostic
		if err := duplicates(&node{members: all}); errors.As(err, &wrong) {
			u.fail(wrong)
		}
	}
	return all
}

// loop makes the members of one Fn::ForEach.
func (u *unroller) loop(m member) []member {
	name, body := m.value.items[0].text, m.value.items[2]
	values, ok := u.collection(m.value.items[1])
	if !ok {
		u.noteUnknownList(m.name, body)
		return nil
	}
	var all []member
	for _, value := range values {
		if u.failure != nil {
			break
		}
		one := u.node(u.substitute(body, name, value))
		all = append(all, one.members...)
	}
	return all
}

// collection evaluates what a loop goes through.
func (u *unroller) collection(n *node) ([]string, bool) {
	v := u.value(n)
	if v.Kind() != resource.List {
		if _, isText := v.Text(); isText && len(resource.Symbols(v.Display())) == 0 {
			u.fail(errorAt(n.place, "Fn::ForEach loops over a list, not a string"))
		}
		return nil, false
	}
	var values []string
	for _, e := range v.List() {
		texts := []resource.Value{e}
		if e.Kind() == resource.List {
			texts = e.List()
		}
		for _, one := range texts {
			text, ok := one.Text()
			if !ok || len(resource.Symbols(text)) > 0 {
				return nil, false
			}
			values = append(values, text)
		}
	}
	return values, true
}

// substitute puts a value in the place of the loop's variable: of ${x} and &{x}
// in keys and texts, and of a Ref to it.
func (u *unroller) substitute(n *node, name, value string) *node {
	replace := strings.NewReplacer("${"+name+"}", value, "&{"+name+"}", alphanumeric(value))
	var visit func(n *node) *node
	visit = func(n *node) *node {
		if u.made++; u.made > maxUnrolled {
			return n
		}
		if len(n.members) == 1 && n.members[0].name == refFn && n.members[0].value.text == name {
			return textNode(value, n.place)
		}
		out := *n
		if n.kind == text {
			if !u.countSubstitution(n, n.text, name, value) {
				return n
			}
			out.text = replace.Replace(n.text)
		}
		out.items, out.members = slices.Clone(n.items), slices.Clone(n.members)
		for i, item := range n.items {
			out.items[i] = visit(item)
		}
		for i, m := range n.members {
			if !u.countSubstitution(n, m.name, name, value) {
				return n
			}
			out.members[i] = member{replace.Replace(m.name), visit(m.value), m.place}
		}
		return &out
	}
	return visit(n)
}

// countSubstitution counts what putting a value into a text goes through, and reports whether the
// text does not get too long by it.
func (u *unroller) countSubstitution(n *node, text, name, value string) bool {
	found := strings.Count(text, "{"+name+"}")
	if len(text)+found*len(value) > maxText {
		u.fail(errorAt(n.place, "Fn::ForEach makes a string of more than %d bytes", maxText))
		return false
	}
	return u.spend(len(text)+found*len(value), n.place)
}

// noteUnknownList notes that nobody knows what a loop makes. Of resources it may be any
// number of those in its body; of anything else nothing is known.
func (u *unroller) noteUnknownList(loop string, body *node) {
	said := fmt.Sprintf("%s: the list that %s loops over is not known; pass it with --parameter", u.fileName(), loop)
	types := typesIn(body)
	if len(types) == 0 {
		u.note(&u.incomplete, "%s", said)
		return
	}
	g := resource.Gap{Text: said, Types: []string{}}
	for _, typ := range types {
		switch t := catalog.ByTemplate(typ); {
		case nestedTypes[typ] != "" || makesElsewhere(typ):
			u.gap("%s", said)
			return
		case t != nil:
			g.Types = append(g.Types, t.Type.Name)
		}
	}
	u.addGap(g)
}

// typesIn returns the types of the resources in a node.
func typesIn(body *node) (types []string) {
	body.walk(func(n *node) bool {
		if t := n.get("Type"); t != nil && t.kind == text && !slices.Contains(types, t.text) {
			types = append(types, t.text)
		}
		return true
	})
	return types
}
