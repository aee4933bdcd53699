package fix

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// A Baseline says what Write writes: the chains of some controls, from one trail to one
// topic, as they can be deployed. Who reads the alarms is asked for.
type Baseline struct {
	Controls []Monitored
	Language string // HCL, YAML or JSON
	// LogGroup is the name of the log group that a trail outside the code writes to; ""
	// makes a trail with all that it needs.
	LogGroup string
}

// Monitored is a control of a baseline.
type Monitored struct{ ID, Title, Pattern string }

// Example writes a complete chain for a control, in one of the languages.
func Example(control, pattern, language string) string {
	return Baseline{Controls: []Monitored{{ID: control, Pattern: pattern}}, Language: language}.Write()
}

// Write returns the baseline as one file. In HCL several controls are a map, and there is
// one filter and one alarm for each of its keys.
func (b Baseline) Write() string {
	d := &draft{scope: scope{terraform: b.Language == HCL, language: b.Language, added: map[string]string{}}}
	group := d.existingGroup()
	if b.LogGroup == "" {
		group = ref{d.trailWithGroup(), "name"}
	}
	d.Topic = d.newTopic()
	d.newTopicPolicy()
	if b.Language == HCL && len(b.Controls) > 1 {
		d.monitorEach(group)
		return b.table() + b.groupVariable() + d.file("")
	}
	for _, c := range b.Controls {
		d.Control, d.Pattern = c.ID, c.Pattern
		d.Filter = d.filterOn(group)
		d.Namespace, d.Metric = namespace, camelCase(strings.Split(c.ID, "-"))
		d.newAlarm(ref{d.Topic, "arn"})
	}
	if b.Language == HCL {
		return b.groupVariable() + d.file("")
	}
	if b.LogGroup != "" {
		d.parameters = object{{groupParameter, object{
			{"Type", literal("String")}, {"Description", literal(groupDescription)}, {"Default", literal(b.LogGroup)},
		}}}
	}
	return d.file(b.describe())
}

// describe says what the baseline is for.
func (b Baseline) describe() string {
	if len(b.Controls) == 1 {
		return "An alarm for " + b.Controls[0].ID
	}
	return "Alarms on changes and misuse that CloudTrail records"
}

const (
	groupVariable    = "log_group_name"
	groupParameter   = "LogGroupName"
	groupDescription = "the log group that the trail writes to"
)

// existingGroup is the name of a group that the code does not make.
func (d *draft) existingGroup() value {
	return expression{"${var." + groupVariable + "}", tagged("!Ref", groupParameter)}
}

func (b Baseline) groupVariable() string {
	if b.LogGroup == "" {
		return ""
	}
	return format("variable \""+groupVariable+"\" {\ndescription = "+hclString(groupDescription)+"\ntype = string\ndefault = "+hclString(b.LogGroup)+"\n}") + "\n\n"
}

// table is the map of the controls.
func (b Baseline) table() string {
	var t strings.Builder
	t.WriteString("locals {\n# The events that must raise an alarm, by control.\ncontrols = {\n")
	for _, c := range b.Controls {
		if c.Title != "" {
			t.WriteString("# " + c.Title + "\n")
		}
		t.WriteString(hclString(c.ID) + " = " + hclString(c.Pattern) + "\n")
	}
	t.WriteString("}\n}")
	return format(t.String()) + "\n\n"
}

// monitorEach adds one filter and one alarm for each control of the map.
func (d *draft) monitorEach(group value) {
	filter := d.newAddress("aws_cloudwatch_log_metric_filter", "control", "")
	d.add(filter, argument{"for_each", code("local.controls")}, argument{"name", code("each.key")}, argument{"log_group_name", group}, argument{"pattern", code("each.value")},
		argument{"metric_transformation.0.name", code("each.key")},
		argument{"metric_transformation.0.namespace", literal(namespace)},
		argument{"metric_transformation.0.value", literal("1")})
	metric := "aws_cloudwatch_log_metric_filter.control[each.key].metric_transformation[0]."
	arguments := append([]argument{
		{"for_each", code("local.controls")}, {"alarm_name", code("each.key")}, {"metric_name", code(metric + "name")}, {"namespace", code(metric + "namespace")},
	}, benchmark...)
	d.add(d.newAddress("aws_cloudwatch_metric_alarm", "control", ""), append(arguments, argument{"alarm_actions", list{ref{d.Topic, "arn"}}})...)
}

// code is an expression of Terraform as it is written.
type code string

func (v code) hcl(scope) string { return string(v) }

func (v code) node(scope) *yaml.Node { return yamlString("${" + string(v) + "}") }

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

// file is the draft as one file; a template has a description.
func (d *draft) file(description string) string {
	if d.language == HCL {
		return d.code() + "\n"
	}
	top := object{
		{"AWSTemplateFormatVersion", literal("2010-09-09")},
		{"Description", literal(description)},
	}.node(d.scope)
	sections := d.templateFile(d.input, d.blocks)
	for _, p := range d.parameters {
		put(sections, []string{"Parameters", p.name}, p.node(d.scope))
	}
	top.Content = append(top.Content, sections.Content...)
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
