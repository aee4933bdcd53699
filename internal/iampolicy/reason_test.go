package iampolicy

import (
	"strings"
	"testing"
)

// TestReasonsNameTheStatement: the reason names the statement that comes nearest, by its
// number or its Sid, and what it is about.
func TestReasonsNameTheStatement(t *testing.T) {
	const topic = "arn:aws:sns:us-east-1:111122223333:alerts"
	statement := func(rest string) string { return `{"Statement": [` + rest + `]}` }
	for policy, want := range map[string]string{
		statement(`{"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*"}, {"Effect": "Allow", "Principal": {"Service": "cloudwatch.amazonaws.com"}, "Action": "sns:Subscribe", "Resource": "*"}`):                                                                 "statement 1 ",
		statement(`{"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sns:Publish", "Resource": "*"}, {"Sid": "near", "Effect": "Allow", "Principal": {"Service": "cloudwatch.amazonaws.com"}, "Action": "sns:Publish", "Resource": "` + topic + `2"}`): `statement "near" is for the resource ` + topic + "2",
		statement(`{"Effect": "Allow", "NotPrincipal": {"Service": "cloudwatch.amazonaws.com"}, "Action": "sns:Publish", "Resource": "*"}`):                                                                                                                                           "everybody but Service cloudwatch.amazonaws.com",
		statement(`{"Effect": "Allow", "Principal": "*", "NotAction": "sns:Publish", "Resource": "*"}`):                                                                                                                                                                               "everything but sns:Publish",
		statement(`{"Effect": "Allow", "Principal": "*", "Action": ["a:1", "a:2", "a:3", "a:4", "a:5", "a:6", "a:7"], "Resource": "*"}`):                                                                                                                                              "a:5, 2 more",
	} {
		document, err := Parse(policy)
		if err != nil {
			t.Fatal(err)
		}
		got := Evaluate([]Document{document}, publish())
		if got.Decision == Allowed || !strings.Contains(got.Reason, want) {
			t.Errorf("%s\n%s: %s\nwant …%s…", policy, got.Decision, got.Reason, want)
		}
	}
}

// TestSpellingsOfOneKey: of several spellings of a condition key the least counts,
// whatever the order of the map.
func TestSpellingsOfOneKey(t *testing.T) {
	r := Request{Context: map[string][]Text{"AWS:SourceAccount": {Known("1")}, "aws:sourceaccount": {Known("2")}, "aws:SourceAccount": {}}}
	for range 20 {
		if values, _ := r.presence("aws:SourceAccount"); len(values) != 1 || values[0].Text != "1" {
			t.Fatalf("%v", values)
		}
	}
}
