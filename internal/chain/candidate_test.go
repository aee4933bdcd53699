package chain_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/chain"
	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

func compareCandidates(t *testing.T, d *document.Document, want []string) {
	t.Helper()
	if diff := cmp.Diff(want, chaintest.Candidates(d)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	for i, c := range d.Controls[chaintest.Denials].Candidates {
		if c.Index != i {
			t.Errorf("candidate %d has index %d", i, c.Index)
		}
	}
}

// trailTo returns a further trail with some arguments.
func trailTo(name, group, more string) string {
	return "\naws_cloudtrail \"" + name + "\" {\n name = \"trail-" + name + "\"\n cloud_watch_logs_group_arn = " + group + "\n" + more + "\n}\n"
}

// TestHeads: which trails may feed a filter.
func TestHeads(t *testing.T) {
	const (
		group = `"arn:aws:logs:us-east-1:111122223333:log-group:trail:*"`
		other = `"arn:aws:logs:us-east-1:111122223333:log-group:other:*"`
		whole = "trail denied denied security 9"
	)
	vouched := chaintest.Configured(func(c *config.Config) {
		c.External = append(c.External, config.External{Topic: "*"}, config.External{LogGroup: "t*"})
	})
	all := chaintest.Configured(func(c *config.Config) { c.External = append(c.External, config.External{LogGroup: "*"}) })
	for name, c := range map[string]struct {
		chaintest.Edits
		options []chaintest.Option
		want    []string
	}{
		"one":                                   {nil, nil, []string{"main " + whole}},
		"none":                                  {chaintest.Without(chaintest.TheTrail), nil, []string{"- " + whole + " assumed"}},
		"one that records no management events": {chaintest.Edits{"is_multi_region_trail      = true", "event_selector { include_management_events = false }"}, nil, []string{"main " + whole}},
		"two":                                   {chaintest.Edits{"", trailTo("second", group, "")}, nil, []string{"main " + whole, "second " + whole}},
		"two that are alike":                    {append(chaintest.Edits{"", trailTo("a", group, "")}, chaintest.Edits{"", trailTo("b", group, "")}...), nil, []string{"a " + whole, "main " + whole}},
		"one that writes elsewhere":             {chaintest.Meeting(other, ""), nil, []string{"main " + whole}},
		"one that writes nowhere":               {chaintest.Meeting("null", ""), nil, []string{"main " + whole}},
		"two that write elsewhere":              {append(chaintest.Meeting(other, ""), "", trailTo("z", other, "enable_logging = false")), nil, []string{"main " + whole}},
		"one beside one that writes elsewhere":  {chaintest.Edits{"", trailTo("a", other, "")}, nil, []string{"main " + whole}},
		"one beside one that may write":         {chaintest.Edits{"", trailTo("a", "var.group", "")}, nil, []string{"a " + whole, "main " + whole}},
		"one beside what somebody vouches for":  {nil, []chaintest.Option{vouched}, []string{"main " + whole, "- " + whole}},
		"none, and somebody vouches":            {chaintest.Without(chaintest.TheTrail), []chaintest.Option{vouched}, []string{"- " + whole + " assumed"}},
		"one that writes elsewhere, and somebody vouches": {chaintest.Meeting(other, ""), []chaintest.Option{vouched}, []string{"main " + whole, "- " + whole}},
		"no filter":                               {chaintest.Without(chaintest.TheFilter), nil, []string{"main trail - - - 3"}},
		"no filter, and somebody vouches":         {chaintest.Without(chaintest.TheFilter), []chaintest.Option{vouched}, []string{"main trail - - - 3"}},
		"no filter, and somebody vouches for all": {chaintest.Without(chaintest.TheFilter), []chaintest.Option{all}, []string{"main trail - - - 3"}},
		"no filter, and two trails":               {append(chaintest.Without(chaintest.TheFilter), "", trailTo("second", other, "")), nil, []string{"main trail - - - 3", "second other - - - 3"}},
		"neither":                                 {chaintest.Without(chaintest.TheFilter, chaintest.TheTrail), nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			compareCandidates(t, chaintest.Build(t, c.Of(t, chaintest.Complete), c.options...), c.want)
		})
	}
}

