package verdict

import (
	"encoding/json"
	"time"
)

// A Waiver accepts findings of a control for some inputs. Empty globs match everything.
type Waiver struct {
	Control  string `json:"control"`            // glob over control ids and their numbers in benchmarks
	Path     string `json:"path,omitempty"`     // glob over input paths; ** crosses directories
	Resource string `json:"resource,omitempty"` // glob over the addresses in the findings
	Reason   string `json:"reason"`
	Owner    string `json:"owner,omitempty"`
	Ticket   string `json:"ticket,omitempty"`
	Expires  Date   `json:"expires,omitzero"` // the last day, UTC; zero is for ever
	// Location is where it is written.
	Location *Location `json:"location,omitempty"`
	// With are the further waivers that it takes to accept all of a result.
	With []Waiver `json:"with,omitempty"`

	Base string `json:"-"` // directory that Path is relative to, beside the input as given
	// Inline says that it is a comment or metadata in the code of Input. The findings at
	// its place have it in Inline.
	Inline bool   `json:"-"`
	Input  string `json:"-"`
}

// Date is a day in UTC.
type Date struct{ time.Time }

// ParseDate reads a day such as 2027-01-31.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	return Date{t}, err
}

func (d Date) String() string { return d.Format(time.DateOnly) }

// MarshalJSON writes the day alone.
func (d Date) MarshalJSON() ([]byte, error) { return json.Marshal(d.String()) }

// Expired reports whether the whole last day is over.
func (w *Waiver) Expired(now time.Time) bool {
	return !w.Expires.IsZero() && !now.Before(w.Expires.AddDate(0, 0, 1))
}
