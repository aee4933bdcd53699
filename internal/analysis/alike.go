package analysis

import "encoding/json"

// alike remembers facts. Nodes about which the same is said, their own names
// aside, are as good as each other: the first of them stands for all, so that
// candidates do not grow with copies.
type alike map[string]bool

// again says whether it has met the same facts before.
func (a alike) again(facts ...any) bool {
	raw, err := json.Marshal(facts)
	if err != nil {
		return false
	}
	if a[string(raw)] {
		return true
	}
	a[string(raw)] = true
	return false
}

func (n Node) nameless() Node {
	n.Address = ""
	return n
}

func (t Trail) nameless() Trail {
	t.Node, t.Name = t.Node.nameless(), nil
	return t
}

func (f MetricFilter) nameless() MetricFilter {
	f.Node, f.Name = f.Node.nameless(), nil
	return f
}

// nameless is what is said of the alarm itself.
func (a Alarm) nameless() Alarm {
	a.Node, a.Name, a.Actors = a.Node.nameless(), nil, nil
	return a
}

// nameless is what is said of those who act for an alarm, their actions aside.
func (a Actor) nameless(alarm string) Actor {
	if a.Address == alarm {
		a.Address = ""
	}
	a.Actions = nil
	return a
}

// unlike are the filters of which no earlier one is alike.
func (d *Document) unlike(filters []string) []string {
	var out []string
	seen := alike{}
	for _, id := range filters {
		if d.isTaken(id) || !seen.again(d.MetricFilters[id].nameless()) {
			out = append(out, id)
		}
	}
	return out
}
