package facts_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/alarm"
	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/coverage"
	"github.com/iacgate/iacgate/internal/facts"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/graph"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/resource/resourcetest"
	"github.com/iacgate/iacgate/internal/verdict"
)

// baseOf is what is known of a world.
func baseOf(t *testing.T, world string) *facts.Base {
	t.Helper()
	doc := &resource.Document{Path: "world", Format: resource.HCL, Resources: resourcetest.World(t, world)}
	others := func() ([]verdict.Control, error) { return chaintest.Controls(t, "*"), nil }
	asked, err := coverage.NewControls(chaintest.Controls(t, chaintest.Denials), others, config.Default())
	if err != nil {
		t.Fatal(err)
	}
	base, err := facts.Build(doc, graph.Build(doc.Resources), asked)
	if err != nil {
		t.Fatal(err)
	}
	return base
}

// monitorOf is the one alarm on denied calls of a world.
func monitorOf(t *testing.T, edits ...string) facts.Monitor {
	t.Helper()
	all := baseOf(t, chaintest.Edits(edits).Of(t, chaintest.Complete)).Monitors(chaintest.Denials)
	if len(all) != 1 {
		t.Fatalf("%d monitors: %+v", len(all), all)
	}
	return all[0]
}

const (
	filterValue  = `value     = "1"`
	theStatistic = `statistic           = "Sum"`
	thePattern   = `pattern        = "{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }"`
)

// TestMonitor: all that the states of an alarm follow from.
func TestMonitor(t *testing.T) {
	m := monitorOf(t, filterValue, "value = \"2\"\n default_value = \"0\"", "evaluation_periods  = 1", "evaluation_periods = 3\n datapoints_to_alarm = 2")
	want := alarm.Settings{Period: 300, EvaluationPeriods: 3, DatapointsToAlarm: 2, Operator: "GreaterThanOrEqualToThreshold", Threshold: 1, MissingData: "notBreaching", Statistic: "Sum"}
	if diff := cmp.Diff(want, m.Settings, cmp.Comparer(func(a, b alarm.Series) bool { return true })); diff != "" {
		t.Error(diff)
	}
	if m.Alarm != chaintest.TheAlarm || m.Name != "denied-calls" || m.Unknown != "" || len(m.Unsure) != 0 || m.WallClock {
		t.Errorf("%+v", m)
	}
	if len(m.Filters) != 1 || m.Filters[0].Address != chaintest.TheFilter || m.Filters[0].Value != 2 || m.Filters[0].Default == nil || *m.Filters[0].Default != 0 ||
		!m.Filters[0].Pattern.Match([]byte(`{"errorCode":"AccessDenied"}`)) {
		t.Errorf("%+v", m.Filters)
	}
	plain := monitorOf(t)
	if plain.Filters[0].Default != nil {
		t.Error("a default value that nobody gave")
	}
	if plain.Filters[0].Group != "trail" {
		t.Errorf("the group is %q", plain.Filters[0].Group)
	}
}

// TestMonitorUnknown: why the states do not follow from records.
func TestMonitorUnknown(t *testing.T) {
	for name, c := range map[string]struct {
		edits []string
		want  string
	}{
		"threshold to be seen later":  {[]string{threshold, "threshold = var.most"}, "threshold is not known: var.most has no value"},
		"a statistic to be seen":      {[]string{theStatistic, "statistic = var.s"}, "statistic is not known"},
		"a pattern to be seen later":  {[]string{thePattern, "pattern = var.p"}, "pattern of " + chaintest.TheFilter + " is not known"},
		"another pattern AWS refuses": {[]string{"", strings.NewReplacer(`"denied"`, `"second"`, `AccessDenied*\") }`, `AccessDenied*\" `).Replace(chaintest.TextOf(chaintest.TheFilter))}, "AWS refuses the pattern of aws_cloudwatch_log_metric_filter.second"},
		"a value to be seen later":    {[]string{filterValue, "value = var.v"}, "value of " + chaintest.TheFilter + " is not known"},
		"a value from the record":     {[]string{filterValue, `value = "$.x"`}, "what " + chaintest.TheFilter + " publishes for a match is not a number"},
		"a default to be seen later":  {[]string{filterValue, filterValue + "\n default_value = var.d"}, "default_value of " + chaintest.TheFilter + " is not known"},
		"transformed events":          {[]string{"  " + thePattern, thePattern + "\n apply_on_transformed_logs = true"}, "reads transformed log events"},
		"criteria of the field":       {[]string{"  " + thePattern, thePattern + "\n field_selection_criteria = \"@aws.region = x\""}, "has field_selection_criteria"},
	} {
		t.Run(name, func(t *testing.T) {
			monitors := baseOf(t, chaintest.Edits(c.edits).Of(t, chaintest.Complete)).Monitors(chaintest.Denials)
			if len(monitors) == 0 {
				t.Fatalf("no monitor, want %q", c.want)
			}
			m := monitors[0]
			if !strings.Contains(m.Unknown, c.want) || m.Settings.Period != 0 {
				t.Errorf("%q, want %q; %+v", m.Unknown, c.want, m)
			}
			if (m.Blind != "") != (len(m.Filters) == 0) || m.Blind != "" && m.Blind != m.Unknown {
				t.Errorf("blind %q with filters %+v", m.Blind, m.Filters)
			}
		})
	}
}

