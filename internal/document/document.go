// Package document defines the document that policies judge: its types and their allowed
// words, and its JSON Schema. It also removes sensitive values from a document.
//
// Policies compare these words, so each list is complete: the schema has it as an
// enumeration, and a policy that uses another word fails its test.
//
// It does not find facts, which package facts does, and does not say what a control
// requires, which is Rego.
package document

import (
	"bytes"
	_ "embed"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/finding"
	"github.com/iacgate/iacgate/internal/verdict"
)

// Version is that of the document's form. It changes when a member is renamed or gets another
// meaning; a new member changes only the schema.
const Version = "1"

// A Document is the input of policies. A fact that is null is unset
// or cannot be seen; the latter are named in the node's Unknown, with what
// would settle them.
type Document struct {
	Version    string                  `json:"version"`
	Path       string                  `json:"path"`
	Format     string                  `json:"format"`
	When       []string                `json:"when"`       // what is assumed, where there are several cases
	Case       *Case                   `json:"case"`       // which of several cases it is; null if there is one
	Incomplete []string                `json:"incomplete"` // why the input does not show everything; what is absent is unknown, and nothing passes
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

	Unused []string `json:"unused"` // entries of config.external that nothing needs
}

// A Case says that the document is one of several of its input, which are judged together:
// a verdict has to hold in all of them.
type Case struct {
	Number int    `json:"number"` // from 1
	Of     int    `json:"of"`
	Differ string `json:"differ"` // the finding where their verdicts differ
}

// ControlFacts are the facts that a policy needs about its own control.
type ControlFacts struct {
	Events    string `json:"events"`
	MustMatch string `json:"must_match"`
	// Sources are those that the control's events come from, none if any may.
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
	// is judged, and nothing is known. 0 if there are no more.
	Excess int `json:"excess"`
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

// A Gap is a part of the input that was not read: what is missing in one of its
// links is not known to be missing.
type Gap struct {
	Text  string   `json:"text"`
	Links []string `json:"links"`
	// Decides: it may hold what makes a control relevant.
	Decides bool `json:"decides"`

	// Module is the source or the address of the module that it is, "" for another
	// thing.
	Module string `json:"module"`
}

//go:generate go test -run TestSchemaIsInStep -update .
//go:generate go test -run TestPageIsInStep -update .

//go:embed document.schema.json
var schema []byte

// Schema returns the JSON Schema (draft 2020-12) of a [Document]. Its fields are
// the struct's and its descriptions are the comments here: a test makes it.
func Schema() []byte { return bytes.Clone(schema) }

// TakenState says how sure it is that resources are one in AWS.
type TakenState string

const (
	TakenSure      TakenState = "sure"
	TakenUndecided TakenState = "undecided" // whether one of them exists is
	TakenApart     TakenState = "apart"     // region or account are not known to be the same
)

// Values returns all states.
func (TakenState) Values() []string { return words(TakenSure, TakenUndecided, TakenApart) }

// Taken are resources that AWS keeps under one name: the later call overwrites what
// the earlier one made, and the input does not say which is later. Alarms and
// composite alarms have one name space, metric filters one in each log group.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
type Taken struct {
	Link      verdict.Link `json:"link"`      // the one that they are of: alarm or metric_filter
	Attribute string       `json:"attribute"` // that holds the name
	Resources []string     `json:"resources"`
	State     TakenState   `json:"state"`
	Reason    string       `json:"reason"` // why it is not sure
}

// stricter are the levels that a profile raises: codes that nobody has recorded
// count as well, and Security Hub compares patterns, so that more is wrong, too.
var stricter = map[string]map[string]verdict.Level{
	"strict":       {"pattern-narrower-than-reference": verdict.Error},
	"security-hub": {"pattern-narrower-than-reference": verdict.Error, "pattern-is-wide": verdict.Error, "pattern-enumerates": verdict.Error},
}

// Levels returns the levels of all finding codes, with those of the profile and the
// configured ones on top.
func Levels(c config.Config) map[string]string {
	out := map[string]string{}
	for code, level := range finding.Levels() {
		out[code] = string(level)
	}
	for code, level := range stricter[c.Profile] {
		out[code] = string(level)
	}
	for code, level := range c.Levels {
		out[code] = string(level)
	}
	return out
}
