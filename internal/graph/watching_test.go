package graph

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/truth"
)

// deniedFilter publishes Denied in Audit, and is called neither.
const deniedFilter = `
aws_cloudwatch_log_metric_filter "f" {
  name = "calls"
  metric_transformation {
    name      = "Denied"
    namespace = "Audit"
    value     = "1"
  }
}
`

// sure returns a three-valued truth in words.
func sure(t truth.Truth) string { return [...]string{"no", "maybe", "yes"}[t] }

// watchers returns the alarms that watch a filter, or nearly: how sure that is, and
// what differs, with a question mark if that cannot be determined.
func watchers(g *Graph, filter string) []string {
	var all []string
	for _, w := range g.WatchersOf(g.Filter("aws_cloudwatch_log_metric_filter." + filter)) {
		said := []string{w.Alarm.Resource.Name, sure(w.Matches)}
		for _, d := range w.Differences {
			kind := d.Kind
			if !d.Sure {
				kind += "?"
			}
			said = append(said, kind)
		}
		if w.Opaque != "" {
			said = append(said, "opaque")
		}
		all = append(all, strings.Join(said, " "))
	}
	return all
}

// A watchCase is an alarm beside a filter, and who watches the filter.
type watchCase struct{ name, alarm, want string }

func checkWatchers(t *testing.T, filter string, cases []watchCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			g := built(t, filter+"aws_cloudwatch_metric_alarm \"a\" {\n"+c.alarm+"\n}")
			if diff := cmp.Diff(lines(c.want), watchers(g, "f")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWatchedName(t *testing.T) {
	const audit = "namespace = \"Audit\"\nmetric_name = "
	checkWatchers(t, deniedFilter, []watchCase{
		{"equal", audit + `"Denied"`, "a yes"},
		{"a reference", audit + `aws_cloudwatch_log_metric_filter.f.metric_transformation[0].name`, "a yes"},
		{"both are references", `
metric_name = aws_cloudwatch_log_metric_filter.f.metric_transformation[0].name
namespace   = aws_cloudwatch_log_metric_filter.f.metric_transformation[0].namespace`, "a yes"},
		{"the namespace where the name is wanted", audit + `aws_cloudwatch_log_metric_filter.f.metric_transformation[0].namespace`, "a maybe name?"},
		{"another name", audit + `"Failed"`, "a no name"},
		{"another letter case", audit + `"DENIED"`, "a no name"},
		{"the filter's own name", audit + `"calls"`, "a no filter-name"},
		{"a reference to the filter's own name", audit + `aws_cloudwatch_log_metric_filter.f.name`, "a no filter-name"},
		{"a reference to the filter's id, which is its name", audit + `aws_cloudwatch_log_metric_filter.f.id`, "a no filter-name"},
		{"the name of something else", audit + `aws_cloudtrail.t.name`, "a maybe name?"},
		{"none", audit + `null`, "a no name"},
		{"a variable", audit + `var.metric`, "a maybe name?"},
		{"a variable that can be it", audit + `"Den${var.rest}"`, "a maybe name?"},
		{"a variable that cannot be it", audit + `"Fail${var.rest}"`, "a no name"},
		{"nobody sees it", audit + `hidden()`, "a maybe name?"},
	})
}

// A filter may be called what its metric is called.
func TestFilterCalledAsItsMetric(t *testing.T) {
	filter := strings.Replace(deniedFilter, `"calls"`, `"Denied"`, 1)
	checkWatchers(t, filter, []watchCase{
		{"a reference to the filter's name", "namespace = \"Audit\"\nmetric_name = aws_cloudwatch_log_metric_filter.f.id", "a yes"},
		{"and another namespace", "namespace = \"Other\"\nmetric_name = aws_cloudwatch_log_metric_filter.f.id", "a no namespace"},
	})
}

func TestWatchedVariable(t *testing.T) {
	filter := strings.Replace(deniedFilter, `"Denied"`, `"${var.stage}-denied"`, 1)
	const audit = "namespace = \"Audit\"\nmetric_name = "
	checkWatchers(t, filter, []watchCase{
		{"the same variable", audit + `"${var.stage}-denied"`, "a yes"},
		{"the same variable in another text", audit + `"${var.stage}-failed"`, "a no name"},
		{"a text that it may be", audit + `"prod-denied"`, "a maybe name?"},
		{"a text that it cannot be", audit + `"prod-failed"`, "a no name"},
		{"a reference, whatever it is", audit + `aws_cloudwatch_log_metric_filter.f.metric_transformation[0].name`, "a yes"},
	})
}

func TestWatchedNamespace(t *testing.T) {
	const denied = "metric_name = \"Denied\"\nnamespace = "
	checkWatchers(t, deniedFilter, []watchCase{
		{"another", denied + `"Security"`, "a no namespace"},
		{"another letter case", denied + `"audit"`, "a no namespace"},
		{"a reference", denied + `aws_cloudwatch_log_metric_filter.f.metric_transformation[0].namespace`, "a yes"},
		{"none", denied + `null`, "a no namespace"},
		{"a variable", denied + `var.namespace`, "a maybe namespace?"},
	})
}

// An alarm that shares nothing with a filter is not told, and one that shares
// something is, where it watches no other filter.
func TestNearAlarms(t *testing.T) {
	const other = `
aws_cloudwatch_log_metric_filter "g" {
  metric_transformation {
    name      = "Failed"
    namespace = "Audit"
    value     = "1"
  }
}
`
	checkWatchers(t, deniedFilter, []watchCase{
		{"nothing in common", "metric_name = \"Failed\"\nnamespace = \"Other\"", ``},
		{"the name in another letter case", "metric_name = \"denied\"\nnamespace = \"Other\"", `a no name namespace`},
		{"the namespace in another letter case", "metric_name = \"Failed\"\nnamespace = \"AUDIT\"", `a no name namespace`},
		{"the filter's name in another letter case", "metric_name = \"Calls\"\nnamespace = \"Other\"", `a no name namespace`},
		{"a reference to the filter", "metric_name = \"Failed\"\nnamespace = \"${aws_cloudwatch_log_metric_filter.f.id}/x\"", `a no name namespace`},
	})
	checkWatchers(t, deniedFilter+other, []watchCase{
		{"an alarm of another filter of the namespace", "metric_name = \"Failed\"\nnamespace = \"Audit\"", ``},
		{"an alarm of no filter", "metric_name = \"Lost\"\nnamespace = \"Audit\"", `a no name`},
	})
}

func TestWatchedPlace(t *testing.T) {
	const denied = "metric_name = \"Denied\"\nnamespace = \"Audit\"\nat = "
	checkWatchers(t, deniedFilter, []watchCase{
		{"another region", denied + `"eu-west-1 111122223333"`, "a no region"},
		{"another account", denied + `"us-east-1 999988887777"`, "a no region"},
		{"a region that is not known", denied + `" 111122223333"`, "a maybe region?"},
		{"an account that is not known", denied + `"us-east-1 "`, "a maybe region?"},
	})
}

func TestWatchedUnit(t *testing.T) {
	const denied = "metric_name = \"Denied\"\nnamespace = \"Audit\"\n"
	counting := strings.Replace(deniedFilter, "value ", "unit = \"Count\"\nvalue", 1)
	checkWatchers(t, deniedFilter, []watchCase{
		{"the one of nobody", denied + `unit = "None"`, "a yes"},
		{"any", denied + `unit = ""`, "a yes"},
		{"another", denied + `unit = "Count"`, "a no unit"},
		{"a variable", denied + `unit = var.unit`, "a maybe unit?"},
	})
	checkWatchers(t, counting, []watchCase{
		{"the filter's", denied + `unit = "Count"`, "a yes"},
		{"any, where the filter has one", denied, "a yes"},
		{"none, where the filter has one", denied + `unit = "None"`, "a no unit"},
	})
}

func TestWatchedDimensions(t *testing.T) {
	const denied = "metric_name = \"Denied\"\nnamespace = \"Audit\"\n"
	with := func(arguments string) string {
		return strings.Replace(deniedFilter, "value ", arguments+"\nvalue", 1)
	}
	fromEvent := with(`dimensions = { User = "$.userIdentity.arn" }`)
	fromAWS := strings.Replace(deniedFilter, `name = "calls"`, "name = \"calls\"\nemit_system_field_dimensions = [\"@aws.account\"]", 1)
	checkWatchers(t, deniedFilter, []watchCase{
		{"only the alarm has some", denied + `dimensions = { User = "root" }`, "a no dimensions"},
		{"the alarm's are empty", denied + `dimensions = {}`, "a yes"},
		{"nobody sees the alarm's", denied + `dimensions = hidden()`, "a maybe dimensions?"},
	})
	checkWatchers(t, fromEvent, []watchCase{
		{"only the filter has some", denied, "a no dimensions"},
		{"one of many values", denied + `dimensions = { User = "root" }`, "a no dimensions"},
	})
	checkWatchers(t, fromAWS, []watchCase{
		{"the alarm's account", denied + `dimensions = { "@aws.account" = "111122223333" }`, "a yes"},
		{"another dimension", denied + `dimensions = { "@aws.region" = "us-east-1" }`, "a no dimensions"},
		{"one more", denied + "dimensions = {\n\"@aws.account\" = \"1\"\nUser = \"root\"\n}", "a no dimensions"},
		{"none", denied, "a no dimensions"},
	})
	checkWatchers(t, with(`dimensions = var.dimensions`), []watchCase{
		{"nobody sees the filter's", denied, "a maybe dimensions?"},
	})
	checkWatchers(t, strings.Replace(fromAWS, `["@aws.account"]`, "var.fields", 1), []watchCase{
		{"nobody sees what AWS adds", denied, "a maybe dimensions?"},
	})
}

// Two queries of metrics, the second of which is the filter's.
const twoQueries = `
metric_query {
  id = "m1"
  metric {
    metric_name = "Failed"
    namespace   = "Audit"
    period      = 60
    stat        = "Sum"
  }
}
metric_query {
  id = "m2"
  metric {
    metric_name = "Denied"
    namespace   = "Audit"
    period      = 300
    stat        = "Maximum"
  }
}
`

// returning returns a query of metric math whose data the alarm evaluates.
func returning(expression string) string {
	return "metric_query {\nid = \"e1\"\nreturn_data = true\nexpression = " + expression + "\n}\n"
}

func TestMetricMath(t *testing.T) {
	query := func(id, expression string) string {
		return "metric_query {\nid = \"" + id + "\"\nexpression = \"" + expression + "\"\n}\n"
	}
	checkWatchers(t, deniedFilter, []watchCase{
		{"one metric", twoQueries + returning(`"m2"`), "a yes"},
		{"one metric with spaces", twoQueries + returning(`" m2 "`), "a yes"},
		{"another metric", twoQueries + returning(`"m1"`), "a no name"},
		{"a metric whose id begins alike", twoQueries + returning(`"m22"`), "a maybe opaque"},
		{"a sum of some", twoQueries + returning(`"SUM([m1, m2])"`), "a yes"},
		{"a sum of one", twoQueries + returning(`"SUM(m2)"`), "a yes"},
		{"the maximum", twoQueries + returning(`"MAX([m1, m2])"`), "a yes"},
		{"a sum of all", twoQueries + returning(`"SUM(METRICS())"`), "a yes"},
		{"a sum of all metrics, beside another expression", twoQueries + query("e2", "m9 * 2") + returning(`"SUM(METRICS())"`), "a yes"},
		{"a sum of another", twoQueries + returning(`"SUM([m1])"`), "a no name"},
		{"both", twoQueries + returning(`"m1 + FILL(m2, 0)"`), "a yes"},
		{"a sum of what is not there", twoQueries + returning(`"SUM([m2, m3])"`), "a maybe opaque"},
		{"no metric at all", twoQueries + returning(`"1 + 1"`), "a maybe opaque"},
		{"what a variable decides", twoQueries + returning(`var.math`), "a maybe opaque"},
		{"through another expression", twoQueries + query("e2", "m2 * 2") + returning(`"e2 + 1"`), "a yes"},
		{"through another expression, another metric", twoQueries + query("e2", "m1 * 2") + returning(`"e2 + 1"`), "a no name"},
		{"through one that names what is not there", twoQueries + query("e2", "m3 * 2") + returning(`"e2 + 1"`), "a maybe opaque"},
		{"expressions that name each other", twoQueries + query("e2", "e3 + m2") + query("e3", "e2 + 1") + returning(`"e2"`), "a yes"},
		{"an expression that names itself", twoQueries + returning(`"e1"`), "a maybe opaque"},
	})
}

// A query by words is related to the metric that it names.
func TestQueriesByWords(t *testing.T) {
	checkWatchers(t, deniedFilter, []watchCase{
		{"a selection", returning(`"SELECT SUM(Denied) FROM SCHEMA(Audit)"`), "a maybe opaque"},
		{"a selection of another metric", returning(`"SELECT SUM(Failed) FROM SCHEMA(Audit)"`), ``},
		{"a search", returning(`"SUM(SEARCH('Denied', 'Sum', 300))"`), "a maybe opaque"},
		{"a search for another metric", returning(`"SUM(SEARCH('Failed', 'Sum', 300))"`), ``},
	})
	checkWatchers(t, strings.Replace(deniedFilter, `"Denied"`, `""`, 1), []watchCase{
		{"a metric without a name is in every text", returning(`"SELECT SUM(Failed) FROM SCHEMA(Audit)"`), ``},
	})
}

// What the math is, for whom it has to be computed.
func TestFormula(t *testing.T) {
	g := built(t, deniedFilter+"aws_cloudwatch_metric_alarm \"a\" {\n"+twoQueries+
		"metric_query {\nid = \"e2\"\nexpression = \"m2 * 2\"\n}\n"+returning(`"e2 + m1"`)+"}")
	w := g.WatchersOf(g.Filters[0])[0]
	if diff := cmp.Diff(&Formula{Text: "e2 + m1", Of: map[string]string{"e2": "m2 * 2"}}, w.Formula); diff != "" {
		t.Error(diff)
	}
	if len(w.Terms) != 2 || w.Terms[0].ID != "m1" || w.Term.ID != "m2" {
		t.Errorf("terms: %+v", w.Terms)
	}
	g = built(t, deniedFilter+"aws_cloudwatch_metric_alarm \"a\" {\nmetric_name = \"Denied\"\nnamespace = \"Audit\"\n}")
	if w := g.WatchersOf(g.Filters[0])[0]; w.Formula != nil || w.Term.ID != "" {
		t.Errorf("an alarm without math: %+v", w)
	}
}

// A query may read a metric of another account.
func TestWatchedAccount(t *testing.T) {
	in := func(account string) string {
		return strings.Replace(metricQuery("m1", "60", `metric_name = "Denied"`), "metric {", "account_id = "+account+"\nmetric {", 1)
	}
	const away = "at = \"us-east-1 999988887777\"\n"
	for _, c := range []struct{ name, alarm, want, shared string }{
		{"its own, where the filter is", in(`"111122223333"`), "a yes", ""},
		{"another, and the filter is here", in(`"999988887777"`), "a no account", ""},
		{"the filter's, and the alarm is in another", away + in(`"111122223333"`), "a yes", "111122223333"},
		{"its own, and the filter is in another", away + in(`"999988887777"`), "a no account", ""},
		{"none, and the filter is in another", away + in(`null`), "a no region", ""},
		{"a variable", in(`var.account`), "a maybe account?", ""},
		{"a variable, and the alarm is in another", away + in(`var.account`), "a maybe account?", ""},
		{"nobody sees it", in(`hidden()`), "a maybe account?", ""},
		{"the filter's, and another region", "at = \"eu-west-1 999988887777\"\n" + in(`"111122223333"`), "a no region", "111122223333"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := built(t, deniedFilter+"aws_cloudwatch_metric_alarm \"a\" {\n"+c.alarm+"}")
			if diff := cmp.Diff([]string{c.want}, watchers(g, "f")); diff != "" {
				t.Error(diff)
			}
			if got := g.WatchersOf(g.Filters[0])[0].Shared; got != c.shared {
				t.Errorf("shared by %q, want %q", got, c.shared)
			}
		})
	}
}

func TestReturnedQuery(t *testing.T) {
	failed, denied := metricQuery("m1", "60", `metric_name = "Failed"`), metricQuery("m1", "60", `metric_name = "Denied"`)
	checkWatchers(t, deniedFilter, []watchCase{
		{"the only query returns data, said or not", denied, "a yes"},
		{"of two metrics the one that returns data", strings.Replace(twoQueries, `"m2"`, "\"m2\"\nreturn_data = true", 1), "a yes"},
		{"of two metrics the other", strings.Replace(twoQueries, `"m1"`, "\"m1\"\nreturn_data = true", 1), "a no name"},
		{"of two metrics none", twoQueries, "a maybe opaque"},
		{"no query of the filter's metric", failed + returning(`"m1 + 1"`), "a no name"},
		{"no query of the filter's metric, and what is not there", failed + returning(`"m1 + m9"`), "a no opaque"},
	})
}

func TestHiddenQueries(t *testing.T) {
	const queries = "metric_query = hidden()\n"
	checkWatchers(t, deniedFilter, []watchCase{
		{"it may look at anything", queries, "a maybe opaque"},
		{"nobody sees whether it has a metric of its own", queries + "metric_name = hidden()", "a maybe opaque"},
		{"it has a metric of its own", queries + "metric_name = \"Denied\"\nnamespace = \"Audit\"", "a yes"},
		{"it has a metric of its own, which a variable decides", queries + "metric_name = var.metric\nnamespace = \"Audit\"", "a maybe name?"},
		{"in another region it looks at nothing of here", queries + `at = "eu-west-1 111122223333"`, ``},
		{"in a region that is not known it may", queries + `at = " 111122223333"`, "a maybe opaque"},
	})
}

func TestAnomalyDetection(t *testing.T) {
	const band = "threshold_metric_id = \"e1\"\n"
	checkWatchers(t, deniedFilter, []watchCase{
		{"over the filter's metric", band + "metric_name = \"Denied\"\nnamespace = \"Audit\"", "a maybe opaque"},
		{"over another metric", band + "metric_name = \"Failed\"\nnamespace = \"Audit\"", ``},
		{"over queries, one of the filter's metric", band + twoQueries, "a maybe opaque"},
	})
}

func TestPromQL(t *testing.T) {
	query := func(text string) string {
		return "evaluation_criteria {\npromql_criteria {\nquery = " + text + "\n}\n}"
	}
	checkWatchers(t, deniedFilter, []watchCase{
		{"it names the metric", query(`"sum(Denied) > 1"`), "a maybe opaque"},
		{"it names another", query(`"sum(Failed) > 1"`), ``},
		{"nobody sees it", query(`hidden()`), "a maybe opaque"},
	})
	checkWatchers(t, strings.Replace(deniedFilter, `"Denied"`, `""`, 1), []watchCase{
		{"a metric without a name is in every text", query(`"sum(Failed) > 1"`), ``},
	})
}

// An alarm over a query of logs is related to the filters of the group that it asks.
func TestLogAlarm(t *testing.T) {
	const groups = `
aws_cloudwatch_log_group "g" { name = "audit" }
aws_cloudwatch_log_group "h" { name = "other" }
aws_cloudwatch_log_metric_filter "f" { log_group_name = "audit" }
`
	for _, c := range []struct{ name, identifiers, want string }{
		{"a reference", `[aws_cloudwatch_log_group.g.arn]`, "l maybe opaque"},
		{"the name of the group", `["audit"]`, "l maybe opaque"},
		{"one of several", `["other", "arn:aws:logs:us-east-1:111122223333:log-group:audit"]`, "l maybe opaque"},
		{"another group", `[aws_cloudwatch_log_group.h.name]`, ``},
		{"a group that is not in the input", `["away"]`, ``},
		{"the name of the group in another region", `["arn:aws:logs:eu-west-1:111122223333:log-group:audit"]`, ``},
		{"nobody sees it", `hidden()`, "l maybe opaque"},
		{"nobody sees one", `[hidden()]`, "l maybe opaque"},
		{"none is named", `[]`, "l maybe opaque"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := built(t, groups+"aws_cloudwatch_log_alarm \"l\" {\nscheduled_query_configuration {\nlog_group_identifiers = "+c.identifiers+"\n}\n}")
			if diff := cmp.Diff(lines(c.want), watchers(g, "f")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Whether a filter publishes one term of an alarm.
func TestPublishes(t *testing.T) {
	g := built(t, deniedFilter+"aws_cloudwatch_metric_alarm \"a\" {\n"+twoQueries+returning(`"m1 + m2"`)+"}")
	var got []string
	for _, term := range g.WatchersOf(g.Filters[0])[0].Terms {
		got = append(got, term.ID+" "+sure(g.Publishes(g.Filters[0], g.Alarms[0], term)))
	}
	if diff := cmp.Diff([]string{"m1 no", "m2 yes"}, got); diff != "" {
		t.Error(diff)
	}
}

// Of several terms the one is told that is the filter's series, or nearest to it.
func TestTermOfWatching(t *testing.T) {
	for _, c := range []struct{ name, first, second, want string }{
		{"the second is it", `metric_name = "Failed"`, `metric_name = "Denied"`, "300"},
		{"the first is it", `metric_name = "Denied"`, `metric_name = "Failed"`, "60"},
		{"the second has fewer differences", "metric_name = \"Failed\"\nunit = \"Count\"", `metric_name = "Failed"`, "300"},
		{"the first of two that differ alike", `metric_name = "Failed"`, `metric_name = "Lost"`, "60"},
		{"the second may be it", `metric_name = "Failed"`, `metric_name = var.metric`, "300"},
		{"what may be it comes before what is nearly", "metric_name = \"Failed\"", "metric_name = var.metric\nunit = var.unit", "300"},
	} {
		g := built(t, deniedFilter+"aws_cloudwatch_metric_alarm \"a\" {\n"+
			metricQuery("m1", "60", c.first)+metricQuery("m2", "300", c.second)+returning(`"SUM([m1, m2])"`)+"}")
		w := g.WatchersOf(g.Filters[0])[0]
		if got := shown(w.Term.Period); got != c.want || len(w.Terms) != 2 {
			t.Errorf("%s: the term of period %s, want %s, of %d", c.name, got, c.want, len(w.Terms))
		}
	}
}

func metricQuery(id, period, arguments string) string {
	return "metric_query {\nid = \"" + id + "\"\nmetric {\nnamespace = \"Audit\"\nperiod = " + period + "\n" + arguments + "\n}\n}\n"
}

func TestStatisticOfWatching(t *testing.T) {
	for arguments, want := range map[string]string{
		`statistic = "Sum"`:          "Sum",
		`extended_statistic = "p99"`: "p99",
		"":                           "null",
		"statistic = \"Sum\"\nextended_statistic = \"p99\"": "Sum",
	} {
		g := built(t, deniedFilter+"aws_cloudwatch_metric_alarm \"a\" {\nmetric_name = \"Denied\"\nnamespace = \"Audit\"\n"+arguments+"\n}")
		if got := shown(g.WatchersOf(g.Filters[0])[0].Term.Stat); got != want {
			t.Errorf("%s: %s, want %s", arguments, got, want)
		}
	}
}

// What cannot be followed is said in words.
func TestOpaque(t *testing.T) {
	for _, c := range []struct{ alarm, want string }{
		{"metric_query = hidden()", "its metric_query blocks are known only after apply"},
		{"threshold_metric_id = \"e1\"\nmetric_name = \"Denied\"\nnamespace = \"Audit\"", "it compares with an anomaly detection band"},
		{twoQueries, "none of its metric_query blocks returns data"},
		{twoQueries + returning(`var.math`), "its metric math is known only after apply"},
		{twoQueries + returning(`"SUM([m2, m9])"`), "its metric math names m9, which is not one of its queries"},
		{twoQueries + returning(`"1 + 1"`), "its metric math asks for no metric"},
		{returning(`"select SUM(Denied)"`), "it evaluates a Metrics Insights query"},
		{returning(`"SUM(SEARCH('Denied', 'Sum', 300))"`), "it searches for metrics"},
		{"evaluation_criteria {\npromql_criteria {\nquery = hidden()\n}\n}", "it evaluates a PromQL query, not a metric"},
	} {
		g := built(t, deniedFilter+"aws_cloudwatch_metric_alarm \"a\" {\n"+c.alarm+"\n}")
		if got := g.WatchersOf(g.Filters[0])[0].Opaque; got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestServed(t *testing.T) {
	labelled := func(label, metric string) string {
		return strings.NewReplacer(`"f"`, `"`+label+`"`, `"Denied"`, metric).Replace(deniedFilter)
	}
	g := built(t, labelled("g", `"${var.metric}"`)+labelled("f", `"Denied"`)+labelled("e", `"Denied"`)+`
aws_cloudwatch_metric_alarm "a" {
  metric_name = "Denied"
  namespace   = "Audit"
}
aws_cloudwatch_metric_alarm "b" {
  metric_name = "Denied"
  namespace   = var.namespace
}`)
	for _, again := range []string{"once", "and once more"} {
		if got := ids(g.WatchedFilters(g.Alarms[0])); got != "aws_cloudwatch_log_metric_filter.e aws_cloudwatch_log_metric_filter.f" {
			t.Errorf("%s: %q", again, got)
		}
		if got := ids(g.WatchedFilters(g.Alarms[1])); got != "" {
			t.Errorf("%s: %q, and it is not certain", again, got)
		}
	}
}

// What differs is told with both sides, and where the alarm says its own.
func TestDifferences(t *testing.T) {
	const denied = "metric_name = \"Denied\"\nnamespace = \"Audit\"\n"
	for _, c := range []struct{ alarm, attribute, text string }{
		{"namespace = \"Audit\"\nmetric_name = \"Failed\"", "metric_name", `the alarm watches "Failed", the filter publishes "Denied"`},
		{"namespace = \"Audit\"", "metric_name", `the alarm watches no name, the filter publishes "Denied"`},
		{"namespace = \"Audit\"\nmetric_name = aws_cloudwatch_log_metric_filter.f.id", "metric_name", `the alarm watches "calls", the filter publishes "Denied"`},
		{"namespace = \"Audit\"\nmetric_name = secret(\"Failed\")", "metric_name", `the alarm watches "(sensitive)", the filter publishes "Denied"`},
		{"namespace = \"Other\"\nmetric_name = \"Denied\"", "namespace", `the alarm watches "Other", the filter publishes "Audit"`},
		{denied + `unit = "Count"`, "unit", `the alarm watches unit Count, the filter publishes unit None`},
		{denied + "dimensions = {\nb = \"1\"\na = \"2\"\n}", "dimensions", `the alarm watches dimensions a "2", b "1", the filter publishes no dimensions`},
		{denied + `dimensions = hidden()`, "dimensions", `the alarm watches dimensions that are known only after apply, the filter publishes no dimensions`},
		{strings.Replace(metricQuery("m1", "60", `metric_name = "Denied"`), "metric {", "account_id = \"999988887777\"\nmetric {", 1), "metric_query.account_id", `the alarm watches the metric of account 999988887777, the filter publishes in 111122223333`},
		{denied + `at = "eu-west-1 111122223333"`, "region", `the alarm is in eu-west-1 of account 111122223333, the filter in us-east-1 of account 111122223333`},
	} {
		g := built(t, deniedFilter+"aws_cloudwatch_metric_alarm \"a\" {\n"+c.alarm+"\n}")
		differences := g.WatchersOf(g.Filters[0])[0].Differences
		if len(differences) != 1 || differences[0].Attribute != c.attribute || differences[0].Text != c.text {
			t.Errorf("%+v, want %s: %s", differences, c.attribute, c.text)
		}
	}
}
