package chaintest

import (
	"strings"

	"github.com/iacgate/iacgate/internal/document"
)

// Delivered subscribes what receives instead of a person.
func Delivered(protocol, endpoint, world string) string {
	return strings.NewReplacer(`"email"`, `"`+protocol+`"`, `"oncall@example.org"`, endpoint).Replace(Complete) + "\n" + world
}

// DeliveryOf reports whether the subscription delivers.
func DeliveryOf(d *document.Document) document.Check {
	return d.Subscriptions[TheSubscription].Delivers
}

const (
	TheQueue    = "aws_sqs_queue.q"
	AlarmsQueue = "arn:aws:sqs:us-east-1:111122223333:alarms"
	TopicText   = "arn:aws:sns:us-east-1:111122223333:security"
)

func QueueOf(arguments string) string {
	return "\naws_sqs_queue \"q\" {\n name = \"alarms\"\n" + arguments + "\n}\n"
}

// Sending lets a service send to queues that a pattern names, under a condition.
func Sending(service, queues, condition string) string {
	s := `{"Effect": "Allow", "Principal": {"Service": "` + service + `"}, "Action": "sqs:SendMessage", "Resource": "` + queues + `"`
	if condition != "" {
		s += `, "Condition": {` + condition + `}`
	}
	return s + "}"
}

const SNS = "sns.amazonaws.com"
