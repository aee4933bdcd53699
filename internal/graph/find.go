package graph

// identified is a typed node.
type identified interface{ id() string }

func (n Node) id() string { return n.ID }

func find[T identified](nodes []T, id string) (found T) {
	for _, n := range nodes {
		if n.id() == id {
			return n
		}
	}
	return found
}
