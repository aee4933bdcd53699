package facts_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/iacgate/iacgate/internal/chain/chaintest"
)

// TestPublishers: the filters that publish everyday events, or nobody knows which, to an
// alarm's series.
func TestPublishers(t *testing.T) {
	const other = "aws_cloudwatch_log_metric_filter.other"
	filter := func(metric, pattern, value string) string {
		return "\naws_cloudwatch_log_metric_filter \"other\" {\n name = \"other\"\n log_group_name = \"app\"\n pattern = " + pattern +
			"\n metric_transformation {\n name = \"" + metric + "\"\n namespace = \"Security\"\n value = " + value + "\n }\n}\n"
	}
	heads := `"` + strings.ReplaceAll(chaintest.HeadBucket, `"`, `\"`) + `"`
	for name, c := range map[string]struct {
		world string
		want  map[string]string // the event, or why not
	}{
		"none":                            {chaintest.Complete, nil},
		"itself":                          {chaintest.Pattern(chaintest.HeadBucket).Of(t, chaintest.Complete), map[string]string{chaintest.TheFilter: "HeadBucket"}},
		"itself, of all events":           {chaintest.Pattern("").Of(t, chaintest.Complete), map[string]string{chaintest.TheFilter: "ListBuckets"}},
		"itself, of a pattern to be seen": {chaintest.PatternValue("var.p").Of(t, chaintest.Complete), map[string]string{chaintest.TheFilter: "var.p has no value"}},
		"another":                         {chaintest.Complete + filter("Denied", heads, `"1"`), map[string]string{other: "HeadBucket"}},
		"another of a secret pattern":     {chaintest.Complete + filter("Denied", "secret("+heads+")", `"1"`), map[string]string{other: ""}},
		"another of a pattern to be seen": {chaintest.Complete + filter("Denied", "var.p", `"1"`), map[string]string{other: "var.p has no value"}},
		"another of some value":           {chaintest.Complete + filter("Denied", heads, `var.n`), map[string]string{other: "HeadBucket"}},
		"another that adds nothing":       {chaintest.Complete + filter("Denied", heads, `"0"`), nil},
		"another that adds nothing, of a pattern to be seen": {chaintest.Complete + filter("Denied", "var.p", `"0"`), nil},
		"another of rare events":                             {chaintest.Complete + filter("Denied", `"{ $.errorCode = \"x\" }"`, `"1"`), nil},
		"another that AWS refuses":                           {chaintest.Complete + filter("Denied", `"{ ("`, `"1"`), nil},
		"another of another metric":                          {chaintest.Complete + filter("Other", heads, `"1"`), nil},
	} {
		t.Run(name, func(t *testing.T) {
			got := map[string]string{}
			for _, p := range chaintest.Build(t, c.world).Alarms[chaintest.TheAlarm].Publishers {
				event, floods := p.Everyday[chaintest.Denials]
				happened, _ := event["eventName"].(string)
				if got[p.Filter] = happened + p.Unknown; floods == (p.Unknown != "") {
					t.Errorf("%s: %v, %q", p.Filter, slices.Collect(maps.Keys(p.Everyday)), p.Unknown)
				}
			}
			if diff := cmp.Diff(c.want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}
