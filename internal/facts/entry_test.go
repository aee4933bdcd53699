package facts_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/truth"
)

// TestEntries: which entries under external name a topic or a log group.
func TestEntries(t *testing.T) {
	const (
		topicARN = "arn:aws:sns:us-east-1:111122223333:security"
		groupARN = "arn:aws:logs:us-east-1:111122223333:log-group:trail"
		list     = "[aws_sns_topic.security.arn]"
		far      = "arn:aws:sns:us-east-1:444455556666:far"
	)
	byTopic := func(glob string) config.External { return config.External{Topic: glob} }
	byGroup := func(glob string) config.External { return config.External{LogGroup: glob} }
	unnamed := chaintest.Edits{`name = "security"`, "name = null"}
	open := chaintest.Edits{chaintest.GroupNamed, chaintest.GroupStart + "unset()"}
	for name, c := range map[string]struct {
		chaintest.Edits
		entries      []config.External
		topic, group []int
	}{
		"none":                        {nil, nil, nil, nil},
		"by address":                  {nil, []config.External{byTopic("*.other"), byTopic(chaintest.TheTopic)}, []int{1}, nil},
		"by the code's text":          {nil, []config.External{byTopic(chaintest.TheTopic + ".arn")}, []int{0}, nil},
		"by ARN":                      {nil, []config.External{byTopic(topicARN), byTopic(topicARN + "s"), byTopic("*:security")}, []int{0, 2}, nil},
		"by the ARN that is known":    {chaintest.Edits{`name = "security"`, "arn = \"" + far + "\""}, []config.External{byTopic(far), byTopic("arn:aws:sns:*:*:")}, []int{0}, nil},
		"by the ARN of no name":       {unnamed, []config.External{byTopic("arn:aws:sns:us-east-1:111122223333:*")}, nil, nil},
		"by the ARN of an empty name": {chaintest.Edits{`name = "security"`, "name = \"\""}, []config.External{byTopic("arn:aws:sns:us-east-1:111122223333:*")}, nil, nil},
		"of another topic":            {chaintest.Edits{list, `["` + far + `"]`}, []config.External{byTopic(topicARN), byTopic("*:444455556666:*")}, []int{1}, nil},
		"of a topic to be seen":       {chaintest.Edits{list, "[var.topic]"}, []config.External{byTopic("*var.topic*"), byTopic("*:security")}, []int{0}, nil},
		"that name nothing":           {nil, []config.External{{Trail: "*"}, {Module: "*"}, {}}, nil, nil},

		"of a group by name":              {nil, []config.External{byGroup("tra*"), byGroup("rail")}, nil, []int{0}},
		"of a group by ARN":               {nil, []config.External{byGroup(groupARN), byGroup(groupARN + ":*"), byGroup(groupARN + ":x"), byGroup(groupARN + "s")}, nil, []int{0, 1}},
		"of a group by the end of an ARN": {nil, []config.External{byGroup("arn:*trail:[*]")}, nil, []int{0}},
		"of a group by address":           {nil, []config.External{byGroup(chaintest.TheGroup)}, nil, nil},
		"of a group of no name":           {open, []config.External{byGroup("trail"), byGroup(chaintest.TheGroup)}, nil, []int{1}},
		"of both":                         {nil, []config.External{byGroup("trail"), byTopic("*:security"), {LogGroup: "trail", Topic: "*:security"}}, []int{1, 2}, []int{0, 2}},
	} {
		t.Run(name, func(t *testing.T) {
			d := chaintest.Build(t, c.Of(t, chaintest.Complete), chaintest.Configured(func(conf *config.Config) { conf.External = c.entries }))
			for id, action := range d.Alarms[chaintest.TheAlarm].Notifiers[chaintest.TheAlarm].Actions {
				if !slices.Equal(action.NamedBy, c.topic) {
					t.Errorf("%s is named by %v, want %v", id, action.NamedBy, c.topic)
				}
			}
			if got := d.Controls[chaintest.Denials].Candidates[0].NamedBy; !slices.Equal(got, c.group) {
				t.Errorf("the group is named by %v, want %v", got, c.group)
			}
		})
	}
	t.Run("of a topic has no streams", func(t *testing.T) {
		d := chaintest.Build(t, chaintest.Complete, chaintest.Configured(func(conf *config.Config) { conf.External = []config.External{byTopic("arn:*:[*]")} }))
		if got := d.Alarms[chaintest.TheAlarm].Notifiers[chaintest.TheAlarm].Actions["0 "+chaintest.TheTopic].NamedBy; len(got) != 0 {
			t.Errorf("named by %v", got)
		}
	})
}

