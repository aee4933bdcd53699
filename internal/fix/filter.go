package fix

import "strings"

var filterFixes = map[string]func(*draft){
	"no-metric-filter":                (*draft).addFilter,
	"metric-value-zero":               set("metric_transformation.0.value", literal("1")),
	"metric-value-absent":             set("metric_transformation.0.value", literal("1")),
	"metric-filter-refused":           (*draft).fixTransformation,
	"metric-filter-narrowed":          remove("field_selection_criteria"),
	"metric-filter-transformed":       remove("apply_on_transformed_logs"),
	"pattern-invalid":                 (*draft).setPattern,
	"pattern-misses-events":           (*draft).setPattern,
	"pattern-never-matches":           (*draft).setPattern,
	"pattern-floods":                  (*draft).setPattern,
	"pattern-narrower-than-reference": (*draft).setPattern,
	"metric-name-differs":             (*draft).watchMetricName,
	"metric-name-is-filter-name":      (*draft).watchMetricName,
	"metric-namespace-differs":        (*draft).watchNamespace,
	"metric-unit-differs":             remove("unit"),
	"metric-dimensions-differ":        (*draft).removeDimensions,
}

// setPattern sets the pattern of a filter that has its block alone.
func (d *draft) setPattern() {
	d.shared = d.sharesBlock()
	d.assign("pattern", literal(d.Pattern))
}

// removeDimensions removes the dimensions from the alarm, or else from the filter.
func (d *draft) removeDimensions() {
	if d.remove("dimensions"); len(d.removed) == 0 {
		d.retarget(d.Filter)
		d.remove("metric_transformation.0.dimensions")
		d.remove("emit_system_field_dimensions")
	}
}

func (d *draft) fixTransformation() {
	if strings.HasSuffix(d.Attribute, ".value") {
		d.assign("metric_transformation.0.value", literal("1"))
		return
	}
	d.remove("metric_transformation.0.default_value")
}

// addFilter adds the filter on the trail's group.
func (d *draft) addFilter() {
	if !d.reaches(d.LogGroup) {
		d.impossible = true
		return
	}
	d.newFilter(d.LogGroup)
}

// namespace is that of new metrics.
const namespace = "CloudTrailMetrics"

// newFilter adds the control's filter on a group, and returns its address.
func (d *draft) newFilter(group string) string {
	d.beside = d.find(group)
	return d.filterOn(ref{group, "name"})
}

// filterOn adds the control's filter on the group with a name.
func (d *draft) filterOn(group value) string {
	words := strings.Split(d.Control, "-")
	f := d.newAddress("aws_cloudwatch_log_metric_filter", strings.Join(words, "_"), camelCase(words)+"Filter")
	d.add(f, append(d.placed(d.beside),
		argument{"name", literal(d.unusedName("aws_cloudwatch_log_metric_filter", "name", d.Control))},
		argument{"log_group_name", group}, argument{"pattern", literal(d.Pattern)},
		argument{"metric_transformation.0.name", literal(camelCase(words))},
		argument{"metric_transformation.0.namespace", literal(namespace)},
		argument{"metric_transformation.0.value", literal("1")})...)
	return f
}

func camelCase(words []string) string {
	var b strings.Builder
	for _, word := range words {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

func (d *draft) watchMetricName() { d.watch("metric_name", "name", d.Metric) }
func (d *draft) watchNamespace()  { d.watch("namespace", "namespace", d.Namespace) }

// watch sets an argument of the alarm to what the filter publishes. An alarm on a
// query names its metric somewhere in there.
func (d *draft) watch(argument, part, published string) {
	d.shared, d.impossible = d.sharesBlock(), len(d.target.Attr("metric_query").List()) > 0
	d.referred = map[string]string{argument: published}
	d.assign(argument, d.published(part, published))
}

// published is a part of what the filter publishes: by reference where the code can,
// else as text.
func (d *draft) published(part, text string) value {
	if d.terraform && d.reachesOrAdds(d.Filter) {
		return ref{d.Filter, "metric_transformation[0]." + part}
	}
	f := d.find(d.Filter)
	if text == "" || f != nil && f.Attr("metric_transformation", 0, part).IsSensitive() {
		d.impossible = true
	}
	return literal(text)
}
