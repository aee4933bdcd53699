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
	emailVariable  = "alarm_reader_email"
	emailParameter = "AlarmReaderEmail"
)

func (w *work) subscribe() {
	w.point(w.Topic, "arn")
	w.subscribed(w.Topic)
}

func (w *work) subscribed(topic string) {
	s := w.name("aws_sns_topic_subscription", "alarm_reader", "AlarmReader")
	w.make(s, argument{"topic_arn", ref{topic, "arn"}}, argument{"protocol", literal("email")}, argument{"endpoint", w.email()})
}

// inputName is what the input is called that holds the address.
func (w *work) inputName() string {
	if w.terraform {
		return emailVariable
	}
	return emailParameter
}

func (w *work) email() value {
	w.input = w.inputName()
	return in{"${var." + emailVariable + "}", tagged("!Ref", emailParameter)}
}

// addressed gives the subscription somebody who reads it. A FIFO topic has no
// e-mail: https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html
func (w *work) addressed() {
	if t := w.find(w.Topic); t != nil {
		fifo, _ := t.Attr("fifo_topic").Truth()
		w.stuck = fifo
	}
	if !w.same("protocol", "email") {
		w.assign("protocol", literal("email"))
	}
	w.assign("endpoint", w.email())
}
