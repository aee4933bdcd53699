// Package analysis turns a graph into facts: what a trail records, which events
// a filter pattern covers of a control, how many events raise an alarm, whether
// a topic and its key let CloudWatch publish. The result is the [Document] that
// the Rego policies judge, with sensitive values taken out.
//
// Facts only: which of them a control requires is written in Rego. The package
// knows no Rego and prints nothing.
package analysis

import (
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// A Document is what policies judge: their input. A fact that is null is unset
// or cannot be seen; the latter are named in the node's Unknown, with what
// would settle them.
type Document struct {
	Version    string                  `json:"version"`
	Path       string                  `json:"path"`
	Format     string                  `json:"format"`
	When       []string                `json:"when"`       // what is assumed, where there are several cases
	Incomplete []string                `json:"incomplete"` // why absence proves nothing, and nothing passes
	Gaps       []Gap                   `json:"gaps"`       // what was not read
	Config     config.Config           `json:"config"`
	Levels     map[string]string       `json:"levels"`   // finding code -> level, the configured ones applied
	Controls   map[string]ControlFacts `json:"controls"` // those that are asked for
	Deleted    []Deleted               `json:"deleted"`  // what this plan deletes

	Trails        map[string]Trail        `json:"trails"` // the nodes, by address
	LogGroups     map[string]LogGroup     `json:"log_groups"`
	MetricFilters map[string]MetricFilter `json:"metric_filters"`
	Alarms        map[string]Alarm        `json:"alarms"`
	Composites    map[string]Node         `json:"composites"`
	Topics        map[string]Topic        `json:"topics"`
	Subscriptions map[string]Subscription `json:"subscriptions"`
	Other         []OtherResource         `json:"other"` // recognised, not judged
	Taken         []Taken                 `json:"taken"` // names that several resources have

	vouched []resource.Gap // gaps that the configuration says to hold nothing
}

// ControlFacts are what a policy needs to know of its own control.
type ControlFacts struct {
	Events    string `json:"events"`
	MustMatch string `json:"must_match"`
	// Sources are those that the control's events come from, none where any may.
	Sources []string `json:"sources"`
	// Relevant: the input has to do with the control, before or after the plan.
	Relevant bool `json:"relevant"`
	// Hidden is what may hold what would make it relevant, where nothing does.
	Hidden []string `json:"hidden"`
	// Certain: what makes it relevant exists for certain.
	Certain    bool        `json:"certain"`
	Candidates []Candidate `json:"candidates"`
	Sets       []Set       `json:"sets"`
	// Excess is how many candidates there may be at most, where there are more: none
	// is judged, and nothing is known. 0 where there are no more.
	Excess int `json:"excess"`

	control string
}

// Deleted is a resource that exists and that this plan deletes.
type Deleted struct {
	Address string `json:"address"`
	Type    string `json:"type"`
	Reason  string `json:"reason"`
	Name    string `json:"name"`
	ARN     string `json:"arn"`
}

// OtherResource is a resource that iacgate knows and does not judge.
type OtherResource struct {
	Address string `json:"address"`
	Type    string `json:"type"`
}

// Node is what all nodes have in common. Unknown names the arguments that decide
// a link and cannot be seen, with what they are in the code.
type Node struct {
	Address  string            `json:"address"` // or the name of what is external
	External bool              `json:"external"`
	Change   string            `json:"change"`
	Drifted  []string          `json:"drifted"`
	Region   string            `json:"region"`
	Account  string            `json:"account"`
	Unknown  map[string]string `json:"unknown"`
	// Settled names the attributes that a plan leaves open and the code beside it
	// settles, with where it does.
	Settled map[string]string `json:"settled"`
	// Refused says why AWS refuses it.
	Refused []Refusal `json:"refused"`
	// Uncertain says why nobody knows whether it exists.
	Uncertain string `json:"uncertain"`
}

// Link is a reference to other nodes.
type Link struct {
	State  LinkState `json:"state"`
	To     []string  `json:"to"`
	OneOf  bool      `json:"one_of"` // it is one of To, and the input does not say which
	Text   string    `json:"text"`
	Reason string    `json:"reason"`
}

// Trail is a CloudTrail trail.
type Trail struct {
	Node
	Name         *string `json:"name"`
	Logging      *bool   `json:"logging"`
	MultiRegion  *bool   `json:"multi_region"`
	GlobalEvents *bool   `json:"global_events"`
	Organization *bool   `json:"organization"`
	Records      Records `json:"records"`
	LogGroup     Link    `json:"log_group"`
	GroupSuffix  string  `json:"group_suffix"` // what is wrong with the end of a known ARN
	Role         Check   `json:"role"`
}

// Check is what lets an event pass, with the reason.
type Check struct {
	State     CheckState `json:"state"`
	Code      string     `json:"code"` // the finding that says so
	Reason    string     `json:"reason"`
	Resource  string     `json:"resource"`
	Attribute string     `json:"attribute"`
	// Denies: a statement denies what is asked for, which no further one undoes.
	Denies bool `json:"denies"`
}

// LogGroup is a CloudWatch Logs log group.
type LogGroup struct {
	Node
	Name  *string `json:"name"`
	Class *string `json:"class"`
	// Filters: its class admits metric filters.
	Filters truth.Truth `json:"filters"`
	Key     Check       `json:"key"`
}

// MetricFilter is a metric filter with everything that hangs on it.
type MetricFilter struct {
	Node
	Name          *string             `json:"name"`
	Pattern       *string             `json:"pattern"`
	Series        Series              `json:"series"`
	Value         Published           `json:"value"`
	Default       *float64            `json:"default"`
	Contradiction string              `json:"contradiction"` // why AWS refuses the transformation
	Transformed   *bool               `json:"transformed"`
	Transform     Transformation      `json:"transform"` // of the fields that the pattern tests
	Criteria      *string             `json:"criteria"`
	Elsewhere     bool                `json:"elsewhere"` // the criteria leave out its own account or region
	LogGroup      Link                `json:"log_group"`
	Coverage      map[string]Coverage `json:"coverage"` // by control, those that the pattern is, may be or should be about
	Watchers      map[string]Watcher  `json:"watchers"` // by alarm
	Siblings      int                 `json:"siblings"` // filters on the group
	RegexSiblings int                 `json:"regex_siblings"`
}

// Series is the metric that a filter publishes.
type Series struct {
	Text       string   `json:"text"` // Namespace/Name
	Name       *string  `json:"name"`
	Namespace  *string  `json:"namespace"`
	Dimensions []string `json:"dimensions"`
	Unit       *string  `json:"unit"`
}

// Published is what a match publishes.
type Published struct {
	State PublishedState `json:"state"`
	Text  string         `json:"text"`
}

// Reads says whether a filter reads the group that a trail writes to.
type Reads struct {
	State  ReadsState `json:"state"`
	Reason string     `json:"reason"`
}

// Watcher is an alarm that watches a filter's series, or should.
type Watcher struct {
	Holds       truth.Truth  `json:"holds"`
	Differences []Difference `json:"differences"`
	Shared      string       `json:"shared"` // the account whose metric it is, where that is another than the alarm's
	Fires       Fires        `json:"fires"`
}

// Difference is one reason why an alarm does not watch a series.
type Difference struct {
	Kind      DifferenceKind `json:"kind"`
	Attribute string         `json:"attribute"`
	Sure      bool           `json:"sure"`
	Text      string         `json:"text"`
}

// Fires says what a burst of matching events does to an alarm.
type Fires struct {
	State    FiresState `json:"state"`
	Argument string     `json:"argument"` // of the alarm, the one to look at
	Reason   string     `json:"reason"`
	Events   int        `json:"events"` // the smallest burst inside one period that raises it
	Delay    int        `json:"delay"`  // seconds from the burst to ALARM
	Text     string     `json:"text"`   // both in words
	Warnings []Reason   `json:"warnings"`
}

// Reason is a finding code with the words for it.
type Reason struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

// Alarm is a metric alarm with those who act for it, itself among them.
type Alarm struct {
	Node
	Name *string `json:"name"`
	// Publishers are the filters that publish to what it watches.
	Publishers []Publisher      `json:"publishers"`
	WarmUp     string           `json:"warm_up"` // minutes after a change in which it may not act, "" for none
	Actors     map[string]Actor `json:"actors"`
}

// Actor is an alarm or composite alarm whose actions tell people.
type Actor struct {
	Address    string            `json:"address"`
	Composite  []string          `json:"composite"` // the composite alarms on the way, outermost last
	Fires      truth.Truth       `json:"fires"`     // when the alarm alone goes to ALARM
	Reason     string            `json:"reason"`
	Suppressor string            `json:"suppressor"`
	Suppressed bool              `json:"suppressed"` // the suppressor is in ALARM whenever it goes off
	Muted      []string          `json:"muted"`      // mute rules that name it
	Silenced   []string          `json:"silenced"`   // of these, those that never end
	Enabled    *bool             `json:"enabled"`
	Text       string            `json:"text"`
	Actions    map[string]Action `json:"actions"`
}

// Action is one place that an actor tells.
type Action struct {
	State   LinkState   `json:"state"`
	Group   string      `json:"group"`   // of actions with one group it is one, and the input does not say which
	Topic   string      `json:"topic"`   // "" where none can be named
	Foreign string      `json:"foreign"` // what it is instead of a topic
	Text    string      `json:"text"`
	Reason  string      `json:"reason"`
	NamedBy []int       `json:"named_by"` // entries of config.external that name the topic
	Region  truth.Truth `json:"region"`   // that of the alarm
	Publish Check       `json:"publish"`
	Key     Check       `json:"key"`
}

// Topic is an SNS topic.
type Topic struct {
	Node
	Name          *string  `json:"name"`
	ARN           *string  `json:"arn"`
	FIFO          *bool    `json:"fifo"`
	MaxMessage    *float64 `json:"max_message"` // bytes, null for 256 KiB
	Policies      []string `json:"policies"`    // addresses that set its policy
	Subscriptions []string `json:"subscriptions"`
	Delivering    []string `json:"delivering"` // of these, those that deliver
	// Undelivered says why nothing is delivered, where that is so.
	Undelivered []Check `json:"undelivered"`
}

// Subscription is a subscription to a topic.
type Subscription struct {
	Node
	Protocol *string  `json:"protocol"`
	Endpoint *string  `json:"endpoint"`
	Delivers Check    `json:"delivers"`
	Doubts   []Reason `json:"doubts"` // what to say of it where it delivers
}
