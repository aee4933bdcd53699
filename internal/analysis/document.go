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
	"github.com/iacgate/iacgate/internal/verdict"
)

// A Document is what policies judge: their input. A fact that is null is unset
// or cannot be seen; the latter are named in the node's Unknown, with what
// would settle them.
type Document struct {
	Version    string                  `json:"version"`
	Path       string                  `json:"path"`
	Format     string                  `json:"format"`
	Incomplete []string                `json:"incomplete"` // why absence proves nothing
	Config     config.Config           `json:"config"`
	Levels     map[string]string       `json:"levels"`   // finding code -> level, the configured ones applied
	Controls   map[string]ControlFacts `json:"controls"` // the controls that are asked for
	// Before is what was said of the world before this plan, by control. It is
	// empty where there was none.
	Before  map[string]Past `json:"before"`
	Deleted []Deleted       `json:"deleted"` // what this plan deletes

	Trails        []Trail         `json:"trails"`
	LogGroups     []LogGroup      `json:"log_groups"`
	MetricFilters []MetricFilter  `json:"metric_filters"`
	Alarms        []Alarm         `json:"alarms"`
	Topics        []Topic         `json:"topics"`
	Subscriptions []Subscription  `json:"subscriptions"`
	Other         []OtherResource `json:"other"` // recognised, not judged
}

// ControlFacts are what a policy needs to know of its own control.
type ControlFacts struct {
	Events    string `json:"events"`
	MustMatch string `json:"must_match"`
}

// Past is what was said of a control in the world before the plan.
type Past struct {
	Verdict  verdict.Verdict   `json:"verdict"`
	Chain    *verdict.Chain    `json:"chain"`
	Findings []verdict.Finding `json:"findings"`
}

// Deleted is a resource that exists and that this plan deletes.
type Deleted struct {
	Address string `json:"address"`
	Type    string `json:"type"`
	Reason  string `json:"reason,omitempty"`
	Name    string `json:"name,omitempty"`
	ARN     string `json:"arn,omitempty"`
}

// OtherResource is a resource that iacgate knows and does not judge.
type OtherResource struct {
	Address string `json:"address"`
	Type    string `json:"type"`
}

// Node is what all nodes have in common.
type Node struct {
	Address  string            `json:"address"` // or the name of what is external
	External bool              `json:"external"`
	Change   string            `json:"change,omitempty"`
	Drifted  []string          `json:"drifted,omitempty"`
	Region   string            `json:"region,omitempty"`
	Account  string            `json:"account,omitempty"`
	Unknown  map[string]string `json:"unknown"` // fact -> what it is, as the code names it
}

// Link is a reference to other nodes.
type Link struct {
	State  string   `json:"state"` // none, known, inferred, external, unknown
	To     []string `json:"to"`
	OneOf  bool     `json:"one_of"` // it is one of To, and the input does not say which
	Text   string   `json:"text,omitempty"`
	Reason string   `json:"reason,omitempty"`
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
	GroupSuffix  string  `json:"group_suffix"` // of a known ARN: "ok", "missing", "doubled"
	Role         Check   `json:"role"`
}

// Check is a three-valued answer with its reason. State is ok, broken, unknown
// or none (there is nothing to ask).
type Check struct {
	State     string `json:"state"`
	Code      string `json:"code,omitempty"` // the finding that says so
	Reason    string `json:"reason,omitempty"`
	Resource  string `json:"resource,omitempty"`
	Attribute string `json:"attribute,omitempty"`
}

// LogGroup is a CloudWatch Logs log group.
type LogGroup struct {
	Node
	Name  *string `json:"name"`
	Class *string `json:"class"`
	Key   Check   `json:"key"`
}

// MetricFilter is a metric filter with everything that hangs on it.
type MetricFilter struct {
	Node
	Name        *string             `json:"name"`
	Pattern     *string             `json:"pattern"`
	Series      Series              `json:"series"`
	Value       Published           `json:"value"`
	Default     *float64            `json:"default"`
	Transformed *bool               `json:"transformed"`
	Criteria    *string             `json:"criteria"`
	LogGroup    Link                `json:"log_group"`
	Reads       []Reads             `json:"reads"`
	Coverage    map[string]Coverage `json:"coverage"` // by control
	Watchers    []Watcher           `json:"watchers"`
	Twins       []string            `json:"twins"` // filters of the same name on the same group
	Siblings    int                 `json:"siblings"`
	RegexCount  int                 `json:"regex_siblings"` // filters with a regex on the group
}

