// Package resource is the form that every reader produces and every later step uses:
// resources with addresses, attribute values that are known, unknown or sensitive, the
// references of unknown values, the place of a resource (provider, region, account), and
// its position in the source.
//
// It uses Terraform's AWS vocabulary: types such as aws_cloudwatch_metric_alarm and
// attributes such as alarm_actions. It is not a model of alarms or trails (package graph
// is), and it knows nothing of plans, HCL or templates.
package resource

import (
	"strings"
	"time"
)

// Mode tells a managed resource from a data source.
type Mode uint8

const (
	Managed Mode = iota
	Data
)

// A Resource is one instance of a resource or data source.
type Resource struct {
	Address string // absolute, with instance keys: module.a["x"].aws_sns_topic.t[0]
	Mode    Mode
	Type    string // aws_sns_topic
	Name    string // t
	Module  string // absolute address of the module instance, "" for the root
	Key     Key    // instance key
	Scope   Scope
	Change  Change

	// Uncertain says why it is not known whether the resource exists, "" if it does: its
	// count depends on something without a value. It may represent several instances.
	Uncertain string
	// Within is the address of the resource that creates it, such as a stack with its
	// template in its arguments; "" if the input manages it directly.
	Within string

	// Construct is the path of the construct in a CDK app that makes it; "" if none does.
	Construct string

	// Attributes holds the arguments and computed attributes in a Map value.
	Attributes Value

	// Position is where the resource is written, if the reader knows.
	Position *Position
	// Settled holds the positions of attributes that were taken from the code because the
	// plan does not know them.
	Settled map[string]Position
	// InlineWaivers are the waivers in the code at the resource.
	InlineWaivers []*InlineWaiver
	// Positions holds the places of single attributes by path ("pattern",
	// "metric_transformation.0.name"), if the reader knows them.
	Positions map[string]Position
}

// Attr returns the value at a path of attribute names and indexes, as
// [Value.Get] does.
func (r *Resource) Attr(path ...any) Value { return r.Attributes.Get(path...) }

// PositionOf returns the position of an attribute, otherwise that of the resource; nil if
// the reader does not know.
func (r *Resource) PositionOf(attribute string) *Position {
	if p, ok := r.Positions[attribute]; ok {
		return &p
	}
	return r.Position
}

// Key is an instance key: nothing, a number (count) or a string (for_each).
type Key struct {
	Kind KeyKind
	Int  int
	Str  string
}

// KeyKind says which of count and for_each made an instance.
type KeyKind uint8

const (
	NoKey KeyKind = iota
	IntKey
	StringKey
)

// Change says what the input does to a resource.
type Change struct {
	Action Action
	Reason string // action_reason of the plan: delete_because_no_resource_config
	// Moved is the address before a move, if there was one.
	Moved string
	// Drifted names the attributes that were changed outside Terraform.
	Drifted []string
}

// Action is what happens to a resource.
type Action uint8

const (
	Exists  Action = iota // stated or unchanged
	Create                // made by this plan
	Update                // changed in place
	Replace               // destroyed and made anew
	Delete                // destroyed by this plan
	Forget                // leaves the state, still exists in AWS, unmanaged
	Read                  // data source read during apply
)

var actionNames = [...]string{"no-op", "create", "update", "replace", "delete", "forget", "read"}

func (a Action) String() string { return actionNames[a] }

// Position is a place in a source file. Line and Column count from 1; a Column
// of 0 is unknown.
type Position struct {
	File   string
	Line   int
	Column int
}

// An InlineWaiver is a waiver in the code, at the resource that it applies to.
type InlineWaiver struct {
	Control  string // id, glob or number in a benchmark
	Until    time.Time
	Reason   string
	Owner    string
	Ticket   string
	Position Position
	// Whole says that it applies to the whole input: to missing resources that have no
	// place.
	Whole bool
	// Problem says why it cannot be read as a waiver, and Hint how to fix it.
	Problem, Hint string
}

// Block returns the address of the block that an instance comes from: the
// address without instance keys, in which quoted text may hold dots and
// brackets.
func Block(address string) string {
	var b strings.Builder
	quoted, depth := false, 0
	for i := 0; i < len(address); i++ {
		c := address[i]
		switch {
		case quoted && c == '\\':
			i++
		case c == '"' && depth > 0:
			quoted = !quoted
		case quoted:
		case c == '[':
			depth++
		case c == ']':
			depth--
		case depth == 0:
			b.WriteByte(c)
		}
	}
	return b.String()
}
