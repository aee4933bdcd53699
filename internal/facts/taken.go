package facts

import (
	"slices"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
	"github.com/iacgate/iacgate/internal/verdict"
)

// namedResource is a resource that has a name.
type namedResource struct {
	node graph.Node
	name resource.Value
	in   string // the name space: of the resources of a group
}

// sharedNames returns the names that several resources share.
func (b *Base) sharedNames() []document.Taken {
	var alarms, filters []namedResource
	for _, a := range b.Graph.Alarms {
		alarms = append(alarms, namedResource{a.Node, a.Name, ""})
	}
	for _, c := range b.Graph.Composites {
		alarms = append(alarms, namedResource{c.Node, c.Name, ""})
	}
	for _, f := range b.Graph.Filters {
		if len(f.Group.To) == 1 {
			filters = append(filters, namedResource{f.Node, f.Name, f.Group.To[0]})
		}
	}
	return append(append([]document.Taken{}, findShared("alarm", "alarm_name", alarms)...), findShared("metric_filter", "name", filters)...)
}

// findShared returns the names that several resources of one kind share.
func findShared(link verdict.Link, attribute string, all []namedResource) (found []document.Taken) {
	type space struct{ in, name string }
	named := map[space][]namedResource{}
	var order []space
	for _, h := range all {
		name, told := h.name.Symbolic()
		at := space{h.in, name}
		if !told || name == "" || h.node.External {
			continue
		}
		if named[at] == nil {
			order = append(order, at)
		}
		named[at] = append(named[at], h)
	}
	for _, at := range order {
		for _, t := range conflicts(named[at]) {
			t.Link, t.Attribute = link, attribute
			found = append(found, t)
		}
	}
	return found
}

// conflicts groups the resources with one name that collide in AWS: those in one region
// and account that certainly exist together, with those whose count is undecided, and
// those whose place may be the same.
func conflicts(all []namedResource) (found []document.Taken) {
	for _, place := range byPlace(all) {
		var sure, perhaps []string
		reason := ""
		for _, h := range place {
			if perhaps = append(perhaps, h.node.ID); h.node.Uncertain() == "" {
				sure = append(sure, h.node.ID)
			} else {
				reason = h.node.ID + ": " + h.node.Uncertain()
			}
		}
		if len(sure) > 1 {
			found = append(found, document.Taken{Resources: sure, State: document.TakenSure})
		}
		if len(perhaps) > max(1, len(sure)) {
			found = append(found, document.Taken{Resources: perhaps, State: document.TakenUndecided, Reason: reason})
		}
	}
	if apart := maybeInOnePlace(all); len(apart) > 1 {
		found = append(found, document.Taken{Resources: apart, State: document.TakenApart, Reason: "their regions or accounts are not known to be the same"})
	}
	return found
}

// byPlace returns the resources that are known to be in one region and account.
func byPlace(all []namedResource) (groups [][]namedResource) {
	for _, h := range all {
		i := slices.IndexFunc(groups, func(g []namedResource) bool { return g[0].node.Scope().Same(h.node.Scope()) == truth.Yes })
		if i < 0 {
			groups = append(groups, nil)
			i = len(groups) - 1
		}
		groups[i] = append(groups[i], h)
	}
	return groups
}

// maybeInOnePlace returns those that may be in the place of another.
func maybeInOnePlace(all []namedResource) (ids []string) {
	for _, h := range all {
		if slices.ContainsFunc(all, func(o namedResource) bool { return o.node.Scope().Same(h.node.Scope()) == truth.Unknown }) {
			ids = append(ids, h.node.ID)
		}
	}
	return ids
}
