package tally

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestOfCounts: what is not asked about is outside, and hours without a record are silent.
func TestOfCounts(t *testing.T) {
	all, some := Series{{start, 2}, {start + 130, 5}}, Series{{start + 130, 4}}
	got := OfCounts(Question{Clock: LogClock}, all, []Series{some, nil}, 3, 9)
	if d := got.Data; d.Records != 10 || d.Dropped != 3 || d.Outside != 9 || d.From != start || d.To != start+131 || got.Coverage.Hours != 3 || len(got.Coverage.Silent) != 1 {
		t.Errorf("%+v %+v", d, got.Coverage)
	}
	if diff := cmp.Diff([]Counts{{Total: 4, Early: some, Late: some}, {}}, got.Counts); diff != "" {
		t.Error(diff)
	}
	if early, late := got.Clocks(); early != LogClock || late != LogClock {
		t.Errorf("%s %s", early, late)
	}
	got = OfCounts(Question{Since: start - 60, Until: start + 240}, all, nil, 0, 0)
	if d := got.Data; d.From != start-60 || d.To != start+240 || got.Coverage.Hours != 5 || got.Coverage.Share() != 0.4 {
		t.Errorf("%+v %+v", d, got.Coverage)
	}
}
