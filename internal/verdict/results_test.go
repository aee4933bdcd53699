package verdict

import (
	"slices"
	"testing"
)

func TestEntriesThatAnotherInputUses(t *testing.T) {
	entry := func(message string, level Level) Finding {
		return Finding{Code: "external-unused", Message: message, Level: level}
	}
	other := Finding{Code: "topic-external", Message: "a", Level: Note}
	results := []Result{
		{Control: "c", Input: "one", Findings: []Finding{entry("a", Note), entry("b", Note), other}},
		{Control: "c", Input: "two", Findings: []Finding{entry("b", Note)}},
		{Control: "p.q", Input: "one"}, // of a policy, which says nothing of entries
	}
	got := WithoutUsed(results)
	if !slices.Equal(messages(got[0]), []string{"b", "a"}) || !slices.Equal(messages(got[1]), []string{"b"}) || len(results[0].Findings) != 3 {
		t.Errorf("%v, %v", got[0].Findings, got[1].Findings)
	}
	results[0].Findings[0].Level = Error
	if got := WithoutUsed(results); len(got[0].Findings) != 3 {
		t.Errorf("what is a fault is gone: %v", got[0].Findings)
	}
}

func messages(r Result) (all []string) {
	for _, f := range r.Findings {
		all = append(all, f.Message)
	}
	return all
}

// TestAnswered: a result of which nothing was read does not count beside one that was
// judged.
func TestAnswered(t *testing.T) {
	unread := Result{Control: "a", Verdict: Unknown, Unread: true, Findings: []Finding{{Level: Unclear}, {Level: Warning}}}
	out := Answered([]Result{unread, {Control: "a", Verdict: Pass}, {Control: "b", Verdict: Unknown, Unread: true}})
	if out[0].Verdict != Skip || out[0].Findings[0].Level != Note || out[0].Findings[1].Level != Warning {
		t.Errorf("%+v", out[0])
	}
	if out[1].Verdict != Pass || out[2].Verdict != Unknown {
		t.Errorf("%+v", out[1:])
	}
	if unread.Findings[0].Level != Unclear {
		t.Error("the results that were given have changed")
	}
}
