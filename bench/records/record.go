package main

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// A writer writes the records of one file.
type writer struct {
	*rand.Rand
	calls           calls
	account, region string
	b               []byte
}

func newWriter(r *rand.Rand, calls calls) *writer { return &writer{Rand: r, calls: calls} }

// record returns one record, its fields in the order of real ones. The bytes are good until
// the next call.
func (w *writer) record(at time.Time) []byte {
	c := w.calls.draw(w.Rand)
	w.b = append(w.b[:0], `{"eventVersion":"1.08","userIdentity":`...)
	w.identity(c, at)
	w.addf(`,"eventTime":%q,"eventSource":"%s.amazonaws.com","eventName":%q,"awsRegion":%q`, at.Format(time.RFC3339), c.service, c.name, w.region)
	w.caller(c)
	if c.code != "" {
		w.addf(`,"errorCode":%q,"errorMessage":%q`, c.code, w.complaint(c))
	}
	w.add(`,"requestParameters":`)
	w.parameters()
	w.add(`,"responseElements":`)
	w.response(c)
	w.addition(c)
	w.addf(`,"requestID":%q,"eventID":%q,"readOnly":%t`, w.uuid(), w.uuid(), c.read)
	if w.IntN(100) < 24 {
		w.addf(`,"resources":[{"accountId":%q,"type":"AWS::KMS::Key","ARN":"arn:aws:kms:%s:%s:key/11112222-3333-4444-5555-6666777788%02d"}]`, w.account, w.region, w.account, w.IntN(40))
	}
	w.addf(`,"eventType":%q,"managementEvent":true,"recipientAccountId":%q`, c.eventType(), w.account)
	if w.IntN(100) < 5 {
		w.addf(`,"vpcEndpointId":"vpce-%s"`, w.hex(17))
	}
	w.add(`,"eventCategory":"Management"`)
	if w.IntN(100) < 79 {
		w.addf(`,"tlsDetails":{"tlsVersion":"TLSv1.2","cipherSuite":"ECDHE-RSA-AES128-GCM-SHA256","clientProvidedHostHeader":"%s.%s.amazonaws.com"}`, c.service, w.region)
	}
	if c.identity == "IAMUser" && w.IntN(100) < 9 {
		w.add(`,"sessionCredentialFromConsole":"true"`)
	}
	w.add("}")
	return w.b
}

func (c call) eventType() string {
	switch {
	case c.service == "signin":
		return "AwsConsoleSignIn"
	case c.identity == "":
		return "AwsServiceEvent"
	}
	return "AwsApiCall"
}

// identity says who called: of users, one of five with a session, and of these half by way
// of a service.
func (w *writer) identity(c call, at time.Time) {
	who := w.IntN(40)
	switch c.identity {
	case "":
		w.addf(`{"accountId":%q,"invokedBy":"secretsmanager.amazonaws.com"}`, w.account)
	case "AWSService":
		w.addf(`{"type":"AWSService","invokedBy":%q}`, w.pick("rds.amazonaws.com", "cloudtrail.amazonaws.com", "inspector2.amazonaws.com"))
	case "Root":
		w.addf(`{"type":"Root","principalId":%q,"arn":"arn:aws:iam::%s:root","accountId":%q,"accessKeyId":""`, w.account, w.account, w.account)
		w.session(at, "", "}")
	case "AssumedRole":
		id, role, session := fmt.Sprintf("AROA%09dEXAMPLE", who), fmt.Sprintf("deploy-%02d", who), "session-"+w.hex(8)
		w.addf(`{"type":"AssumedRole","principalId":"%s:%s","arn":"arn:aws:sts::%s:assumed-role/%s/%s","accountId":%q,"accessKeyId":"ASIA%09dEXAMPLE"`, id, session, w.account, role, session, w.account, who*7907)
		w.session(at, fmt.Sprintf(`"type":"Role","principalId":%q,"arn":"arn:aws:iam::%s:role/%s","accountId":%q,"userName":%q`, id, w.account, role, w.account, role), "}")
	default:
		w.user(who, at)
	}
}

func (w *writer) user(who int, at time.Time) {
	w.addf(`{"type":"IAMUser","principalId":"AIDA%09dEXAMPLE","arn":"arn:aws:iam::%s:user/person-%02d","accountId":%q,"accessKeyId":"AKIA%09dEXAMPLE","userName":"person-%02d"`, who, w.account, who, w.account, who*7919, who)
	switch w.IntN(10) {
	case 0:
		w.session(at, "", "}")
	case 1:
		w.session(at, "", fmt.Sprintf(`,"invokedBy":%q}`, w.pick("AWS Internal", "AWS Internal", "secretsmanager.amazonaws.com", "health.amazonaws.com")))
	default:
		w.add("}")
	}
}

func (w *writer) session(at time.Time, issuer, end string) {
	w.addf(`,"sessionContext":{"sessionIssuer":{%s},"webIdFederationData":{},"attributes":{"creationDate":%q,"mfaAuthenticated":"%t"}}%s`, issuer, at.Add(-time.Duration(w.IntN(3600))*time.Second).Format(time.RFC3339), w.IntN(2) == 0, end)
}

// caller says from where: addresses that are reserved for documentation (RFC 5737).
func (w *writer) caller(c call) {
	if c.identity == "" || c.identity == "AWSService" {
		w.addf(`,"sourceIPAddress":"%s.amazonaws.com","userAgent":"%s.amazonaws.com"`, c.service, c.service)
		return
	}
	agent := fmt.Sprintf("APN/1.0 HashiCorp/1.0 Terraform/1.%d.%d (+https://www.terraform.io) terraform-provider-aws/5.%d.0 aws-sdk-go/1.44.%d (go1.20; linux; amd64)", 3+w.IntN(3), w.IntN(4), w.IntN(10), w.IntN(9))
	if w.IntN(100) < 35 {
		agent = fmt.Sprintf("aws-cli/2.%d.%d Python/3.11 Linux/6.1 exe/x86_64 prompt/off", w.IntN(3), w.IntN(8))
	}
	w.addf(`,"sourceIPAddress":"%s.%d","userAgent":%q`, w.pick("192.0.2", "198.51.100", "203.0.113"), w.IntN(256), agent)
}

// complaint is an error's message; refusals are the long ones.
func (w *writer) complaint(c call) string {
	switch {
	case c.service == "signin":
		return "Failed authentication"
	case c.code == "Client.UnauthorizedOperation":
		return "You are not authorized to perform this operation. Encoded authorization failure message: " + w.letters(200+w.IntN(200))
	case c.code == "AccessDenied":
		return fmt.Sprintf("User: arn:aws:iam::%s:user/person-%02d is not authorized to perform: %s:%s", w.account, w.IntN(40), c.service, c.name)
	}
	return "made up: " + c.code
}
