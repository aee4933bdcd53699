package chaintest

import (
	"strings"

	"github.com/iacgate/iacgate/internal/document"
)

// Publishing returns the statement that lets CloudWatch publish, but for its end.
func Publishing(rest string) string {
	return `{"Effect": "Allow", "Principal": {"Service": "cloudwatch.amazonaws.com"}, "Action": "sns:Publish", ` + rest + `}`
}

const (
	Lets    = `"Resource": "*"`
	Refuses = `"Resource": "arn:aws:sns:us-east-1:111122223333:other"`
)

// PolicyOf returns the value of a policy argument.
func PolicyOf(statements ...string) string {
	return "<<JSON\n{\"Version\": \"2012-10-17\", \"Statement\": [" + strings.Join(statements, ", ") + "]}\nJSON\n"
}

// TopicPolicy returns the topic's policy in a resource of its own.
func TopicPolicy(statements ...string) string {
	return PolicyResource("p", TheTopic+".arn", PolicyOf(statements...))
}

func PolicyResource(name, topic, policy string) string {
	return "\naws_sns_topic_policy \"" + name + "\" {\n arn = " + topic + "\n policy = " + policy + "\n}\n"
}

// PublishOf reports whether the alarm may publish to the topic, key whether it may use
// the topic's key.
func PublishOf(d *document.Document) document.Check {
	return d.Alarms[TheAlarm].Notifiers[TheAlarm].Actions["0 "+TheTopic].Publish
}
