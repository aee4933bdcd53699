package document

// A Candidate is one path from a trail to a topic, with "" for a node that the
// input does not have. Candidates are sorted by their addresses. A filter goes
// with the trails that write to its group, or may; if none may, with one other.
// Of paths that differ only in names, the list has the first.
type Candidate struct {
	Index     int    `json:"index"`
	Trail     string `json:"trail"`
	Assumed   bool   `json:"assumed"` // the input has no trail, so one is assumed elsewhere
	FedBy     string `json:"fed_by"`  // what may bring events into the group without a trail
	LogGroup  string `json:"log_group"`
	GroupName string `json:"group_name"`
	NamedBy   []int  `json:"named_by"` // entries of config.external that name the group
	Filter    string `json:"filter"`
	Alarm     string `json:"alarm"`
	Notifier  string `json:"actor"`
	Action    string `json:"action"`
	Topic     string `json:"topic"`
	Reads     Reads  `json:"reads"`
	// What this plan deletes and the candidate needs.
	DeletedTrail string `json:"deleted_trail"`
	DeletedGroup string `json:"deleted_group"`
	DeletedTopic string `json:"deleted_topic"`
	// Reach is how many links it has; nothing after a missing node is judged.
	Reach int `json:"reach"`
	// Alternatives are candidates that differ in one hidden value: the input does not
	// say which of them is real.
	Alternatives []int `json:"rivals"`
	// Set is which of the control's sets of filters it belongs to, -1 for none;
	// PartnerFilters are the other filters of that set.
	Set            int      `json:"set"`
	PartnerFilters []string `json:"with"`
}

// Reads reports whether a filter reads the group that a trail writes to.
type Reads struct {
	State  ReadsState `json:"state"`
	Reason string     `json:"reason"`
}

// A Set is several filters on one log group none of which covers a control, and
// which together do: nothing is lost if each has an alarm of its own. A set of
// one filter says that it may be part of a set, and that this is not decided.
type Set struct {
	Filters []string `json:"filters"`
	// Patterns is the coverage of each, with what all of them together lose.
	Patterns map[string]Coverage `json:"patterns"`
}

// ReadsState reports whether a filter reads the group that a trail writes to.
type ReadsState string

const (
	ReadsNothing    ReadsState = ""     // there is no filter
	ReadsNone       ReadsState = "none" // the trail writes to no group
	ReadsSame       ReadsState = "same"
	ReadsInferred   ReadsState = "inferred"
	ReadsDifferent  ReadsState = "different"
	ReadsOtherPlace ReadsState = "other-place"
	ReadsUnknown    ReadsState = "unknown"
)

// Values returns all states.
func (ReadsState) Values() []string {
	return words(ReadsNothing, ReadsNone, ReadsSame, ReadsInferred, ReadsDifferent, ReadsOtherPlace, ReadsUnknown)
}
