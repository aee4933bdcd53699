package iampolicy

import "sync"

// Managed returns what a policy that AWS manages says of log streams, by its path and name ("service-role/AWSLambdaBasicExecutionRole");
// ok is false for one that the table lacks. It is for the actions of CloudWatch Logs alone: of other services the table
// says nothing.
//
// The texts are those of https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html, as
// https://github.com/zoph-io/MAMIP recorded them on 2026-03-07, without the statements of other services.
func Managed(name string) (doc Document, ok bool) {
	statements, ok := managed()[name]
	return Document{Version: VersionWithVariables, Statements: statements}, ok
}

// ManagedNamed is Managed for a name without its path.
func ManagedNamed(name string) (doc Document, ok bool) {
	for _, path := range []string{"", "service-role/", "job-function/"} {
		if doc, ok := Managed(path + name); ok {
			return doc, true
		}
	}
	return Document{}, false
}

// managed are policies that people give to the role of a trail, and the common ones that do not suffice.
var managed = sync.OnceValue(func() map[string][]Statement {
	// The most of what policies for readers allow; none of it writes.
	reading := onAll("logs:Describe*", "logs:Get*", "logs:List*", "logs:StartQuery", "logs:StopQuery", "logs:TestMetricFilter",
		"logs:FilterLogEvents", "logs:StartLiveTail", "logs:StopLiveTail")
	return map[string][]Statement{
		"AdministratorAccess":      {onAll("*")},
		"PowerUserAccess":          {{Effect: Known(Allow), NotActions: Texts("iam:*", "organizations:*", "account:*"), Resources: Texts("*")}},
		"CloudWatchFullAccess":     {onAll("logs:*")},
		"CloudWatchFullAccessV2":   {onAll("logs:*")},
		"CloudWatchLogsFullAccess": {onAll("logs:*")},
		"CloudWatchAgentServerPolicy": {
			onAll("logs:PutLogEvents", "logs:PutRetentionPolicy", "logs:DescribeLogStreams", "logs:DescribeLogGroups", "logs:CreateLogStream", "logs:CreateLogGroup"),
		},
		"service-role/AWSLambdaBasicExecutionRole": {onAll("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents")},
		"service-role/AmazonAPIGatewayPushToCloudWatchLogs": {
			onAll("logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents",
				"logs:GetLogEvents", "logs:FilterLogEvents"),
		},
		"service-role/AWSControlTowerCloudTrailRolePolicy": {{
			Effect: Known(Allow), Actions: Texts("logs:CreateLogStream", "logs:PutLogEvents"),
			Resources: Texts("arn:aws:logs:*:*:log-group:aws-controltower/CloudTrailLogs*:*"),
		}},
		"CloudWatchLogsReadOnlyAccess": {reading},
		"CloudWatchReadOnlyAccess":     {reading},
		"ReadOnlyAccess":               {reading},
		"SecurityAudit":                {reading},
		"job-function/ViewOnlyAccess":  {reading},
		"AWSCloudTrail_FullAccess":     {{Effect: Known(Allow), Actions: Texts("logs:CreateLogGroup"), Resources: Texts("arn:aws:logs:*:*:log-group:aws-cloudtrail-logs*")}},
		"AWSCloudTrailFullAccess":      {onAll("logs:CreateLogGroup")}, // deprecated
		"AWSCloudTrail_ReadOnlyAccess": {},
		"AWSCloudTrailReadOnlyAccess":  {}, // deprecated
		"AmazonS3FullAccess":           {},
		"AmazonS3ReadOnlyAccess":       {},
		"AmazonSNSFullAccess":          {},
	}
})

func onAll(actions ...string) Statement {
	return Statement{Effect: Known(Allow), Actions: Texts(actions...), Resources: Texts("*")}
}