// Series is the metric that a filter publishes.
type Series struct {
	Text       string   `json:"text"` // Namespace/Name
	Name       *string  `json:"name"`
	Namespace  *string  `json:"namespace"`
	Dimensions []string `json:"dimensions"`
	Unit       *string  `json:"unit"`
}

// Published is what a match publishes: State is number, zero, selector or
// unknown.
type Published struct {
	State string `json:"state"`
	Text  string `json:"text"`
}

// Reads says whether a filter reads the group that a trail writes to: State is
// same, inferred, different, other-place or unknown.
type Reads struct {
	Trail  string `json:"trail"`
	State  string `json:"state"`
	Reason string `json:"reason,omitempty"`
}

// Watcher is an alarm that watches a filter's series, or should.
type Watcher struct {
	Alarm       string       `json:"alarm"`
	Holds       string       `json:"holds"` // yes, no, unknown
	Differences []Difference `json:"differences"`
	Opaque      string       `json:"opaque,omitempty"`
	Fires       Fires        `json:"fires"`
}

// Difference is one reason why an alarm does not watch a series.
type Difference struct {
	Kind      string `json:"kind"` // name, namespace, dimensions, unit, region, filter-name
	Attribute string `json:"attribute"`
	Sure      bool   `json:"sure"`
	Text      string `json:"text"`
}

// Fires says what a burst of matching events does to an alarm.
type Fires struct {
	State    string   `json:"state"`  // yes, no, unknown
	Events   int      `json:"events"` // the smallest burst inside one period that raises it
	Delay    int      `json:"delay"`  // seconds from the burst to ALARM
	Returns  bool     `json:"returns"`
	Always   bool     `json:"always"`
	Reasons  []Reason `json:"reasons"`
	Refused  []Reason `json:"refused"`
	Warnings []Reason `json:"warnings"`
	Unknown  string   `json:"unknown,omitempty"`
	// Argument is the alarm's argument that is to blame, if it is one.
	Argument string `json:"argument,omitempty"`
}

// Reason is a typed reason of the alarm evaluation.
type Reason struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

// Alarm is a metric alarm with those who act for it: itself first, then the
// composite alarms over it.
type Alarm struct {
	Node
	Name   *string  `json:"name"`
	Muted  []string `json:"muted"` // mute rules that name it
	Actors []Actor  `json:"actors"`
}

// Actor is an alarm or composite alarm whose actions tell people.
type Actor struct {
	ID         string   `json:"id"` // unique in the document
	Alarm      string   `json:"alarm"`
	Composite  []string `json:"composite"` // the composite alarms on the way, outermost last
	Fires      string   `json:"fires"`     // when the alarm alone goes to ALARM: yes, no, unknown
	Reason     string   `json:"reason,omitempty"`
	Suppressor string   `json:"suppressor,omitempty"`
	Enabled    *bool    `json:"enabled"`
	Has        string   `json:"has"` // none, some, unknown
	Text       string   `json:"text,omitempty"`
	Actions    []Action `json:"actions"`
}

// Action is one place that an actor tells.
type Action struct {
	ID      string `json:"id"`
	State   string `json:"state"`           // known, inferred, external, unknown
	Group   string `json:"group,omitempty"` // actions of one group: it is one of them
	Topic   string `json:"topic,omitempty"`
	Foreign string `json:"foreign,omitempty"` // what it is instead of a topic
	Text    string `json:"text,omitempty"`
	Reason  string `json:"reason,omitempty"`
	Region  string `json:"region"` // same, different, unknown
	Publish Check  `json:"publish"`
	Key     Check  `json:"key"`
}

// Topic is an SNS topic.
type Topic struct {
	Node
	Name          *string  `json:"name"`
	ARN           *string  `json:"arn"`
	FIFO          *bool    `json:"fifo"`
	Policies      []string `json:"policies"` // addresses that set its policy
	Subscriptions []string `json:"subscriptions"`
	Perhaps       []string `json:"perhaps"` // subscriptions that may be on it
}

// Subscription is a subscription to a topic.
type Subscription struct {
	Node
	Protocol *string `json:"protocol"`
	Endpoint *string `json:"endpoint"`
	Delivers Check   `json:"delivers"`
	Doubts   []Doubt `json:"doubts"`
}

// Doubt is something to say about a subscription that delivers.
type Doubt struct {
	Code   string `json:"code"`
	Reason string `json:"reason"`
}
