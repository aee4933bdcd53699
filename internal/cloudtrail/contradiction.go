package cloudtrail

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/iacgate/iacgate/internal/filterpattern"
)

// inconsistent says which fields of management events contradict each other: patterns of
// records that CloudTrail does not write.
//
// Sign-ins: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html;
// types of events and the identity provider:
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
// and cloudtrail-event-reference-user-identity.html beside it (read 2026-11-29).
var inconsistent = []string{
	// A sign-in is an event of the sign-in service, says how it ended, and is one of somebody who may open the console.
	`{ $.eventName = "ConsoleLogin" && $.eventSource != "signin.amazonaws.com" }`,
	`{ $.eventName = "ConsoleLogin" && $.eventType != "AwsConsoleSignIn" }`,
	`{ $.eventName = "ConsoleLogin" && $.responseElements.ConsoleLogin NOT EXISTS }`,
	`{ $.eventName = "ConsoleLogin" && $.readOnly IS TRUE }`,
	`{ $.eventName = "ConsoleLogin" && $.userIdentity.type != "IAMUser" && $.userIdentity.type != "Root" && $.userIdentity.type != "AssumedRole" && $.userIdentity.type != "FederatedUser" }`,
	`{ $.eventName = "ConsoleLogin" && $.userIdentity.invokedBy = "*" }`,
	`{ $.eventType = "AwsConsoleSignIn" && $.eventSource != "signin.amazonaws.com" }`,
	`{ $.eventName != "ConsoleLogin" && $.responseElements.ConsoleLogin = "*" }`,
	// One that failed has a message and no code; one that succeeded has neither.
	`{ $.eventName = "ConsoleLogin" && $.errorCode = "*" }`,
	`{ $.eventName = "ConsoleLogin" && $.responseElements.ConsoleLogin = "Success" && $.errorMessage = "*" }`,
	`{ $.eventName = "ConsoleLogin" && $.responseElements.ConsoleLogin = "Failure" && $.errorMessage NOT EXISTS }`,
	`{ $.eventName = "ConsoleLogin" && $.errorMessage = "Access*" }`,
	// The sign-in of a user by password has no provider of SAML.
	`{ $.userIdentity.type = "IAMUser" && $.additionalEventData.SamlProviderArn = "*" }`,
	`{ $.userIdentity.type = "Root" && $.additionalEventData.SamlProviderArn = "*" }`,
	// A user has an arn, but for the steps of a sign-in that is not through.
	`{ $.userIdentity.type = "IAMUser" && $.userIdentity.arn NOT EXISTS && $.eventSource != "signin.amazonaws.com" }`,
	`{ $.userIdentity.type = "IAMUser" && $.userIdentity.arn NOT EXISTS && $.errorCode = "*" }`,
	`{ $.userIdentity.type = "IAMUser" && $.userIdentity.arn NOT EXISTS && $.eventName = "ConsoleLogin" && $.responseElements.ConsoleLogin = "Success" }`,
	// Only events of services may have no type, and they answer no request: AWS KMS's RotateKey.
	`{ $.userIdentity.type NOT EXISTS && $.eventType != "AwsServiceEvent" }`,
	`{ $.userIdentity.type NOT EXISTS && $.errorCode = "*" }`,
	`{ $.userIdentity.identityProvider = "*" && $.userIdentity.type != "SAMLUser" && $.userIdentity.type != "WebIdentityUser" }`,
	`{ $.userIdentity.arn = "*:root" && $.userIdentity.type != "Root" }`,
	// Management events are these; an event that says false is of data.
	`{ $.managementEvent IS FALSE }`,
}

// contradictions are all of them: of fields together, of callers and of closed
// fields.
var contradictions = sync.OnceValue(func() []*filterpattern.Pattern {
	all := slices.Clone(inconsistent)
	for _, i := range identities {
		all = append(all, i.contradictions()...)
	}
	for _, f := range fields {
		if f.closed {
			all = append(all, f.others())
		}
	}
	return parseAll(all)
})

// unlisted are patterns of records with an unlisted value in an open field.
var unlisted = sync.OnceValue(func() []unlistedValue {
	var all []unlistedValue
	for _, f := range fields {
		if len(f.values) > 0 && !f.closed {
			all = append(all, unlistedValue{"$." + f.path, parseAll([]string{f.others()})[0]})
		}
	}
	return all
})

type unlistedValue struct {
	field   string
	pattern *filterpattern.Pattern
}

// others returns the pattern of the values of a field that are not listed.
func (f field) others() string {
	return "{ " + noneOf("$."+f.path, f.values) + " }"
}

// Open reports whether a field has listed values to which AWS may add more.
func Open(field string) bool {
	return slices.ContainsFunc(unlisted(), func(u unlistedValue) bool { return u.field == field })
}

// parseAll reads patterns of this package, which a test reads, too.
func parseAll(texts []string) []*filterpattern.Pattern {
	all := make([]*filterpattern.Pattern, len(texts))
	for i, text := range texts {
		p, err := filterpattern.Parse(text)
		if err != nil {
			panic("cloudtrail: " + text + ": " + err.Error())
		}
		all[i] = p
	}
	return all
}

// NoPrincipal are patterns of callers that are neither a person nor a role of an account
// and that lack a field.
func NoPrincipal(field string) []*filterpattern.Pattern {
	const others = ` && $.userIdentity.type != "AssumedRole" && $.userIdentity.type != "IAMUser" && $.userIdentity.type != "Root" && $.userIdentity.type != "FederatedUser" }`
	return parseAll([]string{"{ " + field + " NOT EXISTS" + others, "{ " + field + " NOT EXISTS && $.userIdentity.type NOT EXISTS }"})
}

// NeverOf are patterns of records that these calls never write: records of other services
// than the given ones (or, if none are given, than those that have such a call), events
// of another type, and reads. There are none for a call that is not known to change
// something.
//
// Names are not unique: IAM, Organizations and IoT have a CreatePolicy, EC2 and App Mesh
// a CreateRoute. These patterns select the one that a control means.
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

// noneOf returns the condition that a field has none of some values.
func noneOf(field string, values []string) string {
	var conditions []string
	for _, v := range values {
		conditions = append(conditions, field+` != "`+v+`"`)
	}
	return strings.Join(conditions, " && ")
}
