package graph

import (
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

func (g *Graph) groupKind() kind {
	return kind{types: []string{"aws_cloudwatch_log_group"}, attrs: []string{"arn", "id", "name"}, named: g.groupNamed, outside: g.groupOutside}
}

// groupByARN returns the kind of a trail's argument: a group by its ARN, not by its name.
func (g *Graph) groupByARN() kind {
	k := g.groupKind()
	k.attrs = []string{"arn"}
	k.outside = func(text string, from *resource.Resource) Target {
		if _, isARN := ParseARN(text); !isARN {
			return Target{State: None, Reason: "it is not an ARN"}
		}
		return g.groupOutside(text, from)
	}
	k.named = func(text string, from *resource.Resource) (Target, bool) {
		if _, isARN := ParseARN(text); !isARN {
			return Target{}, false
		}
		return g.groupNamed(text, from)
	}
	return k
}

// groupByName returns the kind of a filter's argument: a group by its name, not by its ARN.
func (g *Graph) groupByName() kind {
	k := g.groupKind()
	k.attrs = []string{"id", "name"}
	k.named = func(text string, from *resource.Resource) (Target, bool) {
		if _, isARN := ParseARN(text); isARN {
			return Target{}, false
		}
		return g.groupNamed(text, from)
	}
	k.outside = func(text string, from *resource.Resource) Target {
		if _, isARN := ParseARN(text); isARN {
			return Target{State: None, Reason: "it is an ARN, and no name"}
		}
		return g.groupOutside(text, from)
	}
	return k
}

// joinLogs resolves which group a trail writes to and a filter reads.
func (g *Graph) joinLogs() {
	byARN, byName, either, role := g.groupByARN(), g.groupByName(), g.groupKind(), g.roleKind()
	for _, t := range g.Trails {
		t.Group = g.target(t.Resource, t.GroupArgument, byARN)
		if refersToName(t.GroupArgument, g) {
			t.Group = Target{State: None, Text: t.Group.Text, Reason: "it is not an ARN"}
		}
		t.Role = g.target(t.Resource, t.RoleArgument, role)
	}
	for _, f := range g.Filters {
		f.Group = g.target(f.Resource, g.deref(argumentsOf(f.Resource).get("log_group_name")), byName)
	}
	for _, t := range g.Transformers {
		t.Group = g.target(t.Resource, argumentsOf(t.Resource).get("log_group_arn"), either)
	}
	key := g.keyKind()
	for _, l := range g.LogGroups {
		if l.Resource != nil {
			l.Key = g.target(l.Resource, l.KMS, key)
		}
	}
}

// refersToName reports whether an argument that wants an ARN equals the name of a log
// group.
func refersToName(v resource.Value, g *Graph) bool {
	o, ok := v.Origin()
	return ok && v.IsUnknown() && o.Exact && o.Cause == resource.Referenced &&
		g.typeOf(o.Refs[0].Address) == "aws_cloudwatch_log_group" && (o.Refs[0].Attribute == "name" || o.Refs[0].Attribute == "id")
}

// groupNamed finds the group that a name or ARN means.
func (g *Graph) groupNamed(text string, from *resource.Resource) (Target, bool) {
	name, place, isGroup := groupAt(text, from)
	if !isGroup {
		return Target{State: Unknown, Reason: "it is not the ARN of a log group"}, true
	}
	var perhaps Target
	for _, l := range g.LogGroups {
		known, ok := l.Name.Symbolic()
		if !ok || known != name {
			continue
		}
		switch same := l.Place.Same(place); {
		case same == truth.Yes:
			return Target{State: groupState(l), To: []string{l.ID}}, true
		case same == truth.Unknown && perhaps.State == "":
			perhaps = Target{State: Inferred, To: []string{l.ID}, Reason: "their regions or accounts are not known to be the same"}
		}
	}
	return perhaps, perhaps.State != ""
}

// groupAt reads a name or ARN; ok is false for the ARN of anything else.
func groupAt(text string, from *resource.Resource) (name string, place resource.Scope, ok bool) {
	arn, isARN := ParseARN(text)
	if !isARN {
		return text, from.Scope, true
	}
	name, ok = arn.logGroupName()
	place = arn.Scope()
	place.Provider = from.Scope.Provider
	return name, place, ok
}

// groupOutside makes an external node of a name that no group in the input has,
// so that a trail's ARN and a filter's name meet in it.
func (g *Graph) groupOutside(text string, from *resource.Resource) Target {
	name, place, _ := groupAt(text, from)
	ext := &LogGroup{
		Node: Node{ID: name, External: true}, Name: resource.StringValue(name),
		Class: resource.StringValue("STANDARD"), Place: place,
	}
	if g.LogGroup(name) != nil {
		ext.ID = text + " in " + place.Region
	}
	g.LogGroups = append(g.LogGroups, ext)
	return Target{State: External, To: []string{ext.ID}, Reason: "no resource in the input makes it"}
}

func groupState(l *LogGroup) State {
	if l.External {
		return External
	}
	return Known
}

// MayDeliver returns a rule that may bring events into the group of a filter; nil if
// there is none.
func (g *Graph) MayDeliver(f *MetricFilter) *Delivery {
	for _, d := range g.Deliveries {
		pattern, known := d.Pattern.Text()
		if !known || d.Pattern.IsNull() || strings.ContainsAny(pattern, "<{*$") {
			return d
		}
		for _, id := range f.Group.To {
			if l := g.LogGroup(id); l != nil && Equal(l.Name, resource.StringValue(pattern)) != truth.No {
				return d
			}
		}
		if len(f.Group.To) == 0 {
			return d
		}
	}
	return nil
}

// TransformersOf returns the transformers that are, or may be, on a filter's group.
func (g *Graph) TransformersOf(f *MetricFilter) (all []*Transformer) {
	for _, t := range g.Transformers {
		for _, id := range f.Group.To {
			for _, other := range t.Group.To {
				if id == other {
					all = append(all, t)
				}
			}
		}
	}
	return all
}
