package verdict

import (
	"encoding/json"
	"path"
	"path/filepath"
	"time"
)

// A Waiver accepts what one control says of some inputs. Empty globs match
// everything.
type Waiver struct {
	Control  string `json:"control"`            // glob over control ids
	Path     string `json:"path,omitempty"`     // glob over input paths; ** crosses directories
	Resource string `json:"resource,omitempty"` // glob over the addresses in the findings
	Reason   string `json:"reason"`
	Owner    string `json:"owner,omitempty"`
	Expires  Date   `json:"expires,omitzero"` // the last day, UTC; zero is for ever
	Base     string `json:"-"`                // directory that Path is relative to, beside the input as given
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

// Expired says whether the whole last day is over.
func (w Waiver) Expired(now time.Time) bool {
	return !w.Expires.IsZero() && !now.Before(w.Expires.AddDate(0, 0, 1))
}

// Covers says whether the waiver, expired or not, is about a result: control
// and path match, and so does the resource of every finding that keeps the
// result from passing.
func (w Waiver) Covers(r Result) bool {
	return matches(w.Control, r.Control) && w.coversPath(r.Input) && w.coversFindings(r.Findings)
}

func (w Waiver) coversPath(input string) bool {
	if w.Path == "" {
		return true
	}
	if glob(w.Path, path.Clean(filepath.ToSlash(input)), '/') {
		return true
	}
	full, err := filepath.Abs(input)
	if w.Base == "" || err != nil {
		return false
	}
	rel, err := filepath.Rel(w.Base, full)
	return err == nil && glob(w.Path, filepath.ToSlash(rel), '/')
}

func (w Waiver) coversFindings(findings []Finding) bool {
	if w.Resource == "" {
		return true
	}
	blamed := false
	for _, f := range findings {
		if f.Level != Error && f.Level != Unclear {
			continue
		}
		if !glob(w.Resource, f.Resource, 0) {
			return false
		}
		blamed = true
	}
	return blamed
}

// Apply returns the results with the verdicts that waivers leave of them: the
// first waiver that has not expired turns fail and unknown into waived. A
// result that only an expired waiver covers says so in a note.
func Apply(results []Result, waivers []Waiver, now time.Time) []Result {
	out := make([]Result, len(results))
	for i, r := range results {
		out[i] = waive(r, waivers, now)
	}
	return out
}

func waive(r Result, waivers []Waiver, now time.Time) Result {
	if r.Verdict != Fail && r.Verdict != Unknown {
		return r
	}
	var expired *Waiver
	for _, w := range waivers {
		switch {
		case !w.Covers(r):
		case !w.Expired(now):
			r.Verdict, r.Waiver = Waived, &w
			return r
		case expired == nil:
			expired = &w
		}
	}
	if expired != nil {
		r.Findings = append(r.Findings[:len(r.Findings):len(r.Findings)], Finding{
			Code: "waiver-expired", Level: Note,
			Message: "the waiver \"" + expired.Reason + "\" ended with " + expired.Expires.String(),
		})
	}
	return r
}
