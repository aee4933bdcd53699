package verdict

import (
	"testing"
)

func TestExit(t *testing.T) {
	for _, c := range []struct {
		name    string
		gate    Gate
		summary Summary
		want    int
	}{
		{"nothing", Gate{}, Summary{}, ExitOK},
		{"a failure", Gate{AllowUnknown: true}, Summary{Fail: 1, Unknown: 1}, ExitFail},
		{"unknown", Gate{}, Summary{Unknown: 1}, ExitUnknown},
		{"unknown, allowed", Gate{AllowUnknown: true}, Summary{Unknown: 1}, ExitOK},
		{"a warning", Gate{}, Summary{Warnings: 1}, ExitOK},
		{"a warning that counts", Gate{FailOnWarn: true}, Summary{Warnings: 1}, ExitFail},
		{"a waiver", Gate{}, Summary{Waived: 1}, ExitOK},
		{"a waiver that counts", Gate{FailOnWaived: true}, Summary{Waived: 1}, ExitFail},
	} {
		if got := c.gate.Exit(c.summary); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

// TestSummarise: the verdict is the worst, and accepted warnings do not count.
func TestSummarise(t *testing.T) {
	got := Summarise([]Result{
		{Verdict: Pass, Findings: []Finding{{Level: Warning}, {Level: Warning, Waiver: &Waiver{}}}},
		{Verdict: Unknown}, {Verdict: Skip}, {Verdict: Pass},
	})
	if want := (Summary{Pass: 2, Unknown: 1, Skip: 1, Warnings: 1, Verdict: Unknown}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := Summarise(nil).Verdict; got != Skip {
		t.Errorf("of nothing: %s", got)
	}
}

// TestSort: along the chain, the most severe first, then by code and place.
func TestSort(t *testing.T) {
	sorted := []Finding{
		{Link: "trail", Level: Warning, Code: "b"},
		{Link: "alarm", Level: Error, Code: "a", Resource: "x"},
		{Link: "alarm", Level: Error, Code: "a", Resource: "y", Attribute: "m"},
		{Link: "alarm", Level: Error, Code: "a", Resource: "y", Attribute: "n"},
		{Link: "alarm", Level: Error, Code: "b"},
		{Link: "alarm", Level: Unclear, Code: "a"},
		{Link: "subscription", Level: Error, Code: "a", Message: "m"},
		{Link: "subscription", Level: Error, Code: "a", Message: "n"},
	}
	shuffled := make([]Finding, len(sorted))
	for i, f := range sorted {
		shuffled[(i*5+3)%len(sorted)] = f
	}
	Sort(shuffled)
	for i, f := range shuffled {
		if w := sorted[i]; f.Link != w.Link || f.Level != w.Level || f.Code != w.Code || f.Resource != w.Resource || f.Attribute != w.Attribute || f.Message != w.Message {
			t.Errorf("%d: %+v, want %+v", i, f, w)
		}
	}
}

func TestHolds(t *testing.T) {
	for state, want := range map[State]bool{OK: true, Inferred: true, Undecided: false, Broken: false, Missing: false, NotJudged: false} {
		if state.Holds() != want {
			t.Errorf("%q holds: %v", state, !want)
		}
	}
}
