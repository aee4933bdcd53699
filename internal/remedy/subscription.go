package remedy

var subscriptionMends = map[string]func(*work){
	"no-subscription":       func(w *work) { w.subscribe() },
	"subscription-to-topic": func(w *work) { w.subscribe() },
	"subscription-filtered": remove("filter_policy", "filter_policy_scope"),
	"subscription-endpoint": (*work).addressed,
}

// The address is the user's to say: a variable without a default is asked for,
// a made-up address would be silent.
const (
	emailVariable  = "alarm_email"
	emailParameter = "AlarmEmail"
)

func (w *work) subscribe() {
	w.point(w.Topic, "arn")
	w.subscribed(w.Topic)
}

func (w *work) subscribed(topic string) {
	s := w.name("aws_sns_topic_subscription", "alarms", "AlarmsSubscription")
	w.make(s, argument{"topic_arn", ref{topic, "arn"}}, argument{"protocol", literal("email")}, argument{"endpoint", w.email()})
}

func (w *work) email() value {
	w.input = emailVariable
	return in{"var." + emailVariable, tagged("!Ref", emailParameter)}
}

func (w *work) addressed() {
	if !w.same("protocol", "email") {
		w.assign("protocol", literal("email"))
	}
	w.assign("endpoint", w.email())
}
