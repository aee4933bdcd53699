package facts_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

const threshold = "threshold           = 1"

// TestFires: what a burst does to the alarm, and which argument is to blame.
func TestFires(t *testing.T) {
	const (
		sum      = `statistic           = "Sum"`
		operator = `"GreaterThanOrEqualToThreshold"`
		missing  = `"notBreaching"`
		periods  = "evaluation_periods  = 1"
		value    = `value     = "1"`
	)
	usual := func(n string) chaintest.Edits { return chaintest.Edits{value, value + "\n default_value = " + n} }
	for name, c := range map[string]struct {
		chaintest.Edits
		state    document.FiresState
		events   int
		argument string
		why      string
	}{
		"at the first event":                   {nil, document.Fired, 1, "", ""},
		"at the 26th event":                    {chaintest.Edits{threshold, "threshold = 26"}, document.Fired, 26, "", ""},
		"of events that count five":            {chaintest.Edits{threshold, "threshold = 26", value, `value = "5"`}, document.Fired, 6, "", ""},
		"of events that count what they hold":  {chaintest.Edits{threshold, "threshold = 26", value, `value = "$.x"`}, document.Fired, 26, "", ""},
		"of events that count nothing":         {chaintest.Edits{value, `value = "0"`}, document.FiresNever, 0, "", "every match publishes 0"},
		"at few events":                        {chaintest.Edits{operator, `"LessThanThreshold"`}, document.FiresNever, 0, "comparison_operator", "few events raise it"},
		"at a threshold never reached":         {chaintest.Edits{sum, `statistic = "Maximum"`, threshold, "threshold = 2"}, document.FiresNever, 0, "threshold", ""},
		"in two periods of two":                {chaintest.Edits{periods, "evaluation_periods = 2"}, document.FiresNever, 0, "datapoints_to_alarm", ""},
		"in one period of two":                 {chaintest.Edits{periods, "evaluation_periods = 2\n datapoints_to_alarm = 1"}, document.Fired, 1, "", ""},
		"while all is silent":                  {chaintest.Edits{missing, `"breaching"`}, document.FiresAlways, 0, "treat_missing_data", ""},
		"at usual traffic":                     {append(usual("1"), threshold, "threshold = 1"), document.FiresAlways, 0, "statistic", "adds the default value 1"},
		"diluted by usual traffic":             {append(usual("0"), sum, `statistic = "Average"`), document.FiresNever, 0, "statistic", "publishes the default value 0"},
		"by a count of usual traffic":          {append(usual("0"), sum, `statistic = "SampleCount"`), document.FiresAlways, 0, "statistic", ""},
		"by the largest of usual traffic":      {append(usual("3"), sum, `statistic = "Maximum"`), document.FiresAlways, 0, "threshold", ""},
		"by an extended statistic":             {chaintest.Edits{sum, `extended_statistic = "p99"`}, document.Fired, 1, "", ""},
		"by two statistics":                    {chaintest.Edits{sum, sum + "\n extended_statistic = \"p99\""}, document.FiresRefused, 0, "", ""},
		"by the clock":                         {chaintest.Edits{periods, periods + "\n evaluation_window {\n wall_clock_window {\n timezone = \"UTC\"\n }\n }"}, document.Fired, 1, "", ""},
		"by the clock, in a period it has not": {chaintest.Edits{periods, periods + "\n evaluation_window {\n wall_clock_window {\n timezone = \"UTC\"\n }\n }", "period              = 300", "period = 120"}, document.FiresRefused, 0, "period", "period is 120 seconds"},
		"by no statistic":                      {chaintest.Edits{sum, `statistic = ""`}, document.FiresRefused, 0, "", ""},
		"with a period AWS refuses":            {chaintest.Edits{"period              = 300", "period = 7"}, document.FiresRefused, 0, "", "a multiple of 60 seconds, got 7"},
		"by a statistic nobody knows":          {chaintest.Edits{sum, `extended_statistic = "zz9"`}, document.FiresUnknown, 0, "", "zz9"},

		"at a threshold to be seen later":  {chaintest.Edits{threshold, "threshold = var.most"}, document.FiresUnknown, 0, "threshold", "threshold is not known: var.most has no value"},
		"with a period to be seen later":   {chaintest.Edits{"period              = 300", "period = hidden()"}, document.FiresUnknown, 0, "period", "period is not known: (known after apply)"},
		"with periods to be seen later":    {chaintest.Edits{periods, "evaluation_periods = var.n"}, document.FiresUnknown, 0, "evaluation_periods", "var.n"},
		"with datapoints to be seen later": {chaintest.Edits{periods, "evaluation_periods = 1\n datapoints_to_alarm = var.n"}, document.FiresUnknown, 0, "datapoints_to_alarm", "var.n"},
		"by an operator to be seen later":  {chaintest.Edits{operator, "var.operator"}, document.FiresUnknown, 0, "comparison_operator", "var.operator"},
		"with data to be seen later":       {chaintest.Edits{missing, "var.missing"}, document.FiresUnknown, 0, "treat_missing_data", "var.missing"},
		"by a statistic to be seen later":  {chaintest.Edits{sum, "statistic = var.statistic"}, document.FiresUnknown, 0, "statistic", "var.statistic"},
		"the first of two is told":         {chaintest.Edits{"period              = 300", "period = var.first", threshold, "threshold = var.second"}, document.FiresUnknown, 0, "period", "var.first"},
		"with a default to be seen later":  {usual("var.usual"), document.FiresUnknown, 0, "", "default_value of " + chaintest.TheFilter + " is what var.usual decides"},
		"of another kind":                  {chaintest.Edits{"metric_name         = \"Denied\"", "metric_name = \"Denied\"\n threshold_metric_id = \"e1\""}, document.FiresUnknown, 0, "", "anomaly detection band"},
	} {
		t.Run(name, func(t *testing.T) {
			got := chaintest.Watched(chaintest.Build(t, c.Of(t, chaintest.Complete))).Fires
			if got.State != c.state || got.Events != c.events || got.Argument != c.argument || !strings.Contains(got.Reason, c.why) {
				t.Errorf("%+v", got)
			}
			if (got.State == document.Fired) != (got.Text != "") || (got.State == document.Fired) == (got.Reason != "") {
				t.Errorf("it says %q, and why not %q", got.Text, got.Reason)
			}
		})
	}
}

