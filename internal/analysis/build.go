package analysis

import (
	"path"
	"strings"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// A Question is what is asked of an input: which controls, under which
// configuration, after what was said of the world before.
type Question struct {
	Controls []verdict.Control
	// Others returns all controls there are; a filter that is aimed at one of
	// them is no near miss of another. It is called only when that matters.
	Others func() ([]verdict.Control, error)
	Config config.Config
	Before map[string]Past
}

type builder struct {
	graph      *graph.Graph
	config     config.Config
	references map[string]reference
	others     func() map[string]reference
}

// Build works out the facts of one world of an input. The graph is of that
// world; doc says what the input is. An error is a control or an exclusion
// whose pattern does not parse.
func Build(doc *resource.Document, g *graph.Graph, q Question) (*Document, error) {
	b := &builder{graph: g, config: q.Config, references: map[string]reference{}}
	if err := b.refer(q); err != nil {
		return nil, err
	}
	out := &Document{
		Version: "1", Path: doc.Path, Format: string(doc.Format), Incomplete: texted(doc.Incomplete),
		Config: q.Config, Levels: levels(q.Config), Controls: map[string]ControlFacts{},
		Before: q.Before, Deleted: deleted(doc),
	}
	if out.Before == nil {
		out.Before = map[string]Past{}
	}
	for _, c := range q.Controls {
		out.Controls[c.ID] = ControlFacts{Events: c.Events, MustMatch: b.references[c.ID].want.String()}
	}
	b.nodes(out)
	return out, nil
}

func texted(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func (b *builder) refer(q Question) error {
	exclusions := make([]string, len(q.Config.Exclusions))
	for i, x := range q.Config.Exclusions {
		exclusions[i] = x.Pattern
	}
	for _, c := range q.Controls {
		r, err := newReference(c, exclusions)
		if err != nil {
			return err
		}
		b.references[c.ID] = r
	}
	var known map[string]reference
	b.others = func() map[string]reference {
		if known == nil {
			known = otherReferences(q)
		}
		return known
	}
	return nil
}

func otherReferences(q Question) map[string]reference {
	known := map[string]reference{}
	controls, err := q.Others()
	if err != nil {
		return known
	}
	for _, c := range controls {
		if r, err := newReference(c, nil); err == nil {
			known[c.ID] = r
		}
	}
	return known
}

// levels are the levels of all finding codes, with the configured ones on top.
func levels(c config.Config) map[string]string {
	out := map[string]string{}
	for code, level := range finding.Levels() {
		out[code] = string(level)
	}
	for code, level := range c.Levels {
		out[code] = string(level)
	}
	return out
}

func (b *builder) nodes(out *Document) {
	g := b.graph
	out.Trails = each(g.Trails, b.trail)
	out.MetricFilters = each(g.Filters, b.filter)
	out.LogGroups = each(g.LogGroups, b.logGroup)
	out.Alarms = each(g.Alarms, b.alarm)
	out.Topics = each(g.Topics, b.topic)
	out.Subscriptions = each(g.Subscriptions, b.subscription)
	out.Other = each(g.Other, func(r *resource.Resource) OtherResource { return OtherResource{r.Address, r.Type} })
}

func each[N, F any](nodes []N, describe func(N) F) []F {
	out := make([]F, len(nodes))
	for i, n := range nodes {
		out[i] = describe(n)
	}
	return out
}

func (b *builder) topic(t *graph.Topic) Topic {
	n := newNode(t.Node)
	if t.Resource == nil {
		n.Region, n.Account = t.Place.Region, t.Place.Account
	}
	out := Topic{
		Name: n.text("name", t.Name), ARN: n.text("arn", t.ARN), FIFO: n.truth("fifo", t.FIFO),
		Policies: []string{}, Subscriptions: addresses(t.Subscriptions), Perhaps: addresses(t.Perhaps),
		Node: n,
	}
	for _, p := range topicPolicies(t) {
		out.Policies = append(out.Policies, p.resource)
	}
	return out
}

func addresses(subscriptions []*graph.Subscription) []string {
	return each(subscriptions, func(s *graph.Subscription) string { return s.ID })
}

// deleted lists what the world before had and the plan deletes.
func deleted(doc *resource.Document) []Deleted {
	out := []Deleted{}
	for _, r := range doc.Before {
		if r.Change.Action == resource.Delete {
			out = append(out, Deleted{
				r.Address, r.Type, r.Change.Reason, r.Attr("name").Display(), r.Attr("arn").Display(),
			})
		}
	}
	return out
}

// globMatch matches the globs of the configuration: * stands for any
// characters, slashes and colons included.
func globMatch(glob, text string) bool {
	ok, err := path.Match(strings.ReplaceAll(glob, "/", ":"), strings.ReplaceAll(text, "/", ":"))
	return err == nil && ok
}
