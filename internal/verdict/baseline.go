package verdict

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// A Baseline holds the faults that were known at some time. With it, only new or worse
// faults fail.
type Baseline struct {
	Version string  `json:"version"`
	Known   []Known `json:"known"`
}

// Known is one result that did not pass, with its faults.
type Known struct {
	Control string   `json:"control"`
	Input   string   `json:"input"`
	Verdict Verdict  `json:"verdict"` // fail or unknown
	Faults  []string `json:"faults"`  // code, resource and attribute of each
}

const baselineVersion = "1"

// MaxBaseline bounds a baseline in bytes; a known result takes some hundred.
const MaxBaseline = 64 << 20

// NewBaseline records the results that do not pass.
func NewBaseline(results []Result) Baseline {
	b := Baseline{Version: baselineVersion, Known: []Known{}}
	for _, r := range results {
		if r.Verdict == Fail || r.Verdict == Unknown {
			b.Known = append(b.Known, Known{Control: r.Control, Input: inputName(r.Input), Verdict: r.Verdict, Faults: faults(r)})
		}
	}
	slices.SortStableFunc(b.Known, func(a, c Known) int {
		return strings.Compare(a.Input+"\x00"+a.Control, c.Input+"\x00"+c.Control)
	})
	return b
}

// ParseBaseline reads what Encode writes.
func ParseBaseline(raw []byte) (Baseline, error) {
	var b Baseline
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&b); err != nil {
		return b, errors.New("no baseline: " + err.Error())
	}
	if b.Version != baselineVersion {
		return b, fmt.Errorf("baseline version %q; this iacgate reads version %q", b.Version, baselineVersion)
	}
	return b, nil
}

// Encode writes the baseline as JSON; the same one gives the same bytes.
func (b Baseline) Encode() ([]byte, error) {
	raw, err := json.MarshalIndent(b, "", "  ")
	return append(raw, '\n'), err
}

// Apply returns the results and waives those that are known and not worse: they have no
// new fault, and do not fail if the baseline has unknown.
func (b Baseline) Apply(results []Result) []Result {
	out := slices.Clone(results)
	for i, r := range out {
		if (r.Verdict == Fail || r.Verdict == Unknown) && slices.ContainsFunc(b.Known, func(k Known) bool { return k.covers(r) }) {
			accepted, _ := acceptedBy(r)
			known := &Waiver{Control: r.Control, Reason: "known since the baseline"}
			out[i].Verdict, out[i].Waiver = Waived, together(append([]*Waiver{known}, accepted...))
		}
	}
	return out
}

func (k Known) covers(r Result) bool {
	if k.Control != r.Control || k.Input != inputName(r.Input) || k.Verdict == Unknown && r.Verdict == Fail {
		return false
	}
	return !slices.ContainsFunc(faults(r), func(f string) bool { return !slices.Contains(k.Faults, f) })
}

// faults returns the findings that keep a result from passing and that no waiver accepts.
func faults(r Result) []string {
	out := []string{}
	for _, f := range r.Findings {
		if !isFault(f) || f.Waiver != nil {
			continue
		}
		fault := strings.TrimSpace(strings.Join([]string{f.Code, f.Resource, f.Attribute}, " "))
		if !slices.Contains(out, fault) {
			out = append(out, fault)
		}
	}
	slices.Sort(out)
	return out
}

func inputName(input string) string { return path.Clean(filepath.ToSlash(input)) }