// TestMetricMath: what a burst does to an alarm over an expression, whatever the metrics
// that nobody publishes may be while nothing matches.
func TestMetricMath(t *testing.T) {
	const (
		own    = "metric_name         = \"Denied\"\n  namespace           = \"Security\"\n  statistic           = \"Sum\"\n  period              = 300"
		noMath = "its metric math is not supported"
		twice  = "its metric math reads the metric in two ways"
		open   = "the values of the other metrics in its metric math while nothing matches are not known"
	)
	query := func(id, name, stat, period string) string {
		return "metric_query {\n id = \"" + id + "\"\n metric {\n metric_name = \"" + name + "\"\n namespace = \"Security\"\n period = " + period + "\n stat = \"" + stat + "\"\n }\n}\n"
	}
	math := func(expression string) string {
		return "metric_query {\n id = \"e\"\n return_data = true\n expression = " + expression + "\n}\n"
	}
	denied, other := query("m", "Denied", "Sum", "300"), query("o", "Other", "Sum", "300")
	published := "\naws_cloudwatch_log_metric_filter \"other\" {\n name = \"other\"\n log_group_name = \"app\"\n pattern = \"ERROR\"\n metric_transformation {\n name = \"Other\"\n namespace = \"Security\"\n value = \"1\"\n%\n }\n}\n"
	for name, c := range map[string]struct {
		queries, threshold, world string
		state                     document.FiresState
		events                    int
		argument, why             string
	}{
		"itself":                             {denied + math(`"m"`), "1", "", document.Fired, 1, "", ""},
		"twice itself":                       {denied + math(`"m * 2"`), "10", "", document.Fired, 5, "", ""},
		"through another expression":         {denied + "metric_query {\n id = \"f\"\n return_data = false\n expression = \"m * 2\"\n}\n" + math(`"f + 1"`), "11", "", document.Fired, 5, "", ""},
		"through itself, in a circle":        {denied + "metric_query {\n id = \"f\"\n return_data = false\n expression = \"e + m\"\n}\n" + math(`"f + m"`), "1", "", document.FiresNever, 0, "threshold", "never"}, // AWS refuses it, and nothing hangs,
		"the sum of all metrics":             {denied + math(`"SUM(METRICS())"`), "3", "", document.Fired, 3, "", ""},
		"what has no meaning":                {denied + math(`"m +"`), "1", "", document.FiresUnknown, 0, "metric_query", noMath + ": "},
		"what has no meaning, a secret":      {denied + math(`secret("m +")`), "1", "", document.FiresUnknown, 0, "metric_query", noMath},
		"beside one that nobody publishes":   {denied + other + math(`"m + o"`), "1", "", document.FiresUnknown, 0, "metric_query", open},
		"beside one, filled":                 {denied + other + math(`"m + FILL(o, 0)"`), "1", "", document.Fired, 1, "", ""},
		"beside one, filled with another":    {denied + other + math(`"m + FILL(o, 2)"`), "4", "", document.FiresUnknown, 0, "metric_query", open},
		"beside one that is always there":    {denied + other + math(`"m + o"`), "4", strings.Replace(published, "%", "default_value = 2", 1), document.Fired, 2, "", ""},
		"beside one of some usual value":     {denied + other + math(`"m + o"`), "4", strings.Replace(published, "%", "default_value = var.usual", 1), document.FiresUnknown, 0, "", "default_value of aws_cloudwatch_log_metric_filter.other"},
		"beside one that is there, at times": {denied + other + math(`"m + FILL(o, 2)"`), "4", strings.Replace(published, "%", "", 1), document.Fired, 2, "", ""},
		"twice, in one way":                  {denied + query("n", "Denied", "Sum", "300") + math(`"m + n"`), "4", "", document.Fired, 2, "", ""},
		"twice, by two statistics":           {denied + query("n", "Denied", "Maximum", "300") + math(`"m + n"`), "4", "", document.FiresUnknown, 0, "metric_query", twice},
		"twice, by two periods":              {denied + query("n", "Denied", "Sum", "60") + math(`"m + n"`), "4", "", document.FiresUnknown, 0, "metric_query", twice},
		"beside one by another statistic":    {denied + query("o", "Other", "Maximum", "300") + math(`"m + FILL(o, 0)"`), "1", "", document.Fired, 1, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			world := chaintest.Edits{own, c.queries, threshold, "threshold = " + c.threshold, "", c.world}.Of(t, chaintest.Complete)
			got := chaintest.Watched(chaintest.Build(t, world)).Fires
			if got.State != c.state || got.Events != c.events || got.Argument != c.argument || !strings.Contains(got.Reason, c.why) || (got.Reason == "") != (c.why == "") {
				t.Errorf("%+v", got)
			}
			if strings.Contains(c.queries, "secret") && got.Reason != noMath {
				t.Errorf("it tells the secret: %q", got.Reason)
			}
		})
	}
	t.Run("silence is missing data, whatever else is published", func(t *testing.T) {
		zeros := strings.Replace(published, "%", "default_value = 0", 1)
		world := chaintest.Edits{own, denied + other + math(`"m + o"`), `"notBreaching"`, `"breaching"`, "", zeros}.Of(t, chaintest.Complete)
		if got := chaintest.Watched(chaintest.Build(t, world)).Fires; got.State != document.FiresAlways || got.Argument != "treat_missing_data" {
			t.Errorf("%+v", got)
		}
	})
}

