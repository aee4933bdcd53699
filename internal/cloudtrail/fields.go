package cloudtrail

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/filterpattern/cover"
)

// A field is one path in the record tree.
type field struct {
	path     string
	shape    shape
	required bool     // in every record
	prefer   []string // realistic values for examples
	values   []string // those that occur in management events; none if there is no list
	closed   bool     // the values are all there are; else AWS may add to them
}

// shape says what kind of value a field has.
type shape uint8

const (
	textShape   shape = iota // string
	boolShape                // true or false
	openShape                // object whose members depend on the API call
	arrayShape               // array of objects or strings
	objectShape              // object with the members that the table lists
)

// fields is the one table of record fields. What is below an open field or an
// array is a field, too. The required ones were in every one of 2,900 real
// events (invictus-ir/aws_dataset, 2023-07-10) or are documented as never optional.
//
// Values are those of management events: of eventType the record contents above,
// which list network activity (AwsVpceEvents; samples write AwsVpceEvent) and
// Insights (AwsCloudTrailInsight) besides; of MFAUsed, MobileVersion and
// ConsoleLogin the page of console sign-ins beside it (read 2026-11-29). A closed
// field has these alone, of an open one they are what is known so far. readOnly
// and managementEvent are booleans that may be absent ("Optional: True").
var fields = []field{
	{path: "eventVersion", required: true, prefer: []string{"1.11"}},
	{path: "eventTime", required: true, prefer: []string{"2026-01-15T09:30:00Z"}},
	{path: "eventSource", required: true, prefer: []string{"s3.amazonaws.com", "ec2.amazonaws.com", "iam.amazonaws.com", "kms.amazonaws.com", "signin.amazonaws.com"}},
	{path: "eventName", required: true, prefer: []string{"ListBuckets", "DescribeInstances", "HeadBucket", "ConsoleLogin"}},
	{path: "awsRegion", required: true, prefer: []string{"us-east-1", "eu-central-1", "eu-west-1"}},
	{path: "sourceIPAddress", required: true, prefer: []string{"203.0.113.10", "198.51.100.7", "config.amazonaws.com", "delivery.logs.amazonaws.com"}},
	{path: "userAgent", required: true, prefer: []string{"aws-cli/2.17.0", "Boto3/1.34.0"}},
	{path: "eventType", required: true, prefer: []string{"AwsApiCall"}, values: []string{"AwsApiCall", "AwsServiceEvent", "AwsConsoleAction", "AwsConsoleSignIn"}},
	{path: "eventID", required: true, prefer: []string{"6f7a1a0e-6f0e-4d0f-9e0b-2f6b1c0d8a11"}},
	{path: "errorCode", prefer: []string{"AccessDenied", "Client.UnauthorizedOperation", "AccessDeniedException", "UnauthorizedOperation", "NoSuchBucket"}},
	{path: "errorMessage", prefer: []string{"Access Denied", "Failed authentication", "No username found in supplied account"}},
	{path: "requestID", prefer: []string{"8d7c2b1a-0000-4f4f-8a8a-1b2c3d4e5f60"}},
	{path: "apiVersion"},
	{path: "readOnly", shape: boolShape},
	{path: "managementEvent", shape: boolShape},
	{path: "recipientAccountId", prefer: []string{"111122223333"}},
	{path: "sharedEventID"},
	{path: "vpcEndpointId"},
	{path: "vpcEndpointAccountId"},
	{path: "eventCategory", required: true, values: []string{"Management"}, closed: true}, // "Since 1.07, Optional: False"
	{path: "sessionCredentialFromConsole"},
	{path: "requestParameters", shape: openShape},
	{path: "responseElements", shape: openShape},
	{path: "additionalEventData", shape: openShape},
	{path: "serviceEventDetails", shape: openShape},
	{path: "insightDetails", shape: openShape},
	{path: "edgeDeviceDetails", shape: openShape},
	{path: "eventContext", shape: openShape},
	{path: "addendum", shape: openShape},
	{path: "resources", shape: arrayShape},
	{path: "tlsDetails", shape: objectShape},
	{path: "tlsDetails.tlsVersion", prefer: []string{"TLSv1.3"}},
	{path: "tlsDetails.cipherSuite"},
	{path: "tlsDetails.clientProvidedHostHeader"},
	{path: "userIdentity", shape: objectShape, required: true},
	{path: "userIdentity.type", values: identityTypes()},
	{path: "userIdentity.principalId", prefer: of("principalId")},
	{path: "userIdentity.arn", prefer: of("arn")},
	{path: "userIdentity.accountId", prefer: []string{"111122223333"}},
	{path: "userIdentity.accessKeyId", prefer: []string{"ASIAIOSFODNN7EXAMPLE"}},
	{path: "userIdentity.userName", prefer: []string{"alice"}},
	{path: "userIdentity.invokedBy", prefer: []string{"cloudformation.amazonaws.com"}},
	{path: "userIdentity.credentialId"},
	{path: "userIdentity.identityProvider"},
	{path: "userIdentity.onBehalfOf", shape: openShape},
	{path: "userIdentity.inScopeOf", shape: openShape},
	{path: "userIdentity.sessionContext", shape: objectShape},
	{path: "userIdentity.sessionContext.sourceIdentity"},
	{path: "userIdentity.sessionContext.assumedRoot"},
	{path: "userIdentity.sessionContext.ec2RoleDelivery"},
	{path: "userIdentity.sessionContext.attributes", shape: objectShape},
	{path: "userIdentity.sessionContext.attributes.mfaAuthenticated", values: []string{"false", "true"}, closed: true},
	{path: "userIdentity.sessionContext.attributes.creationDate"},
	{path: "userIdentity.sessionContext.sessionIssuer", shape: objectShape},
	{path: "userIdentity.sessionContext.sessionIssuer.type", prefer: []string{"Role"}},
	{path: "userIdentity.sessionContext.sessionIssuer.principalId"},
	{path: "userIdentity.sessionContext.sessionIssuer.arn"},
	{path: "userIdentity.sessionContext.sessionIssuer.accountId"},
	{path: "userIdentity.sessionContext.sessionIssuer.userName"},
	{path: "userIdentity.sessionContext.webIdFederationData", shape: openShape},
	// Values that patterns ask for below the open fields.
	{path: "additionalEventData.MFAUsed", values: []string{"No", "Yes"}, closed: true},
	{path: "additionalEventData.MobileVersion", values: []string{"No", "Yes"}, closed: true},
	{path: "additionalEventData.SamlProviderArn", prefer: []string{"arn:aws:iam::111122223333:saml-provider/idp"}},
	{path: "responseElements.ConsoleLogin", values: []string{"Success", "Failure"}, closed: true},
}

