package logfile

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

const refused = `{"eventVersion":"1.11","eventSource":"s3.amazonaws.com","eventName":"GetObject","errorCode":"AccessDenied"}`

// quoted returns a text as JSON writes it.
func quoted(text string) string {
	raw, _ := json.Marshal(text)
	return string(raw)
}

func base64of(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

// wrapped is one denied call in everything that people have it in.
func wrapped(t *testing.T) map[string]string {
	event := `{"version":"0","id":"1","detail-type":"AWS API Call via CloudTrail","source":"aws.s3","account":"111122223333","time":"2026-01-15T09:30:00Z","region":"us-east-1","resources":[],"detail":` + refused + `}`
	logEvents := `"logEvents":[{"id":"1","timestamp":1768469400000,"message":` + quoted(refused) + `}]`
	payload := `{"messageType":"DATA_MESSAGE","owner":"111122223333","logGroup":"trail","logStream":"s","subscriptionFilters":["f"],` + logEvents + `}`
	notification := `{"Type":"Notification","MessageId":"1","TopicArn":"arn:aws:sns:us-east-1:111122223333:t","Message":` + quoted(event) + `}`
	control := `{"messageType":"CONTROL_MESSAGE","owner":"CloudwatchLogs","logGroup":"","logStream":"","subscriptionFilters":[],"logEvents":[{"id":"","timestamp":1,"message":"CWL CONTROL MESSAGE: Checking health of destination Firehose."}]}`
	return map[string]string{
		"a log file":                     `{"Records":[` + refused + `]}`,
		"a log file, spaced":             "{\n  \"Records\" : [ " + refused + " ]\n}\n",
		"a log file, packed":             zip(t, `{"Records":[`+refused+`]}`),
		"packed twice":                   zip(t, zip(t, refused)),
		"lines":                          refused + "\n",
		"lookup-events":                  `{"Events":[{"EventId":"1","EventName":"GetObject","ReadOnly":"true","EventTime":"2026-01-15T09:30:00Z","EventSource":"s3.amazonaws.com","Resources":[],"CloudTrailEvent":` + quoted(refused) + `}],"NextToken":"x"}`,
		"lookup-events, the token ahead": `{"NextToken":"x","Events":[{"CloudTrailEvent":` + quoted(refused) + `}]}`,
		"one of lookup-events":           `{"EventId":"1","EventName":"GetObject","CloudTrailEvent":` + quoted(refused) + `}`,
		"texts of lookup-events":         `[` + quoted(refused) + `]`,
		"lists of texts":                 `[[` + quoted(refused) + `]]`,
		"a text":                         quoted(refused),
		"filter-log-events":              `{"events":[{"logStreamName":"s","timestamp":1768469400000,"message":` + quoted(refused) + `,"ingestionTime":1768469401000,"eventId":"1"}],"searchedLogStreams":[]}`,
		"get-log-events":                 `{"nextForwardToken":"f/1","events":[{"timestamp":1768469400000,"message":` + quoted(refused+"\n") + `,"ingestionTime":1768469401000}]}`,
		"get-query-results":              `{"queryLanguage":"CWLI","results":[[{"field":"@timestamp","value":"2026-01-15 09:30:00.000"},{"field":"@message","value":` + quoted(refused) + `},{"field":"@ptr","value":"x"}]],"statistics":{"recordsMatched":1.0},"status":"Complete"}`,
		"rows of Logs Insights":          `[{"@timestamp":"2026-01-15 09:30:00.000","@message":` + quoted(refused) + `}]`,
		"rows with objects":              `[{"@timestamp":"2026-01-15 09:30:00.000","@message":` + refused + `}]`,
		"Logs Insights as CSV":           "@timestamp,@message\n2026-01-15 09:30:00.000," + `"` + strings.ReplaceAll(refused, `"`, `""`) + `"` + "\n",
		"one column of CSV":              "@message\n" + `"` + strings.ReplaceAll(refused, `"`, `""`) + `"` + "\n",
		"lookup-events as CSV":           "EventId,CloudTrailEvent\r\n1," + `"` + strings.ReplaceAll(refused, `"`, `""`) + `"` + "\r\n",
		"an export of a log group":       zip(t, "2026-01-15T09:30:00.000Z "+refused+"\n"),
		"aws logs tail":                  "2026-01-15T09:30:00.000000+00:00 111122223333_CloudTrail_us-east-1 " + refused + "\n",
		"a subscription":                 payload,
		"a subscription, in Lambda":      `{"awslogs":{"data":"` + base64of(zip(t, payload)) + `"}}`,
		"a subscription, in Kinesis":     `{"Records":[{"kinesis":{"data":"` + base64of(zip(t, payload)) + `"},"eventSource":"aws:kinesis","eventName":"aws:kinesis:record","eventVersion":"1.0","awsRegion":"us-east-1"}]}`,
		"kinesis get-records":            `{"Records":[{"SequenceNumber":"1","Data":"` + base64of(zip(t, payload)) + `","PartitionKey":"p"}],"NextShardIterator":"x"}`,
		"Firehose, in Lambda":            `{"invocationId":"1","deliveryStreamArn":"arn","records":[{"recordId":"1","data":"` + base64of(zip(t, payload)) + `"}]}`,
		"Firehose, in S3":                zip(t, control) + zip(t, payload),
		"Firehose, one behind the other": control + payload,
		"EventBridge":                    event,
		"put-events":                     `{"Entries":[{"Source":"x","DetailType":"y","Detail":` + quoted(refused) + `}]}`,
		"SNS":                            notification,
		"SNS, in Lambda":                 `{"Records":[{"EventSource":"aws:sns","EventVersion":"1.0","Sns":` + notification + `}]}`,
		"SQS":                            `{"Messages":[{"MessageId":"1","ReceiptHandle":"x","Body":` + quoted(event) + `}]}`,
		"SQS behind SNS":                 `{"Messages":[{"MessageId":"1","Body":` + quoted(notification) + `}]}`,
		"SQS, in Lambda":                 `{"Records":[{"messageId":"1","body":` + quoted(event) + `,"eventSource":"aws:sqs","awsRegion":"us-east-1"}]}`,
	}
}

func TestWrappers(t *testing.T) {
	for name, text := range wrapped(t) {
		t.Run(name, func(t *testing.T) {
			if got, err := collect(strings.NewReader(text)); err != nil || !slices.Equal(got, []string{refused}) {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

// What holds no record is refused by its name: it is never taken for one that does
// not match.
func TestWrappersThatHoldNone(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"nothing of a record":      {`{"level":"ERROR","msg":"x"}`, "record 1: no CloudTrail record, and nothing that is known to hold one: it has level, msg"},
		"a record deeper down":     {`{"_source":` + refused + `}`, "nothing that is known to hold one: it has _source"},
		"an empty object":          {`{}`, "record 1: no CloudTrail record: it is empty"},
		"a second one":             {refused + `{"x":1}`, "record 2: no CloudTrail record"},
		"a notification of S3":     {`{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{}}]}`, "a notification of S3"},
		"one of CloudTrail":        {`{"Type":"Notification","MessageId":"1","Message":"{\"s3Bucket\":\"b\",\"s3ObjectKey\":[\"k\"]}"}`, "a notification of CloudTrail"},
		"a digest":                 {`{"awsAccountId":"1","digestStartTime":"x","logFiles":[]}`, "a digest of CloudTrail"},
		"another event":            {`{"detail-type":"GuardDuty Finding","source":"aws.guardduty","detail":{"schemaVersion":"2.0"}}`, `an EventBridge event "GuardDuty Finding"`},
		"another stream's":         {`{"Records":[{"eventID":"1","eventName":"INSERT","eventSource":"aws:dynamodb","dynamodb":{}}]}`, "no CloudTrail record"},
		"Athena":                   {`{"ResultSet":{"Rows":[]}}`, "a query of Athena"},
		"Athena as CSV":            {"\"eventversion\",\"useridentity\",\"eventname\"\n\"1\",\"{}\",\"x\"\n", "a table of Athena"},
		"Athena as lines":          {`{"eventname":"GetObject","eventsource":"s3.amazonaws.com","errorcode":"AccessDenied"}`, "a row of a table"},
		"CloudTrail Lake":          {`{"QueryStatus":"FINISHED","QueryResultRows":[[{"eventName":"x"}]]}`, "CloudTrail Lake"},
		"the event history as CSV": {"Event name,Event time,User name\nGetObject,x,y\n", "the event history of CloudTrail"},
		"a table":                  {"a,b\n1,2\n", "a table as CSV without a column"},
		"Security Lake":            {`{"class_uid":6003,"metadata":{},"api":{}}`, "an OCSF event"},
		"Parquet":                  {"PAR1xxxx", "a Parquet file"},
		"a zip archive":            {"PK\x03\x04", "a zip archive"},
		"UTF-16":                   {"\xff\xfe{\x00", "UTF-16"},
		"figures":                  {`{"MetricDataResults":[]}`, "figures of a metric"},
		"a query of other fields":  {`{"results":[[{"field":"eventName","value":"x"}]]}`, "without @message"},
		"a query of counts":        {`{"results":[[{"field":"bin(5m)","value":"x"},{"field":"n","value":"3"}]]}`, "without @message"},
		"a message of another log": {`{"events":[{"timestamp":1,"message":"START RequestId: 1"}]}`, "expected record 1, got 'S'"},
		"only control messages":    {`{"messageType":"CONTROL_MESSAGE","logEvents":[]}`, "no CloudTrail record in it"},
		"no base64":                {`{"awslogs":{"data":"%"}}`, "awslogs.data is not base64"},
		"no events":                {`{"Events":[]}`, "no CloudTrail record in it"},
		"texts in texts":           {nestedTexts(40), "wrappers inside each other"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := collect(strings.NewReader(tt.text)); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%q, error %v, want %q", got, err, tt.want)
			}
		})
	}
}

// nestedTexts are lists inside each other.
func nestedTexts(n int) string { return strings.Repeat("[", n) + refused + strings.Repeat("]", n) }

func TestLogged(t *testing.T) {
	const record = `{"eventName":"A"}`
	quoted := strconv.Quote(record)
	want := time.Date(2026, 11, 22, 13, 5, 6, 789e6, time.UTC)
	for name, text := range map[string]string{
		"filter-log-events": `{"events":[{"timestamp":1795352706789,"message":` + quoted + `,"ingestionTime":1}]}`,
		"get-query-results": `{"results":[[{"field":"@timestamp","value":"2026-11-22 13:05:06.789"},{"field":"@message","value":` + quoted + `}]],"status":"Complete"}`,
		"subscription":      `{"messageType":"DATA_MESSAGE","logEvents":[{"id":"1","timestamp":1795352706789,"message":` + quoted + `}]}`,
		"export":            "2026-11-22T13:05:06.789Z " + record + "\n",
		"Insights CSV":      "@timestamp,@message\n2026-11-22 13:05:06.789,\"" + strings.ReplaceAll(record, `"`, `""`) + "\"\n",
	} {
		for r, err := range new(File).Records(strings.NewReader(text)) {
			if err != nil || string(r.JSON) != record || !r.Logged.Equal(want) {
				t.Errorf("%s: %s at %v, %v, want %v", name, r.JSON, r.Logged, err, want)
			}
		}
	}
	for r, err := range new(File).Records(strings.NewReader("2026-11-22T13:05:06.789Z " + record + record)) {
		if last := r; err != nil || last.Logged.IsZero() {
			return // the second one has no time of its own
		}
	}
	t.Error("a record without a time took that of the one before it")
}

func TestCut(t *testing.T) {
	row := `[{"field":"@message","value":"{\"eventName\":\"A\"}"}]`
	event := `{"timestamp":1,"message":"{\"eventName\":\"A\"}"}`
	rows := func(n int) string { return strings.TrimSuffix(strings.Repeat(row+",", n), ",") }
	for text, want := range map[string]string{
		`{"Events":[{"CloudTrailEvent":"{\"eventName\":\"A\"}"}]}`:                             "",
		`{"Events":[{"CloudTrailEvent":"{\"eventName\":\"A\"}"}],"NextToken":"x"}`:             "one page of several",
		`{"nextToken":"x","events":[{"timestamp":1,"message":"{\"eventName\":\"A\"}"}]}`:       "one page of several",
		`{"results":[` + row + `],"status":"Running"}`:                                         "the query was running",
		`{"results":[` + rows(9_999) + `],"status":"Complete"}`:                                "",
		strings.Repeat(`{"results":[`+rows(10_000)+`],"status":"Complete"}`, 2):                "exactly 10,000 rows",
		`[{"results":[` + rows(10_000) + `],"status":"Complete"}]`:                             "exactly 10,000 rows",
		`{"events":[` + strings.Repeat(event+",", 9_999) + event + `]}`:                        "exactly 10,000 events",
		`{"results":[` + rows(10_000) + `],"status":"Complete"}`:                               "exactly 10,000 rows",
		"[" + `{"Events":[{"CloudTrailEvent":"{\"eventName\":\"A\"}"}],"NextToken":"x"}` + "]": "one page of several",
	} {
		var f File
		for _, err := range f.Records(strings.NewReader(text)) {
			if err != nil {
				t.Fatal(err)
			}
		}
		if f.Cut == "" != (want == "") || !strings.Contains(f.Cut, want) {
			t.Errorf("%.80s: cut %q, want %q", text, f.Cut, want)
		}
	}
}
