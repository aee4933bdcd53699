package cfn

import (
	"maps"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/inline"
	"github.com/iacgate/iacgate/internal/nearest"
	"github.com/iacgate/iacgate/internal/resource"
)

// metadataKey is iacgate's key in the section Metadata of a resource, or of the template
// for findings about the input as a whole.
const metadataKey = "iacgate"

// A target is a key that a waiver may be at, with the resources that it
// makes: one, or those of a loop.
type target struct {
	place
	resources []place
}

// findWaivers reads the waivers in metadata and in the comments of YAML.
func (t *template) findWaivers(raw []byte) {
	t.waivers.byPlace = map[place][]*resource.InlineWaiver{}
	for _, i := range t.inMetadata(t.root) {
		i.Whole = i.Problem == ""
		t.waivers.all = append(t.waivers.all, i)
	}
	section := t.section("Resources")
	if section == nil {
		return
	}
	targets := t.targets(section)
	if comments := inComments(t.file, raw); len(comments) > 0 {
		t.attachComments(comments, targets)
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
			t.addWaiver(i, m.place)
		}
	}
	return all
}

// addWaiver notes a waiver as one of resources.
func (t *template) addWaiver(i *resource.InlineWaiver, resources ...place) {
	t.waivers.all = append(t.waivers.all, i)
	for _, at := range resources {
		if i.Problem == "" {
			t.waivers.byPlace[at] = append(t.waivers.byPlace[at], i)
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
			found = append(found, t.waiverProblem(m.place, "unknown key "+metadataKey+"."+m.name, didYouMean(m.name, []string{"ignore"})))
			continue
		}
		entries := m.value.items
		if m.value.kind != list {
			entries = []*node{m.value}
		}
		for _, e := range entries {
			found = append(found, t.readWaiver(e)...)
		}
	}
	return found
}

func (t *template) waiverProblem(at place, what, hint string) *resource.InlineWaiver {
	return &resource.InlineWaiver{Position: t.positionOf(at), Problem: what, Hint: hint}
}

func (t *template) positionOf(at place) resource.Position {
	return resource.Position{File: at.file, Line: at.line, Column: at.column}
}

// readWaiver reads one waiver in metadata.
func (t *template) readWaiver(e *node) []*resource.InlineWaiver {
	if e.kind != object {
		return []*resource.InlineWaiver{t.waiverProblem(e.place, "a waiver must be an object, not "+e.kind.String(), "its keys are "+nearest.List(inline.Keys))}
	}
	var w inline.Words
	fields := map[string]*string{"control": &w.Control, "until": &w.Until, "reason": &w.Reason, "owner": &w.Owner, "ticket": &w.Ticket}
	for _, m := range e.members {
		switch field := fields[m.name]; {
		case field == nil:
			return []*resource.InlineWaiver{t.waiverProblem(m.place, "a waiver has no "+m.name, didYouMean(m.name, slices.Collect(maps.Keys(fields))))}
		case !m.value.isScalar():
			return []*resource.InlineWaiver{t.waiverProblem(m.place, m.name+" must be a string, not "+m.value.kind.String(), "")}
		default:
			*field = m.value.text
		}
	}
	return w.InlineWaivers(t.positionOf(e.place))
}

// attachComments finds what comments are about: the resource that they are in, or
// whose key is on the line below them and the comments that follow.
func (t *template) attachComments(comments []comment, targets []target) {
	own := map[int]bool{}
	for _, c := range comments {
		own[c.line] = own[c.line] || c.alone
	}
	last := t.endOfResources()
	found := 0
	for _, c := range comments {
		for _, i := range inline.Parse(c.text, t.positionOf(c.place)) {
			if found++; found > inline.MaxInFile {
				t.addWaiver(inline.TooMany(i.Position))
				return
			}
			at := targetOf(c, targets, own, last)
			if at == nil && i.Problem == "" {
				i.Problem, i.Hint = "it belongs to no resource", "write it inside a resource or on the line above; for the template as a whole write Metadata: {"+metadataKey+": {ignore: [...]}}"
			}
			if at == nil {
				at = &target{}
			}
			t.addWaiver(i, at.resources...)
		}
	}
}

// endOfResources returns the line of the section after Resources; 0 if there is
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

// targetOf returns what a comment is about; nil if it is about no resource. A comment
// that is indented deeper than the key of a resource is inside it.
func targetOf(c comment, targets []target, own map[int]bool, last int) *target {
	below := c.line
	for c.alone && own[below] {
		below++
	}
	var around *target
	for n := range targets {
		at := &targets[n]
		if c.alone && at.line == below && c.column <= at.column {
			return at
		}
		if at.line <= c.line && (around == nil || at.line > around.line) {
			around = at
		}
	}
	if around == nil || last > 0 && c.line >= last || c.alone && c.column <= around.column {
		return nil
	}
	return around
}