// TestTails: how far a filter reaches somebody.
func TestTails(t *testing.T) {
	const (
		link    = "[aws_sns_topic.security.arn]"
		second  = "\naws_sns_topic \"second\" {\n name = \"second\"\n}\n"
		another = "\naws_cloudwatch_metric_alarm \"another\" {\n alarm_name = \"another\"\n metric_name = \"Denied\"\n namespace = \"Security\"\n statistic = \"Sum\"\n period = 300\n" +
			" evaluation_periods = 1\n comparison_operator = \"GreaterThanOrEqualToThreshold\"\n threshold = 1\n treat_missing_data = \"notBreaching\"\n"
		tellsIt = " alarm_actions = [aws_sns_topic.security.arn]\n}\n"
	)
	for name, c := range map[string]struct {
		chaintest.Edits
		want []string
	}{
		"to a topic":                           {nil, []string{"main trail denied denied security 9"}},
		"to a topic of elsewhere":              {chaintest.Edits{link, `["arn:aws:sns:us-east-1:111122223333:elsewhere"]`}, []string{"main trail denied denied elsewhere 9"}},
		"to a topic of a variable":             {chaintest.Edits{link, "[var.topic]"}, []string{"main trail denied denied - 9"}},
		"to what nobody sees":                  {chaintest.Edits{link, "[hidden()]"}, []string{"main trail denied denied - 7"}},
		"to a function":                        {chaintest.Edits{link, "[aws_lambda_function.f.arn]"}, []string{"main trail denied denied - 7"}},
		"to what is no ARN":                    {chaintest.Edits{link, `["oncall"]`}, []string{"main trail denied denied - 7"}},
		"to nobody":                            {chaintest.Edits{link, "[]"}, []string{"main trail denied denied - 7"}},
		"without an alarm":                     {chaintest.Without(chaintest.TheAlarm), []string{"main trail denied - - 6"}},
		"to two topics":                        {chaintest.Edits{link, "[aws_sns_topic.second.arn, aws_sns_topic.security.arn]", "", second}, []string{"main trail denied denied second 9", "main trail denied denied security 9"}},
		"by two alarms that are alike":         {chaintest.Edits{"", another + tellsIt}, []string{"main trail denied another security 9"}},
		"by two alarms of two thresholds":      {chaintest.Edits{"", strings.Replace(another, "threshold = 1", "threshold = 2", 1) + tellsIt}, []string{"main trail denied another security 9", "main trail denied denied security 9"}},
		"by two alarms, of which one is muted": {chaintest.Edits{"", another + tellsIt + "aws_cloudwatch_alarm_mute_rule \"night\" {\n mute_targets { alarm_names = [\"another\"] }\n}"}, []string{"main trail denied another security 9", "main trail denied denied security 9"}},
		"by two alarms, of which one is off":   {chaintest.Edits{"", another + " actions_enabled = false\n" + tellsIt}, []string{"main trail denied another security 9", "main trail denied denied security 9"}},
		"by two alarms to two topics":          {chaintest.Edits{"", another + strings.Replace(tellsIt, "security", "second", 1) + second}, []string{"main trail denied another second 9", "main trail denied denied security 9"}},
		"by the alarm and one over it":         {chaintest.Edits{"", chaintest.Over("any", `"ALARM(denied-calls)"`)}, []string{"main trail denied denied security 9", "main trail denied denied security 9"}},
	} {
		t.Run(name, func(t *testing.T) { compareCandidates(t, chaintest.Build(t, c.Of(t, chaintest.Complete)), c.want) })
	}
	t.Run("by the alarm over it", func(t *testing.T) {
		cs := chaintest.Build(t, chaintest.Complete+chaintest.Over("any", `"ALARM(denied-calls)"`)).Controls[chaintest.Denials].Candidates
		if cs[0].Notifier != chaintest.TheAlarm || cs[1].Notifier != chaintest.ThroughAny || cs[1].Alarm != chaintest.TheAlarm || cs[1].Action != "0 "+chaintest.TheTopic {
			t.Errorf("%+v", cs)
		}
	})
}

// TestAlikeFilters: of filters that differ in names alone there is the first.
func TestAlikeFilters(t *testing.T) {
	copied := strings.NewReplacer(`"denied" {`, `"copy" {`, `"denied"`, `"copy"`).Replace(chaintest.TextOf(chaintest.TheFilter))
	unwatched := chaintest.Without(chaintest.TheAlarm).Of(t, chaintest.Complete)
	compareCandidates(t, chaintest.Build(t, unwatched+copied), []string{"main trail copy - - 6"})
	other := strings.Replace(copied, `value     = "1"`, `value = "2"`, 1)
	compareCandidates(t, chaintest.Build(t, unwatched+other), []string{"main trail copy - - 6", "main trail denied - - 6"})
}

