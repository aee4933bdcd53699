package plan

import (
	"fmt"
	"testing"

	"github.com/iacgate/iacgate/internal/resource"
)

// The plans are ours, in the shape that Terraform writes.
func TestScopes(t *testing.T) {
	tests := []struct {
		name      string
		providers string // provider_config
		key       string // provider_config_key of the topic
		values    string // of the topic
		prior     string // other resources of the state, in the root module
		want      resource.Scope
	}{
		{"constant region", `"aws": {"expressions": {"region": {"constant_value": "us-east-1"}}}`, "aws", ``, ``,
			resource.Scope{Provider: "aws", Region: "us-east-1"}},
		{"alias", `"aws.eu": {"alias": "eu", "expressions": {"region": {"constant_value": "eu-central-1"}}}`, "aws.eu", ``, ``,
			resource.Scope{Provider: "aws.eu", Region: "eu-central-1"}},
		{"region argument of provider 6", `"aws": {"expressions": {"region": {"constant_value": "us-east-1"}}}`, "aws", `"region": "eu-west-1"`, ``,
			resource.Scope{Provider: "aws", Region: "eu-west-1"}},
		{"variable", `"aws": {"expressions": {"region": {"references": ["var.region"]}}}`, "aws", ``, ``,
			resource.Scope{Provider: "aws", Region: "ap-south-1"}},
		{"member of a variable", `"aws": {"expressions": {"region": {"references": ["var.object.region", "var.object"]}}}`, "aws", ``, ``,
			resource.Scope{Provider: "aws", Region: "sa-east-1"}},
		{"two references", `"aws": {"expressions": {"region": {"references": ["var.region", "var.object"]}}}`, "aws", ``, ``,
			resource.Scope{Provider: "aws"}},
		{"provider of a module, by its variable", `"module.m:aws": {"module_address": "module.m", "expressions": {"region": {"references": ["var.where"]}}}`,
			"module.m:aws", ``, ``, resource.Scope{Provider: "module.m:aws", Region: "ca-central-1"}},
		{"default of a module's variable", `"module.m:aws": {"module_address": "module.m", "expressions": {"region": {"references": ["var.fallback"]}}}`,
			"module.m:aws", ``, ``, resource.Scope{Provider: "module.m:aws", Region: "af-south-1"}},
		{"module without a provider of its own", `"module.m:aws": {"module_address": "module.m", "version_constraint": "~> 6.0"}, "aws": {"expressions": {"region": {"constant_value": "us-east-1"}}}`,
			"module.m:aws", ``, ``, resource.Scope{Provider: "aws", Region: "us-east-1"}},
		{"inner module of one with a provider", `"module.m:aws": {"module_address": "module.m", "expressions": {"region": {"constant_value": "us-east-2"}}}, "module.m.module.n:aws": {"module_address": "module.m.module.n"}`,
			"module.m.module.n:aws", ``, ``, resource.Scope{Provider: "module.m:aws", Region: "us-east-2"}},
		{"ARN", `"aws": {}`, "aws", `"arn": "arn:aws:sns:us-west-2:111122223333:t"`, ``,
			resource.Scope{Provider: "aws", Region: "us-west-2", Account: "111122223333"}},
		{"assumed role", `"aws": {"expressions": {"assume_role": [{"role_arn": {"constant_value": "arn:aws:iam::444455556666:role/deploy"}}]}}`, "aws", ``, ``,
			resource.Scope{Provider: "aws", Account: "444455556666"}},
		{"one allowed account", `"aws": {"expressions": {"allowed_account_ids": {"constant_value": ["444455556666"]}}}`, "aws", ``, ``,
			resource.Scope{Provider: "aws", Account: "444455556666"}},
		{"two allowed accounts", `"aws": {"expressions": {"allowed_account_ids": {"constant_value": ["444455556666", "111122223333"]}}}`, "aws", ``, ``,
			resource.Scope{Provider: "aws"}},
		{"caller identity", `"aws": {}`, "aws", ``,
			`{"address": "data.aws_caller_identity.me", "mode": "data", "type": "aws_caller_identity", "name": "me", "values": {"account_id": "777788889999"}}`,
			resource.Scope{Provider: "aws", Account: "777788889999"}},
		{"region data source", `"aws": {}`, "aws", ``,
			`{"address": "data.aws_region.here", "mode": "data", "type": "aws_region", "name": "here", "values": {"name": "eu-north-1"}}`,
			resource.Scope{Provider: "aws", Region: "eu-north-1", Ambient: true}},
		{"region of provider 6 from its environment", `"aws": {}`, "aws", `"region": "eu-west-1"`, ``,
			resource.Scope{Provider: "aws", Region: "eu-west-1", Ambient: true}},
		{"ARN of another resource", `"aws": {}`, "aws", ``,
			`{"address": "aws_kms_key.k", "mode": "managed", "type": "aws_kms_key", "name": "k", "values": {"arn": "arn:aws:kms:eu-west-1:777788889999:key/x"}}`,
			resource.Scope{Provider: "aws", Account: "777788889999"}},
		{"ARN of a data source", `"aws": {}`, "aws", ``,
			`{"address": "data.aws_kms_key.k", "mode": "data", "type": "aws_kms_key", "name": "k", "values": {"arn": "arn:aws:kms:eu-west-1:777788889999:key/x"}}`,
			resource.Scope{Provider: "aws"}},
		{"an account of AWS itself", `"aws": {}`, "aws", `"arn": "arn:aws:iam::aws:policy/ReadOnly"`, ``,
			resource.Scope{Provider: "aws"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := readText(t, fmt.Sprintf(`{"format_version": "1.2",
				"variables": {"region": {"value": "ap-south-1"}, "object": {"value": {"region": "sa-east-1"}}},
				"resource_changes": [{"address": "aws_sns_topic.t", "mode": "managed", "type": "aws_sns_topic", "name": "t",
				  "change": {"actions": ["create"], "after": {%s}}}],
				"prior_state": {"values": {"root_module": {"resources": [%s]}}},
				"configuration": {"provider_config": {%s}, "root_module": {
				  "module_calls": {"m": {"expressions": {"where": {"constant_value": "ca-central-1"}},
				    "module": {"variables": {"where": {}, "fallback": {"default": "af-south-1"}}}}},
				  "resources": [
				  {"address": "aws_sns_topic.t", "mode": "managed", "type": "aws_sns_topic", "name": "t", "provider_config_key": %q},
				  {"address": "aws_kms_key.k", "mode": "managed", "type": "aws_kms_key", "name": "k", "provider_config_key": "aws"},
				  {"address": "data.aws_kms_key.k", "mode": "data", "type": "aws_kms_key", "name": "k", "provider_config_key": "aws"},
				  {"address": "data.aws_region.here", "mode": "data", "type": "aws_region", "name": "here", "provider_config_key": "aws"},
				  {"address": "data.aws_caller_identity.me", "mode": "data", "type": "aws_caller_identity", "name": "me", "provider_config_key": "aws"}]}}}`,
				tt.values, tt.prior, tt.providers, tt.key))
			if got := find(t, doc.Resources, "aws_sns_topic.t").Scope; got != tt.want {
				t.Errorf("%+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestScopeCorpus(t *testing.T) {
	doc := readCase(t, "alarm-in-another-region")
	filter := find(t, doc.Resources, "aws_cloudwatch_log_metric_filter.denied").Scope
	alarm := find(t, doc.Resources, "aws_cloudwatch_metric_alarm.denied").Scope
	if filter.SameRegion(alarm) != resource.No {
		t.Errorf("%+v, %+v", filter, alarm)
	}
	existing := find(t, readCase(t, "existing-unchanged").Resources, "aws_sns_topic.security").Scope
	if existing.Region != "us-east-1" || existing.Account == "" {
		t.Errorf("%+v", existing)
	}
}

// What the plan deletes is no longer in the configuration.
func TestScopeOfDeleted(t *testing.T) {
	doc := readCase(t, "deletes-the-alarm")
	filter := find(t, doc.Before, "aws_cloudwatch_log_metric_filter.denied").Scope
	alarm := find(t, doc.Before, "aws_cloudwatch_metric_alarm.denied").Scope
	if filter.Same(alarm) != resource.Yes || alarm.Provider != "aws" {
		t.Errorf("%+v, %+v", filter, alarm)
	}
}

// A state has no provider configurations; where all ARNs name one region and
// account, that is where everything is.
func TestScopeOfState(t *testing.T) {
	state := func(second string) *resource.Document {
		return readText(t, `{"format_version": "1.0", "values": {"root_module": {"resources": [
			{"address": "aws_cloudwatch_log_metric_filter.f", "mode": "managed", "type": "aws_cloudwatch_log_metric_filter", "name": "f", "values": {}},
			{"address": "aws_iam_role.r", "mode": "managed", "type": "aws_iam_role", "name": "r", "values": {"arn": "arn:aws:iam::111122223333:role/r"}},
			{"address": "aws_sns_topic.b", "mode": "managed", "type": "aws_sns_topic", "name": "b", "values": {"arn": "`+second+`"}},
			{"address": "aws_sns_topic.a", "mode": "managed", "type": "aws_sns_topic", "name": "a", "values": {"arn": "arn:aws:sns:us-east-1:111122223333:a"}}]}}}`)
	}
	one := find(t, state("arn:aws:sns:us-east-1:111122223333:b").Resources, "aws_cloudwatch_log_metric_filter.f").Scope
	if want := (resource.Scope{Region: "us-east-1", Account: "111122223333"}); one != want {
		t.Errorf("%+v", one)
	}
	two := find(t, state("arn:aws:sns:eu-west-1:111122223333:b").Resources, "aws_cloudwatch_log_metric_filter.f").Scope
	if want := (resource.Scope{Account: "111122223333"}); two != want {
		t.Errorf("%+v", two)
	}
}