// TestDelay: how long it takes, in seconds and in words.
func TestDelay(t *testing.T) {
	for period, want := range map[string]struct {
		delay int
		text  string
	}{
		"60": {60, "1 event, within 1 minute"}, "300": {300, "1 event, within 5 minutes"}, "3600": {3600, "1 event, within 60 minutes"},
		"7200": {7200, "1 event, within 2 hours"}, "86400": {86400, "1 event, within 24 hours"}, "5400": {5400, "1 event, within 90 minutes"},
	} {
		got := chaintest.Watched(chaintest.Build(t, chaintest.Edits{"period              = 300", "period = " + period}.Of(t, chaintest.Complete))).Fires
		if got.Delay != want.delay || got.Text != want.text {
			t.Errorf("%s: %d, %q", period, got.Delay, got.Text)
		}
	}
}

// TestDefaultsOfAMetric: usual traffic of every filter on the metric counts.
func TestDefaultsOfAMetric(t *testing.T) {
	filter := func(metric, usual string) string {
		return "\naws_cloudwatch_log_metric_filter \"other\" {\n name = \"other\"\n log_group_name = \"app\"\n pattern = \"ERROR\"\n metric_transformation {\n name = \"" + metric +
			"\"\n namespace = \"Security\"\n value = \"1\"\n default_value = " + usual + "\n }\n}\n"
	}
	const own = `value     = "1"`
	for name, c := range map[string]struct {
		own, other, usual string
		want              document.FiresState
		why               string
	}{
		"of this metric":                   {"null", "Denied", "1", document.FiresAlways, "default value 1"},
		"of another metric":                {"null", "Other", "1", document.Fired, ""},
		"of this metric, to be seen later": {"null", "Denied", "var.usual", document.FiresUnknown, "default_value of aws_cloudwatch_log_metric_filter.other"},
		"the larger one is the other's":    {"0", "Denied", "4", document.FiresAlways, "default value 4"},
		"the larger one is its own":        {"4", "Denied", "0", document.FiresAlways, "default value 4"},
	} {
		t.Run(name, func(t *testing.T) {
			world := chaintest.Edits{own, own + "\n default_value = " + c.own, "", filter(c.other, c.usual)}.Of(t, chaintest.Complete)
			if got := chaintest.Watched(chaintest.Build(t, world)).Fires; got.State != c.want || !strings.Contains(got.Reason, c.why) {
				t.Errorf("%+v", got)
			}
		})
	}
	t.Run("of a filter whose metric the alarm misses", func(t *testing.T) {
		world := chaintest.Edits{own, own + "\n default_value = 1", `metric_name         = "Denied"`, `metric_name = "denied"`}.Of(t, chaintest.Complete)
		if got := chaintest.Watched(chaintest.Build(t, world)); got.Matches != truth.No || got.Fires.State != document.FiresAlways {
			t.Errorf("%+v", got)
		}
	})
}

