package cover

import (
	"fmt"
	"slices"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// A node is a place in the events that a decision talks about. The nodes of
// all selectors and axioms form a trie below the event's root, because a value
// at one place says what there can be above and below it.
type node struct {
	step       filterpattern.Step
	parent     *node
	properties []*node // below an object, in order of appearance
	elements   []*node // below an array, by index

	kinds    ValueKinds // admitted by the axioms
	required bool       // by the axioms, as is everything above
	prefer   []string   // texts to try first

	facts  []fact // the conditions that the search has decided here
	weight int    // the number of facts here and below
}

func newRoot() *node { return &node{kinds: ObjectValue, required: true} }

// insert returns the node of a selector without wildcards.
func (n *node) insert(s filterpattern.Selector) *node {
	for _, step := range s {
		n = n.child(step)
	}
	return n
}

func (n *node) child(step filterpattern.Step) *node {
	siblings := &n.properties
	if step.Kind == filterpattern.Element {
		siblings = &n.elements
	}
	for _, c := range *siblings {
		if c.step == step {
			return c
		}
	}
	c := &node{step: step, parent: n, kinds: anyValue}
	*siblings = append(*siblings, c)
	if step.Kind == filterpattern.Element {
		slices.SortFunc(*siblings, func(a, b *node) int { return a.step.Index - b.step.Index })
	}
	return c
}

func (n *node) require() {
	for ; n != nil; n = n.parent {
		n.required = true
	}
}

// push and pop keep the facts like a stack, as the search goes and returns.
func (n *node) push(f fact) {
	n.facts = append(n.facts, f)
	n.weigh(+1)
}

func (n *node) pop() {
	n.facts = n.facts[:len(n.facts)-1]
	n.weigh(-1)
}

func (n *node) weigh(change int) {
	for ; n != nil; n = n.parent {
		n.weight += change
	}
}

// An axiomTrie holds the axioms as a trie of places; decisions build on it.
type axiomTrie struct {
	root     *node
	required []filterpattern.Selector // that are in every event
	freeText filterpattern.Selector   // where witnesses have texts that may be anywhere
}

func (ax Axioms) trie() (*axiomTrie, error) {
	g := &axiomTrie{root: newRoot(), freeText: filterpattern.Selector{{Name: "text"}}}
	for _, f := range ax.Fields {
		s, err := parsePlace(f.Path)
		if err != nil {
			return nil, err
		}
		n := g.root.insert(s)
		if f.Kinds != 0 {
			n.kinds &= f.Kinds
		}
		n.prefer = append(n.prefer, f.Prefer...)
		if f.Required {
			n.require()
			g.required = append(g.required, s)
		}
	}
	if ax.FreeText == "" {
		return g, nil
	}
	var err error
	g.freeText, err = parsePlace(ax.FreeText)
	return g, err
}

// parsePlace reads a selector that names a single place.
func parsePlace(path string) (filterpattern.Selector, error) {
	s, err := filterpattern.ParseSelector(path)
	if err != nil {
		return s, fmt.Errorf("axiom %s: %w", path, err)
	}
	if s.HasWildcard() {
		return s, fmt.Errorf("axiom %s: a wildcard names no single field", path)
	}
	return s, nil
}

// admits reports whether every fact at n agrees with what holds.
func (n *node) admits(holds func(*filterpattern.Condition) bool) bool {
	return !slices.ContainsFunc(n.facts, func(f fact) bool { return holds(f.atom.condition) != f.truth })
}

func (n *node) admitsValue(kind ValueKinds, value any) bool {
	return n.kinds&kind != 0 && n.admits(func(c *filterpattern.Condition) bool { return c.HoldsFor(value) })
}
