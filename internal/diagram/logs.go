package diagram

import (
	"strings"

	"github.com/iacgate/iacgate/internal/document"
)

// logs draws trail to log group to metric filter to metric.
func (d facts) logs(g *Graph) {
	for id, t := range sorted(d.Trails) {
		role, why := check(t.Role)
		for _, group := range g.targets(LogGroup, t.LogGroup) {
			state, label := linked(t.LogGroup)
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
			state, label := linked(f.LogGroup)
			g.edge(group, filter, state, label)
		}
		state, label := published(f)
		g.edge(filter, g.node(Metric, metric(f), OK), state, label)
	}
}

// metric names a series: what one region has is not what another has.
func metric(f document.MetricFilter) string {
	place := strings.TrimSpace(f.Region + " " + f.Account)
	if place == "" {
		return f.Series.Text
	}
	return f.Series.Text + " (" + place + ")"
}

func published(f document.MetricFilter) (State, string) {
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

// linked is a line that a reference draws.
func linked(l document.Link) (State, string) {
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

// targets are the boxes that a reference leads to: a new one where it leads out
// of the input, none where there is no reference.
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
