package cloudtrail

import (
	"maps"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// watched returns the calls that the benchmarks' controls are about, the denied
// ones aside: changes, sign-ins and the root user. The names are those of the
// benchmarks' patterns and of the strict profile, each with the service that
// writes it.
func watched() []call {
	var all []call
	for _, group := range changes {
		for _, name := range group.names {
			all = append(all, call{source: group.source, name: name})
		}
	}
	return append(all, signIns...)
}

// changes are calls that change something, by the source of their events.
var changes = []struct {
	source string
	names  []string
}{
	{"iam.amazonaws.com", []string{
		"DeleteGroupPolicy", "DeleteRolePolicy", "DeleteUserPolicy", "PutGroupPolicy", "PutRolePolicy", "PutUserPolicy", "CreatePolicy",
		"DeletePolicy", "CreatePolicyVersion", "DeletePolicyVersion", "AttachRolePolicy", "DetachRolePolicy", "AttachUserPolicy",
		"DetachUserPolicy", "AttachGroupPolicy", "DetachGroupPolicy", "SetDefaultPolicyVersion", "UpdateAssumeRolePolicy",
		"PutRolePermissionsBoundary", "DeleteRolePermissionsBoundary", "PutUserPermissionsBoundary", "DeleteUserPermissionsBoundary",
	}},
	{"cloudtrail.amazonaws.com", []string{"CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging", "PutEventSelectors"}},
	{"kms.amazonaws.com", []string{"DisableKey", "ScheduleKeyDeletion"}},
	{"s3.amazonaws.com", []string{
		"PutBucketAcl", "PutBucketPolicy", "PutBucketCors", "PutBucketLifecycle", "PutBucketReplication", "DeleteBucketPolicy",
		"DeleteBucketCors", "DeleteBucketLifecycle", "DeleteBucketReplication", "PutBucketPublicAccessBlock", "DeleteBucketPublicAccessBlock",
	}},
	{"config.amazonaws.com", []string{
		"StopConfigurationRecorder", "DeleteDeliveryChannel", "PutDeliveryChannel", "PutConfigurationRecorder", "DeleteConfigurationRecorder",
	}},
	{"ec2.amazonaws.com", []string{
		"AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress", "RevokeSecurityGroupIngress", "RevokeSecurityGroupEgress",
		"CreateSecurityGroup", "DeleteSecurityGroup", "ModifySecurityGroupRules",
		"CreateNetworkAcl", "CreateNetworkAclEntry", "DeleteNetworkAcl", "DeleteNetworkAclEntry", "ReplaceNetworkAclEntry",
		"ReplaceNetworkAclAssociation",
		"CreateCustomerGateway", "DeleteCustomerGateway", "AttachInternetGateway", "CreateInternetGateway", "DeleteInternetGateway",
		"DetachInternetGateway",
		"CreateRoute", "CreateRouteTable", "ReplaceRoute", "ReplaceRouteTableAssociation", "DeleteRouteTable", "DeleteRoute",
		"DisassociateRouteTable", "AssociateRouteTable",
		"CreateVpc", "DeleteVpc", "ModifyVpcAttribute", "AcceptVpcPeeringConnection", "CreateVpcPeeringConnection",
		"DeleteVpcPeeringConnection", "RejectVpcPeeringConnection", "AttachClassicLinkVpc", "DetachClassicLinkVpc",
		"DisableVpcClassicLink", "EnableVpcClassicLink",
	}},
	{"organizations.amazonaws.com", []string{
		"AcceptHandshake", "AttachPolicy", "CreateAccount", "CreateOrganizationalUnit", "CreatePolicy", "DeclineHandshake",
		"DeleteOrganization", "DeleteOrganizationalUnit", "DeletePolicy", "DetachPolicy", "DisablePolicyType", "EnablePolicyType",
		"InviteAccountToOrganization", "LeaveOrganization", "MoveAccount", "RemoveAccountFromOrganization", "UpdatePolicy",
		"UpdateOrganizationalUnit", "RegisterDelegatedAdministrator", "DeregisterDelegatedAdministrator", "EnableAWSServiceAccess",
		"DisableAWSServiceAccess",
	}},
}

// NeverOf are patterns of what calls never are: those of another service than
// the given ones, or than those that have such a call where none are given, events
// of another type, reads. There are none for a call that is not known to change
// something.
//
// Names are not unique: IAM, Organizations and IoT have a CreatePolicy, EC2 and
// App Mesh a CreateRoute. Which one a control is about is what this says.
func NeverOf(names, sources []string) []*filterpattern.Pattern {
	alike := map[string][]string{}
	for _, name := range names {
		writers := sourcesOf(name)
		if len(writers) > 0 && len(sources) > 0 {
			writers = sources
		}
		if elsewhere := noneOf("$.eventSource", writers); elsewhere != "" {
			alike[elsewhere] = append(alike[elsewhere], `$.eventName = "`+name+`"`)
		}
	}
	var never []*filterpattern.Pattern
	for _, elsewhere := range slices.Sorted(maps.Keys(alike)) {
		for some := range slices.Chunk(alike[elsewhere], atOnce) {
			of := "{ (" + strings.Join(some, " || ") + ") && "
			for _, what := range []string{elsewhere, `$.eventType != "AwsApiCall"`, "$.readOnly IS TRUE"} {
				if p, err := filterpattern.Parse(of + what + " }"); err == nil { // a service of a custom control may be any text
					never = append(never, p)
				}
			}
		}
	}
	return never
}

// atOnce is how many names of calls fit into one pattern of AWS's length.
const atOnce = 12

// noneOf is the condition that a field has none of some values.
func noneOf(field string, values []string) string {
	var conditions []string
	for _, v := range values {
		conditions = append(conditions, field+` != "`+v+`"`)
	}
	return strings.Join(conditions, " && ")
}

// sourcesOf are the services that have a call which changes something.
func sourcesOf(name string) (sources []string) {
	for _, group := range changes {
		if slices.Contains(group.names, name) {
			sources = append(sources, group.source)
		}
	}
	return sources
}

// signIns are uses of the console and of the root user.
var signIns = []call{
	{source: "signin.amazonaws.com", name: "ConsoleLogin", identity: "IAMUser", extra: signIn("Success", "No", nil)},
	{source: "signin.amazonaws.com", name: "ConsoleLogin", identity: "IAMUser", extra: signIn("Failure", "No", Event{
		"errorMessage": "Failed authentication",
		// AWS's example of a failure has no arn.
		"userIdentity": Event{"type": "IAMUser", "principalId": "AIDACKCEVSQ6C2EXAMPLE", "accountId": "111122223333", "accessKeyId": "", "userName": "alice"},
	})},
	{source: "signin.amazonaws.com", name: "ConsoleLogin", identity: "Root", extra: signIn("Success", "Yes", nil)},
	{source: "iam.amazonaws.com", name: "GetAccountSummary", read: true, identity: "Root"},
	{source: "iam.amazonaws.com", name: "CreateAccessKey", identity: "Root"},
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
