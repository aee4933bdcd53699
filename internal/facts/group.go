package facts

import (
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// GroupEntries returns the entries that name the log group of a target.
func (b *Base) GroupEntries(t graph.Target) []int {
	if len(b.config.External) == 0 {
		return []int{}
	}
	texts := []resource.Text{resource.Text(b.GroupName(t))}
	if len(t.To) == 1 {
		if g := b.Graph.LogGroup(t.To[0]); g != nil {
			if name, ok := g.Name.Symbolic(); ok {
				texts = append(texts, resource.Text(name))
			}
			texts = append(texts, arnsOf(resource.Value{}, g.Name, g.Place, "logs", "log-group:")...)
		}
	}
	return b.matchingEntries(func(i int) string { return b.config.External[i].LogGroup }, texts)
}

func (b *Base) logGroup(l *graph.LogGroup) document.LogGroup {
	n := newNode(l.Node)
	n.Region, n.Account = l.Place.Region, l.Place.Account
	return document.LogGroup{
		Name:    document.Name(l.Name),
		Class:   document.Text(noteUnknown(&n, "log_group_class", l.Class)),
		Filters: admitsFilters(l.Class),
		Key:     b.access.LogGroupKey(l),
		Node:    n,
	}
}

// admitsFilters: only the class STANDARD has metric filters.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html
func admitsFilters(class resource.Value) truth.Truth {
	text, known := class.Text()
	switch {
	case !known:
		return truth.Unknown
	case text == "STANDARD":
		return truth.Yes
	}
	return truth.No
}

// SameGroup compares the group that a filter reads with the one that a trail
// writes to.
func (b *Base) SameGroup(f *graph.MetricFilter, t *graph.Trail) (state document.ReadsState, reason string) {
	switch {
	case t.Group.State == graph.None:
		return document.ReadsNone, "" // the trail's fault
	case f.Group.State == graph.None:
		return document.ReadsDifferent, "the filter names no log group"
	case len(t.Group.To) == 0:
		return document.ReadsUnknown, "the trail's log group is " + t.Group.Text + ": " + t.Group.Reason
	case len(f.Group.To) == 0:
		return document.ReadsUnknown, "the filter's log group is " + f.Group.Text + ": " + f.Group.Reason
	}
	for _, id := range f.Group.To {
		for _, other := range t.Group.To {
			if id == other && len(f.Group.To) == 1 && len(t.Group.To) == 1 {
				return b.samePlace(f, t, id)
			}
			if id == other {
				return document.ReadsUnknown, "it is one of several log groups: " + firstReason(f.Group, t.Group)
			}
			if b.mayBeSameGroup(id, other) {
				return document.ReadsUnknown, "the trail writes to " + b.quotedGroupName(t.Group) + ", the filter reads " + b.quotedGroupName(f.Group) + ", which may be the same"
			}
		}
	}
	return document.ReadsDifferent, "the trail writes to " + b.quotedGroupName(t.Group) + ", the filter reads " + b.quotedGroupName(f.Group)
}

// AreApart reports whether it takes no more than a look at two names to see that a filter
// reads another group than a trail writes to. It holds for most pairs of a large input.
func (b *Base) AreApart(f *graph.MetricFilter, t *graph.Trail) bool {
	return len(f.Group.To) == 1 && len(t.Group.To) == 1 && f.Group.To[0] != t.Group.To[0] && !b.mayBeSameGroup(f.Group.To[0], t.Group.To[0])
}

// mayBeSameGroup reports whether the names of two groups may be equal. Two groups that the
// input creates differ.
func (b *Base) mayBeSameGroup(id, other string) bool {
	x, y := b.Graph.LogGroup(id), b.Graph.LogGroup(other)
	return x != nil && y != nil && (x.External || y.External) && graph.Equal(x.Name, y.Name) == truth.Unknown
}

// quotedGroupName returns GroupName for people, in quotes if it is the literal name,
// which may contain any word.
func (b *Base) quotedGroupName(t graph.Target) string {
	name := b.GroupName(t)
	if len(t.To) == 1 && b.Graph.Resource(name) == nil {
		return `"` + name + `"`
	}
	return name
}

// GroupName names the group that an argument refers to.
func (b *Base) GroupName(t graph.Target) string {
	if len(t.To) != 1 {
		return t.Text
	}
	l := b.Graph.LogGroup(t.To[0])
	if l == nil {
		return t.To[0]
	}
	name, told := l.Name.Symbolic()
	if _, nothingElse := resource.Text(name).Symbol(); !told || nothingElse {
		return t.To[0]
	}
	return l.Name.Display()
}

// samePlace: a trail writes to a group in its own account and home region, and
// a filter reads a group in its own.
func (b *Base) samePlace(f *graph.MetricFilter, t *graph.Trail, group string) (state document.ReadsState, reason string) {
	l := b.Graph.LogGroup(group)
	place := l.Place
	worst := min(f.Scope().Same(place), t.Scope().Same(place))
	if l.Resource == nil {
		worst = f.Scope().Same(t.Scope())
	}
	switch {
	case worst == truth.No:
		return document.ReadsOtherPlace, "the trail, group and filter are not in the same region and account"
	case worst == truth.Unknown:
		return document.ReadsUnknown, "the regions or accounts of the trail, group and filter are not known to be the same"
	case f.Group.State == graph.Inferred || t.Group.State == graph.Inferred:
		return document.ReadsInferred, firstReason(f.Group, t.Group)
	}
	return document.ReadsSame, ""
}

func firstReason(ts ...graph.Target) string {
	for _, t := range ts {
		if t.Reason != "" {
			return t.Reason
		}
	}
	return ""
}