// TestWarnings: what an alarm fires in spite of.
func TestWarnings(t *testing.T) {
	const (
		missing = `"notBreaching"`
		periods = "evaluation_periods  = 1"
		value   = `value     = "1"`
		period  = "period              = 300"
	)
	for name, c := range map[string]struct {
		chaintest.Edits
		want []string
	}{
		"none":                       {nil, nil},
		"it stays on":                {chaintest.Edits{missing, `"ignore"`}, []string{"alarm-one-shot"}},
		"it is on when all is quiet": {chaintest.Edits{missing, `"breaching"`, value, value + "\n default_value = 0"}, []string{"alarm-breaching-when-quiet"}},
		"its period is too short":    {chaintest.Edits{period, "period = 10"}, []string{"alarm-high-resolution"}},
		"it waits for silence":       {chaintest.Edits{missing, `"missing"`, periods, "evaluation_periods = 2"}, []string{"alarm-slow"}},
		"it needs many":              {chaintest.Edits{`statistic           = "Sum"`, "extended_statistic = \"p90\"\n evaluate_low_sample_count_percentiles = \"ignore\""}, []string{"alarm-needs-burst"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := chaintest.Watched(chaintest.Build(t, c.Of(t, chaintest.Complete))).Fires
			var codes []string
			for _, w := range got.Warnings {
				if codes = append(codes, w.Code); w.Text == "" {
					t.Errorf("%s says nothing", w.Code)
				}
			}
			if got.State != document.Fired || !slices.Equal(codes, c.want) {
				t.Errorf("%s: %v, want %v", got.State, codes, c.want)
			}
		})
	}
}

