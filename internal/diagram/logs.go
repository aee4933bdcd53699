package diagram

import (
	"strings"

	"github.com/iacgate/iacgate/internal/document"
)

// logs draws the lines from trail to log group to metric filter to metric.
func (d facts) logs(g *Graph) {
	for id, t := range sorted(d.Trails) {
		role, why := checkState(t.Role)
		for _, group := range g.targets(LogGroup, t.LogGroup) {
			state, label := referenceState(t.LogGroup)
			switch {
			case t.GroupSuffix != "":
				state, label = Broken, t.GroupSuffix
			case role == Broken:
				state, label = role, why
			}
			g.edge(g.node(Trail, id, OK), group, state, label)
		}
	}
	for id, f := range sorted(d.MetricFilters) {
		filter := g.node(Filter, id, OK)
		for _, group := range g.targets(LogGroup, f.LogGroup) {
			state, label := referenceState(f.LogGroup)
			g.edge(group, filter, state, label)
		}
		state, label := filterState(f)
		g.edge(filter, g.node(Metric, metric(f), OK), state, label)
	}
}

// metric names a series with its region, because regions have different metrics.
func metric(f document.MetricFilter) string {
	place := strings.TrimSpace(f.Region + " " + f.Account)
	if place == "" {
		return f.Series.Text
	}
	return f.Series.Text + " (" + place + ")"
}

func filterState(f document.MetricFilter) (State, string) {
	switch {
	case f.Contradiction != "":
		return Broken, f.Contradiction
	case f.Value.State == "zero":
		return Broken, "publishes 0"
	case f.Value.State == "unknown":
		return Unknown, "publishes " + f.Value.Text
	}
	return OK, ""
}
