package analysis

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/truth"
	"github.com/iacgate/iacgate/internal/verdict"
)

// TestCompleteWorld: everything holds, so that each case that edits it says what one
// edit does.
func TestCompleteWorld(t *testing.T) {
	d := facts(t, complete)
	want := Candidate{
		Trail: theTrail, LogGroup: theGroup, GroupName: "trail", NamedBy: []int{}, Filter: theFilter, Alarm: theAlarm, Actor: theAlarm, Action: "0 " + theTopic, Topic: theTopic,
		Reads: Reads{State: ReadsSame}, Reach: everyLink, Rivals: []int{}, Set: -1, With: []string{},
	}
	if diff := cmp.Diff([]Candidate{want}, d.Controls[denials].Candidates); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	for what, c := range map[string]Check{"role": d.Trails[theTrail].Role, "publish": publish(d), "delivers": delivers(d)} {
		if found(c) != "ok" {
			t.Errorf("%s: %s (%s)", what, found(c), c.Reason)
		}
	}
	if w := watched(d); w.Holds != truth.Yes || w.Fires.State != Fired {
		t.Errorf("%+v", w)
	}
	if d.Version != "1" || d.Path != "world" || d.Format != "hcl" || len(d.Gaps)+len(d.Deleted)+len(d.Other)+len(d.Incomplete)+len(d.When) != 0 {
		t.Errorf("%+v", d)
	}
}

// TestWhatTheInputIs: the words around a world.
func TestWhatTheInputIs(t *testing.T) {
	d := facts(t, complete, planned, func(_ *testing.T, a *asked) {
		a.doc.When, a.doc.Incomplete = []string{"var.on is true"}, []string{"planned with -target"}
	})
	if d.Format != "plan" || !slices.Equal(d.When, []string{"var.on is true"}) || !slices.Equal(d.Incomplete, []string{"planned with -target"}) {
		t.Errorf("%s %q %q", d.Format, d.When, d.Incomplete)
	}
	if d = facts(t, complete); d.When == nil || d.Incomplete == nil {
		t.Error("a list that is empty is no list")
	}
}

// TestDeleted: what the plan deletes, and nothing of what it keeps or hides.
func TestDeleted(t *testing.T) {
	kept := func(t *testing.T, a *asked) {
		deletes("aws_sns_topic \"kept\" {}")(t, a)
		a.doc.Before[len(a.doc.Before)-1].Change.Action = 0
	}
	d := facts(t, complete, deletes("aws_sns_topic \"old\" {\n name = \"old\"\n arn = secret(\"arn:aws:sns:us-east-1:111122223333:old\")\n}"), kept)
	want := []Deleted{{"aws_sns_topic.old", "aws_sns_topic", "delete_because_no_resource_config", "old", ""}}
	if diff := cmp.Diff(want, d.Deleted); diff != "" {
		t.Error(diff)
	}
}

// TestLevels: the usual ones, those of the profile over them, the configured over
// both.
func TestLevels(t *testing.T) {
	const narrow, wide = "pattern-narrower-than-reference", "pattern-is-wide"
	lowered := configured(func(c *config.Config) { c.Levels = map[string]verdict.Level{narrow: verdict.Note} })
	usual := facts(t, complete).Levels
	if usual[narrow] != "warning" || usual[wide] == "error" || len(usual) < 50 {
		t.Errorf("%s, %s of %d", usual[narrow], usual[wide], len(usual))
	}
	for name, c := range map[string]struct {
		options      []option
		narrow, wide string
	}{
		"strict":                    {[]option{profiled("strict")}, "error", usual[wide]},
		"security-hub":              {[]option{profiled("security-hub")}, "error", "error"},
		"a benchmark":               {[]option{profiled("cis-aws-3.0.0")}, usual[narrow], usual[wide]},
		"configured":                {[]option{lowered}, "note", usual[wide]},
		"configured over a profile": {[]option{profiled("security-hub"), lowered}, "note", "error"},
	} {
		got := facts(t, complete, c.options...).Levels
		if got[narrow] != c.narrow || got[wide] != c.wide {
			t.Errorf("%s: %s, %s", name, got[narrow], got[wide])
		}
	}
}
