package facts

import (
	"testing"

	"github.com/iacgate/iacgate/internal/resource"
)

// A glob names what has a text where what only apply will say may be what it says.
func TestWhatAGlobNames(t *testing.T) {
	symbol := resource.Symbol
	place := "arn:" + symbol("partition of aws") + ":sns:" + symbol("region of aws") + ":" + symbol("account of aws") + ":"
	for _, tt := range []struct {
		glob, text string
		want       bool
	}{
		{"arn:aws:sns:us-east-1:111122223333:alerts", "arn:aws:sns:us-east-1:111122223333:alerts", true},
		{"arn:aws:sns:us-east-1:111122223333:alerts", "arn:aws:sns:us-east-1:111122223333:alert", false},
		{"arn:aws:sns:us-east-1:111122223333:alerts", place + "alerts", true},
		{"arn:aws-cn:sns:cn-north-1:111122223333:alerts", place + "alerts", true},
		{"arn:aws:sns:*:111122223333:alerts", place + "alerts", true},
		{"arn:aws:sns:*:*:alerts", place + "alerts", true},
		{"arn:*:alerts", place + "alerts", true},
		{"arn:aws:sns:{us-east-1,eu-west-1}:111122223333:alerts", place + "alerts", true},
		{"arn:aws:sns:us-east-1:111122223333:other", place + "alerts", false},
		{"arn:aws:sns:us-east-1:111122223333:alerts", "arn:aws:sns:eu-west-1:" + symbol("account of aws") + ":alerts", false},
		{"arn:aws:sns:us-east-1:11112222333:alerts", place + "alerts", false},
		{"arn:aws:sns:us-east-1:111122223333:alerts", place + symbol("var.name"), false},
		{"arn:aws:sns:us-east-1:111122223333:*", place + symbol("var.name"), true},
		{"arn:aws:sns:*:*:*-alerts", place + symbol("var.stage") + "-alerts", true},
		{"arn:aws:sns:*:*:prod-alerts", place + symbol("var.stage") + "-alerts", false},
		{"arn:aws:sns:*:*:prod-Topic-1DZU0VFQA8XJ8", place + resource.Generated("Topic"), true},
		{"arn:aws:sns:*:*:prod-Topic-*", place + resource.Generated("Topic"), true},
		{"arn:aws:sns:*:*:*-Topic-*", place + resource.Generated("Child.Topic"), true},
		{"arn:aws:sns:*:*:prod-Topic-*", place + resource.Generated("app.yaml∶Topic"), true},
		{"arn:aws:sns:*:*:prod-Other-*", place + resource.Generated("Topic"), false},
		{"arn:aws:sns:*:*:Topic", place + resource.Generated("Topic"), false},
		{"arn:aws:sns:*:*:alerts", place + resource.Generated("Topic"), false},
		{"arn:aws:sns:*:*:alerts-*", place + "alerts-" + resource.Generated("module.m.aws_sns_topic.t"), true},
		{"arn:aws:sns:*:*:a-t-b", place + resource.Generated("aws_sns_topic.t"), false},
		{"var.topic_arn", "var.topic_arn", true},
		{"Fn::GetStackOutput net:Topic", "Fn::GetStackOutput net:Topic", true},
		{"Fn::GetStackOutput net:*", "Fn::GetStackOutput net:Topic", true},
	} {
		if got := mayMatch(tt.glob, resource.Text(tt.text)); got != tt.want {
			t.Errorf("%s names %s: %v", tt.glob, resource.Text(tt.text).Words(), got)
		}
	}
}
