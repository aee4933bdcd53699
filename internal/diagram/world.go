package diagram

import (
	"encoding/json"
	"strings"
)

// World returns the picture of a judged document, as [document.Judged.JSON] writes it:
// without secrets. Lines are the document's facts; [Graph.Mark] adds the results of an
// input.
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

// boxes adds a box for every node, also for those without a line.
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
