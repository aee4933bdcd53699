package analysis

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/iacgate/iacgate/internal/truth"
)

// watched is how the alarm watches the filter.
func watched(d *Document) Watcher { return d.MetricFilters[theFilter].Watchers[theAlarm] }

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
	usual := func(n string) edits { return edits{value, value + "\n default_value = " + n} }
	for name, c := range map[string]struct {
		edits
		state    FiresState
		events   int
		argument string
		why      string
	}{
		"at the first event":                  {nil, Fired, 1, "", ""},
		"at the 26th event":                   {edits{threshold, "threshold = 26"}, Fired, 26, "", ""},
		"of events that count five":           {edits{threshold, "threshold = 26", value, `value = "5"`}, Fired, 6, "", ""},
		"of events that count what they hold": {edits{threshold, "threshold = 26", value, `value = "$.x"`}, Fired, 26, "", ""},
		"of events that count nothing":        {edits{value, `value = "0"`}, FiresNever, 0, "", "every match publishes 0"},
		"at few events":                       {edits{operator, `"LessThanThreshold"`}, FiresNever, 0, "comparison_operator", "few events raise it"},
		"at a threshold never reached":        {edits{sum, `statistic = "Maximum"`, threshold, "threshold = 2"}, FiresNever, 0, "threshold", ""},
		"in two periods of two":               {edits{periods, "evaluation_periods = 2"}, FiresNever, 0, "datapoints_to_alarm", ""},
		"in one period of two":                {edits{periods, "evaluation_periods = 2\n datapoints_to_alarm = 1"}, Fired, 1, "", ""},
		"while all is silent":                 {edits{missing, `"breaching"`}, FiresAlways, 0, "treat_missing_data", ""},
		"at usual traffic":                    {append(usual("1"), threshold, "threshold = 1"), FiresAlways, 0, "statistic", "adds the default value 1"},
		"diluted by usual traffic":            {append(usual("0"), sum, `statistic = "Average"`), FiresNever, 0, "statistic", "publishes the default value 0"},
		"by a count of usual traffic":         {append(usual("0"), sum, `statistic = "SampleCount"`), FiresAlways, 0, "statistic", ""},
		"by the largest of usual traffic":     {append(usual("3"), sum, `statistic = "Maximum"`), FiresAlways, 0, "threshold", ""},
		"by an extended statistic":            {edits{sum, `extended_statistic = "p99"`}, Fired, 1, "", ""},
		"by no statistic":                     {edits{sum, `statistic = ""`}, FiresRefused, 0, "", ""},
		"with a period AWS refuses":           {edits{"period              = 300", "period = 7"}, FiresRefused, 0, "", "period is 7 seconds"},
		"by a statistic nobody knows":         {edits{sum, `extended_statistic = "zz9"`}, FiresUnknown, 0, "", "zz9"},

		"at a threshold to be seen later":  {edits{threshold, "threshold = var.most"}, FiresUnknown, 0, "threshold", "threshold is not known: var.most has no value"},
		"with a period to be seen later":   {edits{"period              = 300", "period = hidden()"}, FiresUnknown, 0, "period", "period is not known: (known after apply)"},
		"with periods to be seen later":    {edits{periods, "evaluation_periods = var.n"}, FiresUnknown, 0, "evaluation_periods", "var.n"},
		"with datapoints to be seen later": {edits{periods, "evaluation_periods = 1\n datapoints_to_alarm = var.n"}, FiresUnknown, 0, "datapoints_to_alarm", "var.n"},
		"by an operator to be seen later":  {edits{operator, "var.operator"}, FiresUnknown, 0, "comparison_operator", "var.operator"},
		"with data to be seen later":       {edits{missing, "var.missing"}, FiresUnknown, 0, "treat_missing_data", "var.missing"},
		"by a statistic to be seen later":  {edits{sum, "statistic = var.statistic"}, FiresUnknown, 0, "statistic", "var.statistic"},
		"the first of two is told":         {edits{"period              = 300", "period = var.first", threshold, "threshold = var.second"}, FiresUnknown, 0, "period", "var.first"},
		"with a default to be seen later":  {usual("var.usual"), FiresUnknown, 0, "", "default_value of " + theFilter + " is what var.usual decides"},
		"of another kind":                  {edits{"metric_name         = \"Denied\"", "metric_name = \"Denied\"\n threshold_metric_id = \"e1\""}, FiresUnknown, 0, "", "anomaly detection band"},
	} {
		t.Run(name, func(t *testing.T) {
			got := watched(facts(t, c.of(t, complete))).Fires
			if got.State != c.state || got.Events != c.events || got.Argument != c.argument || !strings.Contains(got.Reason, c.why) {
				t.Errorf("%+v", got)
			}
			if (got.State == Fired) != (got.Text != "") || (got.State == Fired) == (got.Reason != "") {
				t.Errorf("it says %q, and why not %q", got.Text, got.Reason)
			}
		})
	}
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
		got := watched(facts(t, edits{"period              = 300", "period = " + period}.of(t, complete))).Fires
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
		want              FiresState
		why               string
	}{
		"of this metric":                   {"null", "Denied", "1", FiresAlways, "default value 1"},
		"of another metric":                {"null", "Other", "1", Fired, ""},
		"of this metric, to be seen later": {"null", "Denied", "var.usual", FiresUnknown, "default_value of aws_cloudwatch_log_metric_filter.other"},
		"the larger one is the other's":    {"0", "Denied", "4", FiresAlways, "default value 4"},
		"the larger one is its own":        {"4", "Denied", "0", FiresAlways, "default value 4"},
	} {
		t.Run(name, func(t *testing.T) {
			world := edits{own, own + "\n default_value = " + c.own, "", filter(c.other, c.usual)}.of(t, complete)
			if got := watched(facts(t, world)).Fires; got.State != c.want || !strings.Contains(got.Reason, c.why) {
				t.Errorf("%+v", got)
			}
		})
	}
	t.Run("of a filter whose metric the alarm misses", func(t *testing.T) {
		world := edits{own, own + "\n default_value = 1", `metric_name         = "Denied"`, `metric_name = "denied"`}.of(t, complete)
		if got := watched(facts(t, world)); got.Holds != truth.No || got.Fires.State != FiresAlways {
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
		edits
		want []string
	}{
		"none":                       {nil, nil},
		"it stays on":                {edits{missing, `"ignore"`}, []string{"alarm-one-shot"}},
		"it is on when all is quiet": {edits{missing, `"breaching"`, value, value + "\n default_value = 0"}, []string{"alarm-breaching-when-quiet"}},
		"its period is too short":    {edits{period, "period = 10"}, []string{"alarm-high-resolution"}},
		"it waits for silence":       {edits{missing, `"missing"`, periods, "evaluation_periods = 2"}, []string{"alarm-slow"}},
		"it needs many":              {edits{`statistic           = "Sum"`, "extended_statistic = \"p90\"\n evaluate_low_sample_count_percentiles = \"ignore\""}, []string{"alarm-needs-burst"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := watched(facts(t, c.of(t, complete))).Fires
			var codes []string
			for _, w := range got.Warnings {
				if codes = append(codes, w.Code); w.Text == "" {
					t.Errorf("%s says nothing", w.Code)
				}
			}
			if got.State != Fired || !slices.Equal(codes, c.want) {
				t.Errorf("%s: %v, want %v", got.State, codes, c.want)
			}
		})
	}
}

// TestSensitiveNumbers: what an alarm asks for is told no closer than the bounds of
// the configuration.
func TestSensitiveNumbers(t *testing.T) {
	secret := func(argument, n string) edits {
		return edits{argument + n, strings.Fields(argument)[0] + " = secret(" + n + ")"}
	}
	with := func(n string) edits { return edits{threshold, "threshold = secret(" + n + ")"} }
	for name, c := range map[string]struct {
		edits
		events, delay int
	}{
		"one event":           {with("1"), 1, 0},
		"as many as are well": {with("5"), 1, 0},
		"more":                {with("6"), 6, 0},
		"as many as may be":   {with("25"), 6, 0},
		"too many":            {with("26"), 26, 0},
		"far too many":        {with("1000"), 26, 0},
		"a period":            {secret("period              = ", "300"), 1, 0},
		"an hour":             {edits{"period              = 300", "period = secret(3600)"}, 1, 0},
		"a long period":       {edits{"period              = 300", "period = secret(7200)"}, 1, 3601},
		"the periods":         {secret("evaluation_periods  = ", "1"), 1, 0},
		"the datapoints":      {edits{"evaluation_periods  = 1", "evaluation_periods = 1\n datapoints_to_alarm = secret(1)"}, 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			got := watched(facts(t, c.of(t, complete))).Fires
			if got.State != Fired || got.Events != c.events || got.Delay != c.delay || got.Text != hidden {
				t.Errorf("%+v", got)
			}
		})
	}
	t.Run("a warning", func(t *testing.T) {
		got := watched(facts(t, append(with("1"), `"notBreaching"`, `"ignore"`).of(t, complete))).Fires
		if diff := cmp.Diff([]Reason{{"alarm-one-shot", hidden}}, got.Warnings); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("an alarm that never fires has no burst", func(t *testing.T) {
		got := watched(facts(t, append(with("2"), `statistic           = "Sum"`, `statistic = "Maximum"`).of(t, complete))).Fires
		if got.State != FiresNever || got.Events != 0 || got.Text != "" {
			t.Errorf("%+v", got)
		}
	})
}

// TestWatchers: which alarms are told of a filter, and in what they differ.
func TestWatchers(t *testing.T) {
	const name, namespace = `metric_name         = "Denied"`, `namespace           = "Security"`
	for label, c := range map[string]struct {
		edits
		holds truth.Truth
		want  []Difference
	}{
		"on its metric":                {nil, truth.Yes, nil},
		"on a metric of other letters": {edits{name, `metric_name = "DENIED"`}, truth.No, []Difference{{ByName, "metric_name", true, `the alarm watches "DENIED", the filter publishes "Denied"`}}},
		"on a metric to be seen later": {edits{namespace, "namespace = var.space"}, truth.Unknown, []Difference{{ByNamespace, "namespace", false, `the alarm watches "what var.space decides", the filter publishes "Security"`}}},
		"on the filter's name":         {edits{name, `metric_name = "denied"`, "name      = \"Denied\"", "name = \"Denials\""}, truth.No, []Difference{{ByFilterName, "metric_name", true, `the alarm watches "denied", the filter publishes "Denials"`}}},
		"in a unit":                    {edits{name, name + "\n unit = \"Count\""}, truth.No, []Difference{{ByUnit, "unit", true, "the alarm watches unit Count, the filter publishes unit None"}}},
		"with a dimension":             {edits{name, name + "\n dimensions = { a = \"b\" }"}, truth.No, []Difference{{ByDimensions, "dimensions", true, "the alarm watches dimensions a, the filter publishes no dimensions"}}},
		"in another region":            {edits{name, name + "\n at = \"eu-west-1 111122223333\""}, truth.No, []Difference{{ByRegion, "region", true, "the alarm is in eu-west-1 of account 111122223333, the filter in us-east-1 of account 111122223333"}}},
	} {
		t.Run(label, func(t *testing.T) {
			got := watched(facts(t, c.of(t, complete)))
			if diff := cmp.Diff(c.want, got.Differences, cmpopts.EquateEmpty()); diff != "" || got.Holds != c.holds {
				t.Errorf("holds: %s\n%s", got.Holds, diff)
			}
		})
	}
	t.Run("on another metric", func(t *testing.T) {
		if got := facts(t, edits{name, `metric_name = "Other"`, namespace, `namespace = "App"`}.of(t, complete)).MetricFilters[theFilter].Watchers; len(got) != 0 {
			t.Errorf("%v", got)
		}
	})
}

// TestOtherAlarms: they are told, and not judged.
func TestOtherAlarms(t *testing.T) {
	const query = "aws_cloudwatch_log_alarm \"l\" {\n name = \"l\"\n}\naws_cloudwatch_metric_alarm \"p\" {\n evaluation_criteria {\n promql_criteria {\n query = \"up\"\n }\n }\n}\n"
	want := []OtherResource{{"aws_cloudwatch_log_alarm.l", "aws_cloudwatch_log_alarm"}, {"aws_cloudwatch_metric_alarm.p", "aws_cloudwatch_metric_alarm"}}
	if diff := cmp.Diff(want, facts(t, complete+query).Other); diff != "" {
		t.Error(diff)
	}
}
