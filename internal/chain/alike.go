package chain

import (
	"encoding/json"
	"slices"

	"github.com/iacgate/iacgate/internal/document"
)

// factSet remembers facts. Nodes about which the same is said, their own names
// aside, are as good as each other: the first of them represents all, so that
// candidates do not grow with copies.
type factSet map[string]bool

// seen reports whether it has met the same facts before.
func (a factSet) seen(facts ...any) bool {
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

func withoutNodeName(n document.Node) document.Node {
	n.Address = ""
	return n
}

func withoutTrailName(t document.Trail) document.Trail {
	t.Node, t.Name = withoutNodeName(t.Node), nil
	return t
}

func withoutFilterName(f document.MetricFilter) document.MetricFilter {
	f.Node, f.Name = withoutNodeName(f.Node), nil
	return f
}

// withoutAlarmName returns what is said of the alarm itself.
func withoutAlarmName(a document.Alarm) document.Alarm {
	a.Node, a.Name, a.Notifiers = withoutNodeName(a.Node), nil, nil
	return a
}

// withoutAlarmAddress returns what is said of those who act for an alarm, their actions aside.
func withoutAlarmAddress(a document.Notifier, alarm string) document.Notifier {
	if a.Address == alarm {
		a.Address = ""
	}
	a.Actions = nil
	return a
}

// distinctFilters returns the filters of which no earlier one is alike.
func distinctFilters(d *document.Document, filters []string) []string {
	var out []string
	seen := factSet{}
	for _, id := range filters {
		if isTaken(d, id) || !seen.seen(withoutFilterName(d.MetricFilters[id])) {
			out = append(out, id)
		}
	}
	return out
}

// isTaken reports whether a resource shares its name with another: it is not as good
// as one that has the name for itself.
func isTaken(d *document.Document, ids ...string) bool {
	return slices.ContainsFunc(d.Taken, func(t document.Taken) bool {
		return slices.ContainsFunc(ids, func(id string) bool { return slices.Contains(t.Resources, id) })
	})
}
