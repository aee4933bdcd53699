package chain

import (
	"crypto/sha256"
	"encoding/json"
	"slices"

	"github.com/iacgate/iacgate/internal/document"
)

// factSet remembers facts. Nodes with the same facts, apart from their names, are
// equivalent: the first of them represents all, so that copies do not multiply
// candidates.
type factSet map[[sha256.Size]byte]bool

// seen reports whether the set has the facts already, and adds them.
func (a factSet) seen(facts ...any) bool {
	hash := sha256.New()
	if err := json.NewEncoder(hash).Encode(facts); err != nil {
		return false
	}
	sum := [sha256.Size]byte(hash.Sum(nil))
	had := a[sum]
	a[sum] = true
	return had
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

// withoutAlarmName returns the facts of an alarm without its name.
func withoutAlarmName(a document.Alarm) document.Alarm {
	a.Node, a.Name, a.Notifiers = withoutNodeName(a.Node), nil, nil
	return a
}

// withoutAlarmAddress returns the facts of a notifier without addresses and actions.
func withoutAlarmAddress(a document.Notifier, alarm string) document.Notifier {
	if a.Address == alarm {
		a.Address = ""
	}
	a.Actions = nil
	return a
}

// distinctFilters returns the filters that no earlier one equals.
func distinctFilters(d *document.Document, filters []string) []string {
	if len(filters) < 2 {
		return filters
	}
	var out []string
	seen := factSet{}
	for _, id := range filters {
		if isTaken(d, id) || !seen.seen(withoutFilterName(d.MetricFilters[id])) {
			out = append(out, id)
		}
	}
	return out
}

// isTaken reports whether a resource shares its name with another: it is not
// equivalent to one with a unique name.
func isTaken(d *document.Document, ids ...string) bool {
	return slices.ContainsFunc(d.Taken, func(t document.Taken) bool {
		return slices.ContainsFunc(ids, func(id string) bool { return slices.Contains(t.Resources, id) })
	})
}
