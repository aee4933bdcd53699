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

func newActor(r *resource.Resource) Actor {
	return Actor{
		ActionsEnabled: withDefault(r.Attr("actions_enabled"), resource.BoolValue(true)),
		HasActions:     withDefault(r.Attr("alarm_actions"), resource.NullValue()),
	}
}

func newAlarm(n Node) *Alarm {
	r := n.Resource
	a := &Alarm{
		Node:           n,
		Name:           r.Attr("alarm_name"),
		Statistic:      withDefault(r.Attr("statistic"), resource.NullValue()),
		Extended:       withDefault(r.Attr("extended_statistic"), resource.NullValue()),
		Period:         withDefault(r.Attr("period"), resource.NullValue()),
		Evaluation:     r.Attr("evaluation_periods"),
		Datapoints:     withDefault(r.Attr("datapoints_to_alarm"), resource.NullValue()),
		Operator:       r.Attr("comparison_operator"),
		Threshold:      withDefault(r.Attr("threshold"), resource.NullValue()),
		MissingData:    withDefault(r.Attr("treat_missing_data"), resource.StringValue("missing")),
		LowSamples:     withDefault(r.Attr("evaluate_low_sample_count_percentiles"), resource.NullValue()),
		ThresholdQuery: withDefault(r.Attr("threshold_metric_id"), resource.NullValue()),
		Actor:          newActor(r),
	}
	a.Series = newSeries(r.Attributes)
	queries := r.Attr("metric_query")
	a.HiddenQueries = hidden(queries)
	for _, q := range queries.List() {
		a.Queries = append(a.Queries, newQuery(q))
	}
	if len(r.Attr("evaluation_criteria").List()) > 0 {
		a.OtherKind = "a PromQL query"
	}
	a.terms, a.opaque = a.watched()
	return a
}

func newSeries(v resource.Value) Series {
	s := Series{Name: v.Get("metric_name"), Namespace: v.Get("namespace"), Unit: withDefault(v.Get("unit"), resource.NullValue())}
	s.setDimensions(v.Get("dimensions"))
	return s
}

func newQuery(v resource.Value) Query {
	m := v.Get("metric")
	return Query{
		ID:         v.Get("id"),
		Expression: withDefault(v.Get("expression"), resource.NullValue()),
		ReturnData: withDefault(v.Get("return_data"), resource.BoolValue(false)),
		Account:    withDefault(v.Get("account_id"), resource.NullValue()),
		IsMetric:   len(m.List()) > 0 || m.Kind() == resource.Map,
		Series:     newSeries(m.Get()),
		Period:     m.Get("period"),
		Stat:       m.Get("stat"),
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
	r := n.Resource
	return &CompositeAlarm{
		Node: n, Name: r.Attr("alarm_name"), Rule: r.Attr("alarm_rule"),
		Suppressor: withDefault(r.Attr("actions_suppressor", 0, "alarm"), resource.NullValue()),
		Actor:      newActor(r),
	}
}

// A MuteRule silences alarms at times.
type MuteRule struct {
	Node
	Alarms resource.Value // names
}

func newMuteRule(n Node) *MuteRule {
	return &MuteRule{Node: n, Alarms: n.Resource.Attr("mute_targets", 0, "alarm_names")}
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