// TestPatternsOfText: a pattern that names no field is aimed at a control only where the
// group is known to hold CloudTrail's records.
func TestPatternsOfText(t *testing.T) {
	const byARN = "aws_cloudwatch_log_group.trail.arn"
	words := func(e ...chaintest.Edits) chaintest.Edits {
		return slices.Concat(append(e, chaintest.Pattern("AccessDenied"))...)
	}
	elsewhere := chaintest.Meeting(`"arn:aws:logs:us-east-1:111122223333:log-group:other:*"`, "")
	for name, c := range map[string]struct {
		chaintest.Edits
		external string
		want     truth.Truth
	}{
		"the trail's group":                   {words(), "", truth.Yes},
		"the trail's group, it seems":         {words(chaintest.Meeting("one("+byARN+")", "")), "", truth.Yes},
		"another than the trail's":            {words(elsewhere), "", truth.No},
		"a group that no trail is known of":   {words(chaintest.Meeting("var.group", "")), "", truth.No},
		"without a trail":                     {words(chaintest.Without(chaintest.TheTrail)), "", truth.No},
		"without a trail, but vouched for":    {words(chaintest.Without(chaintest.TheTrail)), "trail", truth.Yes},
		"without a trail, vouched by address": {words(chaintest.Without(chaintest.TheTrail)), chaintest.TheGroup, truth.No},
		"another, but vouched for":            {words(elsewhere), "tr*", truth.Yes},
		"another, and that is vouched for":    {words(elsewhere), "other", truth.No},
		"a pattern of fields":                 {elsewhere, "", truth.Yes},
		"a pattern to be seen later":          {chaintest.PatternValue("var.pattern"), "", truth.Unknown},
		"a pattern of an account to be seen":  {chaintest.PatternValue(`"{ ($.errorCode = \"AccessDenied*\") && ($.recipientAccountId = \"${var.account}\") }"`), "", truth.Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			vouched := chaintest.Configured(func(conf *config.Config) {
				if c.external != "" {
					conf.External = []config.External{{LogGroup: c.external}}
				}
			})
			got, aimed := chaintest.Build(t, c.Of(t, chaintest.Complete), vouched).MetricFilters[chaintest.TheFilter].Coverage[chaintest.Denials]
			if aimed != (c.want != truth.No) || got.Aimed != c.want && aimed {
				t.Errorf("%v %+v", aimed, got)
			}
			if (c.want == truth.Unknown) != strings.Contains(got.Reason, "var.") {
				t.Errorf("because %q", got.Reason)
			}
		})
	}
}

// TestLinks: a link that leads nowhere is a list of nothing, and no null.
func TestLinks(t *testing.T) {
	for group, want := range map[string][]string{chaintest.GroupOfFilter: {chaintest.TheGroup}, "var.group": {}} {
		link := chaintest.Build(t, chaintest.Meeting("", group).Of(t, chaintest.Complete)).MetricFilters[chaintest.TheFilter].LogGroup
		if link.To == nil || !slices.Equal(link.To, want) || (link.State == document.LinkKnown) != (len(want) == 1) {
			t.Errorf("%s: %+v", group, link)
		}
	}
}
