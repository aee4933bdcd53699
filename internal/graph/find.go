package graph

// identified is a typed node.
type identified interface{ NodeID() string }

// NodeID returns the node's ID.
func (n Node) NodeID() string { return n.ID }

// Find returns the node with an ID, nil if there is none.
func Find[T identified](nodes []T, id string) (found T) {
	for _, n := range nodes {
		if n.NodeID() == id {
			return n
		}
	}
	return found
}
