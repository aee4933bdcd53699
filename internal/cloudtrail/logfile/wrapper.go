package logfile

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
)

// lists are the members that hold what a wrapper wraps, one element each.
var lists = map[string]bool{
	"Records":  true, // log files in S3, and what Lambda gets of queues, topics and streams
	"records":  true, // what Lambda gets of Firehose
	"Events":   true, // aws cloudtrail lookup-events
	"events":   true, // aws logs filter-log-events, get-log-events
	"results":  true, // aws logs get-query-results
	"Messages": true, // aws sqs receive-message
	"Entries":  true, // aws events put-events
}

// A wrapper is something that people have their records in: what it is known by, and
// where the records are.
type wrapper struct {
	has    []string
	inside func(members) (json.RawMessage, error) // nil if it holds none
}

// wrappers are asked in order.
var wrappers = []wrapper{
	// https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Event.html
	{[]string{"CloudTrailEvent"}, member("CloudTrailEvent")},
	// https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
	{[]string{"detail-type", "detail"}, event},
	{[]string{"DetailType", "Detail"}, member("Detail")},
	// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
	{[]string{"messageType", "logEvents"}, subscription},
	{[]string{"awslogs"}, packed("awslogs", "data")},
	// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilteredLogEvent.html
	{[]string{"message", "timestamp"}, member("message")},
	{[]string{"@message"}, member("@message")},
	// https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
	{[]string{"Sns"}, member("Sns")},
	{[]string{"Message", "MessageId"}, member("Message")},
	// https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
	{[]string{"Body"}, member("Body")},
	{[]string{"body", "messageId"}, member("body")},
	// https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
	{[]string{"kinesis"}, packed("kinesis", "data")},
	{[]string{"Data", "PartitionKey"}, packed("Data")},
	{[]string{"data", "recordId"}, packed("data")},
	// A page of a list inside something else.
	{[]string{"Records"}, member("Records")},
	{[]string{"records"}, member("records")},
	{[]string{"Events"}, member("Events")},
	{[]string{"events"}, member("events")},
	{[]string{"logEvents"}, member("logEvents")},
	{[]string{"results"}, member("results")},
	{[]string{"Messages"}, member("Messages")},
	{[]string{"Entries"}, member("Entries")},
}

// fieldsOf returns a row of a query as an object.
func fieldsOf(elements []json.RawMessage) (members, bool) {
	row := members{}
	for _, element := range elements {
		var o members
		if json.Unmarshal(element, &o) != nil || !o.has("field", "value") {
			return nil, false
		}
		row[queried+o.text("field")] = o["value"]
	}
	if message, ok := row[queried+"@message"]; ok {
		return members{"@message": message}, true
	}
	return row, len(row) > 0
}

// queried begins the names of fields that a query made: none of them is a field of a
// record.
const queried = "field "

func member(name string) func(members) (json.RawMessage, error) {
	return func(o members) (json.RawMessage, error) { return o[name], nil }
}

// packed returns the text at the end of a path, in base64 and perhaps in gzip.
func packed(path ...string) func(members) (json.RawMessage, error) {
	return func(o members) (json.RawMessage, error) {
		for _, name := range path[:len(path)-1] {
			inner := members{}
			_ = json.Unmarshal(o[name], &inner)
			o = inner
		}
		data, err := base64.StdEncoding.DecodeString(o.text(path[len(path)-1]))
		if err == nil {
			data, err = unpacked(data)
		}
		if err != nil {
			return nil, fmt.Errorf("%s is not base64: %w", strings.Join(path, "."), err)
		}
		return json.Marshal(string(data))
	}
}

// event returns an event of EventBridge. Not all of them are calls.
func event(o members) (json.RawMessage, error) {
	detail := members{}
	_ = json.Unmarshal(o["detail"], &detail)
	if !detail.isRecord() {
		return nil, fmt.Errorf("an EventBridge event %q, which is no CloudTrail record", shown(o.text("detail-type")))
	}
	return o["detail"], nil
}

// subscription returns what a subscription filter sends. It sends messages of its own,
// too, to see whether anybody is there.
func subscription(o members) (json.RawMessage, error) {
	if o.text("messageType") == "CONTROL_MESSAGE" {
		return nil, nil
	}
	return o["logEvents"], nil
}
