// Package diagram draws the chain: boxes in columns by kind, and lines between them, each
// in a state. It draws a judged document ([World]) or one result ([Chain], [Considered]),
// and prints the drawing as DOT, Mermaid or SVG, with one file for each form.
//
// It judges nothing. Its input contains no secrets; names in it may still be hostile, so
// it escapes them for each form.
package diagram

import "slices"

// Kind says what a box shows. Kinds are in the order of the chain: a
// picture has one column for each.
type Kind int

const (
	Trail Kind = iota
	LogGroup
	Filter
	Metric
	Alarm
	Composite
	Topic
	Subscription
	nothing // of all this is in the input
)

var kindNames = [...]string{
	"trail", "log group", "metric filter", "metric", "alarm", "composite alarm", "topic", "subscription",
	"nothing that iacgate judges",
}

func (k Kind) String() string { return kindNames[k] }

// State is the state of a box or a line.
type State string

const (
	NotJudged State = "not judged" // after something that is missing
	OK        State = "ok"
	Inferred  State = "inferred" // everything that it could be is good
	External  State = "external" // outside the input
	Warned    State = "warning"  // it holds, and a finding warns of it
	Unknown   State = "unknown"
	Missing   State = "missing"
	Broken    State = "broken"
)

// bySeverity orders states: if several apply, the last one is shown.
var bySeverity = []State{NotJudged, OK, Inferred, External, Warned, Unknown, Missing, Broken}

func worse(a, b State) State {
	if slices.Index(bySeverity, b) > slices.Index(bySeverity, a) {
		return b
	}
	return a
}

// uncertain says that a line in this state is drawn dashed.
func (s State) uncertain() bool { return s != OK && s != Warned && s != Broken }

// isFault says that something in this state has to be fixed.
func (s State) isFault() bool { return s == Broken || s == Missing }

// A Node is one box.
type Node struct {
	Kind    Kind
	Address string // or the text of what is external; "" for what is missing
	State   State
	Details []string // log group name, pattern, what raises an alarm
	Faults  []Fault
}

// A Fault is the code of a finding about a box, or about the line that leads to it.
type Fault struct {
	Code  string
	State State // that it leaves: broken, missing or unknown
	Line  bool
}

// String has an arrow if it is the line that is at fault.
func (f Fault) String() string {
	if f.Line {
		return "← " + f.Code
	}
	return f.Code
}

// An Edge is a line between two boxes, by their places in Nodes.
type Edge struct {
	From, To int
	State    State
	Label    string // why, if it does not simply hold
}

// A Graph is one picture.
type Graph struct {
	Title string
	Nodes []Node
	Edges []Edge

	named  map[key]int      // the places of boxes that have a name
	joined map[[2]int][]int // the lines between two boxes
}

// A key identifies a box.
type key struct {
	kind    Kind
	address string
}

// find returns the place of a box, -1 if there is none.
func (g *Graph) find(k Kind, address string) int {
	if i, ok := g.named[key{k, address}]; ok {
		return i
	}
	return -1
}

// node returns the place of a box, adding it in this state if it is missing. An existing
// box gets the worse state; one without a name is always new.
func (g *Graph) node(k Kind, address string, s State) int {
	if i := g.find(k, address); i >= 0 {
		g.Nodes[i].State = worse(g.Nodes[i].State, s)
		return i
	}
	g.Nodes = append(g.Nodes, Node{Kind: k, Address: address, State: s})
	if address != "" {
		if g.named == nil {
			g.named = map[key]int{}
		}
		g.named[key{k, address}] = len(g.Nodes) - 1
	}
	return len(g.Nodes) - 1
}

// describe adds details to a box, each once.
func (g *Graph) describe(i int, details ...string) {
	for _, d := range details {
		if d != "" && !slices.Contains(g.Nodes[i].Details, d) {
			g.Nodes[i].Details = append(g.Nodes[i].Details, d)
		}
	}
}

// blame adds faults to a box, each once.
func (g *Graph) blame(i int, faults ...Fault) {
	for _, f := range faults {
		if !slices.Contains(g.Nodes[i].Faults, f) {
			g.Nodes[i].Faults = append(g.Nodes[i].Faults, f)
		}
	}
}

// edge draws a line. Two boxes have one line for each reason.
func (g *Graph) edge(from, to int, s State, label string) {
	ends := [2]int{from, to}
	for _, i := range g.joined[ends] {
		if e := g.Edges[i]; e.Label == label || label == "" {
			g.Edges[i].State = worse(e.State, s)
			return
		}
	}
	if g.joined == nil {
		g.joined = map[[2]int][]int{}
	}
	g.joined[ends] = append(g.joined[ends], len(g.Edges))
	g.Edges = append(g.Edges, Edge{from, to, s, label})
}
