package document

import (
	"github.com/iacgate/iacgate/internal/truth"
)

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

// Published is the value that a match publishes.
type Published struct {
	State PublishedState `json:"state"`
	Text  string         `json:"text"`
}

// Records says which management events a trail records, by its selectors.
type Records struct {
	Management truth.Truth `json:"management"` // any of them at all
	// Lost says in words what is lost of the events that a control is about,
	// "write" or "read and write"; "" for nothing.
	Lost map[string]string `json:"lost"`
	// Excluded are the event sources of which less is recorded than of others.
	Excluded  []string `json:"excluded"`
	Attribute string   `json:"attribute"` // where it is written
	Unknown   string   `json:"unknown"`   // what cannot be seen
}

// PublishedState is the kind of value that a metric filter publishes.
type PublishedState string

const (
	PublishesNumber   PublishedState = "number"
	PublishesZero     PublishedState = "zero"
	PublishesSelector PublishedState = "selector"
	PublishesInvalid  PublishedState = "invalid" // AWS refuses it
	PublishesUnknown  PublishedState = "unknown"
)

// Values returns all kinds.
func (PublishedState) Values() []string {
	return words(PublishesNumber, PublishesZero, PublishesSelector, PublishesInvalid, PublishesUnknown)
}

// TransformState says whether transformers keep the fields that a pattern tests.
type TransformState string

const (
	TransformsNothing TransformState = "nothing"
	TransformsField   TransformState = "field"
	TransformsUnknown TransformState = "unknown"
)

// Values returns all states.
func (TransformState) Values() []string {
	return words(TransformsNothing, TransformsField, TransformsUnknown)
}

// Transformation says what a transformer does to the fields that a pattern tests,
// where the filter asks for transformed events.
type Transformation struct {
	State  TransformState `json:"state"`
	Reason string         `json:"reason"`
}