// TestMonitorTimezone: the window of the clock has a time zone.
func TestMonitorTimezone(t *testing.T) {
	const period = "period              = 300"
	window := func(zone string) string {
		return period + "\n evaluation_window {\n wall_clock_window {\n" + zone + "\n}\n}"
	}
	if m := monitorOf(t, period, window(`timezone = "Europe/Berlin"`)); !m.WallClock || m.Timezone != "Europe/Berlin" || m.Unknown != "" {
		t.Errorf("%+v", m)
	}
	if m := monitorOf(t, period, window("timezone = var.zone")); !strings.Contains(m.Unknown, "time zone") {
		t.Errorf("%+v", m)
	}
}

// TestMonitorKeepsSecrets: an alarm whose states would tell what is sensitive is not
// replayed, and nothing of that leaves.
func TestMonitorKeepsSecrets(t *testing.T) {
	for name, edits := range map[string][]string{
		"threshold":  {threshold, "threshold = secret(7713)"},
		"period":     {"period              = 300", "period = secret(7713)"},
		"operator":   {`"GreaterThanOrEqualToThreshold"`, `secret("7713")`},
		"missing":    {`"notBreaching"`, `secret("7713")`},
		"statistic":  {theStatistic, `statistic = secret("7713")`},
		"percentile": {theStatistic, `extended_statistic = secret("p77.13")`},
		"pattern":    {thePattern, `pattern = secret("{ $.errorCode = \"AccessDenied7713*\" || $.errorCode = \"*\" }")`},
		"value":      {filterValue, `value = secret("7713")`},
		"default":    {filterValue, filterValue + "\n default_value = secret(\"7713\")"},
	} {
		for _, m := range baseOf(t, chaintest.Edits(edits).Of(t, chaintest.Complete)).Monitors(chaintest.Denials) {
			if m.Unknown == "" || (m.Blind != "") != (name == "pattern") {
				t.Errorf("%s is replayed: %+v", name, m)
			}
			if told := fmt.Sprintf("%+v", m); strings.Contains(told, "7713") || strings.Contains(told, "77.13") {
				t.Errorf("%s: %s", name, told)
			}
		}
	}
	m := monitorOf(t, `alarm_name          = "denied-calls"`, `alarm_name = secret("denied-calls")`)
	if m.Name != "" || m.Unknown != "" {
		t.Errorf("%+v", m)
	}
	for _, name := range []string{`secret("trail")`, "var.group"} {
		if m := monitorOf(t, chaintest.GroupNamed, chaintest.GroupStart+name); len(m.Filters) != 1 || m.Filters[0].Group != "" {
			t.Errorf("group of %s: %+v", name, m.Filters)
		}
	}
}

// TestMonitorsOfControl: the alarms on filters that are aimed at the control, and all that
// publishes to their metric.
func TestMonitorsOfControl(t *testing.T) {
	other := strings.NewReplacer(`"denied"`, `"other"`, "Denied\"", "Other\"", "denied-calls", "other-calls", "AccessDenied*", "Throttling", "*UnauthorizedOperation", "Throttled").
		Replace(chaintest.TextOf(chaintest.TheFilter) + chaintest.TextOf(chaintest.TheAlarm))
	second := strings.NewReplacer(`"denied"`, `"second"`, "AccessDenied*", "Throttling", "*UnauthorizedOperation", "Throttled").Replace(chaintest.TextOf(chaintest.TheFilter))
	base := baseOf(t, chaintest.Complete+other+second)
	all := base.Monitors(chaintest.Denials)
	if len(all) != 1 || all[0].Alarm != chaintest.TheAlarm || len(all[0].Filters) != 2 {
		t.Errorf("%+v", all)
	}
	if all = base.Monitors("root-account-usage"); len(all) != 0 {
		t.Errorf("of another control: %+v", all)
	}
}

