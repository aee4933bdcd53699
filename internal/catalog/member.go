package catalog

import (
	"strconv"

	"github.com/iacgate/iacgate/internal/resource"
)

// A Member is an argument or attribute of a resource or of a nested block, or a
// nested block itself.
type Member struct {
	Name    string
	Kind    Kind
	Members Members // of Block and Blocks
	// Property is its name in CloudFormation, "" if it has none. It leads through
	// an object that Terraform does not have: Metric.MetricName. A block without one
	// has members that are its siblings in CloudFormation.
	Property string
	Required bool
	// Computed: the provider or AWS chooses the value if it is not set.
	Computed bool
	// Set: the blocks are a set, whose order in a plan is not that of the code.
	Set bool
	// Default is the value that the provider uses if it is not set: a string, bool, int
	// or []string; nil is null.
	Default any
	// Since is the release of the provider that added it, "" for 5.100.0 or before.
	Since string
	// Irrelevant says why no verdict depends on it, "" if one does.
	Irrelevant string
	// Only is the place that has it; "" means both.
	Only Place

	aws     any // what AWS takes where the provider leaves it to AWS
	hasAWS  bool
	inTempl any // what CloudFormation takes, if that is something else
}

// Place says that a member is not everywhere.
type Place string

const (
	InDataSource Place = "data source"
	InTemplate   Place = "template"
)

// Kind is the type of a member.
type Kind uint8

const (
	String     Kind = iota
	Bool            // true or false
	Number          // a number
	StringList      // a list or set of strings
	StringMap       // a map; in CloudFormation a list of {Key, Value} or {Name, Value}
	Document        // JSON as text; in CloudFormation as an object
	Anything        // whatever it is
	Block           // a list of at most one block; in CloudFormation an object
	Blocks          // a list of blocks; in CloudFormation a list of objects
)

// IsBlock reports whether a member is a nested block.
func (m Member) IsBlock() bool { return m.Kind == Block || m.Kind == Blocks }

// Unset returns the value of a member that is not set; ok is false if AWS generates one, such
// as a name.
func (m Member) Unset() (v resource.Value, ok bool) {
	switch {
	case m.hasAWS:
		return valueOf(m.aws), true
	case m.Default == "": // how the provider writes null inside a set
		return resource.NullValue(), true
	}
	return valueOf(m.Default), !m.Computed
}

// InTemplate is CloudFormation's value of a member that is not set; ok is false if it is
// the same as Terraform's.
func (m Member) InTemplate() (v resource.Value, ok bool) {
	return valueOf(m.inTempl), m.inTempl != nil
}

func valueOf(v any) resource.Value {
	switch v := v.(type) {
	case string:
		return resource.StringValue(v)
	case bool:
		return resource.BoolValue(v)
	case int:
		return resource.NumberValue(strconv.Itoa(v))
	case []string:
		return resource.ListValue()
	}
	return resource.NullValue()
}

// Members are the members of a resource or block.
type Members []Member

// Find returns the member of a name.
func (ms Members) Find(name string) (m Member, ok bool) {
	for _, m := range ms {
		if m.Name == name {
			return m, true
		}
	}
	return Member{}, false
}

func str(name string) Member               { return Member{Name: name} }
func boolean(name string) Member           { return Member{Name: name, Kind: Bool} }
func number(name string) Member            { return Member{Name: name, Kind: Number} }
func stringList(name string) Member        { return Member{Name: name, Kind: StringList} }
func stringMap(name string) Member         { return Member{Name: name, Kind: StringMap} }
func document(name string) Member          { return Member{Name: name, Kind: Document} }
func anything(name string) Member          { return Member{Name: name, Kind: Anything} }
func block(name string, m Members) Member  { return Member{Name: name, Kind: Block, Members: m} }
func blocks(name string, m Members) Member { return Member{Name: name, Kind: Blocks, Members: m} }

func (m Member) as(property string) Member       { m.Property = property; return m }
func (m Member) required() Member                { m.Required = true; return m }
func (m Member) computed() Member                { m.Computed = true; return m }
func (m Member) set() Member                     { m.Set = true; return m }
func (m Member) or(v any) Member                 { m.Default = v; return m }
func (m Member) orEmpty() Member                 { m.Default = []string{}; return m }
func (m Member) orAWS(v any) Member              { m.aws, m.hasAWS = v, true; return m }
func (m Member) orNone() Member                  { return m.orAWS(nil) }
func (m Member) inTemplates(v any) Member        { m.inTempl = v; return m }
func (m Member) since(release string) Member     { m.Since = release; return m }
func (m Member) irrelevant(reason string) Member { m.Irrelevant = reason; return m }
func (m Member) dataOnly() Member                { m.Only = InDataSource; return m }
func (m Member) templateOnly() Member            { m.Only = InTemplate; return m }

// Why members are irrelevant.
const (
	labels       = "labels decide nothing"
	forPeople    = "it is text for people"
	forTerraform = "it tells Terraform how to work"
	feedback     = "it reports on deliveries, and changes none"
	logFiles     = "it is about log files, and no alarm reads them"
	otherEvents  = "data and Insights events are not management events"
	otherLogs    = "it is about logs of other services"
	otherStates  = "it acts in another state than ALARM"
	keeping      = "it says how long events are kept, and who may delete them"
	keyKeeping   = "it says how a key is made and kept, not who may use it"
	unreferred   = "no link of the chain refers to it"
	channel      = "it says which channel it is; the channel subscribes itself"
	queueing     = "it says how a queue hands on what has arrived in it"
	invocation   = "it says how the function runs once it is invoked"
	form         = "it is the form of what is delivered, not whether it is"
	notRoles     = "users and groups take no part in the chain"
	sessions     = "it says how long a session lasts"
	notJudged    = "alarms over queries are recognised, and not judged"
	waits        = "it says how long a suppressor is waited for, not whether it always suppresses"
	whenMuted    = "it shifts when a rule mutes, not whether it always does"
	ownCheck     = "it is a protection of AWS's own, beside the chain"
)
