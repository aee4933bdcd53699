// Package verdict has the results of a run: controls, findings, chains and verdicts, as
// plain data in one total order, and the exit status that follows from them.
//
// It decides no link of a chain (the Rego policies do) and prints nothing (package report
// does). It applies waivers and baselines, because these need a clock and a path.
package verdict

import (
	"cmp"
	"slices"
)

// A Verdict is the answer to one control on one input.
type Verdict string

const (
	Pass    Verdict = "pass"
	Fail    Verdict = "fail"
	Unknown Verdict = "unknown"
	Skip    Verdict = "skip"
	Waived  Verdict = "waived"
)

// Verdicts are all verdicts, from the one that matters most.
var Verdicts = []Verdict{Fail, Unknown, Waived, Pass, Skip}

// Link is one of the nine links of a chain.
type Link string

// Links are the links of a chain, from the trail to the subscribers.
var Links = []Link{
	"trail", "log_group", "metric_filter", "pattern", "metric", "alarm", "action", "topic", "subscription",
}

// State reports whether one link of the shown candidate holds.
type State string

const (
	OK        State = "ok"
	Inferred  State = "inferred"
	Undecided State = "unknown"
	Broken    State = "broken"
	Missing   State = "missing"
	NotJudged State = "" // after a missing resource
)

// Holds reports whether a link in this state carries the event on.
func (s State) Holds() bool { return s == OK || s == Inferred }

// Level says what a finding does to its chain.
type Level string

const (
	Error   Level = "error"   // breaks the chain
	Unclear Level = "unknown" // cannot be seen
	Warning Level = "warning" // holds, but an expert would raise an eyebrow
	Note    Level = "note"
)

// Levels are all levels, the most severe first.
var Levels = []Level{Error, Unclear, Warning, Note}

// A Finding is one thing to say about a chain.
type Finding struct {
	Code  string `json:"code"`
	Link  Link   `json:"link,omitempty"`
	Level Level  `json:"level"`
	// DefaultLevel is the usual level where the configuration has another; "" if
	// it has not.
	DefaultLevel Level          `json:"default_level,omitempty"`
	Message      string         `json:"message"`
	Resource     string         `json:"resource,omitempty"`
	Attribute    string         `json:"attribute,omitempty"`
	Location     *Location      `json:"location,omitempty"`
	Witness      map[string]any `json:"witness,omitempty"` // an event that shows the fault
	Telling      []string       `json:"-"`                 // fields of Witness that matter, for short forms of it
	Cause        string         `json:"cause,omitempty"`   // what this plan has to do with it
	Fix          string         `json:"fix,omitempty"`
	Change       *Change        `json:"change,omitempty"` // Fix as code, if it is code
	// Wanted is Change with the values that it is about, and is set where these are known
	// and no code can be printed because the resource shares its block with others.
	Wanted *Change `json:"-"`
	// Instead makes the change that adds another resource, for where Change does not help;
	// it returns nil if there is none. It is nil unless somebody asks for it, because it
	// holds the input.
	Instead func() *Change `json:"-"`
	// Waiver is what accepts it.
	Waiver *Waiver  `json:"waiver,omitempty"`
	Source *Excerpt `json:"-"` // the code at Location, for forms that show it
	// Metadata is additional data from a user's policy.
	Metadata map[string]any `json:"metadata,omitempty"`

	// Beside is the resource at Location, if the finding itself has no resource.
	Beside string `json:"-"`
	// Inline are the waivers in the code at its place.
	Inline []*Waiver `json:"-"`
}

// Location is a place in a source file; Line and Column count from 1.
type Location struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column,omitempty"`
	// Calls are the module calls that lead there, the innermost first.
	Calls []Location `json:"calls,omitempty"`
}

// An Excerpt is a few lines of code, without secrets.
type Excerpt struct {
	First int // the number of the first line
	Lines []string
}

// Chain is the shown candidate. A link that does not exist is empty; an
// external one is its text.
type Chain struct {
	Trail          string   `json:"trail,omitempty"`
	LogGroup       string   `json:"log_group,omitempty"`
	MetricFilter   string   `json:"metric_filter,omitempty"`
	Metric         string   `json:"metric,omitempty"`
	Alarm          string   `json:"alarm,omitempty"`
	CompositeAlarm string   `json:"composite_alarm,omitempty"`
	Topic          string   `json:"topic,omitempty"`
	Subscriptions  []string `json:"subscriptions,omitempty"`
	With           []Chain  `json:"with,omitempty"` // further paths: together they cover the control
}

