package cloudtrail

import (
	"maps"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// call is one API call in short.
type call struct {
	source, name string
	read         bool
	identity     string // AssumedRole unless stated
	extra        Event
}

// everyday are successful calls of the kind that every account makes all day: a
// pattern that matches one of them floods. Services, names and read-only flags
// follow the services' own event pages and the events of the public data set
// invictus-ir/aws_dataset.
var everyday = []call{
	{source: "s3.amazonaws.com", name: "ListBuckets", read: true},
	{source: "s3.amazonaws.com", name: "GetBucketLocation", read: true},
	{source: "s3.amazonaws.com", name: "GetBucketAcl", read: true, identity: "AWSService"},
	{source: "s3.amazonaws.com", name: "HeadBucket", read: true},
	{source: "s3.amazonaws.com", name: "CreateBucket"},
	{source: "ec2.amazonaws.com", name: "DescribeInstances", read: true},
	{source: "ec2.amazonaws.com", name: "DescribeSecurityGroups", read: true},
	{source: "ec2.amazonaws.com", name: "DescribeVolumes", read: true, identity: "IAMUser"},
	{source: "ec2.amazonaws.com", name: "RunInstances"},
	{source: "ec2.amazonaws.com", name: "CreateTags"},
	{source: "ec2.amazonaws.com", name: "TerminateInstances"},
	{source: "sts.amazonaws.com", name: "AssumeRole", read: true, identity: "AWSService"},
	{source: "sts.amazonaws.com", name: "GetCallerIdentity", read: true, identity: "IAMUser"},
	{source: "iam.amazonaws.com", name: "ListRoles", read: true},
	{source: "iam.amazonaws.com", name: "GetUser", read: true, identity: "IAMUser"},
	{source: "iam.amazonaws.com", name: "CreateServiceLinkedRole"},
	{source: "kms.amazonaws.com", name: "Decrypt", read: true},
	{source: "kms.amazonaws.com", name: "GenerateDataKey", read: true, identity: "AWSService"},
	{source: "kms.amazonaws.com", name: "DescribeKey", read: true},
	{source: "lambda.amazonaws.com", name: "GetFunction20150331v2", read: true},
	{source: "lambda.amazonaws.com", name: "UpdateFunctionCode20150331v2"},
	{source: "logs.amazonaws.com", name: "CreateLogStream", identity: "AWSService"},
	{source: "logs.amazonaws.com", name: "DescribeLogGroups", read: true},
	{source: "monitoring.amazonaws.com", name: "DescribeAlarms", read: true},
	{source: "cloudtrail.amazonaws.com", name: "LookupEvents", read: true},
	{source: "cloudtrail.amazonaws.com", name: "GetTrailStatus", read: true},
	{source: "config.amazonaws.com", name: "PutEvaluations", identity: "AWSService"},
	{source: "ssm.amazonaws.com", name: "UpdateInstanceInformation"},
	{source: "ssm.amazonaws.com", name: "GetParameter", read: true},
	{source: "secretsmanager.amazonaws.com", name: "GetSecretValue", read: true},
	{source: "dynamodb.amazonaws.com", name: "DescribeTable", read: true},
	{source: "ecs.amazonaws.com", name: "RegisterTaskDefinition"},
	{source: "rds.amazonaws.com", name: "DescribeDBInstances", read: true, identity: "IAMUser"},
	{source: "cloudformation.amazonaws.com", name: "DescribeStacks", read: true},
	{source: "signin.amazonaws.com", name: "ConsoleLogin", extra: signIn("Success", "Yes", nil)},
	// What consoles, inventories and AWS Config look at.
	{source: "iam.amazonaws.com", name: "GetPolicyVersion", read: true},
	{source: "iam.amazonaws.com", name: "ListAttachedRolePolicies", read: true},
	{source: "ec2.amazonaws.com", name: "DescribeVpcs", read: true},
	{source: "ec2.amazonaws.com", name: "DescribeRouteTables", read: true},
	{source: "ec2.amazonaws.com", name: "DescribeNetworkAcls", read: true},
	{source: "ec2.amazonaws.com", name: "DescribeInternetGateways", read: true},
	{source: "s3.amazonaws.com", name: "GetBucketPolicy", read: true},
	{source: "cloudtrail.amazonaws.com", name: "DescribeTrails", read: true},
	{source: "config.amazonaws.com", name: "DescribeConfigurationRecorders", read: true},
	// Organizations is asked by everything that knows of accounts; ListDelegatedAdministrators is known as noise
	// (ministryofjustice/modernisation-platform, issue 9207).
	{source: "organizations.amazonaws.com", name: "DescribeOrganization", read: true},
	{source: "organizations.amazonaws.com", name: "ListDelegatedAdministrators", read: true},
	{source: "organizations.amazonaws.com", name: "ListAccounts", read: true},
	{source: "organizations.amazonaws.com", name: "DescribeAccount", read: true},
	{source: "organizations.amazonaws.com", name: "ListPolicies", read: true},
}

// denied are calls that AWS refuses, in the codes that it is known to write:
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/ and 60 denials of
// invictus-ir/aws_dataset, 44 of which are EC2's Client.UnauthorizedOperation.
var denied = []call{
	denial("s3.amazonaws.com", "GetBucketPolicy", "AccessDenied", true),
	denial("ec2.amazonaws.com", "DescribeInstances", "Client.UnauthorizedOperation", true),
	denial("sts.amazonaws.com", "AssumeRole", "AccessDenied", true),
	denial("kms.amazonaws.com", "Decrypt", "AccessDeniedException", true),
	denial("iam.amazonaws.com", "CreateUser", "AccessDenied", false),
	denial("ec2.amazonaws.com", "RunInstances", "Client.UnauthorizedOperation", false),
	denial("lambda.amazonaws.com", "ListFunctions20150331", "AccessDeniedException", true),
	denial("ec2.amazonaws.com", "StopInstances", "UnauthorizedOperation", false),
}

func denial(source, name, code string, read bool) call {
	return call{source: source, name: name, read: read, extra: Event{
		"errorCode": code, "errorMessage": "User: arn:aws:sts::111122223333:assumed-role/deploy/ci is not authorized to perform this operation",
	}}
}

// event returns the complete record of a call.
func (c call) event() Event {
	e := frame()
	e["eventSource"], e["eventName"], e["readOnly"] = c.source, c.name, c.read
	for _, i := range identities {
		if i.typ == c.identity {
			setCaller(e, i)
		}
	}
	maps.Copy(e, c.extra)
	return e
}

// frame returns the fields that all records share, for the call of a role session.
func frame() Event {
	return Event{
		"eventVersion": "1.11",
		"userIdentity": identities[0].example,
		"eventTime":    "2026-01-15T09:30:00Z",
		"eventSource":  "s3.amazonaws.com", "eventName": "ListBuckets", "awsRegion": "us-east-1",
		"sourceIPAddress": "203.0.113.10", "userAgent": "aws-cli/2.17.0",
		"requestParameters": nil, "responseElements": nil,
		"requestID": "8d7c2b1a-0000-4f4f-8a8a-1b2c3d4e5f60", "eventID": "6f7a1a0e-6f0e-4d0f-9e0b-2f6b1c0d8a11",
		"readOnly": true, "eventType": "AwsApiCall", "managementEvent": true,
		"recipientAccountId": "111122223333", "eventCategory": "Management",
	}
}

// A Record is an event that patterns are asked about.
type Record struct {
	Event   Event
	Message *filterpattern.Message
}

func records(calls []call) []Record {
	out := make([]Record, len(calls))
	for i, c := range calls {
		e := c.event()
		out[i] = Record{e, filterpattern.Object(e)}
	}
	return out
}

func signIn(outcome, mfa string, more Event) Event {
	e := Event{
		"eventType": "AwsConsoleSignIn", "readOnly": false, "userAgent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0",
		"responseElements":    Event{"ConsoleLogin": outcome},
		"additionalEventData": Event{"MFAUsed": mfa, "LoginTo": "https://console.aws.amazon.com/console/home", "MobileVersion": "No"},
	}
	maps.Copy(e, more)
	return e
}