// TestMonitorMath: metric math of the one metric is a function of its points.
func TestMonitorMath(t *testing.T) {
	own := []string{"metric_name         = \"Denied\"", "", "namespace           = \"Security\"", "", theStatistic, "", "period              = 300", ""}
	metric := func(id, name string) string {
		return "metric_query {\n id = \"" + id + "\"\n metric {\n metric_name = \"" + name + "\"\n namespace = \"Security\"\n period = 300\n stat = \"Sum\"\n }\n}\n"
	}
	math := func(expression string) string {
		return "metric_query {\n id = \"e\"\n return_data = true\n expression = " + expression + "\n}\n"
	}
	for name, c := range map[string]struct {
		queries string
		want    float64
		unknown bool
	}{
		"of one":       {metric("m", "Denied") + math(`"m * 2 + 1"`), 7, false},
		"filled":       {metric("m", "Denied") + math(`"FILL(m, 0)"`), 3, false},
		"of two":       {metric("m", "Denied") + metric("n", "Calls") + math(`"m / n"`), 0, true},
		"not followed": {metric("m", "Denied") + math(`"ANOMALY_DETECTION_BAND(m, 2)"`), 0, true},
		"secret":       {metric("m", "Denied") + math(`secret("m * 2")`), 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			m := monitorOf(t, append(slices.Clone(own), threshold, threshold+"\n"+c.queries)...)
			if (m.Unknown != "") != c.unknown {
				t.Fatalf("%q", m.Unknown)
			}
			if c.unknown {
				return
			}
			if got := m.Settings.Math(alarm.MathPoint{Value: 3}); got.Value != c.want || got.Missing || m.Settings.Period != 300 || m.Settings.Statistic != "Sum" {
				t.Errorf("%+v, want %g; %+v", got, c.want, m.Settings)
			}
		})
	}
}