// TestRivals: candidates of which one is real, and the input does not say which.
func TestRivals(t *testing.T) {
	const (
		link   = "[aws_sns_topic.security.arn]"
		topics = "\naws_sns_topic \"b\" {\n name = \"b\"\n}\naws_sns_topic \"c\" {\n name = \"c\"\n}\n"
		either = "one(aws_sns_topic.b.arn, aws_sns_topic.c.arn, aws_sns_topic.security.arn)"
	)
	for name, c := range map[string]struct {
		actions string
		want    [][]int
	}{
		"one of three":        {"[" + either + "]", [][]int{{1, 2}, {0, 2}, {0, 1}}},
		"all of three":        {"[aws_sns_topic.b.arn, aws_sns_topic.c.arn, aws_sns_topic.security.arn]", [][]int{{}, {}, {}}},
		"one of two, and one": {"[one(aws_sns_topic.b.arn, aws_sns_topic.c.arn), aws_sns_topic.security.arn]", [][]int{{1}, {0}, {}}},
		"twice one of two":    {"[one(aws_sns_topic.b.arn, aws_sns_topic.c.arn), one(aws_sns_topic.b.arn, aws_sns_topic.security.arn)]", [][]int{{1}, {0}, {3}, {2}}},
	} {
		t.Run(name, func(t *testing.T) {
			var got [][]int
			for _, c := range chaintest.Build(t, chaintest.Edits{link, c.actions}.Of(t, chaintest.Complete)+topics).Controls[chaintest.Denials].Candidates {
				got = append(got, c.Alternatives)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
	t.Run("of two alarms", func(t *testing.T) {
		second := strings.NewReplacer(`"denied"`, `"other"`, "denied-calls", "other").Replace(chaintest.TextOf(chaintest.TheAlarm))
		world := strings.ReplaceAll(chaintest.Complete+second, link, "[one(aws_sns_topic.b.arn, aws_sns_topic.security.arn)]") + topics
		cs := chaintest.Build(t, world).Controls[chaintest.Denials].Candidates
		if len(cs) != 4 || !slices.Equal(cs[0].Alternatives, []int{1}) || !slices.Equal(cs[3].Alternatives, []int{2}) {
			t.Errorf("%+v", cs)
		}
	})
}

// before returns what was said of the control in the world before the plan.
func before(v verdict.Verdict, trail string) chaintest.Option {
	return func(_ *testing.T, a *chaintest.Input) {
		past := chain.Past{Verdict: v}
		if trail != "" {
			past.Chain = &verdict.Chain{Trail: trail}
		}
		a.Before = map[string]chain.Past{chaintest.Denials: past}
	}
}

// TestDeletedLinks: nothing after a deleted link is judged.
func TestDeletedLinks(t *testing.T) {
	const topic = "arn:aws:sns:us-east-1:111122223333:old"
	group := chaintest.Meeting(`"arn:aws:logs:us-east-1:111122223333:log-group:old:*"`, `"old"`)
	for name, c := range map[string]struct {
		chaintest.Edits
		options []chaintest.Option
		want    []string
	}{
		"the trail":                               {chaintest.Without(chaintest.TheTrail), []chaintest.Option{before(verdict.Pass, chaintest.TheTrail), chaintest.Deletes("aws_cloudtrail \"main\" {}")}, []string{"- trail denied - - 1 assumed gone " + chaintest.TheTrail}},
		"another trail":                           {chaintest.Without(chaintest.TheTrail), []chaintest.Option{before(verdict.Pass, chaintest.TheTrail), chaintest.Deletes("aws_cloudtrail \"other\" {}")}, []string{"- trail denied denied security 9 assumed"}},
		"a trail beside this":                     {nil, []chaintest.Option{before(verdict.Pass, "aws_cloudtrail.old"), chaintest.Deletes("aws_cloudtrail \"old\" {}")}, []string{"main trail denied denied security 9"}},
		"a trail that was no chain":               {chaintest.Without(chaintest.TheTrail), []chaintest.Option{before(verdict.Fail, ""), chaintest.Deletes("aws_cloudtrail \"main\" {}")}, []string{"- trail denied denied security 9 assumed"}},
		"the group":                               {group, []chaintest.Option{chaintest.Deletes("aws_cloudwatch_log_group \"old\" {\n name = \"old\"\n}")}, []string{"main old denied - - 2 gone aws_cloudwatch_log_group.old"}},
		"another group":                           {group, []chaintest.Option{chaintest.Deletes("aws_cloudwatch_log_group \"old\" {\n name = \"other\"\n}")}, []string{"main old denied denied security 9"}},
		"something else of the group's name":      {group, []chaintest.Option{chaintest.Deletes("aws_sns_topic \"old\" {\n name = \"old\"\n}")}, []string{"main old denied denied security 9"}},
		"a group of that name that is kept":       {nil, []chaintest.Option{chaintest.Deletes("aws_cloudwatch_log_group \"old\" {\n name = \"trail\"\n}")}, []string{"main trail denied denied security 9"}},
		"the topic":                               {chaintest.Edits{"[aws_sns_topic.security.arn]", `["` + topic + `"]`}, []chaintest.Option{chaintest.Deletes("aws_sns_topic \"old\" {\n arn = \"" + topic + "\"\n}")}, []string{"main trail denied denied old 8 gone aws_sns_topic.old"}},
		"another topic":                           {chaintest.Edits{"[aws_sns_topic.security.arn]", `["` + topic + `"]`}, []chaintest.Option{chaintest.Deletes("aws_sns_topic \"old\" {\n arn = \"" + topic + "x\"\n}")}, []string{"main trail denied denied old 9"}},
		"what nobody sees, and a topic of no ARN": {chaintest.Edits{"[aws_sns_topic.security.arn]", "[hidden()]"}, []chaintest.Option{chaintest.Deletes("aws_sns_topic \"old\" {}")}, []string{"main trail denied denied - 7"}},
	} {
		t.Run(name, func(t *testing.T) {
			compareCandidates(t, chaintest.Build(t, c.Of(t, chaintest.Complete), c.options...), c.want)
		})
	}
}

// TestRelevance: whether the input has to do with the control, and whether what
// says so exists for certain.
func TestRelevance(t *testing.T) {
	const maybe = "\n uncertain = \"the count of it is not known\""
	trail, filter := `name                       = "main"`, `name           = "denied"`
	none := chaintest.Without(chaintest.TheTrail, chaintest.TheFilter)
	for name, c := range map[string]struct {
		chaintest.Edits
		options           []chaintest.Option
		relevant, certain bool
		hidden            []string
	}{
		"trail and filter":        {nil, nil, true, true, nil},
		"a trail alone":           {chaintest.Without(chaintest.TheFilter), nil, true, true, nil},
		"a filter alone":          {chaintest.Without(chaintest.TheTrail), nil, true, true, nil},
		"neither":                 {none, nil, false, false, nil},
		"neither, but once":       {none, []chaintest.Option{before(verdict.Fail, "")}, true, true, nil},
		"neither, and never":      {none, []chaintest.Option{before(verdict.Skip, "")}, false, false, nil},
		"a filter that nearly is": {append(chaintest.Without(chaintest.TheTrail), chaintest.Pattern(`{ $.errorcode = "AccessDenied" }`)...), nil, false, false, nil},
		"a filter that does not parse, of another thing": {append(chaintest.Without(chaintest.TheTrail), chaintest.Pattern(`{ $.eventName = `)...), nil, false, false, nil},
		"a filter of another control":                    {append(chaintest.Without(chaintest.TheTrail), chaintest.Pattern(`{ $.eventName = "StopLogging" }`)...), nil, false, false, nil},
		"a filter of a variable":                         {append(chaintest.Without(chaintest.TheTrail), chaintest.PatternValue("var.pattern")...), nil, false, false, nil},
		"a filter of a variable beside a trail":          {chaintest.PatternValue("var.pattern"), nil, true, true, nil},
		"a filter that may be":                           {append(append(chaintest.Without(chaintest.TheTrail), chaintest.PatternValue("var.pattern")...), filter, filter+maybe), nil, false, false, []string{"the count of it is not known"}},
		"a filter of another control that may be":        {append(append(chaintest.Without(chaintest.TheTrail), chaintest.Pattern(`{ $.eventName = "StopLogging" }`)...), filter, filter+maybe), nil, false, false, nil},
		"a trail that may be":                            {append(chaintest.Without(chaintest.TheFilter), trail, trail+maybe), nil, true, false, nil},
		"both may be":                                    {chaintest.Edits{trail, trail + maybe, filter, filter + maybe}, nil, true, false, nil},
		"the trail may be":                               {chaintest.Edits{trail, trail + maybe}, nil, true, true, nil},
		"the filter may be":                              {chaintest.Edits{filter, filter + maybe}, nil, true, true, nil},
		"neither, and a gap":                             {none, []chaintest.Option{chaintest.WithGaps(resource.Gap{Text: "a module is not read"}, resource.Gap{Text: "a queue is not read", Types: []string{"aws_sqs_queue"}})}, false, false, []string{"a module is not read"}},
		"neither, and less is planned":                   {none, []chaintest.Option{func(_ *testing.T, a *chaintest.Input) { a.Doc.Incomplete = []string{"planned with -target"} }}, false, false, []string{"planned with -target"}},
		"a trail alone, and a gap":                       {chaintest.Without(chaintest.TheFilter), []chaintest.Option{chaintest.WithGaps(resource.Gap{Text: "a module is not read"})}, true, true, nil},
	} {
		t.Run(name, func(t *testing.T) {
			got := chaintest.Build(t, c.Of(t, chaintest.Complete), c.options...).Controls[chaintest.Denials]
			if got.Relevant != c.relevant || got.Certain != c.certain || !slices.Equal(got.Hidden, c.hidden) {
				t.Errorf("relevant: %v, certain: %v, hidden: %q", got.Relevant, got.Certain, got.Hidden)
			}
			if got.Relevant != (len(got.Candidates) > 0) {
				t.Errorf("relevant: %v, with %d candidates", got.Relevant, len(got.Candidates))
			}
		})
	}
}

// TestAimedFilters: one that is aimed beats those that may be.
func TestAimedFilters(t *testing.T) {
	other := "\naws_cloudwatch_log_metric_filter \"other\" {\n name = \"other\"\n log_group_name = \"trail\"\n pattern = var.pattern\n}\n"
	compareCandidates(t, chaintest.Build(t, chaintest.Complete+other), []string{"main trail denied denied security 9"})
	near := chaintest.Pattern(`{ $.errorcode = "AccessDenied" }`).Of(t, chaintest.Complete)
	compareCandidates(t, chaintest.Build(t, near+other), []string{"main trail denied denied security 9", "main trail other - - 6"})
}

// TestTooManyCandidates: if they are too many, none is judged.
func TestTooManyCandidates(t *testing.T) {
	const alarms, topics = 50, 80 // as many as may be
	var world, list strings.Builder
	for i := range topics {
		fmt.Fprintf(&world, "aws_sns_topic \"t%d\" {\n name = \"t%d\"\n}\n", i, i)
		fmt.Fprintf(&list, "aws_sns_topic.t%d.arn, ", i)
	}
	alarm := func(n int, actions string) string {
		return strings.NewReplacer(`"denied" {`, `"n`+strconv.Itoa(n)+`" {`, "denied-calls", strconv.Itoa(n), "threshold           = 1", "threshold = "+strconv.Itoa(n+1), chaintest.TheTopic+".arn", actions).
			Replace(chaintest.TextOf(chaintest.TheAlarm))
	}
	for n := range alarms {
		world.WriteString(alarm(n, list.String()))
	}
	text := chaintest.Without(chaintest.TheAlarm).Of(t, chaintest.Complete) + world.String()
	if got := chaintest.Build(t, text).Controls[chaintest.Denials]; len(got.Candidates) != chain.MaxCandidates || got.Excess != 0 {
		t.Errorf("%d candidates, excess %d", len(got.Candidates), got.Excess)
	}
	// The bound is that of all controls together.
	const other = "cloudtrail-configuration-changes"
	if got := chaintest.Build(t, text, chaintest.Asking(chaintest.Denials, other)).Controls; len(got[chaintest.Denials].Candidates) != chain.MaxCandidates || got[other].Excess != chain.MaxCandidates {
		t.Errorf("%d candidates, and %d", len(got[chaintest.Denials].Candidates), len(got[other].Candidates))
	}
	if got := chaintest.Build(t, text+alarm(alarms, chaintest.TheTopic+".arn")).Controls[chaintest.Denials]; len(got.Candidates) != 0 || got.Excess != chain.MaxCandidates || !got.Relevant {
		t.Errorf("%d candidates, excess %d", len(got.Candidates), got.Excess)
	}
}
