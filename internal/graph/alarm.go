package graph

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/iacgate/iacgate/internal/resource"
)

// An Alarm is a CloudWatch metric alarm.
type Alarm struct {
	Node
	Name           resource.Value
	Series         Series
	Statistic      resource.Value
	Extended       resource.Value
	Period         resource.Value
	Evaluation     resource.Value
	Datapoints     resource.Value
	Operator       resource.Value
	Threshold      resource.Value
	MissingData    resource.Value
	LowSamples     resource.Value
	ThresholdQuery resource.Value // threshold_metric_id: anomaly detection
	Queries        []Query        // metric math; empty for a plain alarm
	HiddenQueries  bool
	OtherKind      string         // what it evaluates instead of metrics: a PromQL query
	WarmUp         resource.Value // minutes after a change
	WallClock      bool           // its periods are those of the clock
	Timezone       resource.Value // of the clock
	Notifier

	terms     []Watch // the series that its value is made of
	formulaOf *Formula
	opaque    string // why these cannot be determined
}

// Notifier has the fields that metric alarms and composite alarms share: both act.
type Notifier struct {
	ActionsEnabled resource.Value
	Actions        []Target
	HasActions     resource.Value // the argument alarm_actions
}

// A Query is one metric_query block.
type Query struct {
	ID         resource.Value
	Expression resource.Value
	ReturnData resource.Value
	Account    resource.Value
	IsMetric   bool
	Series     Series
	Period     resource.Value
	Stat       resource.Value
}

func newNotifier(args arguments) Notifier {
	return Notifier{
		ActionsEnabled: args.get("actions_enabled"),
		HasActions:     args.get("alarm_actions"),
	}
}

func newAlarm(n Node) *Alarm {
	args := argumentsOf(n.Resource)
	a := &Alarm{
		Node:           n,
		Name:           args.get("alarm_name"),
		Statistic:      args.get("statistic"),
		Extended:       args.get("extended_statistic"),
		Period:         args.get("period"),
		Evaluation:     args.get("evaluation_periods"),
		Datapoints:     args.get("datapoints_to_alarm"),
		Operator:       args.get("comparison_operator"),
		Threshold:      args.get("threshold"),
		MissingData:    args.get("treat_missing_data"),
		LowSamples:     args.get("evaluate_low_sample_count_percentiles"),
		ThresholdQuery: args.get("threshold_metric_id"),
		Notifier:       newNotifier(args),
	}
	a.Series = newSeries(args)
	queries, hidden := args.blocks("metric_query")
	a.HiddenQueries = hidden
	for _, q := range queries {
		a.Queries = append(a.Queries, newQuery(q))
	}
	a.WarmUp = args.block("warm_up_configuration").get("warm_up_period_duration_in_minutes")
	a.WallClock = args.block("evaluation_window").has("wall_clock_window")
	a.Timezone = args.block("evaluation_window").block("wall_clock_window").get("timezone")
	if args.has("evaluation_criteria") {
		a.OtherKind = "a PromQL query"
	}
	a.terms, a.opaque = a.watched()
	return a
}

func newSeries(args arguments) Series {
	s := Series{Name: args.get("metric_name"), Namespace: args.get("namespace"), Unit: args.get("unit")}
	s.setDimensions(args.get("dimensions"))
	return s
}

func newQuery(args arguments) Query {
	metric := args.block("metric")
	return Query{
		ID:         args.get("id"),
		Expression: args.get("expression"),
		ReturnData: args.get("return_data"),
		Account:    args.get("account_id"),
		IsMetric:   args.has("metric"),
		Series:     newSeries(metric),
		Period:     metric.get("period"),
		Stat:       metric.get("stat"),
	}
}

// A CompositeAlarm combines other alarms by a rule.
type CompositeAlarm struct {
	Node
	Name       resource.Value
	Rule       resource.Value
	Suppressor resource.Value
	Notifier
}

func newCompositeAlarm(n Node) *CompositeAlarm {
	args := argumentsOf(n.Resource)
	return &CompositeAlarm{
		Node: n, Name: args.get("alarm_name"), Rule: args.get("alarm_rule"),
		Suppressor: args.block("actions_suppressor").get("alarm"),
		Notifier:   newNotifier(args),
	}
}

// A MuteRule silences alarms at times.
type MuteRule struct {
	Node
	Alarms     resource.Value // names
	Expression resource.Value // when it begins
	Duration   resource.Value
	Expires    resource.Value // null for never
}

func newMuteRule(n Node) *MuteRule {
	args := argumentsOf(n.Resource)
	schedule := args.block("rule").block("schedule")
	return &MuteRule{
		Node: n, Alarms: args.block("mute_targets").get("alarm_names"),
		Expression: schedule.get("expression"), Duration: schedule.get("duration"), Expires: args.get("expire_date"),
	}
}

const logAlarmType = "aws_cloudwatch_log_alarm"

