package diagram

import (
	"cmp"
	"maps"
	"slices"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/truth"
)

// facts is the part of a judged document that is drawn.
type facts struct {
	Path          string                           `json:"path"`
	When          []string                         `json:"when"`
	Trails        map[string]document.Trail        `json:"trails"`
	LogGroups     map[string]document.LogGroup     `json:"log_groups"`
	MetricFilters map[string]document.MetricFilter `json:"metric_filters"`
	Alarms        map[string]document.Alarm        `json:"alarms"`
	Composites    map[string]document.Node         `json:"composites"`
	Topics        map[string]document.Topic        `json:"topics"`
	Subscriptions map[string]document.Subscription `json:"subscriptions"`
}

// sorted ranges over a map in the order of its keys.
func sorted[T any](m map[string]T) func(func(string, T) bool) {
	return func(yield func(string, T) bool) {
		for _, k := range slices.Sorted(maps.Keys(m)) {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}

func (g *Graph) place(k Kind, address string, n document.Node) int {
	if n.External {
		return g.node(k, address, External)
	}
	return g.node(k, address, OK)
}

// checkState returns the state of a line that a check decides, and why.
func checkState(c document.Check) (State, string) {
	switch c.State {
	case "ok", "none", "":
		return OK, ""
	case "broken":
		return Broken, inWords(c)
	case "inferred":
		return Inferred, inWords(c)
	}
	return Unknown, inWords(c)
}

// inWords says why a check does not simply hold.
func inWords(c document.Check) string {
	code, _ := finding.Lookup(c.Code)
	return cmp.Or(c.Reason, code.Title, c.Code)
}

var answerStates = map[truth.Truth]State{truth.Yes: OK, truth.No: Broken, truth.Unknown: Unknown}

// referenceState returns the state of the line that a reference draws, and why.
func referenceState(l document.Link) (State, string) {
	switch l.State {
	case "known":
		return OK, ""
	case "inferred":
		return Inferred, l.Reason
	case "external":
		return External, l.Reason
	}
	return Unknown, l.Reason
}

// targets returns the boxes that a reference leads to: a new one if it leads out
// of the input, none if there is no reference.
func (g *Graph) targets(k Kind, l document.Link) []int {
	if l.State == "none" {
		return nil
	}
	if len(l.To) == 0 {
		return []int{g.node(k, l.Text, External)}
	}
	var out []int
	for _, to := range l.To {
		out = append(out, g.node(k, to, OK))
	}
	return out
}
