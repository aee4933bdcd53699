package rewrite

import (
	"errors"
	"fmt"
	"slices"

	"github.com/iacgate/iacgate/internal/verdict"
)

// compare returns an error if a change took something away, or did not help the control
// that it was made for. Where it is strict nothing may be found that was not before.
func compare(before, after []Judged, made proposal, strict bool) error {
	now := map[resultKey]verdict.Result{}
	for _, in := range after {
		for _, r := range in.Results {
			now[resultKey{in.Path, r.Control}] = r
		}
	}
	for _, in := range before {
		for _, r := range in.Results {
			then := now[resultKey{in.Path, r.Control}]
			if rank[then.Verdict] > rank[r.Verdict] {
				return fmt.Errorf("it would make %s %s", r.Control, then.Verdict)
			}
			if f := newFinding(r, then); strict && f != nil {
				return fmt.Errorf("it would make %s find: %s", r.Control, f.Message)
			}
			helped := in.Path != made.input.Path || r.Control != made.control || rank[then.Verdict] < rank[r.Verdict]
			if !helped && has(then, made.finding) {
				return errors.New("the finding would remain")
			}
		}
	}
	return nil
}

type resultKey struct{ input, control string }

// newFinding is what fails or is unknown in a result and is not found in another one.
func newFinding(before, after verdict.Result) *verdict.Finding {
	for _, f := range after.Findings {
		if (f.Level == verdict.Error || f.Level == verdict.Unclear) && !has(before, f) {
			return &f
		}
	}
	return nil
}

func has(r verdict.Result, f verdict.Finding) bool {
	return slices.ContainsFunc(r.Findings, func(g verdict.Finding) bool { return FindingKey(g) == FindingKey(f) && g.Level == f.Level })
}

var rank = map[verdict.Verdict]int{verdict.Pass: 0, verdict.Waived: 0, verdict.Skip: 1, verdict.Unknown: 2, verdict.Fail: 3}
