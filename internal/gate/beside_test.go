package gate_test

import (
	"context"
	"slices"
	"testing"

	"github.com/iacgate/iacgate/internal/verdict"
)

// TestPathsBeside: of the further paths of a failing result is told how far they
// get, each with the fault that it has itself.
func TestPathsBeside(t *testing.T) {
	g := newGate(t)
	for _, c := range []struct {
		name    string
		edits   []edit
		verdict verdict.Verdict
		code    string
	}{
		{"both hold", nil, verdict.Pass, ""},
		{"the shown one breaks", []edit{setAttribute(secondAlarm, "actions_enabled", false)}, verdict.Pass, ""},
		{"both break", []edit{setAttribute(alarm, "actions_enabled", false), setAttribute(secondAlarm, "threshold", 5000)}, verdict.Fail, "alarm-needs-large-burst"},
	} {
		j, err := g.Judge(context.Background(), newDraft(t, "complete", slices.Concat([]edit{joinReasons}, c.edits)).document())
		if err != nil {
			t.Fatal(err)
		}
		r := j.Results[0]
		if len(r.With) != 1 || len(r.Chain.With) != 1 || r.With[0].Chain.MetricFilter != r.Chain.With[0].MetricFilter {
			t.Fatalf("%s: %+v", c.name, r.With)
		}
		code := ""
		if f := r.With[0].Fault; f != nil {
			code = f.Code
		}
		if r.With[0].Verdict != c.verdict || code != c.code {
			t.Errorf("%s: %s %q, want %s %q; shown %s", c.name, r.With[0].Verdict, code, c.verdict, c.code, r.Chain.Alarm)
		}
	}
}