// TestSensitiveNumbers: what an alarm asks for is told no closer than the bounds of
// the configuration.
func TestSensitiveNumbers(t *testing.T) {
	secret := func(argument, n string) chaintest.Edits {
		return chaintest.Edits{argument + n, strings.Fields(argument)[0] + " = secret(" + n + ")"}
	}
	with := func(n string) chaintest.Edits { return chaintest.Edits{threshold, "threshold = secret(" + n + ")"} }
	for name, c := range map[string]struct {
		chaintest.Edits
		events, delay int
	}{
		"one event":           {with("1"), 1, 0},
		"as many as are well": {with("5"), 1, 0},
		"more":                {with("6"), 6, 0},
		"as many as may be":   {with("25"), 6, 0},
		"too many":            {with("26"), 26, 0},
		"far too many":        {with("1000"), 26, 0},
		"a period":            {secret("period              = ", "300"), 1, 0},
		"an hour":             {chaintest.Edits{"period              = 300", "period = secret(3600)"}, 1, 0},
		"a long period":       {chaintest.Edits{"period              = 300", "period = secret(7200)"}, 1, 3601},
		"the periods":         {secret("evaluation_periods  = ", "1"), 1, 0},
		"the datapoints":      {chaintest.Edits{"evaluation_periods  = 1", "evaluation_periods = 1\n datapoints_to_alarm = secret(1)"}, 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			got := chaintest.Watched(chaintest.Build(t, c.Of(t, chaintest.Complete))).Fires
			if got.State != document.Fired || got.Events != c.events || got.Delay != c.delay || got.Text != resource.Hidden {
				t.Errorf("%+v", got)
			}
		})
	}
	t.Run("a warning", func(t *testing.T) {
		got := chaintest.Watched(chaintest.Build(t, append(with("1"), `"notBreaching"`, `"ignore"`).Of(t, chaintest.Complete))).Fires
		if diff := cmp.Diff([]document.Reason{{Code: "alarm-one-shot", Text: resource.Hidden}}, got.Warnings); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("an alarm that never fires has no burst", func(t *testing.T) {
		got := chaintest.Watched(chaintest.Build(t, append(with("2"), `statistic           = "Sum"`, `statistic = "Maximum"`).Of(t, chaintest.Complete))).Fires
		if got.State != document.FiresNever || got.Events != 0 || got.Text != "" {
			t.Errorf("%+v", got)
		}
	})
}

// TestWatchers: which alarms are told of a filter, and in what they differ.
func TestWatchers(t *testing.T) {
	const name, namespace = `metric_name         = "Denied"`, `namespace           = "Security"`
	for label, c := range map[string]struct {
		chaintest.Edits
		holds truth.Truth
		want  []document.Difference
	}{
		"on its metric":                {nil, truth.Yes, nil},
		"on a metric of other letters": {chaintest.Edits{name, `metric_name = "DENIED"`}, truth.No, []document.Difference{{Kind: document.ByName, Attribute: "metric_name", Sure: true, Text: `the alarm watches "DENIED", the filter publishes "Denied"`}}},
		"on a metric to be seen later": {chaintest.Edits{namespace, "namespace = var.space"}, truth.Unknown, []document.Difference{{Kind: document.ByNamespace, Attribute: "namespace", Sure: false, Text: `the alarm watches "what var.space decides", the filter publishes "Security"`}}},
		"on the filter's name":         {chaintest.Edits{name, `metric_name = "denied"`, "name      = \"Denied\"", "name = \"Denials\""}, truth.No, []document.Difference{{Kind: document.ByFilterName, Attribute: "metric_name", Sure: true, Text: `the alarm watches "denied", the filter publishes "Denials"`}}},
		"in a unit":                    {chaintest.Edits{name, name + "\n unit = \"Count\""}, truth.No, []document.Difference{{Kind: document.ByUnit, Attribute: "unit", Sure: true, Text: "the alarm watches unit Count, the filter publishes unit None"}}},
		"with a dimension":             {chaintest.Edits{name, name + "\n dimensions = { a = \"b\" }"}, truth.No, []document.Difference{{Kind: document.ByDimensions, Attribute: "dimensions", Sure: true, Text: "the alarm watches dimensions a \"b\", the filter publishes no dimensions"}}},
		"in another region":            {chaintest.Edits{name, name + "\n at = \"eu-west-1 111122223333\""}, truth.No, []document.Difference{{Kind: document.ByRegion, Attribute: "region", Sure: true, Text: "the alarm is in eu-west-1 of account 111122223333, the filter in us-east-1 of account 111122223333"}}},
	} {
		t.Run(label, func(t *testing.T) {
			got := chaintest.Watched(chaintest.Build(t, c.Of(t, chaintest.Complete)))
			if diff := cmp.Diff(c.want, got.Differences, cmpopts.EquateEmpty()); diff != "" || got.Matches != c.holds {
				t.Errorf("holds: %s\n%s", got.Matches, diff)
			}
		})
	}
	t.Run("on another metric", func(t *testing.T) {
		if got := chaintest.Build(t, chaintest.Edits{name, `metric_name = "Other"`, namespace, `namespace = "App"`}.Of(t, chaintest.Complete)).MetricFilters[chaintest.TheFilter].Watchers; len(got) != 0 {
			t.Errorf("%v", got)
		}
	})
}

// TestOtherAlarms: they are told, and not judged.
func TestOtherAlarms(t *testing.T) {
	const query = "aws_cloudwatch_log_alarm \"l\" {\n name = \"l\"\n}\naws_cloudwatch_metric_alarm \"p\" {\n evaluation_criteria {\n promql_criteria {\n query = \"up\"\n }\n }\n}\n"
	want := []document.OtherResource{{Address: "aws_cloudwatch_log_alarm.l", Type: "aws_cloudwatch_log_alarm"}, {Address: "aws_cloudwatch_metric_alarm.p", Type: "aws_cloudwatch_metric_alarm"}}
	if diff := cmp.Diff(want, chaintest.Build(t, chaintest.Complete+query).Other); diff != "" {
		t.Error(diff)
	}
}
