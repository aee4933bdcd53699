package gate_test

import "github.com/iacgate/iacgate/internal/verdict"

// selects gives the trail basic event selectors.
func selects(selectors ...block) edit {
	return setAttribute(trail, "event_selector", blocks(selectors))
}

// picks gives the trail advanced event selectors, each a list of fields.
func picks(selectors ...blocks) edit {
	all := blocks{}
	for _, fields := range selectors {
		all = append(all, block{"name": nil, "field_selector": fields})
	}
	return setAttribute(trail, "advanced_event_selector", all)
}

func selector(management bool, kind string, exclude ...string) block {
	return block{"include_management_events": management, "read_write_type": kind, "exclude_management_event_sources": list(exclude), "data_resource": blocks{}}
}

func list(texts []string) []any {
	out := []any{}
	for _, t := range texts {
		out = append(out, t)
	}
	return out
}

func field(name, operator string, values ...string) block {
	b := block{"field": name}
	for _, op := range []string{"equals", "not_equals", "starts_with", "not_starts_with", "ends_with", "not_ends_with"} {
		b[op] = nil
	}
	b[operator] = list(values)
	return b
}

var management = field("eventCategory", "equals", "Management")

var trailScenarios = []scenario{
	{name: "one region", of: "T01 2.4", edits: []edit{unset(trail, "is_multi_region_trail")},
		want: verdict.Fail, at: "trail", says: []said{{"trail-not-multi-region", trail, "is_multi_region_trail"}}},
	{name: "logging off", of: "T02", edits: []edit{setAttribute(trail, "enable_logging", false)},
		want: verdict.Fail, at: "trail", says: []said{{"trail-logging-off", trail, "enable_logging"}}},
	{name: "no global events", of: "T03", edits: []edit{setAttribute(trail, "include_global_service_events", false)},
		want: verdict.Fail, at: "trail", says: []said{{"trail-without-global-events", trail, "include_global_service_events"}}},
	{name: "a trail says three things", of: "2.1",
		edits: []edit{setAttribute(trail, "enable_logging", false), setAttribute(trail, "is_multi_region_trail", false)},
		want:  verdict.Fail, at: "trail",
		says: []said{{"trail-logging-off", trail, "enable_logging"}, {"trail-not-multi-region", trail, "is_multi_region_trail"}}},
	{name: "writes alone", of: "T05 2.4", edits: []edit{selects(selector(true, "WriteOnly"))},
		want: verdict.Fail, at: "trail", says: []said{{"trail-misses-events", trail, "event_selector"}}},
	{name: "reads alone", of: "T05", edits: []edit{selects(selector(true, "ReadOnly"))},
		want: verdict.Fail, at: "trail", says: []said{{"trail-misses-events", trail, "event_selector"}}},
	{name: "two selectors together record all", of: "T04 T05",
		edits: []edit{selects(selector(true, "ReadOnly"), selector(true, "WriteOnly"))}, want: verdict.Pass},
	{name: "data events beside management events", of: "T04",
		edits: []edit{selects(selector(false, "All"), selector(true, "All"))}, want: verdict.Pass},
	{name: "KMS left out", of: "T08", edits: []edit{selects(selector(true, "All", "kms.amazonaws.com"))},
		want: verdict.Pass, says: []said{{"trail-excludes-sources", trail, "event_selector"}}},
	{name: "KMS and RDS Data left out", of: "T08",
		edits: []edit{selects(selector(true, "All", "kms.amazonaws.com", "rdsdata.amazonaws.com"))},
		want:  verdict.Pass, says: []said{{"trail-excludes-sources", trail, "event_selector"}}},
	{name: "KMS left out of one selector and recorded by the other", of: "T08",
		edits: []edit{selects(selector(true, "All", "kms.amazonaws.com"), selector(true, "All"))}, want: verdict.Pass},
	{name: "advanced selector of all management events", of: "T06", edits: []edit{picks(blocks{management})}, want: verdict.Pass},
	{name: "advanced selector of writes", of: "T07", edits: []edit{picks(blocks{management, field("readOnly", "equals", "false")})},
		want: verdict.Fail, at: "trail", says: []said{{"trail-misses-events", trail, "advanced_event_selector"}}},
	{name: "advanced selector without one busy source", of: "T07 T08",
		edits: []edit{picks(blocks{management, field("eventSource", "not_equals", "kms.amazonaws.com")})},
		want:  verdict.Pass, says: []said{{"trail-excludes-sources", trail, "advanced_event_selector"}}},
	{name: "advanced selector without IAM", of: "T07",
		edits: []edit{picks(blocks{management, field("eventSource", "not_equals", "iam.amazonaws.com")})},
		want:  verdict.Fail, at: "trail", says: []said{{"trail-misses-events", trail, "advanced_event_selector"}}},
	{name: "advanced selector of one source", of: "T07",
		edits: []edit{picks(blocks{management, field("eventSource", "equals", "s3.amazonaws.com")})},
		want:  verdict.Fail, at: "trail", says: []said{{"trail-misses-events", trail, "advanced_event_selector"}}},
	{name: "advanced selector of one user", of: "T07",
		edits: []edit{picks(blocks{management, field("userIdentity.arn", "equals", "arn:aws:iam::111122223333:root")})},
		want:  verdict.Fail, at: "trail", says: []said{{"trail-misses-events", trail, "advanced_event_selector"}}},
	{name: "selectors that cannot be seen", of: "T04", edits: []edit{later(trail, "event_selector")},
		want: verdict.Unknown, at: "trail", says: []said{{"value-unknown", trail, "event_selector"}}},
	{name: "a region argument that cannot be seen", of: "2.1", edits: []edit{later(trail, "is_multi_region_trail")},
		want: verdict.Unknown, at: "trail", says: []said{{"value-unknown", trail, "is_multi_region_trail"}}},
	{name: "S3 alone", of: "T10 2.4", edits: []edit{unset(trail, "cloud_watch_logs_group_arn"), unset(trail, "cloud_watch_logs_role_arn")},
		want: verdict.Fail, at: "trail",
		says: []said{{"trail-without-log-group", trail, "cloud_watch_logs_group_arn"}, {"trail-without-role", trail, "cloud_watch_logs_role_arn"}}},
	{name: "log group without a role", of: "T10", edits: []edit{unset(trail, "cloud_watch_logs_role_arn")},
		want: verdict.Fail, at: "trail", says: []said{{"trail-without-role", trail, "cloud_watch_logs_role_arn"}}},
	{name: "log group ARN without a star", of: "T11", base: "existing-unchanged", edits: []edit{
		known(trail, "cloud_watch_logs_group_arn", "arn:aws:logs:us-east-1:111122223333:log-group:/aws/cloudtrail/organization"), does(trail, "update")},
		want: verdict.Pass, says: []said{{"trail-log-group-arn", trail, "cloud_watch_logs_group_arn"}, {"email-unconfirmed", oncall, ""}}},
	{name: "log group ARN with two stars", of: "T11", base: "existing-unchanged", edits: []edit{
		known(trail, "cloud_watch_logs_group_arn", "arn:aws:logs:us-east-1:111122223333:log-group:/aws/cloudtrail/organization:*:*"), does(trail, "update")},
		want: verdict.Pass, says: []said{{"trail-log-group-arn", trail, "cloud_watch_logs_group_arn"}, {"email-unconfirmed", oncall, ""}}},
	{name: "no trail", of: "T19 2.1", edits: []edit{without(trail)},
		want: verdict.Unknown, at: "trail", says: []said{{"trail-elsewhere", "", ""}, {"log-group-elsewhere", filter, "log_group_name"}}},
}

