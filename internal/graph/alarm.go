package graph

import "github.com/iacgate/iacgate/internal/resource"

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
	OtherKind      string // what it evaluates instead of metrics: a PromQL query
	Actor

	terms  []Watch // the series that its value is made of
	opaque string  // why these cannot be told
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
	Alarms resource.Value // names
}

func newMuteRule(n Node) *MuteRule {
	return &MuteRule{Node: n, Alarms: argumentsOf(n.Resource).block("mute_targets").get("alarm_names")}
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