// TestFeed: which records reach the group, by the trails that write there. The oracle are
// records, each of which is admitted or not.
func TestFeed(t *testing.T) {
	const (
		where    = "  is_multi_region_trail      = true"
		category = "field_selector {\n field = \"eventCategory\"\n equals = [\"Management\"]\n}\n"
	)
	field := func(name, operator, values string) string {
		return "field_selector {\n field = \"" + name + "\"\n " + operator + " = " + values + "\n}\n"
	}
	advanced := func(fields ...string) string {
		return "advanced_event_selector {\n" + category + strings.Join(fields, "") + "}\n"
	}
	records := map[string]string{
		"read":     `{"recipientAccountId":"111122223333","awsRegion":"us-east-1","eventSource":"ec2.amazonaws.com","readOnly":true,"managementEvent":true}`,
		"write":    `{"recipientAccountId":"111122223333","awsRegion":"us-east-1","eventSource":"ec2.amazonaws.com","readOnly":false,"managementEvent":true}`,
		"kmsRead":  `{"recipientAccountId":"111122223333","awsRegion":"us-east-1","eventSource":"kms.amazonaws.com","readOnly":true,"managementEvent":true}`,
		"kmsWrite": `{"recipientAccountId":"111122223333","awsRegion":"us-east-1","eventSource":"kms.amazonaws.com","readOnly":false,"managementEvent":true}`,
		"account":  `{"recipientAccountId":"444455556666","awsRegion":"us-east-1","eventSource":"ec2.amazonaws.com","readOnly":false,"managementEvent":true}`,
		"region":   `{"recipientAccountId":"111122223333","awsRegion":"eu-west-1","eventSource":"ec2.amazonaws.com","readOnly":false,"managementEvent":true}`,
		"data":     `{"recipientAccountId":"111122223333","awsRegion":"us-east-1","eventSource":"s3.amazonaws.com","readOnly":false,"managementEvent":false}`,
		"bare":     `{"eventSource":"ec2.amazonaws.com"}`,
	}
	second := strings.NewReplacer(`"main"`, `"west"`, "= true", "= false\n at = \"eu-west-1 444455556666\"\n is_organization_trail = false").Replace(chaintest.TextOf(chaintest.TheTrail))
	all := "bare data kmsRead kmsWrite read region write"
	for name, c := range map[string]struct {
		trail, more  string
		want, unsure string
	}{
		"everything":                 {where, "", all, ""},
		"an organization to be seen": {where + "\n is_organization_trail = var.all", "", "account " + all, ""},
		"of one account":             {where + "\n is_organization_trail = false", "", all, ""},
		"of an organization":         {where + "\n is_organization_trail = true", "", "account " + all, ""},
		"of one region":              {"is_multi_region_trail = false", "", "bare data kmsRead kmsWrite read write", ""},
		"of another region":          {"is_multi_region_trail = false\n at = \"eu-west-1 111122223333\"", "", "bare region", ""},
		"of regions to be seen":      {"is_multi_region_trail = var.all", "", all, ""},
		"writes":                     {where + "\n event_selector {\n read_write_type = \"WriteOnly\"\n}", "", "bare data kmsWrite region write", ""},
		"reads":                      {where + "\n event_selector {\n read_write_type = \"ReadOnly\"\n}", "", "bare kmsRead read", ""},
		"without a source":           {where + "\n event_selector {\n exclude_management_event_sources = [\"kms.amazonaws.com\"]\n}", "", "bare data read region write", ""},
		"no management events":       {where + "\n event_selector {\n include_management_events = false\n}", "", "data", ""},
		"advanced writes":            {where + "\n" + advanced(field("readOnly", "equals", `["false"]`)), "", "bare data kmsWrite region write", ""},
		"one source alone":           {where + "\n" + advanced(field("eventSource", "equals", `["kms.amazonaws.com"]`)), "", "kmsRead kmsWrite", ""},
		"without reads of a source":  {where + "\n" + advanced(field("readOnly", "equals", `["false"]`)) + advanced(field("eventSource", "not_equals", `["kms.amazonaws.com"]`)), "", "bare data kmsWrite read region write", ""},
		"by another field":           {where + "\n" + advanced(field("eventName", "equals", `["X"]`)), "", all, "only those that a selector on eventName admits are recorded; all are counted"},
		"by a part of the source":    {where + "\n" + advanced(field("eventSource", "not_starts_with", `["kms"]`)), "", all, "compare parts of eventSource"},
		"not to be seen":             {where + "\n event_selector = hidden()", "", all, "known only after apply; all records are counted"},
		"with a value to be seen":    {where + "\n event_selector {\n read_write_type = var.kind\n}", "", all, "known only after apply"},
		"a secret source":            {where + "\n event_selector {\n exclude_management_event_sources = secret([\"kms.amazonaws.com\"])\n}", "", all, "are sensitive"},
		"a source that breaks out":   {where + "\n event_selector {\n exclude_management_event_sources = [\"x\\\" || $.eventName = \\\"*\"]\n}", "", all, "of a form that no source has"},
		"of two trails":              {"is_multi_region_trail = false\n is_organization_trail = false", second, "bare data kmsRead kmsWrite read write", ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := monitorOf(t, where, c.trail, "", c.more)
			match := func(string) bool { return true }
			if m.Feed != "" {
				p, err := filterpattern.Parse(m.Feed)
				if err != nil {
					t.Fatalf("%s: %v", m.Feed, err)
				}
				match = func(record string) bool { return p.Match([]byte(record)) }
			}
			var got []string
			for name, record := range records {
				if match(record) {
					got = append(got, name)
				}
			}
			slices.Sort(got)
			if joined := strings.Join(got, " "); joined != c.want {
				t.Errorf("%q, want %q, by %s", joined, c.want, m.Feed)
			}
			if unsure := strings.Join(m.Unsure, "; "); (unsure == "") != (c.unsure == "") || !strings.Contains(unsure, c.unsure) || strings.Contains(unsure, "kms") {
				t.Errorf("unsure of %q, want %q", unsure, c.unsure)
			}
		})
	}
}

// TestFeedOfManySelectors: more than a pattern can say is said.
func TestFeedOfManySelectors(t *testing.T) {
	var names []string
	for i := range 60 {
		names = append(names, `"service-`+strings.Repeat("x", i)+`.amazonaws.com"`)
	}
	const where = "is_multi_region_trail      = true"
	m := monitorOf(t, where, where+"\n event_selector {\n exclude_management_event_sources = ["+strings.Join(names, ",")+"]\n}")
	if m.Feed != "" || len(m.Unsure) != 1 || !strings.Contains(m.Unsure[0], "more selectors than a pattern can say") {
		t.Errorf("%q, %q", m.Feed, m.Unsure)
	}
}

// TestFeedElsewhere: no trail of the input writes to the group: all records count.
func TestFeedElsewhere(t *testing.T) {
	if m := monitorOf(t, chaintest.Without(chaintest.TheTrail)...); m.Feed != "" || m.Unknown != "" {
		t.Errorf("%+v", m)
	}
}

