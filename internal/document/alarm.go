package document

import (
	"github.com/iacgate/iacgate/internal/cloudtrail"
	"github.com/iacgate/iacgate/internal/truth"
)

// Watcher is an alarm that watches a filter's series, or should.
type Watcher struct {
	Matches     truth.Truth  `json:"holds"`
	Differences []Difference `json:"differences"`
	Shared      string       `json:"shared"` // the account whose metric it is, if that is another than the alarm's
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

// Alarm is a metric alarm with those who act for it, itself among them.
type Alarm struct {
	Node
	Name *string `json:"name"`
	// Publishers are the filters that publish to what it watches.
	Publishers []Publisher         `json:"publishers"`
	WarmUp     string              `json:"warm_up"` // minutes after a change in which it may not act, "" for none
	Notifiers  map[string]Notifier `json:"actors"`
}

// Notifier is an alarm or composite alarm whose actions tell people.
type Notifier struct {
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
	Topic   string      `json:"topic"`   // "" if none can be named
	Foreign string      `json:"foreign"` // what it is instead of a topic
	Text    string      `json:"text"`
	Reason  string      `json:"reason"`
	NamedBy []int       `json:"named_by"` // entries of config.external that name the topic
	Region  truth.Truth `json:"region"`   // that of the alarm
	Publish Check       `json:"publish"`
	Key     Check       `json:"key"`
}

// A Publisher is a filter that publishes to the series of an alarm, whatever its
// group: CloudWatch adds up what all of them publish.
type Publisher struct {
	Filter string `json:"filter"`
	// Everyday is an everyday event that it matches, by control: none if it
	// matches none that is not the control's own.
	Everyday map[string]cloudtrail.Event `json:"everyday"`
	Unknown  string                      `json:"unknown"` // why its pattern is not known
}

// FiresState is the effect of a burst of matching events on an alarm.
type FiresState string

const (
	Fired        FiresState = "fires"
	FiresNever   FiresState = "never"
	FiresAlways  FiresState = "always" // it is in ALARM without any event
	FiresRefused FiresState = "refused"
	FiresUnknown FiresState = "unknown"
)

// Values returns all states.
func (FiresState) Values() []string {
	return words(Fired, FiresNever, FiresAlways, FiresRefused, FiresUnknown)
}

// DifferenceKind is in what an alarm's series differs from a filter's.
type DifferenceKind string

const (
	ByName       DifferenceKind = "name"
	ByNamespace  DifferenceKind = "namespace"
	ByDimensions DifferenceKind = "dimensions"
	ByUnit       DifferenceKind = "unit"
	ByAccount    DifferenceKind = "account"
	ByRegion     DifferenceKind = "region"
	ByFilterName DifferenceKind = "filter-name"
)

// Values returns all kinds of difference.
func (DifferenceKind) Values() []string {
	return words(ByName, ByNamespace, ByDimensions, ByUnit, ByAccount, ByRegion, ByFilterName)
}
