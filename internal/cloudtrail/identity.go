package cloudtrail

import (
	"fmt"
	"slices"
)

// An identity is a kind of caller: a value of userIdentity.type with the members
// that go with it.
type identity struct {
	typ     string
	has     []string // members of userIdentity that are always there
	lacks   []string // and those that never are
	shapes  []string // patterns of members that belong to another kind
	example Event
}

// principals are the members that every person and every role has.
var principals = []string{"principalId", "arn", "accountId"}

// identities are the kinds of callers that are known, the first one the most
// common. The list is open: AWS adds to it (IdentityCenterUser in 2024).
//
// What is always there and what never is follows the examples of
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html,
// https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html and 2,900 events of
// invictus-ir/aws_dataset (2023-07-10); prefixes of ids
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html (read 2026-11-29).
var identities = []identity{
	{
		typ: "AssumedRole", has: principals, lacks: []string{"userName"},
		shapes: []string{`$.userIdentity.arn != %^arn:aws[a-z-]*:sts::\d*:assumed-role/[\w+=,.@-]+/[\w+=,.@-]+$%`, `$.userIdentity.principalId != "AROA*:*"`},
		example: Event{
			"type": "AssumedRole", "principalId": "AROACKCEVSQ6C2EXAMPLE:ci",
			"arn": "arn:aws:sts::111122223333:assumed-role/deploy/ci", "accountId": "111122223333",
			"accessKeyId": "ASIAIOSFODNN7EXAMPLE",
			"sessionContext": Event{
				"sessionIssuer": Event{
					"type": "Role", "principalId": "AROACKCEVSQ6C2EXAMPLE", "arn": "arn:aws:iam::111122223333:role/deploy",
					"accountId": "111122223333", "userName": "deploy",
				},
				"attributes": Event{"creationDate": "2026-01-15T09:00:00Z", "mfaAuthenticated": "false"},
			},
		},
	},
	{
		// The arn is missing where a sign-in fails; contradictions says so.
		typ: "IAMUser", has: []string{"principalId", "accountId", "userName"}, lacks: []string{"sessionContext.sessionIssuer.arn", "sessionContext.sessionIssuer.type", "sessionContext.sessionIssuer.userName"},
		shapes: []string{
			`$.userIdentity.arn != %^arn:aws[a-z-]*:iam::\d*:user/[\w+=,.@/-]+$%`, `$.userIdentity.principalId != "AIDA*"`, `$.userIdentity.principalId = "*:*"`,
			// Names that are AWS's own: of the roles of IAM Identity Center, of service-linked roles and of sessions.
			`$.userIdentity.arn = "*AWSReservedSSO*"`, `$.userIdentity.arn = "*AWSServiceRoleFor*"`, `$.userIdentity.arn = "*assumed-role*"`,
		},
		example: Event{
			"type": "IAMUser", "principalId": "AIDACKCEVSQ6C2EXAMPLE", "arn": "arn:aws:iam::111122223333:user/alice",
			"accountId": "111122223333", "accessKeyId": "AKIAIOSFODNN7EXAMPLE", "userName": "alice",
		},
	},
	{
		typ: "Root", has: principals, shapes: []string{`$.userIdentity.arn != %^arn:aws[a-z-]*:iam::\d*:root$%`},
		example: Event{"type": "Root", "principalId": "111122223333", "arn": "arn:aws:iam::111122223333:root", "accountId": "111122223333"},
	},
	{
		typ: "FederatedUser", has: principals, shapes: []string{`$.userIdentity.arn != %^arn:aws[a-z-]*:sts::\d*:federated-user/[\w+=,.@-]+$%`},
		example: Event{
			"type": "FederatedUser", "principalId": "111122223333:alice", "arn": "arn:aws:sts::111122223333:federated-user/alice",
			"accountId": "111122223333", "accessKeyId": "ASIAIOSFODNN7EXAMPLE",
		},
	},
	{
		typ: "AWSService", has: []string{"invokedBy"}, lacks: []string{"principalId", "arn", "userName"},
		shapes:  []string{`$.sourceIPAddress != "*.amazonaws.com" && $.sourceIPAddress != "AWS Internal"`},
		example: Event{"type": "AWSService", "invokedBy": "cloudformation.amazonaws.com"},
	},
	{
		typ: "AWSAccount", has: []string{"principalId", "accountId"}, lacks: []string{"arn"},
		example: Event{"type": "AWSAccount", "principalId": "AROACKCEVSQ6C2EXAMPLE:ci", "accountId": "444455556666"},
	},
	{
		typ: "WebIdentityUser", has: []string{"principalId", "userName", "identityProvider"}, lacks: []string{"arn"},
		example: Event{"type": "WebIdentityUser", "principalId": "accounts.google.com:app:alice", "userName": "alice", "identityProvider": "accounts.google.com"},
	},
	{
		typ: "SAMLUser", has: []string{"principalId", "userName", "identityProvider"}, lacks: []string{"arn"},
		example: Event{"type": "SAMLUser", "principalId": "namequalifier:alice", "userName": "alice", "identityProvider": "namequalifier"},
	},
	{
		typ: "IdentityCenterUser", has: []string{"accountId"}, lacks: []string{"arn"},
		example: Event{"type": "IdentityCenterUser", "accountId": "111122223333", "credentialId": "11112222-3333-4444-5555-666677778888"},
	},
	{typ: "Role", example: Event{"type": "Role", "principalId": "AROACKCEVSQ6C2EXAMPLE", "accountId": "111122223333"}},
	{typ: "Directory", example: Event{"type": "Directory", "accountId": "111122223333"}},
	{typ: "Unknown", example: Event{"type": "Unknown", "accountId": "111122223333"}},
}

// identityTypes returns the known values of userIdentity.type.
func identityTypes() []string {
	var types []string
	for _, i := range identities {
		types = append(types, i.typ)
	}
	return types
}

// contradictions of an identity: records of its type without what it has, with
// what it lacks, or with what is another's.
func (i identity) contradictions() []string {
	var all []string
	of := func(condition string, args ...any) {
		all = append(all, fmt.Sprintf(`{ $.userIdentity.type = %q && `, i.typ)+fmt.Sprintf(condition, args...)+" }")
	}
	for _, name := range i.has {
		of("$.userIdentity.%s NOT EXISTS", name)
	}
	for _, name := range i.lacks {
		of(`$.userIdentity.%s = "*"`, name)
	}
	for _, shape := range i.shapes {
		of("%s", shape)
	}
	return all
}

// EveryPrincipal reports whether every calling person and role has the field at a path.
// Services and identities from outside may not.
func EveryPrincipal(path []string) bool {
	return len(path) == 2 && path[0] == "userIdentity" && slices.Contains(principals, path[1])
}

// setCaller gives a record another caller.
func setCaller(e Event, i identity) {
	e["userIdentity"] = i.example
	if i.typ != "AWSService" {
		return
	}
	source, _ := e["eventSource"].(string)
	e["userIdentity"] = Event{"type": i.typ, "invokedBy": source}
	e["sourceIPAddress"], e["userAgent"] = source, source
}
