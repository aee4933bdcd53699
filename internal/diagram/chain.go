package diagram

import (
	"slices"

	"github.com/iacgate/iacgate/internal/verdict"
)

// Chain returns the chain that a result shows, with the paths that cover the control
// together with it. It has no boxes if the result has no chain.
func Chain(r verdict.Result) Graph {
	g := Graph{Title: r.Control}
	if r.Chain == nil || len(r.Links) == 0 {
		return g
	}
	p := path{chain: *r.Chain, states: map[verdict.Link]State{}, findings: r.Findings}
	for _, s := range r.Links {
		p.states[s.Link] = stateOf(s.State)
	}
	p.draw(&g)
	for _, s := range r.Links {
		if k, ok := detailBoxes[s.Link]; ok {
			if i := g.find(k, p.address(k)); i >= 0 {
				g.describe(i, s.Detail)
			}
		}
	}
	if i := g.find(Filter, r.Chain.MetricFilter); i >= 0 {
		g.describe(i, publishes(r.Chain.Metric))
	}
	for n, c := range r.Chain.With {
		beside := verdict.Candidate{Chain: c, Verdict: r.Verdict}
		if n < len(r.With) {
			beside = r.With[n]
		}
		pathToFault(beside).draw(&g)
		if i := g.find(Filter, c.MetricFilter); i >= 0 {
			g.describe(i, publishes(c.Metric))
		}
	}
	return g
}

// pathToFault returns a chain up to its first fault, with nothing after it.
func pathToFault(c verdict.Candidate) path {
	p := path{chain: c.Chain, states: okStates(len(verdict.Links)), sparse: true}
	switch {
	case c.Fault != nil:
		p.states = okStates(max(0, slices.Index(verdict.Links, c.Fault.Link)))
		p.states[c.Fault.Link], p.findings = faultState(p, *c.Fault), []verdict.Finding{*c.Fault}
	case c.Verdict != verdict.Pass:
		p.states = nil
	}
	return p
}

func publishes(metric string) string {
	if metric == "" {
		return ""
	}
	return "publishes " + metric
}

// detailBoxes are the boxes that show the details of links.
var detailBoxes = map[verdict.Link]Kind{"log_group": LogGroup, "pattern": Filter, "alarm": Alarm}

// Considered returns every chain that was considered, each as far as its first
// fault. It has no boxes if the result does not have them.
func Considered(r verdict.Result) Graph {
	g := Graph{Title: r.Control}
	for _, c := range r.Candidates {
		pathToFault(c).draw(&g)
	}
	return g
}

// faultState returns the state that a finding leaves its link in.
func faultState(p path, f verdict.Finding) State {
	k, boxed := boxes[f.Link]
	switch {
	case f.Level == verdict.Unclear:
		return Unknown
	case boxed && p.address(k) == "":
		return Missing
	}
	return Broken
}

func okStates(n int) map[verdict.Link]State {
	states := map[verdict.Link]State{}
	for _, l := range verdict.Links[:n] {
		states[l] = OK
	}
	return states
}

func stateOf(s verdict.State) State {
	if s == verdict.NotJudged {
		return NotJudged
	}
	return State(s)
}

// boxes are the links that are boxes; the others are lines or parts of boxes.
var boxes = map[verdict.Link]Kind{
	"trail": Trail, "log_group": LogGroup, "metric_filter": Filter, "alarm": Alarm, "action": Topic, "topic": Topic, "subscription": Subscription,
}

// A path is one chain with the states of its links.
type path struct {
	chain    verdict.Chain
	states   map[verdict.Link]State
	findings []verdict.Finding
	sparse   bool // boxes without a name and a state are left out
}

func (p path) state(l verdict.Link) State {
	if s, ok := p.states[l]; ok {
		return s
	}
	return NotJudged
}

func (p path) address(k Kind) string {
	c := p.chain
	if k == Subscription && len(c.Subscriptions) > 0 {
		return c.Subscriptions[0]
	}
	return map[Kind]string{
		Trail: c.Trail, LogGroup: c.LogGroup, Filter: c.MetricFilter, Metric: c.Metric, Alarm: c.Alarm, Composite: c.CompositeAlarm, Topic: c.Topic,
	}[k]
}

// A joint is one box of a path with the line that leads to it.
type joint struct {
	kind  Kind
	links []verdict.Link // whose states the box has
	line  verdict.Link   // whose state the line to it has; "" if that holds
}

