package graph

import (
	"slices"

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
	Actor

	terms     []Watch // the series that its value is made of
	formulaOf *Formula
	opaque    string // why these cannot be told
}

// Actor is what metric alarms and composite alarms have in common: they act.
type Actor struct {
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

func newActor(args arguments) Actor {
	return Actor{
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
		Actor:          newActor(args),
	}
	a.Series = newSeries(args)
	queries, hidden := args.blocks("metric_query")
	a.HiddenQueries = hidden
	for _, q := range queries {
		a.Queries = append(a.Queries, newQuery(q))
	}
	a.WarmUp = args.block("warm_up_configuration").get("warm_up_period_duration_in_minutes")
	a.WallClock = args.block("evaluation_window").has("wall_clock_window")
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
	Actor
}

func newCompositeAlarm(n Node) *CompositeAlarm {
	args := argumentsOf(n.Resource)
	return &CompositeAlarm{
		Node: n, Name: args.get("alarm_name"), Rule: args.get("alarm_rule"),
		Suppressor: args.block("actions_suppressor").get("alarm"),
		Actor:      newActor(args),
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

// otherActions are types other than topics that an alarm may act on.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
var otherActions = []string{
	"aws_lambda_function", "aws_lambda_alias", "aws_autoscaling_policy", "aws_appautoscaling_policy",
	"aws_ssmincidents_response_plan", "aws_ssm_document",
}

func (g *Graph) joinAlarms() {
	topic := kind{types: []string{"aws_sns_topic"}, attrs: []string{"arn", "id"}, also: otherActions, named: g.topicNamed, outside: g.topicOutside}
	for _, a := range g.Alarms {
		a.Actions = g.targets(a.Resource, a.HasActions, topic)
	}
	for _, c := range g.Composites {
		c.Actions = g.targets(c.Resource, c.HasActions, topic)
	}
}

const logAlarmType = "aws_cloudwatch_log_alarm"

// newLogAlarm is an alarm over a query of logs, which needs no metric filter.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-logalarm.html
func newLogAlarm(n Node) *Alarm {
	args := argumentsOf(n.Resource)
	a := &Alarm{Node: n, Name: args.get("alarm_name"), OtherKind: "a query of logs", Actor: newActor(args)}
	a.terms, a.opaque = a.watched()
	return a
}

// queries says whether an alarm over a query of logs asks the group of a filter, or
// may.
func (g *Graph) queries(a *Alarm, f *MetricFilter) bool {
	groups := argumentsOf(a.Resource).block("scheduled_query_configuration").get("log_group_identifiers")
	kind := g.groupKind()
	kind.outside = func(text string, _ *resource.Resource) Target { return Target{State: External, To: []string{text}} }
	asked := g.targets(a.Resource, groups, kind)
	if groups.IsUnknown() || len(asked) == 0 {
		return true
	}
	return slices.ContainsFunc(asked, func(t Target) bool {
		return len(t.To) == 0 || slices.ContainsFunc(t.To, func(id string) bool { return slices.Contains(f.Group.To, id) })
	})
}