// newLogAlarm returns an alarm over a query of logs, which needs no metric filter.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-logalarm.html
func newLogAlarm(n Node) *Alarm {
	args := argumentsOf(n.Resource)
	a := &Alarm{Node: n, Name: args.get("alarm_name"), OtherKind: "a query of logs", Notifier: newNotifier(args)}
	a.terms, a.opaque = a.watched()
	return a
}

// A Watch is one series that an alarm evaluates, with its statistic.
type Watch struct {
	ID      string // of its metric_query block, "" without one
	Series  Series
	Period  resource.Value
	Stat    resource.Value // statistic or extended statistic
	Account resource.Value // whose metric it is, null for that of the alarm's account
}

// A Formula is the metric math of an alarm: the expression that it evaluates, and the
// expressions in it, by their ids.
type Formula struct {
	Text string
	Of   map[string]string
	// Sensitive: nothing of it may be shown.
	Sensitive bool
}

// watched returns the series that the alarm's value is made of: one, or the terms
// of a sum. Otherwise opaque says why it cannot be determined.
func (a *Alarm) watched() (terms []Watch, opaque string) {
	switch {
	case a.OtherKind != "":
		return nil, "it evaluates " + a.OtherKind + ", not a metric"
	case a.hidesMetric():
		return nil, "its metric_query blocks are known only after apply"
	case !a.ThresholdQuery.IsNull():
		return nil, "it compares with an anomaly detection band"
	case len(a.Queries) == 0:
		stat := a.Statistic
		if stat.IsNull() {
			stat = a.Extended
		}
		return []Watch{{Series: a.Series, Period: a.Period, Stat: stat}}, ""
	}
	return a.returnedSeries()
}

// hidesMetric reports whether the metric of the alarm is not known: an alarm with a
// metric_name has no queries.
func (a *Alarm) hidesMetric() bool {
	o, _ := a.Series.Name.Origin()
	return a.HiddenQueries && (a.Series.Name.IsNull() || a.Series.Name.IsUnknown() && o.Cause == resource.Opaque)
}

// returnedSeries follows the one query whose data the alarm evaluates.
func (a *Alarm) returnedSeries() (terms []Watch, opaque string) {
	for _, q := range a.Queries {
		if yes, _ := q.ReturnData.Truth(); !yes && len(a.Queries) > 1 {
			continue
		}
		if q.IsMetric {
			return []Watch{q.watch()}, ""
		}
		return a.expression(q)
	}
	return nil, "none of its metric_query blocks returns data"
}

func (q Query) watch() Watch {
	id, _ := q.ID.Text()
	return Watch{ID: id, Series: q.Series, Period: q.Period, Stat: q.Stat, Account: q.Account}
}

// Compiled on first use, because most inputs have no metric math.
var queryID = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\b[a-z][A-Za-z0-9_]*\b`) })

// expression returns the metrics in a metric math expression, through other
// expressions in it.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
func (a *Alarm) expression(q Query) (terms []Watch, opaque string) {
	f := &Formula{Of: map[string]string{}}
	asked := map[string]bool{}
	if f.Text, opaque = a.formula(q, f, asked); opaque != "" {
		return nil, opaque
	}
	for _, m := range a.Queries {
		if w := m.watch(); m.IsMetric && asked[w.ID] {
			terms = append(terms, w)
		}
	}
	if len(terms) == 0 {
		return nil, "its metric math asks for no metric"
	}
	a.formulaOf = f
	return terms, ""
}

// veiled returns a part of a value without secrets.
func veiled(part string, of resource.Value) string {
	if of.IsSensitive() {
		return resource.Hidden
	}
	return part
}

// formula returns the text of an expression, and notes the expressions in it.
func (a *Alarm) formula(q Query, f *Formula, asked map[string]bool) (text, opaque string) {
	text, ok := q.Expression.Text()
	f.Sensitive = f.Sensitive || q.Expression.IsSensitive()
	switch upper := strings.ToUpper(strings.TrimSpace(text)); {
	case !ok:
		return "", "its metric math is known only after apply"
	case strings.HasPrefix(upper, "SELECT"):
		return "", "it evaluates a Metrics Insights query"
	case strings.Contains(upper, "SEARCH("):
		return "", "it searches for metrics"
	}
	all := strings.Contains(text, "METRICS(")
	ids := queryID().FindAllString(text, -1)
	for _, m := range a.Queries {
		id, _ := m.ID.Text()
		if asked[id] || !(slices.Contains(ids, id) || all && m.IsMetric) {
			continue
		}
		asked[id] = true
		if m.IsMetric {
			continue
		}
		if f.Of[id], opaque = a.formula(m, f, asked); opaque != "" {
			return "", opaque
		}
	}
	for _, id := range ids {
		if !asked[id] {
			return "", "its metric math names " + veiled(id, q.Expression) + ", which is not one of its queries"
		}
	}
	return text, ""
}
