package facts_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/coverage"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/facts"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// TestWhatTheInputIs: the words around a world.
func TestWhatTheInputIs(t *testing.T) {
	d := chaintest.Build(t, chaintest.Complete, chaintest.Planned, func(_ *testing.T, a *chaintest.Input) {
		a.Doc.When, a.Doc.Incomplete = []string{"var.on is true"}, []string{"planned with -target"}
	})
	if d.Format != "plan" || !slices.Equal(d.When, []string{"var.on is true"}) || !slices.Equal(d.Incomplete, []string{"planned with -target"}) {
		t.Errorf("%s %q %q", d.Format, d.When, d.Incomplete)
	}
	if d = chaintest.Build(t, chaintest.Complete); d.When == nil || d.Incomplete == nil {
		t.Error("a list that is empty is not a list")
	}
}

// TestDeleted: what the plan deletes, and nothing of what it keeps or hides.
func TestDeleted(t *testing.T) {
	kept := func(t *testing.T, a *chaintest.Input) {
		chaintest.Deletes("aws_sns_topic \"kept\" {}")(t, a)
		a.Doc.Before[len(a.Doc.Before)-1].Change.Action = 0
	}
	d := chaintest.Build(t, chaintest.Complete, chaintest.Deletes("aws_sns_topic \"old\" {\n name = \"old\"\n arn = secret(\"arn:aws:sns:us-east-1:111122223333:old\")\n}"), kept)
	want := []document.Deleted{{Address: "aws_sns_topic.old", Type: "aws_sns_topic", Reason: "delete_because_no_resource_config", Name: "old", ARN: ""}}
	if diff := cmp.Diff(want, d.Deleted); diff != "" {
		t.Error(diff)
	}
}

// TestLevels: the usual ones, those of the profile over them, the configured over
// both.
func TestLevels(t *testing.T) {
	const narrow, wide = "pattern-narrower-than-reference", "pattern-is-wide"
	lowered := chaintest.Configured(func(c *config.Config) { c.Levels = map[string]verdict.Level{narrow: verdict.Note} })
	usual := chaintest.Build(t, chaintest.Complete).Levels
	if usual[narrow] != "warning" || usual[wide] == "error" || len(usual) < 50 {
		t.Errorf("%s, %s of %d", usual[narrow], usual[wide], len(usual))
	}
	for name, c := range map[string]struct {
		options      []chaintest.Option
		narrow, wide string
	}{
		"strict":                    {[]chaintest.Option{chaintest.WithProfile("strict")}, "error", usual[wide]},
		"security-hub":              {[]chaintest.Option{chaintest.WithProfile("security-hub")}, "error", "error"},
		"a benchmark":               {[]chaintest.Option{chaintest.WithProfile("cis-aws-3.0.0")}, usual[narrow], usual[wide]},
		"configured":                {[]chaintest.Option{lowered}, "note", usual[wide]},
		"configured over a profile": {[]chaintest.Option{chaintest.WithProfile("security-hub"), lowered}, "note", "error"},
	} {
		got := chaintest.Build(t, chaintest.Complete, c.options...).Levels
		if got[narrow] != c.narrow || got[wide] != c.wide {
			t.Errorf("%s: %s, %s", name, got[narrow], got[wide])
		}
	}
}

// TestTooLarge: an input that would take too long is an error.
func TestTooLarge(t *testing.T) {
	doc := &resource.Document{Path: "huge.json"}
	g := &graph.Graph{Filters: make([]*graph.MetricFilter, 2000), Alarms: make([]*graph.Alarm, 2001)}
	if _, err := facts.Build(doc, g, &coverage.Controls{}); err == nil || !strings.Contains(err.Error(), "huge.json: more than 8000000 pairs") {
		t.Errorf("%v", err)
	}
	var world strings.Builder
	for i := range 14 { // each of them over all others: some 240000 paths
		name := string(rune('a' + i))
		world.WriteString(chaintest.Over(name, `"ALARM(denied-calls) OR ALARM(a) OR ALARM(b) OR ALARM(c) OR ALARM(d) OR ALARM(e) OR ALARM(f) OR ALARM(g) OR ALARM(h) OR ALARM(i) OR ALARM(j) OR ALARM(k) OR ALARM(l) OR ALARM(m) OR ALARM(n)"`))
	}
	if _, err := chaintest.BuildWithError(t, chaintest.Complete+world.String()); err == nil || !strings.Contains(err.Error(), "world: more than 30000 paths") {
		t.Errorf("%v", err)
	}
}
