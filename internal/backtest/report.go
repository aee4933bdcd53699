package backtest

import (
	"bytes"
	_ "embed"

	"github.com/iacgate/iacgate/internal/alarm/replay"
	"github.com/iacgate/iacgate/internal/tally"
)

// A Report has the results of a backtest. Times are RFC 3339 in UTC.
type Report struct {
	Version  string    `json:"version"`
	Data     Data      `json:"data"`
	Alarms   []Alarm   `json:"alarms"`
	Controls []Control `json:"controls"`
	History  []Check   `json:"history,omitempty"`
	// PerWeek is the bound of episodes a week that was asked for.
	PerWeek *float64 `json:"max_per_week,omitempty"`
	Status  Status   `json:"status"`
	// Reasons say what the status follows from.
	Reasons []string `json:"reasons"`
}

//go:generate go test -run IsInStep -update .

//go:embed backtest.schema.json
var schema []byte

// Schema returns the JSON Schema (draft 2020-12) of a [Report]. Its fields are the
// struct's and its descriptions are the comments here: a test makes it.
func Schema() []byte { return bytes.Clone(schema) }

// Status compares the figures with a bound.
type Status string

// The statuses.
const (
	Within    Status = "within"    // the largest figures are within the bound, or there is none
	Beyond    Status = "beyond"    // the smallest figure of an alarm is beyond it, or events are missed
	Undecided Status = "undecided" // the bound lies between, or the data do not suffice
)

// Values returns all statuses.
func (Status) Values() []string { return []string{string(Within), string(Beyond), string(Undecided)} }

// Data describes the records that were read.
type Data struct {
	tally.Data
	From  string `json:"from"`
	To    string `json:"to"`
	Clock string `json:"clock"` // that records are counted by
	Hours int    `json:"hours"`
	// SilentHours have no record: nothing happened then, or they are missing.
	SilentHours int     `json:"silent_hours"`
	ProvenHours int     `json:"hours_proven_silent_by_digests"`
	Covered     float64 `json:"covered"` // share of the hours
	// Gaps are the silent and the proven hours, those that follow each other as one.
	Gaps         []Gap          `json:"gaps"`
	MissingFiles []string       `json:"missing_files"`
	Regions      []tally.Region `json:"regions"`
	Weeks        float64        `json:"weeks"` // of covered hours
	// Notes say what data of this kind cannot show.
	Notes []string `json:"notes,omitempty"`
}

// A Gap is hours without any record.
type Gap struct {
	From   string `json:"from"`
	To     string `json:"to"`
	Hours  int    `json:"hours"`
	Proven bool   `json:"proven_silent_by_digests,omitempty"`
}

// An Alarm is one alarm, replayed.
type Alarm struct {
	Input    string   `json:"input,omitempty"`
	When     []string `json:"when,omitempty"` // what is assumed, where the input may be one of several worlds
	State    string   `json:"state"`          // after or before the plan, or given by flags
	Controls []string `json:"controls"`
	Address  string   `json:"address,omitempty"`
	Name     string   `json:"name,omitempty"`
	Patterns []string `json:"patterns"`
	Settings string   `json:"settings"`
	// Period, Comparison and Threshold are those of the settings; a composite alarm has none.
	Period     int      `json:"period_minutes,omitempty"`
	Comparison string   `json:"comparison,omitempty"`
	Threshold  *float64 `json:"threshold,omitempty"`
	Rule       string   `json:"rule,omitempty"` // of a composite alarm
	// Unknown says why it is not replayed; the figures are then empty.
	Unknown string   `json:"unknown,omitempty"`
	Unsure  []string `json:"unsure,omitempty"`

	Matches int64 `json:"matches"`
	// Unfed are matches that the trails of the alarm's log groups do not record: of another
	// account or region, or left out by their selectors.
	Unfed    int64     `json:"matches_not_recorded_by_its_trails"`
	Range    Range     `json:"range"`
	Variants []Variant `json:"variants"`
	// Episodes are those of the first variant.
	Episodes []Episode `json:"episodes"`
	Days     []Day     `json:"days"`
	Groups   []Group   `json:"because_of"`
	Others   int64     `json:"matches_of_other_groups"`
	Proposal *Proposal `json:"proposal,omitempty"`

	Timeline replay.Timeline `json:"-"` // of the first variant, where it was asked for

	judged int // minutes after the warm-up
}

// Title is how an alarm is called.
func (a Alarm) Title() string {
	switch {
	case a.Address != "":
		return a.Address
	case a.Name != "":
		return a.Name
	case len(a.Controls) > 0:
		return a.Controls[0]
	}
	return "the alarm"
}

// A Range are the smallest and the largest figures of all variants.
type Range struct {
	Episodes       Ints   `json:"episodes"`
	PerWeek        Floats `json:"per_week"`
	MinutesInAlarm Ints   `json:"minutes_in_alarm"`
	ShareInAlarm   Floats `json:"share_in_alarm"`
}

