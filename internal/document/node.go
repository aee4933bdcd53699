package document

// Node has the fields that all nodes share. Unknown names the arguments that decide
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
	// Uncertain says why it is not known whether it exists.
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

// Check says whether a permission lets an event pass, with the reason.
type Check struct {
	State     CheckState `json:"state"`
	Code      string     `json:"code"` // the finding that says so
	Reason    string     `json:"reason"`
	Resource  string     `json:"resource"`
	Attribute string     `json:"attribute"`
	// Denies: a statement denies what is asked for, which no further one undoes.
	Denies bool `json:"denies"`
}

// Reason is a finding code with the words for it.
type Reason struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

// A Refusal is why AWS, or the provider, refuses a resource: apply fails, and there
// is none.
type Refusal struct {
	Attribute string `json:"attribute"`
	Reason    string `json:"reason"`
}

// CheckState is how a check of what lets an event pass ends.
type CheckState string

const (
	OK        CheckState = "ok"
	Unasked   CheckState = "none" // there is nothing to ask
	Guessed   CheckState = "inferred"
	Partial   CheckState = "partial" // for some of what passes
	Hidden    CheckState = "hidden"  // what decides is elsewhere, and nothing speaks against it
	Undecided CheckState = "unknown"
	Outside   CheckState = "outside" // what is asked is managed elsewhere
	Broken    CheckState = "broken"
)

// Values returns all states of a check.
func (CheckState) Values() []string {
	return words(OK, Unasked, Guessed, Partial, Hidden, Undecided, Outside, Broken)
}

// LinkState says how certain the reference of an argument is.
type LinkState string

const (
	LinkNone     LinkState = "none"
	LinkKnown    LinkState = "known"
	LinkInferred LinkState = "inferred"
	LinkExternal LinkState = "external"
	LinkUnknown  LinkState = "unknown"
)

// Values returns all states of a link.
func (LinkState) Values() []string {
	return words(LinkNone, LinkKnown, LinkInferred, LinkExternal, LinkUnknown)
}

func words[T ~string](all ...T) []string {
	out := make([]string, len(all))
	for i, word := range all {
		out[i] = string(word)
	}
	return out
}
