package graph

import (
	"github.com/iacgate/iacgate/internal/resource"
)

// A LogGroup is a CloudWatch Logs log group.
type LogGroup struct {
	Node
	Name  resource.Value
	Class resource.Value // STANDARD, INFREQUENT_ACCESS, DELIVERY
	KMS   resource.Value
	Key   Target
	// Place is the place of an external group, from its ARN or its reader.
	Place resource.Scope
}

func newLogGroup(n Node) *LogGroup {
	args := argumentsOf(n.Resource)
	return &LogGroup{
		Node:  n,
		Name:  args.get("name"),
		Class: args.get("log_group_class"),
		KMS:   args.get("kms_key_id"),
		Place: n.Resource.Scope,
	}
}

// A MetricFilter is a CloudWatch Logs metric filter and the one series that it
// publishes.
type MetricFilter struct {
	Node
	Name        resource.Value
	Pattern     resource.Value
	Transformed resource.Value // apply_on_transformed_logs
	Criteria    resource.Value // field_selection_criteria
	Series      Series
	Value       resource.Value // a number or a selector
	Default     resource.Value
	Group       Target
}

// A Series is a metric that filters publish and alarms watch.
type Series struct {
	Name       resource.Value
	Namespace  resource.Value
	Dimensions map[string]resource.Value
	Hidden     bool // the dimensions cannot be seen
	Unit       resource.Value
}

func newMetricFilter(n Node) *MetricFilter {
	args := argumentsOf(n.Resource)
	metric := args.block("metric_transformation")
	f := &MetricFilter{
		Node:        n,
		Name:        args.get("name"),
		Pattern:     args.get("pattern"),
		Transformed: args.get("apply_on_transformed_logs"),
		Criteria:    args.get("field_selection_criteria"),
		Value:       metric.get("value"),
		Default:     metric.get("default_value"),
		Series: Series{
			Name:      metric.get("name"),
			Namespace: metric.get("namespace"),
			Unit:      metric.get("unit"),
		},
	}
	f.Series.setDimensions(metric.get("dimensions"))
	emitted := args.get("emit_system_field_dimensions")
	f.Series.Hidden = f.Series.Hidden || emitted.IsUnknown()
	for _, d := range emitted.List() {
		if name, ok := d.Text(); ok {
			f.Series.Dimensions[name] = resource.StringValue("$" + name)
		}
	}
	return f
}

func (s *Series) setDimensions(v resource.Value) {
	s.Dimensions = map[string]resource.Value{}
	s.Hidden = v.IsUnknown()
	for _, k := range v.Keys() {
		s.Dimensions[k] = v.Get(k)
	}
}
