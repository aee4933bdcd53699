package verdict

import (
	"reflect"
	"testing"
)

func TestBaseline(t *testing.T) {
	fault := func(code, resource string, level Level) Finding {
		return Finding{Code: code, Resource: resource, Level: level}
	}
	known := []Result{
		{Control: "c", Input: "./a/plan.json", Verdict: Fail, Findings: []Finding{fault("no-alarm", "f", Error), fault("note", "f", Note)}},
		{Control: "c", Input: "b.json", Verdict: Unknown, Findings: []Finding{fault("topic-outside", "t", Unclear)}},
		{Control: "c", Input: "ok.json", Verdict: Pass},
	}
	raw, err := NewBaseline(known).Encode()
	if err != nil {
		t.Fatal(err)
	}
	b, err := ParseBaseline(raw)
	if err != nil || len(b.Known) != 2 || !reflect.DeepEqual(b.Known[0].Faults, []string{"no-alarm f"}) {
		t.Fatalf("%+v, %v", b, err)
	}
	for _, tt := range []struct {
		name string
		now  Result
		want Verdict
	}{
		{"the same", Result{Control: "c", Input: "a/plan.json", Verdict: Fail, Findings: known[0].Findings}, Waived},
		{"another input", Result{Control: "c", Input: "x.json", Verdict: Fail, Findings: known[0].Findings}, Fail},
		{"another control", Result{Control: "d", Input: "a/plan.json", Verdict: Fail, Findings: known[0].Findings}, Fail},
		{"a new fault", Result{Control: "c", Input: "a/plan.json", Verdict: Fail, Findings: append(known[0].Findings, fault("no-action", "a", Error))}, Fail},
		{"better", Result{Control: "c", Input: "a/plan.json", Verdict: Unknown}, Waived},
		{"worse", Result{Control: "c", Input: "b.json", Verdict: Fail, Findings: known[1].Findings}, Fail},
		{"good", Result{Control: "c", Input: "a/plan.json", Verdict: Pass}, Pass},
	} {
		if got := b.Apply([]Result{tt.now})[0]; got.Verdict != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got.Verdict, tt.want)
		}
	}
	for _, bad := range []string{"", "[]", `{"version": "2", "known": []}`, `{"version": "1", "known": [], "more": 1}`} {
		if _, err := ParseBaseline([]byte(bad)); err == nil {
			t.Errorf("%q is a baseline", bad)
		}
	}
}
