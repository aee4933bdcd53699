package remedy

import "strings"

// Example writes a complete chain for a control: everything from the trail and
// its bucket to the subscription, as it can be deployed. Who reads the alarms is
// asked for.
func Example(control, pattern, language string) string {
	w := &work{scope: scope{terraform: language == HCL, language: language, fresh: map[string]string{}}, Fault: Fault{Control: control, Pattern: pattern}}
	const trail = "management-events"
	bucket, stored := w.bucket(trail)

	group := w.name("aws_cloudwatch_log_group", "cloudtrail", "CloudTrailLogGroup")
	w.make(group, argument{"name", literal("/aws/cloudtrail/" + trail)}, argument{"retention_in_days", bare("365")})
	role := w.name("aws_iam_role", "cloudtrail_logs", "CloudTrailLogsRole")
	w.make(role, argument{"assume_role_policy", w.policy("cloudtrail_assumes", trust)})
	granted := w.grant(role, group)
	w.make(w.name("aws_cloudtrail", "management_events", "ManagementEventsTrail"),
		argument{"name", literal(trail)},
		argument{"s3_bucket_name", ref{bucket, "id"}},
		argument{"enable_logging", bare("true")},
		argument{"is_multi_region_trail", bare("true")},
		argument{"include_global_service_events", bare("true")},
		argument{"enable_log_file_validation", bare("true")},
		argument{"cloud_watch_logs_group_arn", streams(w.scope, group)},
		argument{"cloud_watch_logs_role_arn", ref{role, "arn"}})
	w.blocks[len(w.blocks)-1].after = []string{stored, granted}

	w.Filter = w.filterOn(group)
	w.Namespace, w.Metric = namespace, camel(strings.Split(control, "-"))
	w.Topic = w.newTopic()
	w.ownPolicy()
	w.alarmFor(ref{w.Topic, "arn"})
	return w.file()
}

// bucket makes the bucket that a trail cannot do without, with the policy that
// lets CloudTrail store its files there:
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
func (w *work) bucket(trail string) (bucket, stored string) {
	w.data = true
	bucket = w.name("aws_s3_bucket", "cloudtrail", "CloudTrailBucket")
	w.make(bucket, argument{"bucket_prefix", literal("cloudtrail-")})
	w.blocks[len(w.blocks)-1].template = object{{"Type", literal("AWS::S3::Bucket")}}
	from := member{"ArnLike", object{{"aws:SourceArn", in{
		"arn:*:cloudtrail:*:${data.aws_caller_identity.current.account_id}:trail/" + trail,
		tagged("!Sub", "arn:${AWS::Partition}:cloudtrail:*:${AWS::AccountId}:trail/"+trail),
	}}}}
	service := object{{"Service", literal("cloudtrail.amazonaws.com")}}
	document := w.policy("cloudtrail_bucket", object{
		{"Sid", literal("AclCheck")},
		{"Effect", literal("Allow")},
		{"Principal", service},
		{"Action", literal("s3:GetBucketAcl")},
		{"Resource", ref{bucket, "arn"}},
		{"Condition", object{from}},
	}, object{
		{"Sid", literal("Write")},
		{"Effect", literal("Allow")},
		{"Principal", service},
		{"Action", literal("s3:PutObject")},
		{"Resource", in{
			"${" + w.local(bucket) + ".arn}/AWSLogs/${data.aws_caller_identity.current.account_id}/*",
			tagged("!Sub", "${"+bucket+".Arn}/AWSLogs/${AWS::AccountId}/*"),
		}},
		{"Condition", object{{"StringEquals", object{{"s3:x-amz-acl", literal("bucket-owner-full-control")}}}, from}},
	})
	stored = w.name("aws_s3_bucket_policy", "cloudtrail", "CloudTrailBucketPolicy")
	w.make(stored, argument{"bucket", ref{bucket, "id"}}, argument{"policy", document})
	w.blocks[len(w.blocks)-1].template = object{{"Type", literal("AWS::S3::BucketPolicy")}, {"Properties", object{
		{"Bucket", ref{bucket, "id"}}, {"PolicyDocument", document},
	}}}
	return bucket, stored
}

// file is all of it as one file.
func (w *work) file() string {
	if w.language == HCL {
		return w.added() + "\n"
	}
	top := object{
		{"AWSTemplateFormatVersion", literal("2010-09-09")},
		{"Description", literal("An alarm for " + w.Control)},
	}.node(w.scope)
	top.Content = append(top.Content, w.parts().Content...)
	if w.language == JSON {
		return jsonText(top) + "\n"
	}
	return spaced(w.encode(top)) + "\n"
}

// spaced puts an empty line before each section and each resource.
func spaced(text string) string {
	var b strings.Builder
	before := ""
	for line := range strings.SplitSeq(text, "\n") {
		top := !strings.HasPrefix(line, " ")
		second := strings.HasPrefix(line, "  ") && !strings.HasPrefix(line, "   ") && strings.HasPrefix(before, "   ")
		if top && strings.HasSuffix(line, ":") || second {
			b.WriteString("\n")
		}
		b.WriteString(line + "\n")
		before = line
	}
	return strings.TrimRight(b.String(), "\n")
}
