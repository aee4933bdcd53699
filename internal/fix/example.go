package fix

import "strings"

// Example writes a complete chain for a control, in one of the languages: everything
// from the trail and its bucket to the subscription, as it can be deployed. Who reads
// the alarms is asked for.
func Example(control, pattern, language string) string {
	d := &draft{scope: scope{terraform: language == HCL, language: language, added: map[string]string{}}, Fault: Fault{Control: control, Pattern: pattern}}
	group := d.trailWithGroup()
	d.Filter = d.newFilter(group)
	d.Namespace, d.Metric = namespace, camelCase(strings.Split(control, "-"))
	d.Topic = d.newTopic()
	d.newTopicPolicy()
	d.newAlarm(ref{d.Topic, "arn"})
	return d.file()
}

// trailWithGroup adds a trail with all that it needs, and returns its log group.
func (d *draft) trailWithGroup() (group string) {
	const trail = "management-events"
	bucket, bucketPolicy := d.newBucket(trail)
	group = d.newAddress("aws_cloudwatch_log_group", "cloudtrail", "CloudTrailLogGroup")
	d.add(group, argument{"name", literal("/aws/cloudtrail/" + trail)}, argument{"retention_in_days", rawLiteral("365")})
	role := d.newAddress("aws_iam_role", "cloudtrail_logs", "CloudTrailLogsRole")
	d.add(role, argument{"assume_role_policy", d.newPolicy("cloudtrail_assumes", assumedByCloudTrail)})
	rolePolicy := d.grantWrite(role, group)
	added := d.add(d.newAddress("aws_cloudtrail", "management_events", "ManagementEventsTrail"),
		argument{"name", literal(trail)},
		argument{"s3_bucket_name", ref{bucket, "id"}},
		argument{"enable_logging", rawLiteral("true")},
		argument{"is_multi_region_trail", rawLiteral("true")},
		argument{"include_global_service_events", rawLiteral("true")},
		argument{"enable_log_file_validation", rawLiteral("true")},
		argument{"cloud_watch_logs_group_arn", logStreams(d.scope, group)},
		argument{"cloud_watch_logs_role_arn", ref{role, "arn"}})
	added.dependsOn = []string{bucketPolicy, rolePolicy}
	return group
}

// newBucket adds the bucket that a trail cannot do without, with the policy that lets
// CloudTrail store its files there.
func (d *draft) newBucket(trail string) (bucket, policy string) {
	d.needsAccount = true
	bucket = d.newAddress("aws_s3_bucket", "cloudtrail", "CloudTrailBucket")
	d.add(bucket, argument{"bucket_prefix", literal("cloudtrail-")}).template = object{{"Type", literal("AWS::S3::Bucket")}}
	document := d.newPolicy("cloudtrail_bucket", d.bucketStatements(trail, bucket)...)
	policy = d.newAddress("aws_s3_bucket_policy", "cloudtrail", "CloudTrailBucketPolicy")
	added := d.add(policy, argument{"bucket", ref{bucket, "id"}}, argument{"policy", document})
	added.template = object{{"Type", literal("AWS::S3::BucketPolicy")}, {"Properties", object{
		{"Bucket", ref{bucket, "id"}}, {"PolicyDocument", document},
	}}}
	return bucket, policy
}

// bucketStatements let CloudTrail store the files of a trail of the account:
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
func (d *draft) bucketStatements(trail, bucket string) []object {
	from := member{"ArnLike", object{{"aws:SourceArn", expression{
		"arn:*:cloudtrail:*:${data.aws_caller_identity.current.account_id}:trail/" + trail,
		tagged("!Sub", "arn:${AWS::Partition}:cloudtrail:*:${AWS::AccountId}:trail/"+trail),
	}}}}
	service := object{{"Service", literal("cloudtrail.amazonaws.com")}}
	return []object{{
		{"Sid", literal("AclCheck")},
		{"Effect", literal("Allow")},
		{"Principal", service},
		{"Action", literal("s3:GetBucketAcl")},
		{"Resource", ref{bucket, "arn"}},
		{"Condition", object{from}},
	}, {
		{"Sid", literal("Write")},
		{"Effect", literal("Allow")},
		{"Principal", service},
		{"Action", literal("s3:PutObject")},
		{"Resource", expression{
			"${" + d.local(bucket) + ".arn}/AWSLogs/${data.aws_caller_identity.current.account_id}/*",
			tagged("!Sub", "${"+bucket+".Arn}/AWSLogs/${AWS::AccountId}/*"),
		}},
		{"Condition", object{{"StringEquals", object{{"s3:x-amz-acl", literal("bucket-owner-full-control")}}}, from}},
	}}
}

// file is the draft as one file.
func (d *draft) file() string {
	if d.language == HCL {
		return d.code() + "\n"
	}
	top := object{
		{"AWSTemplateFormatVersion", literal("2010-09-09")},
		{"Description", literal("An alarm for " + d.Control)},
	}.node(d.scope)
	top.Content = append(top.Content, d.templateFile(d.input, d.blocks).Content...)
	if d.language == JSON {
		return jsonText(top) + "\n"
	}
	return spaced(d.encode(top)) + "\n"
}

// spaced puts an empty line before each section and each resource of a template.
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
