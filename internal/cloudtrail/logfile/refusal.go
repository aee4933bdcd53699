package logfile

import "strings"

// A refusal is something that people take for records and that holds none.
type refusal struct {
	is   func(members) bool
	says string
}

func having(names ...string) func(members) bool {
	return func(o members) bool { return o.has(names...) }
}

var refusals = []refusal{
	// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
	{func(o members) bool { return o.text("eventSource") == "aws:s3" }, "a notification of S3, which names a log file and holds no record; give the file itself"},
	// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/configure-sns-notifications-for-cloudtrail.html
	{having("s3Bucket", "s3ObjectKey"), "a notification of CloudTrail, which names log files and holds no record; give the files themselves"},
	// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
	{having("digestStartTime"), "a digest of CloudTrail, which lists log files and holds no record; give the files themselves"},
	// https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html
	{having("ResultSet"), "the result of a query of Athena, whose columns have lost the names of the fields; give the log files"},
	{having("eventname", "eventsource"), "a row of a table, whose columns have lost the letter case of the fields; give the log files"},
	// https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetQueryResults.html
	{having("QueryResultRows"), "the result of a query of CloudTrail Lake, which holds columns and no record; give the log files"},
	// https://schema.ocsf.io
	{having("class_uid"), "an OCSF event, as Security Lake has it, whose fields have other names; give the log files of the trail"},
	{having("metadata", "api"), "an OCSF event, as Security Lake has it, whose fields have other names; give the log files of the trail"},
	// https://developer.hashicorp.com/terraform/internals/json-format
	{having("format_version", "terraform_version"), "a Terraform plan or state, which holds no record"},
	{having("MetricDataResults"), "figures of a metric, which hold no record"},
	{having("Datapoints"), "figures of a metric, which hold no record"},
	{isRow, "a row of a Logs Insights query without @message, which is where the record is; ask for fields @message"},
}

// isRow reports whether an object is a row of a query that asked for other fields.
func isRow(o members) bool {
	for name := range o {
		if strings.HasPrefix(name, queried) {
			return true
		}
	}
	return false
}

// refusalOf is why an object holds no record, "" if it may.
func refusalOf(o members) string {
	for _, r := range refusals {
		if r.is(o) {
			return r.says
		}
	}
	return ""
}
