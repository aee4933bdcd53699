package scan

// A node is a field that is asked for, or one above it.
type node struct {
	id       int // of its shape
	name     string
	parent   *node
	children []*node
	lengths  uint64 // of the names of children, a bit for each
	slot     int    // of its value, -1 for none
	tested   bool   // by a pattern
	whole    bool   // a pattern looks into it by an index or a wildcard
}

// child returns the node below one, and makes it if there is none.
func (n *node) child(name string) *node {
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	c := &node{name: name, parent: n, slot: -1}
	n.children = append(n.children, c)
	n.lengths |= lengthBit(len(name))
	return c
}

// find returns the child of a name, nil for none.
func (n *node) find(name []byte) *node {
	if n.lengths&lengthBit(len(name)) == 0 {
		return nil
	}
	for _, c := range n.children {
		if c.name == string(name) {
			return c
		}
	}
	return nil
}

func lengthBit(n int) uint64 { return 1 << min(n, 63) }

// each visits all nodes below one, parents first.
func (n *node) each(visit func(*node)) {
	for _, c := range n.children {
		visit(c)
		c.each(visit)
	}
}
