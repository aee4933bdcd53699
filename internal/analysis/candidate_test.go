package analysis

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/verdict"
)

// short names what a candidate goes through by the names of the resources, "-" for
// what the input does not have, and how far it goes.
func short(c Candidate) string {
	name := func(address string) string {
		if address == "" {
			return "-"
		}
		return address[strings.LastIndexAny(address, ".:")+1:]
	}
	line := fmt.Sprintf("%s %s %s %s %s %d", name(c.Trail), name(c.GroupName), name(c.Filter), name(c.Alarm), name(c.Topic), c.Reach)
	if c.Assumed {
		line += " assumed"
	}
	for _, deleted := range []string{c.DeletedTrail, c.DeletedGroup, c.DeletedTopic} {
		if deleted != "" {
			line += " gone " + deleted
		}
	}
	return line
}

func candidates(d *Document) (lines []string) {
	for _, c := range d.Controls[denials].Candidates {
		lines = append(lines, short(c))
	}
	return lines
}

func compareCandidates(t *testing.T, d *Document, want []string) {
	t.Helper()
	if diff := cmp.Diff(want, candidates(d)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	for i, c := range d.Controls[denials].Candidates {
		if c.Index != i {
			t.Errorf("candidate %d has index %d", i, c.Index)
		}
	}
}

// trailTo is a further trail with some arguments.
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
	vouched := configured(func(c *config.Config) {
		c.External = append(c.External, config.External{Topic: "*"}, config.External{LogGroup: "t*"})
	})
	all := configured(func(c *config.Config) { c.External = append(c.External, config.External{LogGroup: "*"}) })
	for name, c := range map[string]struct {
		edits
		options []option
		want    []string
	}{
		"one":                                   {nil, nil, []string{"main " + whole}},
		"none":                                  {without(theTrail), nil, []string{"- " + whole + " assumed"}},
		"one that records no management events": {edits{"is_multi_region_trail      = true", "event_selector { include_management_events = false }"}, nil, []string{"main " + whole}},
		"two":                                   {edits{"", trailTo("second", group, "")}, nil, []string{"main " + whole, "second " + whole}},
		"two that are alike":                    {append(edits{"", trailTo("a", group, "")}, edits{"", trailTo("b", group, "")}...), nil, []string{"a " + whole, "main " + whole}},
		"one that writes elsewhere":             {meeting(other, ""), nil, []string{"main " + whole}},
		"one that writes nowhere":               {meeting("null", ""), nil, []string{"main " + whole}},
		"two that write elsewhere":              {append(meeting(other, ""), "", trailTo("z", other, "enable_logging = false")), nil, []string{"main " + whole}},
		"one beside one that writes elsewhere":  {edits{"", trailTo("a", other, "")}, nil, []string{"main " + whole}},
		"one beside one that may write":         {edits{"", trailTo("a", "var.group", "")}, nil, []string{"a " + whole, "main " + whole}},
		"one beside what somebody vouches for":  {nil, []option{vouched}, []string{"main " + whole, "- " + whole}},
		"none, and somebody vouches":            {without(theTrail), []option{vouched}, []string{"- " + whole + " assumed"}},
		"one that writes elsewhere, and somebody vouches": {meeting(other, ""), []option{vouched}, []string{"main " + whole, "- " + whole}},
		"no filter":                               {without(theFilter), nil, []string{"main trail - - - 3"}},
		"no filter, and somebody vouches":         {without(theFilter), []option{vouched}, []string{"main trail - - - 3"}},
		"no filter, and somebody vouches for all": {without(theFilter), []option{all}, []string{"main trail - - - 3"}},
		"no filter, and two trails":               {append(without(theFilter), "", trailTo("second", other, "")), nil, []string{"main trail - - - 3", "second other - - - 3"}},
		"neither":                                 {without(theFilter, theTrail), nil, nil},
	} {
		t.Run(name, func(t *testing.T) { compareCandidates(t, facts(t, c.of(t, complete), c.options...), c.want) })
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
		edits
		want []string
	}{
		"to a topic":                           {nil, []string{"main trail denied denied security 9"}},
		"to a topic of elsewhere":              {edits{link, `["arn:aws:sns:us-east-1:111122223333:elsewhere"]`}, []string{"main trail denied denied elsewhere 9"}},
		"to a topic of a variable":             {edits{link, "[var.topic]"}, []string{"main trail denied denied - 9"}},
		"to what nobody sees":                  {edits{link, "[hidden()]"}, []string{"main trail denied denied - 7"}},
		"to a function":                        {edits{link, "[aws_lambda_function.f.arn]"}, []string{"main trail denied denied - 7"}},
		"to what is no ARN":                    {edits{link, `["oncall"]`}, []string{"main trail denied denied - 7"}},
		"to nobody":                            {edits{link, "[]"}, []string{"main trail denied denied - 7"}},
		"without an alarm":                     {without(theAlarm), []string{"main trail denied - - 6"}},
		"to two topics":                        {edits{link, "[aws_sns_topic.second.arn, aws_sns_topic.security.arn]", "", second}, []string{"main trail denied denied second 9", "main trail denied denied security 9"}},
		"by two alarms that are alike":         {edits{"", another + tellsIt}, []string{"main trail denied another security 9"}},
		"by two alarms of two thresholds":      {edits{"", strings.Replace(another, "threshold = 1", "threshold = 2", 1) + tellsIt}, []string{"main trail denied another security 9", "main trail denied denied security 9"}},
		"by two alarms, of which one is muted": {edits{"", another + tellsIt + "aws_cloudwatch_alarm_mute_rule \"night\" {\n mute_targets { alarm_names = [\"another\"] }\n}"}, []string{"main trail denied another security 9", "main trail denied denied security 9"}},
		"by two alarms, of which one is off":   {edits{"", another + " actions_enabled = false\n" + tellsIt}, []string{"main trail denied another security 9", "main trail denied denied security 9"}},
		"by two alarms to two topics":          {edits{"", another + strings.Replace(tellsIt, "security", "second", 1) + second}, []string{"main trail denied another second 9", "main trail denied denied security 9"}},
		"by the alarm and one over it":         {edits{"", over("any", `"ALARM(denied-calls)"`)}, []string{"main trail denied denied security 9", "main trail denied denied security 9"}},
	} {
		t.Run(name, func(t *testing.T) { compareCandidates(t, facts(t, c.of(t, complete)), c.want) })
	}
	t.Run("by the alarm over it", func(t *testing.T) {
		cs := facts(t, complete+over("any", `"ALARM(denied-calls)"`)).Controls[denials].Candidates
		if cs[0].Actor != theAlarm || cs[1].Actor != throughAny || cs[1].Alarm != theAlarm || cs[1].Action != "0 "+theTopic {
			t.Errorf("%+v", cs)
		}
	})
}

