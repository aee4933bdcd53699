package fix

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

var alarmFixes = map[string]func(*draft){
	"no-alarm":                   (*draft).addAlarm,
	"alarm-cannot-fire":          (*draft).useBenchmark,
	"alarm-always-on":            (*draft).useBenchmark,
	"alarm-needs-large-burst":    (*draft).lowerThreshold,
	"alarm-needs-burst":          (*draft).lowerThreshold,
	"alarm-refused":              (*draft).useBenchmark,
	"alarm-slow":                 (*draft).useBenchmark,
	"alarm-high-resolution":      set("period", rawLiteral("300")),
	"alarm-one-shot":             set("treat_missing_data", literal("notBreaching")),
	"alarm-breaching-when-quiet": set("treat_missing_data", literal("notBreaching")),
	"composite-suppresses":       (*draft).addAction,
	"alarm-has-suppressor":       (*draft).removeSuppressor,
	"actions-disabled":           set("actions_enabled", rawLiteral("true")),
	"no-action":                  (*draft).addAction,
	"action-not-sns":             (*draft).addAction,
}

// benchmark are the settings of the CIS benchmark's alarm; the first burst inside one
// period of five minutes raises it.
var benchmark = []argument{
	{"statistic", literal("Sum")},
	{"period", rawLiteral("300")},
	{"evaluation_periods", rawLiteral("1")},
	{"threshold", rawLiteral("1")},
	{"comparison_operator", literal("GreaterThanOrEqualToThreshold")},
	{"treat_missing_data", literal("notBreaching")},
}

// useBenchmark sets what differs from the benchmark's alarm.
func (d *draft) useBenchmark() {
	if len(d.target.Attr("metric_query").List()) > 0 {
		d.impossible = true
		return
	}
	d.remove("extended_statistic")
	d.remove("datapoints_to_alarm")
	d.remove("threshold_metric_id")
	for _, a := range benchmark {
		if !d.hasText(a.path, strings.Trim(a.hcl(d.scope), `"`)) {
			d.sets = append(d.sets, a)
		}
	}
}

// lowerThreshold lets the first event raise the alarm, and leaves the periods.
func (d *draft) lowerThreshold() {
	if !d.hasText("statistic", "Sum") || d.hasText("threshold", "1") || !d.hasText("evaluation_periods", "1") {
		d.useBenchmark()
		return
	}
	if !d.hasText("comparison_operator", "GreaterThanOrEqualToThreshold", "GreaterThanThreshold") {
		d.assign("comparison_operator", literal("GreaterThanOrEqualToThreshold"))
	}
	d.assign("threshold", rawLiteral("1"))
}

// addAlarm adds the alarm on the filter's metric.
func (d *draft) addAlarm() {
	if d.find(d.Filter) == nil {
		d.impossible = true
		return
	}
	d.beside = d.find(d.Filter)
	d.newAlarm(ref{d.topicToNotify(), "arn"})
}

func (d *draft) newAlarm(topic value) {
	words := strings.Split(d.Control, "-")
	address := d.newAddress("aws_cloudwatch_metric_alarm", strings.Join(words, "_"), camelCase(words)+"Alarm")
	arguments := append(append(d.placed(d.beside), []argument{
		{"alarm_name", literal(d.unusedName("aws_cloudwatch_metric_alarm", "alarm_name", d.Control))}, {"metric_name", d.published("name", d.Metric)}, {"namespace", d.published("namespace", d.Namespace)},
	}...), benchmark...)
	d.add(address, append(arguments, argument{"alarm_actions", list{topic}})...)
}

// removeSuppressor removes the suppressor: a block in Terraform, three properties in a
// template.
func (d *draft) removeSuppressor() {
	if d.terraform {
		d.remove("actions_suppressor")
		return
	}
	for _, property := range []string{"alarm", "extension_period", "wait_period"} {
		d.remove("actions_suppressor.0." + property)
	}
}

// addAction adds a topic to the actions of the alarm.
func (d *draft) addAction() {
	if d.Code == "composite-suppresses" {
		d.retarget(d.Alarm)
	}
	if d.sharesBlock() && !d.Another {
		d.impossible = true
		return
	}
	d.beside = d.target
	actions := d.target.Attr("alarm_actions").List()
	topic := ref{d.topicToNotify(), "arn"}
	if slices.ContainsFunc(actions, func(a resource.Value) bool { written, ok := d.asWritten(a); return ok && written == value(topic) }) {
		d.impossible = true // it is told already
		return
	}
	if !d.terraform && len(actions) > 0 {
		d.appendCode(d.property(d.target.Type, "alarm_actions"), d.item(topic.node(d.scope)))
		return
	}
	var all list
	for _, a := range actions {
		v, ok := d.asWritten(a)
		switch {
		case ok && !d.sharesBlock():
			all = append(all, v)
		case d.language == HCL && d.Another:
			d.appendCode("alarm_actions", topic.hcl(d.scope))
			return
		case d.Another:
			d.appendCode("alarm_actions", d.item(topic.node(d.scope)))
			return
		default:
			d.impossible = true // the change would drop it
			return
		}
	}
	d.assign("alarm_actions", append(all, topic))
}

// asWritten is an element of a list as the code writes it, where that can be told.
func (d *draft) asWritten(v resource.Value) (value, bool) {
	if v.IsSensitive() {
		return nil, false
	}
	o, ok := v.Origin()
	switch {
	case ok && len(o.Via) == 0 && len(o.Refs) == 1 && o.Certain && d.reaches(o.Refs[0].Address):
		return ref{o.Refs[0].Address, o.Refs[0].Attribute}, true
	case v.Kind() == resource.String:
		text, _ := v.Text()
		return literal(text), text != ""
	}
	return nil, false
}