func mayWrite(resource string) string {
	return `{"Statement":[{"Action":["logs:CreateLogStream","logs:PutLogEvents"],"Effect":"Allow","Resource":"` + resource + `"}],"Version":"2012-10-17"}`
}

const streams = "arn:aws:logs:us-east-1:111122223333:log-group:/aws/cloudtrail/organization:log-stream:"

// attached gives the role a managed policy that allows one action.
func attached(action string) edit {
	const policy, attachment = "aws_iam_policy.trail", "aws_iam_role_policy_attachment.trail"
	return together(
		adds(policy, block{"name": "trail", "policy": `{"Statement":[{"Action":"` + action + `","Effect":"Allow","Resource":"*"}],"Version":"2012-10-17"}`}, "arn", "id"),
		adds(attachment, block{"role": "cloudtrail-to-cloudwatch-logs"}, "id"), refers(attachment, "policy_arn", policy+".arn"))
}

const exclusive = "aws_iam_role_policies_exclusive.trail"

// attachedByARN gives the role a policy from elsewhere.
func attachedByARN(arn string) edit {
	return adds("aws_iam_role_policy_attachment.trail", block{"role": "cloudtrail-to-cloudwatch-logs", "policy_arn": arn}, "id")
}

var roleScenarios = []scenario{
	{name: "a role for another service", of: "T12", edits: []edit{setAttribute(role, "assume_role_policy", `{"Statement":[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"}}],"Version":"2012-10-17"}`)},
		want: verdict.Fail, at: "trail", says: []said{{"trail-role-cannot-write", role, "assume_role_policy"}}},
	{name: "a role that creates streams alone", of: "T12",
		edits: []edit{setAttribute(rolePolicy, "policy", `{"Statement":[{"Action":"logs:CreateLogStream","Effect":"Allow","Resource":"*"}],"Version":"2012-10-17"}`)},
		want:  verdict.Fail, at: "trail", says: []said{{"trail-role-cannot-write", role, ""}}},
	{name: "a role for another group", of: "T12", base: "existing-unchanged",
		edits: []edit{known(rolePolicy, "policy", mayWrite("arn:aws:logs:us-east-1:111122223333:log-group:/other:*")), does(rolePolicy, "update")},
		want:  verdict.Fail, at: "trail", says: []said{{"trail-role-cannot-write", role, ""}, {"email-unconfirmed", oncall, ""}}},
	{name: "a role with a managed policy of the plan", of: "T12", base: "existing-unchanged", edits: []edit{without(rolePolicy), attached("logs:PutLogEvents")},
		want: verdict.Fail, at: "trail", says: []said{{"trail-role-cannot-write", role, ""}, {"email-unconfirmed", oncall, ""}}},
	{name: "a role with a managed policy of the plan that suffices", of: "T12", base: "existing-unchanged", edits: []edit{without(rolePolicy), attached("logs:*")},
		want: verdict.Pass, says: []said{{"email-unconfirmed", oncall, ""}}},
	{name: "a role outside the plan", of: "T12", edits: []edit{
		setAttribute(trail, "cloud_watch_logs_role_arn", "arn:aws:iam::111122223333:role/audit"), without(role, rolePolicy)},
		want: verdict.Pass, says: []said{{"trail-role-not-visible", trail, "cloud_watch_logs_role_arn"}}},
	{name: "a new role without a policy", of: "T12", edits: []edit{without(rolePolicy)},
		want: verdict.Fail, at: "trail", says: []said{{"trail-role-cannot-write", role, ""}}},
	{name: "a role and a trail that stand whose policy is elsewhere", of: "T12", base: "existing-unchanged", edits: []edit{without(rolePolicy)},
		want: verdict.Pass, says: []said{{"trail-role-not-visible", role, ""}, {"email-unconfirmed", oncall, ""}}},
	{name: "a trail is changed and nothing gives its role a policy", of: "T12", base: "existing-unchanged",
		edits: []edit{without(rolePolicy), known(trail, "enable_log_file_validation", false), does(trail, "update")},
		want:  verdict.Fail, at: "trail", says: []said{{"trail-role-cannot-write", role, ""}, {"email-unconfirmed", oncall, ""}}},
	{name: "a policy that AWS manages", of: "T12", base: "existing-unchanged", edits: []edit{without(rolePolicy), attachedByARN("arn:aws:iam::aws:policy/CloudWatchLogsFullAccess")},
		want: verdict.Pass, says: []said{{"email-unconfirmed", oncall, ""}}},
	{name: "a policy that AWS manages for readers", of: "T12", base: "existing-unchanged",
		edits: []edit{without(rolePolicy), attachedByARN("arn:aws:iam::aws:policy/CloudWatchLogsReadOnlyAccess")},
		want:  verdict.Fail, at: "trail", says: []said{{"trail-role-cannot-write", role, ""}, {"email-unconfirmed", oncall, ""}}},
	{name: "a policy of the customer", of: "T12", base: "existing-unchanged",
		edits: []edit{without(rolePolicy), attachedByARN("arn:aws:iam::111122223333:policy/write-logs")},
		want:  verdict.Pass, says: []said{{"trail-role-not-visible", role, ""}, {"email-unconfirmed", oncall, ""}}},
	{name: "a policy is attached to a list of roles", of: "T12", base: "existing-unchanged", edits: []edit{without(rolePolicy),
		adds("aws_iam_policy_attachment.trail", block{"name": "trail", "roles": []any{"other", "cloudtrail-to-cloudwatch-logs"}, "policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess"}, "id")},
		want: verdict.Pass, says: []said{{"email-unconfirmed", oncall, ""}}},
	{name: "inline policies are removed", of: "D13", base: "existing-unchanged", edits: []edit{
		adds(exclusive, block{"role_name": "cloudtrail-to-cloudwatch-logs", "policy_names": []any{}})},
		want: verdict.Fail, at: "trail", says: []said{{"trail-role-cannot-write", exclusive, ""}, {"email-unconfirmed", oncall, ""}}},
	{name: "inline policies other than this one are removed", of: "D13", base: "existing-unchanged", edits: []edit{
		known(rolePolicy, "name", "write"), adds(exclusive, block{"role_name": "cloudtrail-to-cloudwatch-logs", "policy_names": []any{"write"}})},
		want: verdict.Pass, says: []said{{"email-unconfirmed", oncall, ""}}},
	{name: "what the role shows of a policy is how it was", of: "T12 D01", base: "existing-unchanged", edits: []edit{
		known(rolePolicy, "name", "write"), known(rolePolicy, "policy", mayWrite("arn:aws:logs:us-east-1:111122223333:log-group:/other:*")), does(rolePolicy, "update"),
		known(role, "inline_policy", blocks{{"name": "write", "policy": mayWrite("*")}})},
		want: verdict.Fail, at: "trail", says: []said{{"trail-role-cannot-write", role, ""}, {"email-unconfirmed", oncall, ""}}},
	{name: "a boundary that allows nothing of it", of: "T12", base: "existing-unchanged",
		edits: []edit{known(role, "permissions_boundary", "arn:aws:iam::aws:policy/ReadOnlyAccess"), does(role, "update")},
		want:  verdict.Fail, at: "trail", says: []said{{"trail-role-cannot-write", role, "permissions_boundary"}, {"email-unconfirmed", oncall, ""}}},
	{name: "an organization trail whose role writes its own streams alone", of: "T13", base: "existing-unchanged", edits: []edit{
		known(trail, "is_organization_trail", true), does(trail, "update"),
		known(rolePolicy, "policy", mayWrite(streams+"111122223333_CloudTrail_us-east-1*")), does(rolePolicy, "update")},
		want: verdict.Pass, says: []said{{"trail-role-misses-members", role, ""}, {"email-unconfirmed", oncall, ""}}},
	{name: "an organization trail whose role writes the streams of members", of: "T13", base: "existing-unchanged", edits: []edit{
		known(trail, "is_organization_trail", true), does(trail, "update"),
		known(rolePolicy, "policy", `{"Statement":[{"Action":["logs:CreateLogStream","logs:PutLogEvents"],"Effect":"Allow","Resource":["`+
			streams+`111122223333_CloudTrail_us-east-1*","`+streams+`o-exampleorg_*"]}],"Version":"2012-10-17"}`), does(rolePolicy, "update")},
		want: verdict.Pass, says: []said{{"email-unconfirmed", oncall, ""}}},
}