var joints = []joint{
	{Trail, []verdict.Link{"trail"}, ""},
	{LogGroup, []verdict.Link{"log_group"}, "log_group"},
	{Filter, []verdict.Link{"metric_filter", "pattern"}, ""},
	{Alarm, []verdict.Link{"alarm"}, "metric"},
	{Composite, []verdict.Link{"alarm"}, ""}, // shares the alarm's link, see isAboutTwin
	{Topic, []verdict.Link{"topic"}, "action"},
}

// maxSubscriptions is how many subscriptions of a topic have a box of their own.
const maxSubscriptions = 5

// draw adds the boxes and lines of a path.
func (p path) draw(g *Graph) {
	from := -1
	for _, j := range joints {
		if j.kind == Composite && p.chain.CompositeAlarm == "" {
			continue
		}
		from = p.join(g, from, j, p.address(j.kind))
	}
	subscriptions := p.chain.Subscriptions
	more := len(subscriptions) - maxSubscriptions
	if len(subscriptions) == 0 {
		subscriptions = []string{""}
	}
	for i, s := range subscriptions {
		box := p.join(g, from, joint{Subscription, []verdict.Link{"subscription"}, "subscription"}, s)
		if i+1 == maxSubscriptions && more > 0 {
			g.describe(box, "and "+count(more, "more"))
			break
		}
	}
}

// join draws one box and the line that leads to it.
func (p path) join(g *Graph, from int, j joint, address string) int {
	state := NotJudged
	for _, l := range j.links {
		state = worse(state, p.state(l))
	}
	line := p.line(j)
	switch {
	case address == "" && (state.isFault() || state == NotJudged && line.isFault()):
		state = Missing
	case address == "" && (state == OK || state == Inferred):
		state = External // somebody vouches for it
	case address == "" && state == NotJudged && p.sparse:
		return from
	case address != "" && state == Missing:
		state = Broken
	}
	faults := p.faults(j)
	if (state == Broken || state == Unknown) && len(faults) == 0 && p.blamesOther(j) {
		state = OK
	}
	if slices.ContainsFunc(faults, func(f Fault) bool { return f.State == Warned && !f.Line }) && (state == OK || state == Inferred || state == External) {
		state = Warned
	}
	to := p.box(g, j.kind, address, state)
	g.blame(to, faults...)
	if from < 0 {
		return to
	}
	if state == Missing || state == NotJudged && line != Broken && line != Unknown {
		line = state
	}
	g.edge(from, to, line, "")
	return to
}

// box returns the box of an address; one without a name is drawn once.
func (p path) box(g *Graph, k Kind, address string, s State) int {
	for i, n := range g.Nodes {
		if address == "" && n.Kind == k && n.Address == "" && n.State == s {
			return i
		}
	}
	return g.node(k, address, s)
}

// line returns the state of the line to a box, as far as a link is about it.
func (p path) line(j joint) State {
	if j.line == "" {
		return OK
	}
	if s := p.state(j.line); s != Missing || p.address(j.kind) == "" {
		return s
	}
	return Broken
}

// faults returns what is wrong with a box, and with the line to it.
func (p path) faults(j joint) []Fault {
	var out []Fault
	for _, f := range p.findings {
		state, wrong := levels[f.Level]
		own := slices.Contains(j.links, f.Link)
		if wrong && (own && !p.isAboutTwin(j, f) || !own && f.Link == j.line && j.line != "") {
			out = append(out, Fault{f.Code, state, !own})
		}
	}
	return out
}

// levels maps the levels of findings to states.
var levels = map[verdict.Level]State{verdict.Error: Broken, verdict.Unclear: Unknown, verdict.Warning: Warned}

// isAboutTwin reports whether a finding is about the other node of a link that an alarm
// and its composite alarm share.
func (p path) isAboutTwin(j joint, f verdict.Finding) bool {
	twin := map[Kind]Kind{Alarm: Composite, Composite: Alarm}
	other, ok := twin[j.kind]
	return ok && f.Resource != "" && f.Resource == p.address(other) && f.Resource != p.address(j.kind)
}

func (p path) blamesOther(j joint) bool {
	return slices.ContainsFunc(p.findings, func(f verdict.Finding) bool { return slices.Contains(j.links, f.Link) && p.isAboutTwin(j, f) })
}
