package analysis

import (
	"cmp"
	"slices"

	"github.com/gobwas/glob"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// A Question is what is asked of an input.
type Question struct {
	*Controls
	// Before is what was said of the world before this plan, by control; nil
	// where there was none.
	Before map[string]Past
}

// Past is what was said of a control in the world before the plan.
type Past struct {
	Verdict verdict.Verdict
	Chain   *verdict.Chain
}

type builder struct {
	graph      *graph.Graph
	deleted    []*resource.Resource // what the plan deletes
	gap        string               // what was not read, "" where all was
	standing   bool                 // the input says what is there already
	config     config.Config
	asked      *Controls
	patterns   map[*graph.MetricFilter]pairing // those that are known
	made       int                             // candidates, of all controls
	work       *work
	above      map[string][]above // the composite alarms over a child, once they are asked for
	publishing map[*graph.MetricFilter]Publisher
	regions    []string // those that nothing states; nil until they are asked for

	sure   *builder // of what exists for certain, once it is asked for
	isSure bool
}

// Build works out the facts of one world of an input. The graph is of that
// world; doc says what the input is. An error is an input that is too large.
func Build(doc *resource.Document, g *graph.Graph, q Question) (*Document, error) {
	b := &builder{graph: g, config: q.config, asked: q.Controls, work: &work{}, above: map[string][]above{}, publishing: map[*graph.MetricFilter]Publisher{}}
	if pairs(g) > maxPairs {
		return nil, tooLarge(doc, maxPairs, "pairs of things that may be about each other, such as filters and alarms")
	}
	for _, r := range doc.Before {
		if r.Change.Action == resource.Delete {
			b.deleted = append(b.deleted, r)
		}
	}
	b.standing = doc.Format != resource.HCL && doc.Format != resource.CloudFormation
	for _, gap := range slices.Concat(doc.Incomplete, resource.Texts(doc.Gaps)) {
		b.gap = cmp.Or(b.gap, gap)
	}
	out := &Document{
		Version: "1", Path: doc.Path, Format: string(doc.Format), When: texted(doc.When), Incomplete: texted(doc.Incomplete), Gaps: gaps(doc, q.config),
		Config: q.config, Levels: levels(q.config), Controls: map[string]ControlFacts{}, Deleted: deleted(b.deleted),
	}
	out.vouched = slices.DeleteFunc(slices.Clone(doc.Gaps), func(g resource.Gap) bool { return !vouchedModule(q.config, g) })
	if b.nodes(out); b.work.facts > maxFacts {
		return nil, tooLarge(doc, maxFacts, "paths from filters to what their alarms tell")
	}
	for _, c := range q.list {
		out.Controls[c.ID] = b.control(out, c, q.Before[c.ID])
	}
	return out, nil
}

func texted(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// stricter are the levels that a profile raises: codes that nobody has recorded
// count as well, and Security Hub compares patterns, so that more is wrong, too.
var stricter = map[string]map[string]verdict.Level{
	"strict":       {"pattern-narrower-than-reference": verdict.Error},
	"security-hub": {"pattern-narrower-than-reference": verdict.Error, "pattern-is-wide": verdict.Error, "pattern-enumerates": verdict.Error},
}

// levels are the levels of all finding codes, with those of the profile and the
// configured ones on top.
func levels(c config.Config) map[string]string {
	out := map[string]string{}
	for code, level := range finding.Levels() {
		out[code] = string(level)
	}
	for code, level := range stricter[c.Profile] {
		out[code] = string(level)
	}
	for code, level := range c.Levels {
		out[code] = string(level)
	}
	return out
}

func (b *builder) nodes(out *Document) {
	g := b.graph
	b.patterns = b.written()
	out.Trails = each(g.Trails, b.trail)
	out.MetricFilters = each(g.Filters, b.filter)
	out.LogGroups = each(g.LogGroups, b.logGroup)
	out.Alarms = each(g.Alarms, b.alarm)
	out.Composites = each(g.Composites, func(c *graph.CompositeAlarm) Node { return newNode(c.Node) })
	out.Topics = each(g.Topics, b.topic)
	out.Subscriptions = each(g.Subscriptions, b.subscription)
	out.Taken = b.taken()
	out.Other = []OtherResource{}
	for _, r := range g.Other {
		out.Other = append(out.Other, OtherResource{r.Address, r.Type})
	}
}

// each describes nodes by their IDs.
func each[N interface{ NodeID() string }, F any](nodes []N, describe func(N) F) map[string]F {
	out := make(map[string]F, len(nodes))
	for _, n := range nodes {
		out[n.NodeID()] = describe(n)
	}
	return out
}

func (b *builder) topic(t *graph.Topic) Topic {
	n := newNode(t.Node)
	n.Region, n.Account = t.Place.Region, t.Place.Account
	n.decides("fifo_topic", t.FIFO)
	out := Topic{
		Name: named(t.Name), ARN: named(t.ARN), FIFO: boolean(t.FIFO), MaxMessage: number(t.MaxMessage), Policies: []string{}, Subscriptions: []string{},
		Delivering: b.delivering(t), Undelivered: b.undelivered(t), Node: n,
	}
	for _, p := range policiesOn(t.ID, t.Policy, t.Policies) {
		out.Policies = append(out.Policies, p.resource)
	}
	if len(t.Policies) > 0 && setsPolicy(t) {
		out.Policies = append(out.Policies, t.ID)
	}
	for _, s := range slices.Concat(t.Subscriptions, t.Perhaps) {
		out.Subscriptions = append(out.Subscriptions, s.ID)
	}
	return out
}

// setsPolicy says whether a topic has a policy of its own beside the resources
// that set it. After an apply the argument repeats theirs; before, only somebody
// who wrote it can have set it.
func setsPolicy(t *graph.Topic) bool {
	return !t.External && t.Resource.Change.Action == resource.Create && !t.Policy.IsNull()
}

// deleted lists what the world before had and the plan deletes.
func deleted(resources []*resource.Resource) []Deleted {
	out := []Deleted{}
	for _, r := range resources {
		out = append(out, Deleted{r.Address, r.Type, r.Change.Reason, shown(r.Attr("name")), shown(r.Attr("arn"))})
	}
	return out
}

// shown is a known text that anybody may see.
func shown(v resource.Value) string {
	if text, known := v.Text(); known && !v.IsSensitive() {
		return text
	}
	return ""
}

// globMatch matches the globs of the configuration as Rego's glob.match does
// without delimiters: * stands for any characters.
func globMatch(pattern, text string) bool {
	g, err := glob.Compile(pattern)
	return err == nil && g.Match(text)
}