// TestAlikeFilters: of filters that differ in names alone there is the first.
func TestAlikeFilters(t *testing.T) {
	copied := strings.NewReplacer(`"denied" {`, `"copy" {`, `"denied"`, `"copy"`).Replace(textOf(theFilter))
	unwatched := without(theAlarm).of(t, complete)
	compareCandidates(t, facts(t, unwatched+copied), []string{"main trail copy - - 6"})
	other := strings.Replace(copied, `value     = "1"`, `value = "2"`, 1)
	compareCandidates(t, facts(t, unwatched+other), []string{"main trail copy - - 6", "main trail denied - - 6"})
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
			for _, c := range facts(t, edits{link, c.actions}.of(t, complete)+topics).Controls[denials].Candidates {
				got = append(got, c.Rivals)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
	t.Run("of two alarms", func(t *testing.T) {
		second := strings.NewReplacer(`"denied"`, `"other"`, "denied-calls", "other").Replace(textOf(theAlarm))
		world := strings.ReplaceAll(complete+second, link, "[one(aws_sns_topic.b.arn, aws_sns_topic.security.arn)]") + topics
		cs := facts(t, world).Controls[denials].Candidates
		if len(cs) != 4 || !slices.Equal(cs[0].Rivals, []int{1}) || !slices.Equal(cs[3].Rivals, []int{2}) {
			t.Errorf("%+v", cs)
		}
	})
}

// before is what was said of the control in the world before the plan.
func before(v verdict.Verdict, trail string) option {
	return func(_ *testing.T, a *asked) {
		past := Past{Verdict: v}
		if trail != "" {
			past.Chain = &verdict.Chain{Trail: trail}
		}
		a.Before = map[string]Past{denials: past}
	}
}

// TestDeletedLinks: behind what the plan deletes nothing is judged.
func TestDeletedLinks(t *testing.T) {
	const topic = "arn:aws:sns:us-east-1:111122223333:old"
	group := meeting(`"arn:aws:logs:us-east-1:111122223333:log-group:old:*"`, `"old"`)
	for name, c := range map[string]struct {
		edits
		options []option
		want    []string
	}{
		"the trail":                               {without(theTrail), []option{before(verdict.Pass, theTrail), deletes("aws_cloudtrail \"main\" {}")}, []string{"- trail denied - - 1 assumed gone " + theTrail}},
		"another trail":                           {without(theTrail), []option{before(verdict.Pass, theTrail), deletes("aws_cloudtrail \"other\" {}")}, []string{"- trail denied denied security 9 assumed"}},
		"a trail beside this":                     {nil, []option{before(verdict.Pass, "aws_cloudtrail.old"), deletes("aws_cloudtrail \"old\" {}")}, []string{"main trail denied denied security 9"}},
		"a trail that was no chain":               {without(theTrail), []option{before(verdict.Fail, ""), deletes("aws_cloudtrail \"main\" {}")}, []string{"- trail denied denied security 9 assumed"}},
		"the group":                               {group, []option{deletes("aws_cloudwatch_log_group \"old\" {\n name = \"old\"\n}")}, []string{"main old denied - - 2 gone aws_cloudwatch_log_group.old"}},
		"another group":                           {group, []option{deletes("aws_cloudwatch_log_group \"old\" {\n name = \"other\"\n}")}, []string{"main old denied denied security 9"}},
		"something else of the group's name":      {group, []option{deletes("aws_sns_topic \"old\" {\n name = \"old\"\n}")}, []string{"main old denied denied security 9"}},
		"a group of that name that is kept":       {nil, []option{deletes("aws_cloudwatch_log_group \"old\" {\n name = \"trail\"\n}")}, []string{"main trail denied denied security 9"}},
		"the topic":                               {edits{"[aws_sns_topic.security.arn]", `["` + topic + `"]`}, []option{deletes("aws_sns_topic \"old\" {\n arn = \"" + topic + "\"\n}")}, []string{"main trail denied denied old 8 gone aws_sns_topic.old"}},
		"another topic":                           {edits{"[aws_sns_topic.security.arn]", `["` + topic + `"]`}, []option{deletes("aws_sns_topic \"old\" {\n arn = \"" + topic + "x\"\n}")}, []string{"main trail denied denied old 9"}},
		"what nobody sees, and a topic of no ARN": {edits{"[aws_sns_topic.security.arn]", "[hidden()]"}, []option{deletes("aws_sns_topic \"old\" {}")}, []string{"main trail denied denied - 7"}},
	} {
		t.Run(name, func(t *testing.T) { compareCandidates(t, facts(t, c.of(t, complete), c.options...), c.want) })
	}
}

// TestRelevance: whether the input has to do with the control, and whether what
// says so exists for certain.
func TestRelevance(t *testing.T) {
	const maybe = "\n uncertain = \"the count of it is not known\""
	trail, filter := `name                       = "main"`, `name           = "denied"`
	none := without(theTrail, theFilter)
	for name, c := range map[string]struct {
		edits
		options           []option
		relevant, certain bool
		hidden            []string
	}{
		"trail and filter":        {nil, nil, true, true, nil},
		"a trail alone":           {without(theFilter), nil, true, true, nil},
		"a filter alone":          {without(theTrail), nil, true, true, nil},
		"neither":                 {none, nil, false, false, nil},
		"neither, but once":       {none, []option{before(verdict.Fail, "")}, true, true, nil},
		"neither, and never":      {none, []option{before(verdict.Skip, "")}, false, false, nil},
		"a filter that nearly is": {append(without(theTrail), pattern(`{ $.errorcode = "AccessDenied" }`)...), nil, false, false, nil},
		"a filter that does not parse, of another thing": {append(without(theTrail), pattern(`{ $.eventName = `)...), nil, false, false, nil},
		"a filter of another control":                    {append(without(theTrail), pattern(`{ $.eventName = "StopLogging" }`)...), nil, false, false, nil},
		"a filter of a variable":                         {append(without(theTrail), patternValue("var.pattern")...), nil, false, false, nil},
		"a filter of a variable beside a trail":          {patternValue("var.pattern"), nil, true, true, nil},
		"a filter that may be":                           {append(append(without(theTrail), patternValue("var.pattern")...), filter, filter+maybe), nil, false, false, []string{"the count of it is not known"}},
		"a filter of another control that may be":        {append(append(without(theTrail), pattern(`{ $.eventName = "StopLogging" }`)...), filter, filter+maybe), nil, false, false, nil},
		"a trail that may be":                            {append(without(theFilter), trail, trail+maybe), nil, true, false, nil},
		"both may be":                                    {edits{trail, trail + maybe, filter, filter + maybe}, nil, true, false, nil},
		"the trail may be":                               {edits{trail, trail + maybe}, nil, true, true, nil},
		"the filter may be":                              {edits{filter, filter + maybe}, nil, true, true, nil},
		"neither, and a gap":                             {none, []option{gapped(resource.Gap{Text: "a module is not read"}, resource.Gap{Text: "a queue is not read", Types: []string{"aws_sqs_queue"}})}, false, false, []string{"a module is not read"}},
		"neither, and less is planned":                   {none, []option{func(_ *testing.T, a *asked) { a.doc.Incomplete = []string{"planned with -target"} }}, false, false, []string{"planned with -target"}},
		"a trail alone, and a gap":                       {without(theFilter), []option{gapped(resource.Gap{Text: "a module is not read"})}, true, true, nil},
	} {
		t.Run(name, func(t *testing.T) {
			got := facts(t, c.of(t, complete), c.options...).Controls[denials]
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
	compareCandidates(t, facts(t, complete+other), []string{"main trail denied denied security 9"})
	near := pattern(`{ $.errorcode = "AccessDenied" }`).of(t, complete)
	compareCandidates(t, facts(t, near+other), []string{"main trail denied denied security 9", "main trail other - - 6"})
}

// TestTooManyCandidates: where they are too many, none is judged.
func TestTooManyCandidates(t *testing.T) {
	const alarms, topics = 50, 80 // as many as may be
	var world, list strings.Builder
	for i := range topics {
		fmt.Fprintf(&world, "aws_sns_topic \"t%d\" {\n name = \"t%d\"\n}\n", i, i)
		fmt.Fprintf(&list, "aws_sns_topic.t%d.arn, ", i)
	}
	alarm := func(n int, actions string) string {
		return strings.NewReplacer(`"denied" {`, `"n`+strconv.Itoa(n)+`" {`, "denied-calls", strconv.Itoa(n), "threshold           = 1", "threshold = "+strconv.Itoa(n+1), theTopic+".arn", actions).
			Replace(textOf(theAlarm))
	}
	for n := range alarms {
		world.WriteString(alarm(n, list.String()))
	}
	text := without(theAlarm).of(t, complete) + world.String()
	if got := facts(t, text).Controls[denials]; len(got.Candidates) != maxCandidates || got.Excess != 0 {
		t.Errorf("%d candidates, excess %d", len(got.Candidates), got.Excess)
	}
	// The bound is that of all controls together.
	const other = "cloudtrail-configuration-changes"
	if got := facts(t, text, asking(denials, other)).Controls; len(got[denials].Candidates) != maxCandidates || got[other].Excess != maxCandidates {
		t.Errorf("%d candidates, and %d", len(got[denials].Candidates), len(got[other].Candidates))
	}
	if got := facts(t, text+alarm(alarms, theTopic+".arn")).Controls[denials]; len(got.Candidates) != 0 || got.Excess != maxCandidates || !got.Relevant {
		t.Errorf("%d candidates, excess %d", len(got.Candidates), got.Excess)
	}
}
