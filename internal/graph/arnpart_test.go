package graph

import (
	"testing"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

func TestParseARN(t *testing.T) {
	account := resource.Symbol("account of aws:eu")
	for text, want := range map[string]ARN{
		"arn:aws:sns:us-east-1:111122223333:t":               {"aws", "sns", "us-east-1", "111122223333", "t"},
		"arn:aws-cn:iam::111122223333:role/path/r":           {"aws-cn", "iam", "", "111122223333", "role/path/r"},
		"arn:aws:logs:us-east-1:111122223333:log-group:g:*":  {"aws", "logs", "us-east-1", "111122223333", "log-group:g:*"},
		"arn:aws:sns:us-east-1:" + account + ":t":            {"aws", "sns", "us-east-1", account, "t"},
		"arn:aws::us-east-1:111122223333:t":                  {},
		"arn:aws:sns:us-east-1:111122223333:":                {},
		"arn:aws:sns:us-east-1:111122223333":                 {},
		"aws:sns:us-east-1:111122223333:t:u":                 {},
		"https://sqs.us-east-1.amazonaws.com/111122223333/q": {},
		"prefix-arn:aws:sns:us-east-1:111122223333:t":        {},
		"":                                    {},
		"arn:aws:s3:::bucket/with:colons":     {"aws", "s3", "", "", "bucket/with:colons"},
		"arn:aws:automate:us-east-1:ec2:stop": {"aws", "automate", "us-east-1", "ec2", "stop"},
		"arn:aws:lambda:us-east-1:111122223333:function:f:live": {"aws", "lambda", "us-east-1", "111122223333", "function:f:live"},
	} {
		if arn, ok := ParseARN(text); arn != want || ok != (want != ARN{}) {
			t.Errorf("%s: %+v %v, want %+v", text, arn, ok, want)
		}
	}
}

// A region that is only in part what a provider has is nobody's: two are the same
// if they are written alike.
func TestScopeOfPart(t *testing.T) {
	part := "eu-" + resource.Symbol("var.where") + "-1"
	one, _ := ParseARN("arn:aws:sns:" + part + ":111122223333:t")
	two, _ := ParseARN("arn:aws:sns:us-" + resource.Symbol("var.where") + "-1:111122223333:t")
	if scope := one.Scope(); scope.Region != "" || scope.RegionOf != "part for "+part {
		t.Errorf("%+v", scope)
	}
	if got := one.lives(one.Scope()); got != truth.Yes {
		t.Errorf("in the same part of a region: %v", got)
	}
	if got := one.lives(two.Scope()); got != truth.Unknown {
		t.Errorf("in another part of a region: %v", got)
	}
}

func TestLogGroupName(t *testing.T) {
	for text, want := range map[string]string{
		"arn:aws:logs:us-east-1:111122223333:log-group:g":                 "g",
		"arn:aws:logs:us-east-1:111122223333:log-group:g:*":               "g",
		"arn:aws:logs:us-east-1:111122223333:log-group:/a/b:log-stream:s": "/a/b",
		"arn:aws:logs:us-east-1:111122223333:destination:g":               "",
		"arn:aws:ecs:us-east-1:111122223333:log-group:g":                  "",
	} {
		arn, _ := ParseARN(text)
		name, ok := arn.logGroupName()
		if ok != (want != "") || ok && name != want {
			t.Errorf("%s: %q %v, want %q", text, name, ok, want)
		}
	}
}