// TestFeedOfAnUnknownGroup: the trails of other filters' groups say nothing of it.
func TestFeedOfAnUnknownGroup(t *testing.T) {
	second := strings.NewReplacer(`"denied"`, `"second"`, chaintest.TheGroup+".name", "var.group").Replace(chaintest.TextOf(chaintest.TheFilter))
	m := baseOf(t, chaintest.Complete+second).Monitors(chaintest.Denials)[0]
	const want = "aws_cloudwatch_log_metric_filter.second: which log group it reads is not known"
	if len(m.Filters) != 2 || m.Feed != "" || len(m.Unsure) != 1 || !strings.HasPrefix(m.Unsure[0], want) {
		t.Errorf("%+v", m)
	}
}

// TestComposites: by names and ARNs, with the alarms that they name besides.
func TestComposites(t *testing.T) {
	plain := func(name string) string {
		return strings.NewReplacer(`"denied"`, `"`+strings.ReplaceAll(name, ":", "-")+`"`, `"Denied"`, `"Other"`, "denied-calls", name).Replace(chaintest.TextOf(chaintest.TheAlarm))
	}
	const arn = "arn:aws:cloudwatch:us-east-1:111122223333:alarm:"
	world := chaintest.Complete + plain("busy") + plain("with:colon") + plain("lone")
	for name, c := range map[string]struct {
		rules    []string
		children []map[string]string
		more     []string
		unknown  bool
	}{
		"none":                {nil, nil, nil, false},
		"by name":             {[]string{`"ALARM(denied-calls)"`}, []map[string]string{{"denied-calls": chaintest.TheAlarm}}, nil, false},
		"by ARN":              {[]string{`"ALARM(\"` + arn + `denied-calls\")"`}, []map[string]string{{arn + "denied-calls": chaintest.TheAlarm}}, nil, false},
		"with another":        {[]string{`"ALARM(denied-calls) AND NOT ALARM(busy)"`}, []map[string]string{{"denied-calls": chaintest.TheAlarm, "busy": "aws_cloudwatch_metric_alarm.busy"}}, []string{"busy"}, false},
		"with a colon":        {[]string{`"ALARM(denied-calls) OR ALARM(\"` + arn + `with:colon\")"`}, []map[string]string{{"denied-calls": chaintest.TheAlarm, arn + "with:colon": "aws_cloudwatch_metric_alarm.with-colon"}}, []string{"with:colon"}, false},
		"of others":           {[]string{`"ALARM(busy)"`}, nil, nil, false},
		"of others, after it": {[]string{`"ALARM(denied-calls) OR ALARM(busy)"`, `"ALARM(busy)"`}, []map[string]string{{"denied-calls": chaintest.TheAlarm, "busy": "aws_cloudwatch_metric_alarm.busy"}}, []string{"busy"}, false},
		"two with one":        {[]string{`"ALARM(denied-calls) OR ALARM(busy)"`, `"OK(denied-calls) OR ALARM(busy)"`}, []map[string]string{{"denied-calls": chaintest.TheAlarm, "busy": "aws_cloudwatch_metric_alarm.busy"}, {"denied-calls": chaintest.TheAlarm, "busy": "aws_cloudwatch_metric_alarm.busy"}}, []string{"busy"}, false},
		"of one not there":    {[]string{`"ALARM(denied-calls) OR ALARM(gone)"`}, []map[string]string{{"denied-calls": chaintest.TheAlarm}}, nil, true},
		"a part of an ARN":    {[]string{`"ALARM(denied-calls) OR ALARM(\"arn:aws:cloudwatch\")"`}, []map[string]string{{"denied-calls": chaintest.TheAlarm}}, nil, true},
		"sensitive":           {[]string{`secret("ALARM(denied-calls)")`}, nil, nil, false},
		"to be seen later":    {[]string{`var.rule`}, nil, nil, false},
		"no rule":             {[]string{`"ALARM("`}, nil, nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			with := world
			for i, rule := range c.rules {
				with += chaintest.Over("over"+string(rune('a'+i)), rule)
			}
			base := baseOf(t, with)
			composites, more := base.Composites(base.Monitors(chaintest.Denials))
			var children []map[string]string
			for _, m := range composites {
				children = append(children, m.Children)
				if m.Rule == nil || !strings.HasPrefix(m.Name, "over") || (m.Unknown != "") != c.unknown {
					t.Errorf("%+v", m)
				}
			}
			var names []string
			for _, m := range more {
				names = append(names, m.Name)
				if m.Unknown != "no metric filter of the input publishes its metric" {
					t.Errorf("%+v", m)
				}
			}
			if diff := cmp.Diff(c.children, children) + cmp.Diff(c.more, names); diff != "" {
				t.Error(diff)
			}
		})
	}
}
