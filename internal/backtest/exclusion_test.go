package backtest

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"

	"github.com/iacgate/iacgate/internal/alarm/replay"
	"github.com/iacgate/iacgate/internal/facts"
	"github.com/iacgate/iacgate/internal/tally"
)

// TestBest: what is not tried by every reading would not have been among the best.
func TestBest(t *testing.T) {
	r := rand.New(rand.NewSource(5))
	spared := 0
	for range 500 {
		all := map[tally.Caller]Exclusion{}
		var tried []candidate
		for i := range r.Intn(maxTried + 1) {
			caller := tally.Caller{Name: fmt.Sprint(i)}
			first := r.Intn(12)
			e := Exclusion{Caller: caller, Removed: Ints{first - r.Intn(4), first + r.Intn(2)}}
			all[caller] = e
			tried = append(tried, candidate{tally.Group{Caller: caller}, first, i})
		}
		var want []Exclusion
		for _, c := range tried {
			want = append(want, all[c.group.Caller])
		}
		slices.SortStableFunc(want, func(a, b Exclusion) int { return b.Removed.Least - a.Removed.Least })
		written := func(e *Exclusion) bool { return e.Caller.Name != "7" }
		want = slices.DeleteFunc(want, func(e Exclusion) bool { return e.Removed.Least < 0 || e.Removed.Most == 0 || !written(&e) })
		calls := 0
		got := best(slices.Clone(tried), func(g tally.Group, least int) (Exclusion, bool) {
			calls++
			return all[g.Caller], all[g.Caller].Removed.Least >= least
		}, written)
		if !slices.Equal(got, want[:min(len(want), maxProposed)]) {
			t.Fatalf("%v, want %v", got, want)
		}
		spared += len(tried) - calls
	}
	if spared == 0 {
		t.Error("every group is tried by every reading")
	}
}

// TestWithout: without a caller its events publish the default value.
func TestWithout(t *testing.T) {
	zero := 0.0
	s := replay.Series{From: 0, To: 3, Data: []replay.Datum{{Minute: 0, Value: 1, Count: 2}, {Minute: 1, Value: 1, Count: 3}, {Minute: 1, Value: 0, Count: 5}}}
	g := tally.Group{Early: tally.Series{{At: 0, Count: 2}, {At: 1, Count: 1}}}
	for _, c := range []struct {
		filter facts.MonitorFilter
		want   []replay.Datum
	}{
		{facts.MonitorFilter{Value: 1}, []replay.Datum{{Minute: 1, Value: 1, Count: 2}, {Minute: 1, Value: 0, Count: 5}}},
		{facts.MonitorFilter{Value: 1, Default: &zero}, []replay.Datum{{Minute: 0, Value: 0, Count: 2}, {Minute: 1, Value: 1, Count: 2}, {Minute: 1, Value: 0, Count: 1}, {Minute: 1, Value: 0, Count: 5}}},
	} {
		x := excluding{monitor: &facts.Monitor{Filters: []facts.MonitorFilter{c.filter}}, series: map[bool]replay.Series{false: s}}
		for range 2 { // in the memory of the first
			if got := x.without(g, false).Data; !slices.Equal(got, c.want) {
				t.Errorf("%+v, want %+v", got, c.want)
			}
		}
	}
}