// Ints and Floats are the ends of a range.
type (
	Ints struct {
		Least int `json:"least"`
		Most  int `json:"most"`
	}
	Floats struct {
		Least float64 `json:"least"`
		Most  float64 `json:"most"`
	}
)

// A Variant is one reading of what CloudWatch does not say.
type Variant struct {
	Clock          string `json:"clock"`
	Extra          int    `json:"extra_datapoints"`
	Episodes       int    `json:"episodes"`
	MinutesInAlarm int    `json:"minutes_in_alarm"`
}

// An Episode is one transition to ALARM, which is one message.
type Episode struct {
	Start   string `json:"start"`
	End     string `json:"end"`
	Minutes int    `json:"minutes"`
	Before  bool   `json:"began_before_the_data,omitempty"`
	Open    bool   `json:"goes_on_after_the_data,omitempty"`
	Matches int64  `json:"matches"` // in the data points that raised it and until its end
	Because []Part `json:"because_of"`

	start, end int64
}

// A Part is a group's part of an episode.
type Part struct {
	Caller  tally.Caller `json:"caller"`
	Matches int64        `json:"matches"`
	// Events are ids of events of its first minutes, in an episode.
	Events []string `json:"first_event_ids,omitempty"`
}

// A Day is one day of an alarm.
type Day struct {
	Day      string `json:"day"`
	Matches  int64  `json:"matches"`
	Episodes int    `json:"episodes"` // that begin on it
	Minutes  int    `json:"minutes_in_alarm"`
}

// A Group is the matches of one caller and call.
type Group struct {
	Caller    tally.Caller `json:"caller"`
	Matches   int64        `json:"matches"`
	Days      int          `json:"days"`
	Burst     int64        `json:"most_in_a_minute"`
	First     string       `json:"first_seen"`
	Events    []string     `json:"first_event_ids"`
	Addresses []string     `json:"source_ip_addresses,omitempty"`
	Sessions  []string     `json:"sessions,omitempty"`
	AtLeast   bool         `json:"at_least,omitempty"` // some of its matches are not counted here
}

// A Control has the events of a control that no alarm counts.
type Control struct {
	Input   string   `json:"input,omitempty"`
	When    []string `json:"when,omitempty"`
	State   string   `json:"state"`
	Control string   `json:"control"`
	// Unknown says why it is not known what its alarms count; the rest is then empty.
	Unknown string `json:"unknown,omitempty"`
	// Alarms is how many alarms are about it.
	Alarms int    `json:"alarms"`
	Events int64  `json:"events"` // that the reference pattern matches
	Missed Missed `json:"missed"`
	// Perhaps are events that look like denials and that neither the alarms nor the
	// reference match.
	Perhaps Missed `json:"perhaps_missed"`
}

// Missed are events that no alarm counts.
type Missed struct {
	Events int64   `json:"events"`
	Groups []Group `json:"groups"`
}

// A Proposal has changes that keep an alarm within a bound, with their price. Nothing is
// applied.
type Proposal struct {
	PerWeek float64 `json:"max_per_week"`
	// Threshold is nil where none is proposed; Why says why.
	Threshold  *Threshold  `json:"threshold,omitempty"`
	Why        string      `json:"why,omitempty"`
	Exclusions []Exclusion `json:"exclusions"`
}

// A Threshold is the smallest from which on every one up to the limit keeps the alarm
// quiet, in all variants.
type Threshold struct {
	Value  float64 `json:"value"`
	Limit  float64 `json:"limit"`
	Fitted Range   `json:"first_half"`
	Tested Range   `json:"second_half"`
	// Lost are the episodes of today's threshold that the first variant would not have
	// with this one, and who caused them.
	Lost   int    `json:"episodes_lost"`
	Unseen []Part `json:"lost_because_of"`
	// Kept are those that it would still have.
	Kept  int    `json:"episodes_kept"`
	Heard []Part `json:"kept_because_of"`
	// Confirmed: the second half is within the bound, too.
	Confirmed bool `json:"confirmed"`
}

// An Exclusion keeps one group out of an alarm.
type Exclusion struct {
	Caller  tally.Caller `json:"caller"`
	Matches int64        `json:"matches"`
	Days    int          `json:"days"`
	Burst   int64        `json:"most_in_a_minute"`
	Removed Ints         `json:"episodes_removed"`
	Left    Ints         `json:"episodes_left"`
	// Condition is true of the group's events; Pattern is the filter's with a guard
	// against them, and Declaration the entry of .iacgate.yaml that declares them.
	Condition   string `json:"condition"`
	Pattern     string `json:"pattern"`
	Declaration string `json:"declaration"`
}

// A Check compares a replay with what the alarm really did.
type Check struct {
	Alarm string `json:"alarm"`
	// Recorded are the transitions to ALARM that the history has in the time of the data,
	// Replayed those of the first variant.
	Recorded int `json:"recorded"`
	Replayed int `json:"replayed"`
	Both     int `json:"both"` // within some minutes of each other
	// OnlyRecorded and OnlyReplayed are the times of the others.
	OnlyRecorded []string `json:"only_recorded"`
	OnlyReplayed []string `json:"only_replayed"`
}
