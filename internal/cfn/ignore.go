package cfn

import (
	"maps"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/inline"
	"github.com/iacgate/iacgate/internal/nearest"
	"github.com/iacgate/iacgate/internal/resource"
)

// metadataKey is the key of our own in a section Metadata: of a resource, or of
// the template, for what is missing altogether.
const metadataKey = "iacgate"

// ignores are the waivers that stand in a template.
type ignores struct {
	all []*resource.InlineWaiver
	of  map[place][]*resource.InlineWaiver // by the places of the keys of resources
}

// A target is a key that a waiver may stand at, with the resources that it
// makes: one, or those of a loop.
type target struct {
	place
	resources []place
}

// findIgnores reads the waivers in metadata and in the comments of YAML.
func (t *template) findIgnores(raw []byte) {
	t.ignores.of = map[place][]*resource.InlineWaiver{}
	for _, i := range t.inMetadata(t.root) {
		i.Whole = i.Problem == ""
		t.ignores.all = append(t.ignores.all, i)
	}
	section := t.section("Resources")
	if section == nil {
		return
	}
	targets := t.targets(section)
	if comments := inComments(t.file, raw); len(comments) > 0 {
		t.attach(comments, targets)
	}
}

// targets lists the keys of resources, and reads the metadata of each.
func (t *template) targets(section *node) (all []target) {
	for _, m := range section.members {
		if items := m.value.items; strings.HasPrefix(m.name, forEach) && len(items) == 3 {
			inner := t.targets(items[2])
			whole := target{place: m.place}
			for _, i := range inner {
				whole.resources = append(whole.resources, i.resources...)
			}
			all = append(append(all, whole), inner...)
			continue
		}
		all = append(all, target{m.place, []place{m.place}})
		for _, i := range t.inMetadata(m.value) {
			t.give(i, m.place)
		}
	}
	return all
}

// give notes a waiver as one of resources.
func (t *template) give(i *resource.InlineWaiver, resources ...place) {
	t.ignores.all = append(t.ignores.all, i)
	for _, at := range resources {
		if i.Problem == "" {
			t.ignores.of[at] = append(t.ignores.of[at], i)
		}
	}
}

// inMetadata reads the waivers in the metadata of a template or resource.
func (t *template) inMetadata(n *node) (found []*resource.InlineWaiver) {
	metadata := n.get("Metadata")
	if metadata == nil || metadata.get(metadataKey) == nil {
		return nil
	}
	for _, m := range metadata.get(metadataKey).members {
		if m.name != "ignore" {
			found = append(found, t.problem(m.place, "there is no "+metadataKey+"."+m.name, didYouMean(m.name, []string{"ignore"})))
			continue
		}
		entries := m.value.items
		if m.value.kind != list {
			entries = []*node{m.value}
		}
		for _, e := range entries {
			found = append(found, t.entry(e)...)
		}
	}
	return found
}

func (t *template) problem(at place, what, hint string) *resource.InlineWaiver {
	return &resource.InlineWaiver{Position: t.positionOf(at), Problem: what, Hint: hint}
}

func (t *template) positionOf(at place) resource.Position {
	return resource.Position{File: at.file, Line: at.line, Column: at.column}
}

// entry reads one waiver in metadata.
func (t *template) entry(e *node) []*resource.InlineWaiver {
	if e.kind != object {
		return []*resource.InlineWaiver{t.problem(e.place, "a waiver has to be an object, not "+e.kind.String(), "it has "+nearest.List(inline.Keys))}
	}
	var w inline.Words
	fields := map[string]*string{"control": &w.Control, "until": &w.Until, "reason": &w.Reason, "owner": &w.Owner, "ticket": &w.Ticket}
	for _, m := range e.members {
		switch field := fields[m.name]; {
		case field == nil:
			return []*resource.InlineWaiver{t.problem(m.place, "a waiver has no "+m.name, didYouMean(m.name, slices.Collect(maps.Keys(fields))))}
		case !m.value.isScalar():
			return []*resource.InlineWaiver{t.problem(m.place, m.name+" has to be a text, not "+m.value.kind.String(), "")}
		default:
			*field = m.value.text
		}
	}
	return w.InlineWaivers(t.positionOf(e.place))
}

// attach finds what comments are about: the resource that they stand in, or
// whose key is on the line below them and the comments that follow.
func (t *template) attach(comments []comment, targets []target) {
	own := map[int]bool{}
	for _, c := range comments {
		own[c.line] = own[c.line] || c.own
	}
	last := t.endOfResources()
	found := 0
	for _, c := range comments {
		for _, i := range inline.Parse(c.text, t.positionOf(c.place)) {
			if found++; found > inline.MaxInFile {
				t.give(inline.TooMany(i.Position))
				return
			}
			at := targetOf(c, targets, own, last)
			if at == nil && i.Problem == "" {
				i.Problem, i.Hint = "it stands at no resource", "write it inside a resource or on the line above; for the template as a whole write Metadata: {"+metadataKey+": {ignore: [...]}}"
			}
			if at == nil {
				at = &target{}
			}
			t.give(i, at.resources...)
		}
	}
}

// endOfResources is the line of the section behind Resources; 0 if there is
// none.
func (t *template) endOfResources() (line int) {
	start := 0
	for _, m := range t.root.members {
		if m.name == "Resources" {
			start = m.line
		}
	}
	for _, m := range t.root.members {
		if m.line > start && (line == 0 || m.line < line) {
			line = m.line
		}
	}
	return line
}

// targetOf is what a comment is about; nil if it is about no resource. A comment
// that is indented deeper than the key of a resource stands inside it.
func targetOf(c comment, targets []target, own map[int]bool, last int) *target {
	below := c.line
	for c.own && own[below] {
		below++
	}
	var around *target
	for n := range targets {
		at := &targets[n]
		if c.own && at.line == below && c.column <= at.column {
			return at
		}
		if at.line <= c.line && (around == nil || at.line > around.line) {
			around = at
		}
	}
	if around == nil || last > 0 && c.line >= last || c.own && c.column <= around.column {
		return nil
	}
	return around
}
