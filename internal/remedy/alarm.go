package remedy

import (
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
)

var alarmMends = map[string]func(*work){
	"no-alarm":                   (*work).alarm,
	"alarm-cannot-fire":          (*work).fires,
	"alarm-always-on":            (*work).fires,
	"alarm-needs-large-burst":    (*work).lowers,
	"alarm-needs-burst":          (*work).lowers,
	"alarm-refused":              (*work).fires,
	"alarm-slow":                 (*work).fires,
	"alarm-high-resolution":      set("period", bare("300")),
	"alarm-one-shot":             set("treat_missing_data", literal("notBreaching")),
	"alarm-breaching-when-quiet": set("treat_missing_data", literal("notBreaching")),
	"composite-suppresses":       (*work).tells,
	"alarm-has-suppressor":       remove("actions_suppressor"),
	"actions-disabled":           set("actions_enabled", bare("true")),
	"no-action":                  (*work).tells,
	"action-not-sns":             (*work).tells,
}

// reference are the settings of the benchmark's alarm; the first burst inside
// one period of five minutes raises it.
var reference = []argument{
	{"statistic", literal("Sum")},
	{"period", bare("300")},
	{"evaluation_periods", bare("1")},
	{"threshold", bare("1")},
	{"comparison_operator", literal("GreaterThanOrEqualToThreshold")},
	{"treat_missing_data", literal("notBreaching")},
}

// fires sets what differs from the reference.
func (w *work) fires() {
	if len(w.at.Attr("metric_query").List()) > 0 {
		w.stuck = true
		return
	}
	w.drop("extended_statistic")
	w.drop("datapoints_to_alarm")
	w.drop("threshold_metric_id")
	for _, a := range reference {
		if !w.same(a.path, strings.Trim(a.hcl(w.scope), `"`)) {
			w.sets = append(w.sets, a)
		}
	}
}

// lowers sets what makes the burst large, and leaves the periods.
func (w *work) lowers() {
	if !w.same("statistic", "Sum") || w.same("threshold", "1") || !w.same("evaluation_periods", "1") {
		w.fires()
		return
	}
	if !w.same("comparison_operator", "GreaterThanOrEqualToThreshold", "GreaterThanThreshold") {
		w.assign("comparison_operator", literal("GreaterThanOrEqualToThreshold"))
	}
	w.assign("threshold", bare("1"))
}

// alarm adds the alarm on the filter's metric.
func (w *work) alarm() {
	if w.find(w.Filter) == nil {
		w.stuck = true
		return
	}
	w.alarmFor(w.told())
}

func (w *work) alarmFor(topic value) {
	words := strings.Split(w.Control, "-")
	a := w.name("aws_cloudwatch_metric_alarm", strings.Join(words, "_"), camel(words)+"Alarm")
	arguments := append([]argument{
		{"alarm_name", literal(w.Control)}, {"metric_name", w.published("name", w.Metric)}, {"namespace", w.published("namespace", w.Namespace)},
	}, reference...)
	w.make(a, append(arguments, argument{"alarm_actions", list{topic}})...)
}

// told is the topic to tell: the one that the scope has, else a new one with a
// subscription.
func (w *work) told() value {
	topic := w.Topic
	if !w.reaches(topic) {
		topic = w.sole("aws_sns_topic")
	}
	if topic != "" {
		return ref{topic, "arn"}
	}
	return ref{w.newTopic(), "arn"}
}

// newTopic makes a topic with a subscription.
func (w *work) newTopic() string {
	topic := w.name("aws_sns_topic", "security_alarms", "SecurityAlarmsTopic")
	w.make(topic, argument{"name", literal("security-alarms")})
	w.subscribed(topic)
	return topic
}

// tells adds a topic to the actions of the alarm, beside what they hold.
func (w *work) tells() {
	if w.Code == "composite-suppresses" {
		w.edit(w.Alarm)
	}
	if w.at.Key.Kind != resource.NoKey {
		w.stuck = true
		return
	}
	if held := w.at.Attr("alarm_actions"); !w.terraform && len(held.List()) > 0 {
		w.into = w.property(w.at.Type, "alarm_actions")
		w.more = w.item(w.told().node(w.scope))
		return
	}
	var actions list
	for _, v := range w.at.Attr("alarm_actions").List() {
		if known, ok := w.held(v); ok {
			actions = append(actions, known)
		}
	}
	w.assign("alarm_actions", append(actions, w.told()))
}

// held is an element of a list as the code writes it, where that can be told.
func (w *work) held(v resource.Value) (value, bool) {
	if v.IsSensitive() {
		return nil, false
	}
	o, ok := v.Origin()
	switch {
	case ok && len(o.Via) == 0 && len(o.Refs) == 1 && o.Certain && w.reaches(o.Refs[0].Address):
		return ref{o.Refs[0].Address, o.Refs[0].Attribute}, true
	case v.Kind() == resource.String:
		text, _ := v.Text()
		return literal(text), text != ""
	}
	return nil, false
}
