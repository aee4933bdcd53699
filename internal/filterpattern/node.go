package filterpattern

import "slices"

// A node is a place in the events that a decision talks about. The nodes of
// all selectors and axioms form a trie below the event's root, because a value
// at one place says what there can be above and below it.
type node struct {
	step       Step
	parent     *node
	properties []*node // below an object, in order of appearance
	elements   []*node // below an array, by index

	kinds    Values   // admitted by the axioms
	required bool     // by the axioms, as is everything above
	prefer   []string // texts to try first

	facts  []fact // the conditions that the search has decided here
	weight int    // the number of facts here and below
}

func newRoot() *node { return &node{kinds: ObjectValue, required: true} }

// grow returns the node of a selector without wildcards.
func (n *node) grow(s Selector) *node {
	for _, step := range s.steps {
		n = n.child(step)
	}
	return n
}

func (n *node) child(step Step) *node {
	siblings := &n.properties
	if step.Kind == Element {
		siblings = &n.elements
	}
	for _, c := range *siblings {
		if c.step == step {
			return c
		}
	}
	c := &node{step: step, parent: n, kinds: anyValue}
	*siblings = append(*siblings, c)
	if step.Kind == Element {
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