// of returns the values of a member of userIdentity in the examples of callers.
func of(member string) []string {
	var values []string
	for _, i := range identities {
		if v, ok := i.example[member].(string); ok && !slices.Contains(values, v) {
			values = append(values, v)
		}
	}
	return values
}

// IsField reports whether a path of names is a field of CloudTrail records, letter
// case included: the table names it, or it lies below an open field or an
// array. Indexes and wildcards count as steps below.
func IsField(path []string) bool {
	name := strings.Join(path, ".")
	for _, f := range fields {
		if f.path == name {
			return true
		}
		if (f.shape == openShape || f.shape == arrayShape) && strings.HasPrefix(name, f.path+".") {
			return true
		}
	}
	return false
}

// Spelling returns the path of a field as CloudTrail spells it, as far as the table names
// it, of a path in any letter case.
func Spelling(path []string) []string {
	out := slices.Clone(path)
	for n := range path {
		name := strings.Join(path[:n+1], ".")
		for _, f := range fields {
			if strings.EqualFold(f.path, name) {
				copy(out, strings.Split(f.path, "."))
			}
		}
	}
	return out
}

// HoldsText reports whether a field holds texts and nothing else, HoldsBoolean the same of
// Booleans.
func HoldsText(path []string) bool    { return hasShape(path, textShape) }
func HoldsBoolean(path []string) bool { return hasShape(path, boolShape) }

func hasShape(path []string, s shape) bool {
	name := strings.Join(path, ".")
	return slices.ContainsFunc(fields, func(f field) bool { return f.path == name && f.shape == s })
}

// required reports whether every record has the field at a path.
func required(path []string) bool {
	name := strings.Join(path, ".")
	for _, f := range fields {
		if f.path == name {
			return f.required
		}
	}
	return false
}

// Axioms returns what is known of every CloudTrail record: the required fields are
// there, and fields that hold text hold nothing else.
func Axioms() cover.Axioms {
	ax := cover.Axioms{FreeText: "$.requestParameters.name"}
	for _, f := range fields {
		known := cover.Field{Path: "$." + f.path, Required: f.required, Prefer: slices.Concat(f.prefer, f.values)}
		switch f.shape {
		case textShape:
			known.Kinds = cover.StringValue
		case boolShape:
			known.Kinds = cover.BooleanValue
		case objectShape:
			known.Kinds = cover.ObjectValue
		default:
			continue
		}
		ax.Fields = append(ax.Fields, known)
	}
	return ax
}
