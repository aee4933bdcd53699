package graph

import (
	"slices"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// State says how sure a join is.
type State string

const (
	None     State = "none"     // nothing is referred to
	Known    State = "known"    // by reference or equal text
	Inferred State = "inferred" // nothing else is possible, but the input does not say so
	External State = "external" // it names something outside the input
	Unknown  State = "unknown"  // the value cannot be seen
)

// A Target is the resource that an argument refers to, as far as it is known.
type Target struct {
	State State
	// To are the IDs of the nodes that it refers to. With OneOf it is some of
	// them, and the input does not say which.
	To    []string
	OneOf bool
	// Text is the value as the input writes it, safe to print.
	Text string
	// Reason says in words why the state is not Known.
	Reason string
	// Foreign is the type of resource that it refers to instead of the wanted
	// kind: aws_lambda_function where a topic is wanted.
	Foreign string
}

// a kind describes the resources that an argument may refer to.
type kind struct {
	types []string // resource types
	attrs []string // attributes that represent the node: arn, id
	// also are other types that the argument could hold: if a local hides the
	// value, these are candidates, too.
	also []string
	// named finds the node that a text names, which may have symbols in it.
	named func(text string, from *resource.Resource) (Target, bool)
	// outside is the name of a resource that no node has.
	outside func(text string, from *resource.Resource) Target
}

func (k kind) fits(typ, attribute string) bool {
	return slices.Contains(k.types, typ) && (attribute == "" || slices.Contains(k.attrs, attribute))
}

// Only returns the node that a target is, "" if it is none or one of several.
func (t Target) Only() string {
	if len(t.To) != 1 {
		return ""
	}
	return t.To[0]
}

// outside returns a target that is outside the input.
func outside(string, *resource.Resource) Target {
	return Target{State: External, Reason: "no resource in the input makes it"}
}

// madeElsewhere returns the target of a receiver that a text names and the input does not
// create.
func madeElsewhere(string, *resource.Resource) Target {
	return Target{State: External, Foreign: "what is made elsewhere", Reason: "no resource in the input makes it"}
}

// surest returns the node of a text: the first that it names for certain, else the first
// that it may name.
func surest[T any](nodes []T, is func(T) (Target, bool)) (perhaps Target, found bool) {
	for _, n := range nodes {
		t, ok := is(n)
		switch {
		case ok && (t.State == Known || t.State == External):
			return t, true
		case ok && !found:
			perhaps, found = t, true
		}
	}
	return perhaps, found
}

// isNamed reports whether an ARN or URL means a node: the texts are equal, or the node has
// the name and place in it.
func isNamed(n Node, name, own resource.Value, text string, at ARN, called string) (Target, bool) {
	if known, ok := own.Symbolic(); ok && known == text {
		return Target{State: Known, To: []string{n.ID}}, true
	}
	if known, ok := name.Symbolic(); !ok || known != called {
		return Target{}, false
	}
	switch at.lives(n.Scope()) {
	case truth.Yes:
		return Target{State: Known, To: []string{n.ID}}, true
	case truth.Unknown:
		return Target{State: Inferred, To: []string{n.ID}, Reason: "it has this name; region or account are not known to be the same"}, true
	}
	return Target{}, false
}

// First returns the first node that a target may be, "" if there is none.
func (t Target) First() string {
	if len(t.To) == 0 {
		return ""
	}
	return t.To[0]
}
