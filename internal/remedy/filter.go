package remedy

import (
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

var filterMends = map[string]func(*work){
	"no-metric-filter":                (*work).filter,
	"metric-value-zero":               set("metric_transformation.0.value", literal("1")),
	"metric-value-absent":             set("metric_transformation.0.value", literal("1")),
	"metric-filter-refused":           (*work).publishes,
	"metric-filter-narrowed":          remove("field_selection_criteria"),
	"metric-filter-transformed":       remove("apply_on_transformed_logs"),
	"pattern-invalid":                 (*work).matches,
	"pattern-misses-events":           (*work).matches,
	"pattern-never-matches":           (*work).matches,
	"pattern-floods":                  (*work).matches,
	"pattern-narrower-than-reference": (*work).matches,
	"metric-name-differs":             (*work).watchesName,
	"metric-name-is-filter-name":      (*work).watchesName,
	"metric-namespace-differs":        (*work).watchesNamespace,
	"metric-unit-differs":             remove("unit"),
	"metric-dimensions-differ":        (*work).undimensioned,
}

// matches sets the pattern of a filter that has its block alone: what the
// instances of one block differ in is in a table, which iacgate does not see.
func (w *work) matches() {
	w.stuck = w.at.Key.Kind != resource.NoKey
	w.assign("pattern", literal(w.Pattern))
}

// undimensioned takes the dimensions from both ends, the alarm's first.
func (w *work) undimensioned() {
	if w.drop("dimensions"); len(w.gone) == 0 {
		w.edit(w.Filter)
		w.drop("metric_transformation.0.dimensions")
		w.drop("emit_system_field_dimensions")
	}
}

func (w *work) publishes() {
	if strings.HasSuffix(w.Attribute, ".value") {
		w.assign("metric_transformation.0.value", literal("1"))
		return
	}
	w.drop("metric_transformation.0.default_value")
}

// filter adds the filter on the trail's group.
func (w *work) filter() {
	group := w.LogGroup
	if group == "" || !w.reaches(group) {
		w.stuck = true
		return
	}
	w.filterOn(group)
}

// namespace is that of new metrics.
const namespace = "CloudTrailMetrics"

// filterOn makes the control's filter on a group.
func (w *work) filterOn(group string) string {
	words := strings.Split(w.Control, "-")
	f := w.name("aws_cloudwatch_log_metric_filter", strings.Join(words, "_"), camel(words)+"Filter")
	w.make(f, argument{"name", literal(w.Control)}, argument{"log_group_name", ref{group, "name"}}, argument{"pattern", literal(w.Pattern)},
		argument{"metric_transformation.0.name", literal(camel(words))},
		argument{"metric_transformation.0.namespace", literal(namespace)},
		argument{"metric_transformation.0.value", literal("1")})
	return f
}

func camel(words []string) string {
	var b strings.Builder
	for _, word := range words {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

// published is a part of the filter's series: by reference where the code can,
// else as it is.
func (w *work) published(part, text string) value {
	if w.terraform && w.reaches(w.Filter) {
		return ref{w.Filter, "metric_transformation[0]." + part}
	}
	if _, fresh := w.fresh[w.Filter]; fresh && w.terraform {
		return ref{w.Filter, "metric_transformation[0]." + part}
	}
	f := w.find(w.Filter)
	if text == "" || f != nil && f.Attr("metric_transformation", 0, part).IsSensitive() {
		w.stuck = true
	}
	return literal(text)
}

func (w *work) watchesName() {
	w.assign(w.watched("metric_name"), w.published("name", w.Metric))
}

func (w *work) watchesNamespace() {
	w.assign(w.watched("namespace"), w.published("namespace", w.Namespace))
}

// watched is the path of an argument of the metric, which may stand in a query.
func (w *work) watched(name string) string {
	if len(w.at.Attr("metric_query").List()) > 0 {
		w.stuck = true
	}
	if w.at.Key.Kind != resource.NoKey {
		w.stuck = true // one block for several alarms: what differs is in its table
	}
	return name
}
