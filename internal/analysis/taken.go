package analysis

import (
	"slices"

	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
	"github.com/iacgate/iacgate/internal/verdict"
)

// Taken are resources that AWS keeps under one name: the later call overwrites what
// the earlier one made, and the input does not say which is later. Alarms and
// composite alarms have one name space, metric filters one in each log group.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
type Taken struct {
	Link      verdict.Link `json:"link"`      // the one that they are of: alarm or metric_filter
	Attribute string       `json:"attribute"` // that holds the name
	Resources []string     `json:"resources"`
	State     TakenState   `json:"state"`
	Reason    string       `json:"reason"` // why it is not sure
}

// holder is a resource that has a name.
type holder struct {
	node graph.Node
	name resource.Value
	in   string // the name space: of the resources of a group
}

// taken finds the names that several resources have.
func (b *builder) taken() []Taken {
	var alarms, filters []holder
	for _, a := range b.graph.Alarms {
		alarms = append(alarms, holder{a.Node, a.Name, ""})
	}
	for _, c := range b.graph.Composites {
		alarms = append(alarms, holder{c.Node, c.Name, ""})
	}
	for _, f := range b.graph.Filters {
		if len(f.Group.To) == 1 {
			filters = append(filters, holder{f.Node, f.Name, f.Group.To[0]})
		}
	}
	return append(append([]Taken{}, sharing("alarm", "alarm_name", alarms)...), sharing("metric_filter", "name", filters)...)
}

// sharing finds the names that several of one kind have.
func sharing(link verdict.Link, attribute string, all []holder) (found []Taken) {
	type space struct{ in, name string }
	named := map[space][]holder{}
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

// conflicts says of resources with one name which of them are one in AWS: those in
// one region and account that are sure to exist together, with those whose count is
// undecided, and those of which nobody knows whether the place is the same.
func conflicts(all []holder) (found []Taken) {
	for _, place := range places(all) {
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
			found = append(found, Taken{Resources: sure, State: TakenSure})
		}
		if len(perhaps) > max(1, len(sure)) {
			found = append(found, Taken{Resources: perhaps, State: TakenUndecided, Reason: reason})
		}
	}
	if apart := perhapsTogether(all); len(apart) > 1 {
		found = append(found, Taken{Resources: apart, State: TakenApart, Reason: "region or account are not known to be the same"})
	}
	return found
}

// places are the resources that are known to be in one region and account.
func places(all []holder) (groups [][]holder) {
	for _, h := range all {
		i := slices.IndexFunc(groups, func(g []holder) bool { return g[0].node.Scope().Same(h.node.Scope()) == truth.Yes })
		if i < 0 {
			groups = append(groups, nil)
			i = len(groups) - 1
		}
		groups[i] = append(groups[i], h)
	}
	return groups
}

// perhapsTogether are those that may be in the place of another.
func perhapsTogether(all []holder) (ids []string) {
	for _, h := range all {
		if slices.ContainsFunc(all, func(o holder) bool { return o.node.Scope().Same(h.node.Scope()) == truth.Unknown }) {
			ids = append(ids, h.node.ID)
		}
	}
	return ids
}

// isTaken says whether a resource shares its name with another: it is not as good
// as one that has the name for itself.
func (d *Document) isTaken(ids ...string) bool {
	return slices.ContainsFunc(d.Taken, func(t Taken) bool {
		return slices.ContainsFunc(ids, func(id string) bool { return slices.Contains(t.Resources, id) })
	})
}
