package cloudtrail

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// members are those of a JSON object, by their names.
type members map[string]json.RawMessage

// has says whether an object has all of some members.
func (o members) has(names ...string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { _, ok := o[name]; return !ok })
}

// text is a member that is a text, else "".
func (o members) text(name string) (text string) {
	_ = json.Unmarshal(o[name], &text)
	return text
}

// isRecord says whether an object is a record, or an example with some fields of one.
// Events that Lambda gets from queues and streams have fields of the same names, and
// a source of their own form.
func (o members) isRecord() bool {
	if strings.HasPrefix(o.text("eventSource"), "aws:") {
		return false
	}
	return slices.ContainsFunc(marks, func(name string) bool { return o.has(name) })
}

// marks are the fields by which a record is known, be it an example of one with no
// more than a pattern asks for. Others are everybody's: awsRegion, resources.
var marks = []string{
	"eventVersion", "eventID", "eventName", "eventSource", "eventTime", "eventType", "eventCategory", "errorCode", "errorMessage",
	"userIdentity", "sourceIPAddress", "requestParameters", "responseElements", "additionalEventData",
}

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
	inside func(members) (json.RawMessage, error) // nil where it holds none
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

// value takes the records out of a value.
func (u *unwrapper) value(raw json.RawMessage) error {
	if !json.Valid(raw) {
		return u.errorf("not JSON")
	}
	if u.depth++; u.depth > maxWrappers {
		return u.errorf("more than %d wrappers inside each other", maxWrappers)
	}
	defer func() { u.depth-- }()
	switch raw = bytes.TrimSpace(raw); raw[0] {
	case '{':
		o := members{}
		_ = json.Unmarshal(raw, &o)
		return u.unwrap(raw, o)
	case '[':
		return u.list(raw)
	case '"':
		var text string
		_ = json.Unmarshal(raw, &text)
		return u.within([]byte(text))
	}
	return u.errorf("%s stands where a record is expected", raw[:min(len(raw), maxShown)])
}

// maxShown is how much of an input an error quotes.
const maxShown = 40

// within takes the records out of a text inside the file.
func (u *unwrapper) within(text []byte) error {
	if u.unpacked += len(text); u.unpacked > maxUnwrapped {
		return u.errorf("more than %d bytes in it are packed", maxUnwrapped)
	}
	before := u.count
	err := u.read(bytes.NewReader(text))
	if err == nil && u.count == before && len(bytes.TrimSpace(text)) == 0 {
		err = u.errorf("an empty message")
	}
	return err
}

func (u *unwrapper) unwrap(raw json.RawMessage, o members) error {
	if says := refusalOf(o); says != "" {
		return u.errorf("%s", says)
	}
	if o.isRecord() {
		return u.record(raw)
	}
	for _, w := range wrappers {
		if o.has(w.has...) {
			inside, err := w.inside(o)
			if err != nil {
				return u.errorf("%v", err)
			}
			if inside == nil {
				return nil
			}
			return u.value(inside)
		}
	}
	if len(o) == 0 {
		return u.errorf("no CloudTrail record: it is empty")
	}
	names := slices.Sorted(maps.Keys(o))
	return u.errorf("no CloudTrail record, and nothing that is known to hold one: it has %s", shown(strings.Join(names, ", ")))
}

// list takes the records out of each element. A row of a query of CloudWatch Logs
// Insights is a list of fields.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ResultField.html
func (u *unwrapper) list(raw json.RawMessage) error {
	var elements []json.RawMessage
	_ = json.Unmarshal(raw, &elements)
	if row, ok := fieldsOf(elements); ok {
		return u.unwrap(nil, row)
	}
	for _, element := range elements {
		if err := u.value(element); err != nil {
			return err
		}
	}
	return nil
}

// fieldsOf is a row of a query as an object.
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

// packed is the text at the end of a path, in base64 and perhaps in gzip.
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
			return nil, fmt.Errorf("%s is no text in base64: %w", strings.Join(path, "."), err)
		}
		return json.Marshal(string(data))
	}
}

// event is an event of EventBridge. Not all of them are calls.
func event(o members) (json.RawMessage, error) {
	detail := members{}
	_ = json.Unmarshal(o["detail"], &detail)
	if !detail.isRecord() {
		return nil, fmt.Errorf("an EventBridge event %q, which is no CloudTrail record", shown(o.text("detail-type")))
	}
	return o["detail"], nil
}

// subscription is what a subscription filter sends. It sends messages of its own,
// too, to see whether anybody is there.
func subscription(o members) (json.RawMessage, error) {
	if o.text("messageType") == "CONTROL_MESSAGE" {
		return nil, nil
	}
	return o["logEvents"], nil
}

func shown(text string) string {
	if r := []rune(text); len(r) > 2*maxShown {
		return string(r[:2*maxShown]) + "..."
	}
	return text
}
