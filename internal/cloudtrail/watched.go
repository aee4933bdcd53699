package cloudtrail

import (
	"slices"
	"sync"
)

// watched returns the calls that the benchmarks' controls are about, the denied
// ones aside: changes, sign-ins and the root user. The names are those of the
// benchmarks' patterns and of the strict profile, each with the service that
// writes it.
var watched = sync.OnceValue(func() []call {
	var all []call
	for _, group := range changes {
		for _, name := range group.names {
			all = append(all, call{source: group.source, name: name})
		}
	}
	return append(all, signIns...)
})

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

// sourcesOf returns the services that have a call which changes something.
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
