package logfile

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"
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
	logged func(members) time.Time                // of what is inside; nil if it does not say
}

// wrappers are asked in order.
var wrappers = []wrapper{
	// https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Event.html
	{has: []string{"CloudTrailEvent"}, inside: member("CloudTrailEvent")},
	// https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
	{has: []string{"detail-type", "detail"}, inside: event},
	{has: []string{"DetailType", "Detail"}, inside: member("Detail")},
	// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
	{has: []string{"messageType", "logEvents"}, inside: subscription},
	{has: []string{"awslogs"}, inside: packed("awslogs", "data")},
	// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilteredLogEvent.html
	{has: []string{"message", "timestamp"}, inside: member("message"), logged: timestamp},
	{has: []string{"@message"}, inside: member("@message"), logged: queriedTime},
	// https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
	{has: []string{"Sns"}, inside: member("Sns")},
	{has: []string{"Message", "MessageId"}, inside: member("Message")},
	// https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
	{has: []string{"Body"}, inside: member("Body")},
	{has: []string{"body", "messageId"}, inside: member("body")},
	// https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
	{has: []string{"kinesis"}, inside: packed("kinesis", "data")},
	{has: []string{"Data", "PartitionKey"}, inside: packed("Data")},
	{has: []string{"data", "recordId"}, inside: packed("data")},
	// A page of a list inside something else.
	{has: []string{"Records"}, inside: member("Records")},
	{has: []string{"records"}, inside: member("records")},
	{has: []string{"Events"}, inside: member("Events")},
	{has: []string{"events"}, inside: member("events")},
	{has: []string{"logEvents"}, inside: member("logEvents")},
	{has: []string{"results"}, inside: member("results")},
	{has: []string{"Messages"}, inside: member("Messages")},
	{has: []string{"Entries"}, inside: member("Entries")},
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
		return members{"@message": message, "@timestamp": row[queried+"@timestamp"]}, true
	}
	return row, len(row) > 0
}

// queried begins the names of fields that a query made: none of them is a field of a
// record.
const queried = "field "

// timestamp returns the time of a log event, in milliseconds.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilteredLogEvent.html
func timestamp(o members) time.Time {
	var ms int64
	if json.Unmarshal(o["timestamp"], &ms) != nil || ms <= 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// queriedTime returns the time of a row of Logs Insights, which writes it in UTC.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
func queriedTime(o members) time.Time {
	at, _ := time.Parse("2006-01-02 15:04:05.000", o.text("@timestamp"))
	return at
}

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
