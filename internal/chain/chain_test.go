package chain_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/chain"
	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/truth"
)

// TestCompleteWorld: everything holds, so that each case that edits it says what one
// edit does.
func TestCompleteWorld(t *testing.T) {
	d := chaintest.Build(t, chaintest.Complete)
	want := document.Candidate{
		Trail: chaintest.TheTrail, LogGroup: chaintest.TheGroup, GroupName: "trail", NamedBy: []int{}, Filter: chaintest.TheFilter, Alarm: chaintest.TheAlarm, Notifier: chaintest.TheAlarm, Action: "0 " + chaintest.TheTopic, Topic: chaintest.TheTopic,
		Reads: document.Reads{State: document.ReadsSame}, Reach: chain.EveryLink, Alternatives: []int{}, Set: -1, PartnerFilters: []string{},
	}
	if diff := cmp.Diff([]document.Candidate{want}, d.Controls[chaintest.Denials].Candidates); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	for what, c := range map[string]document.Check{"role": d.Trails[chaintest.TheTrail].Role, "publish": chaintest.PublishOf(d), "delivers": chaintest.DeliveryOf(d)} {
		if chaintest.Line(c) != "ok" {
			t.Errorf("%s: %s (%s)", what, chaintest.Line(c), c.Reason)
		}
	}
	if w := chaintest.Watched(d); w.Matches != truth.Yes || w.Fires.State != document.Fired {
		t.Errorf("%+v", w)
	}
	if d.Version != "1" || d.Path != "world" || d.Format != "hcl" || len(d.Gaps)+len(d.Deleted)+len(d.Other)+len(d.Incomplete)+len(d.When) != 0 {
		t.Errorf("%+v", d)
	}
}
