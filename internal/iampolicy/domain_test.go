package iampolicy

import (
	"testing"

	"github.com/iacgate/iacgate/internal/truth"
)

// TestDomains: the name of an unknown part restricts its values, so that more is certain.
func TestDomains(t *testing.T) {
	account, region, partition := SymbolMark("account of aws"), SymbolMark("region of aws"), SymbolMark("partition of aws")
	key, other := SymbolMark("generated name of aws_kms_key.a"), SymbolMark("generated name of aws_kms_key.b")
	for _, c := range []struct {
		pattern, value string
		want           truth.Truth
	}{
		{"111122223333", account, unknown},
		{"11112222333", account, no},
		{"1111222233334", account, no},
		{"1111*", account, unknown},
		{"1111222233334*", account, no},
		{"????????????", account, unknown},
		{"ACCOUNT_ID", account, no},
		{"", account, no},
		{account, "111122223333", unknown},
		{account, "*", no},
		{"us-east-1", region, unknown},
		{"us-gov-west-1", region, unknown},
		{"useast1", region, no},
		{"us-east-?", region, unknown},
		{"aws-cn", partition, unknown},
		{"amazon", partition, no},
		{"arn:aws:kms:us-east-1:" + account + ":key/" + key, "arn:aws:kms:us-east-1:" + account + ":key/" + key, yes},
		{"arn:aws:kms:us-east-1:" + account + ":key/" + key, "arn:aws:kms:us-east-1:" + account + ":key/" + other, no},
		{"arn:aws:kms:us-east-1:" + account + ":key/1234", "arn:aws:kms:us-east-1:" + account + ":key/" + key, no},
		{"arn:aws:kms:us-east-1:" + account + ":key/*", "arn:aws:kms:us-east-1:" + account + ":key/" + key, yes},
		{"terraform-*", key, unknown},
		{"arn:aws:cloudwatch:us-east-1::alarm:*", "arn:aws:cloudwatch:us-east-1:" + account + ":alarm:denied", no},
		{SymbolMark("var.account"), account, unknown},
		{SymbolMark("account for us"), account, unknown},
		{"prod-*", SymbolMark("var.stage") + "-denied", unknown},
		{"group:" + SymbolMark("aws_ var.g"), "group:" + SymbolMark("aws_ var.g") + ":log-stream:a", no},
		{"group:" + SymbolMark("var.g"), "group:" + SymbolMark("var.g") + ":log-stream:a", unknown},
		{"group:" + SymbolMark("var.g") + ":*", "group:" + SymbolMark("var.g") + ":log-stream:a", yes},
		{"group:" + SymbolMark("var.h"), "group:" + SymbolMark("var.g") + ":log-stream:a", unknown},
		{"*-other", SymbolMark("var.stage") + "-denied", no},
	} {
		if got := like(Known(c.pattern), Known(c.value)); got != c.want {
			t.Errorf("like(%s, %s) = %v, want %v", Known(c.pattern), Known(c.value), got, c.want)
		}
	}
}

// TestManaged: what AWS's own policies say of log streams.
func TestManaged(t *testing.T) {
	const stream = "arn:aws:logs:eu-west-1:111122223333:log-group:/trail:log-stream:111122223333_CloudTrail_eu-west-1"
	for name, want := range map[string]Decision{
		"AdministratorAccess": Allowed, "PowerUserAccess": Allowed, "CloudWatchLogsFullAccess": Allowed, "CloudWatchFullAccess": Allowed,
		"CloudWatchFullAccessV2": Allowed, "CloudWatchAgentServerPolicy": Allowed, "service-role/AWSLambdaBasicExecutionRole": Allowed,
		"CloudWatchLogsReadOnlyAccess": NotAllowed, "ReadOnlyAccess": NotAllowed, "AWSCloudTrail_FullAccess": NotAllowed,
		"AWSCloudTrail_ReadOnlyAccess": NotAllowed, "service-role/AWSControlTowerCloudTrailRolePolicy": NotAllowed,
	} {
		doc, ok := Managed(name)
		if !ok {
			t.Errorf("no %s", name)
		}
		for _, action := range []string{"logs:CreateLogStream", "logs:PutLogEvents"} {
			if got := Evaluate([]Document{doc}, WriteLogs(action, Texts(stream))).Decision; got != want {
				t.Errorf("%s: %s is %v, want %v", name, action, got, want)
			}
		}
	}
	if _, ok := ManagedNamed("AWSLambdaBasicExecutionRole"); !ok {
		t.Error("a policy is not found without its path")
	}
	if _, ok := Managed("AWSLambdaBasicExecutionRole"); ok {
		t.Error("a policy is found under a path that it does not have")
	}
}
