package diagram

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/document"
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

// World is everything that a judged document has, as [document.Judged.JSON]
// writes it: without secrets. Lines are the document's facts; what the results
// of an input say of a box is added with [Graph.Mark].
func World(document []byte) (Graph, error) {
	var d facts
	if err := json.Unmarshal(document, &d); err != nil {
		return Graph{}, err
	}
	g := Graph{Title: strings.Join(append([]string{d.Path}, d.When...), ", ")}
	d.boxes(&g)
	d.logs(&g)
	d.alarms(&g)
	d.topics(&g)
	return g, nil
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

// boxes puts up a box for every node, also for those that no line reaches.
func (d facts) boxes(g *Graph) {
	for id, t := range sorted(d.Trails) {
		g.place(Trail, id, t.Node)
	}
	for id, l := range sorted(d.LogGroups) {
		i := g.place(LogGroup, id, l.Node)
		if l.Name != nil && *l.Name != id {
			g.describe(i, *l.Name)
		}
	}
	for id, f := range sorted(d.MetricFilters) {
		i := g.place(Filter, id, f.Node)
		if f.Pattern != nil {
			g.describe(i, *f.Pattern)
		}
	}
	for id, a := range sorted(d.Alarms) {
		g.place(Alarm, id, a.Node)
	}
	for id, c := range sorted(d.Composites) {
		g.place(Composite, id, c)
	}
	for id, t := range sorted(d.Topics) {
		g.place(Topic, id, t.Node)
	}
	for id, s := range sorted(d.Subscriptions) {
		i := g.place(Subscription, id, s.Node)
		if s.Protocol != nil {
			g.describe(i, *s.Protocol)
		}
	}
}

func (g *Graph) place(k Kind, address string, n document.Node) int {
	if n.External {
		return g.node(k, address, External)
	}
	return g.node(k, address, OK)
}