// Step is one link of the shown candidate as a person reads it.
type Step struct {
	Link     Link   `json:"link"`
	State    State  `json:"state"`
	Resource string `json:"resource,omitempty"` // address, or the text of what is external
	Detail   string `json:"detail,omitempty"`   // log group name, pattern, "1 event, within 5 minutes"
}

// A Candidate is one chain that was considered, with its first fault.
type Candidate struct {
	Chain   Chain    `json:"chain"`
	Verdict Verdict  `json:"verdict"`
	Fault   *Finding `json:"fault,omitempty"`
}

// A Result is the answer to one control on one input.
type Result struct {
	Control    string            `json:"control"`
	Title      string            `json:"title,omitempty"`
	Severity   string            `json:"severity,omitempty"`
	References map[string]string `json:"references,omitempty"`
	Input      string            `json:"input"`
	Verdict    Verdict           `json:"verdict"`
	Chain      *Chain            `json:"chain,omitempty"`
	Links      []Step            `json:"links,omitempty"`
	Findings   []Finding         `json:"findings"`
	Waiver     *Waiver           `json:"waiver,omitempty"` // what made it waived
	// Candidates are all chains that were considered, where they were asked for.
	Candidates []Candidate `json:"candidates,omitempty"`
	// With is how far the paths of Chain.With get.
	With []Candidate `json:"-"`
	// Before is the verdict of the world before the plan, if it was another.
	Before Verdict `json:"before,omitempty"`
	// Unread: nothing that was read concerns the control, but a part that was not read
	// may.
	Unread bool `json:"-"`
}

// Input says what was read.
type Input struct {
	Path      string   `json:"path"`
	Format    string   `json:"format"`
	Resources int      `json:"resources"` // managed resources in the input
	Relevant  int      `json:"relevant"`  // of these, those that were judged
	Changed   int      `json:"changed,omitempty"`
	Notes     []string `json:"notes"`
}

// Report is the complete result of a run.
type Report struct {
	// Configuration is what influenced the run besides its flags; nil if everything is at
	// its default.
	Configuration *Configuration `json:"configuration,omitempty"`
	Inputs        []Input        `json:"inputs"`
	Results       []Result       `json:"results"`
	Summary       Summary        `json:"summary"`
}

// Summary counts results by verdict.
type Summary struct {
	Pass     int     `json:"pass"`
	Fail     int     `json:"fail"`
	Unknown  int     `json:"unknown"`
	Skip     int     `json:"skip"`
	Waived   int     `json:"waived"`
	Warnings int     `json:"warnings"`
	Verdict  Verdict `json:"verdict"`
}

// Summarise counts results, and warnings that are not accepted; the verdict is the worst
// one, or skip if there are no results.
func Summarise(results []Result) Summary {
	count := map[Verdict]int{}
	s := Summary{Verdict: Skip}
	for _, r := range results {
		count[r.Verdict]++
		for _, f := range r.Findings {
			if f.Level == Warning && f.Waiver == nil {
				s.Warnings++
			}
		}
	}
	s.Pass, s.Fail, s.Unknown, s.Skip, s.Waived = count[Pass], count[Fail], count[Unknown], count[Skip], count[Waived]
	for _, v := range Verdicts {
		if count[v] > 0 {
			s.Verdict = v
			break
		}
	}
	return s
}

// Sort puts findings into the one order that all outputs share: along the
// chain, the most severe first, then by code, resource and attribute.
func Sort(findings []Finding) {
	slices.SortFunc(findings, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(slices.Index(Links, a.Link), slices.Index(Links, b.Link)),
			cmp.Compare(slices.Index(Levels, a.Level), slices.Index(Levels, b.Level)),
			cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Resource, b.Resource),
			cmp.Compare(a.Attribute, b.Attribute),
			cmp.Compare(a.Message, b.Message),
		)
	})
}

// Gate says what the verdicts mean for the exit status.
type Gate struct {
	AllowUnknown bool
	FailOnWarn   bool
	FailOnWaived bool
}

// Exit statuses of iacgate. 2 means that nothing was judged.
const (
	ExitOK      = 0
	ExitFail    = 1
	ExitError   = 2
	ExitUnknown = 3
)

// Exit returns the exit status of a run that judged its inputs.
func (g Gate) Exit(s Summary) int {
	switch {
	case s.Fail > 0, g.FailOnWarn && s.Warnings > 0, g.FailOnWaived && s.Waived > 0:
		return ExitFail
	case s.Unknown > 0 && !g.AllowUnknown:
		return ExitUnknown
	}
	return ExitOK
}
