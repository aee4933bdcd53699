package plan

import (
	"fmt"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
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
			resource.Scope{Provider: "aws", Region: "eu-north-1", RegionFromEnv: true}},
		{"region of provider 6 from its environment", `"aws": {}`, "aws", `"region": "eu-west-1"`, ``,
			resource.Scope{Provider: "aws", Region: "eu-west-1", RegionFromEnv: true}},
		{"ARN of another resource", `"aws": {}`, "aws", ``,
			`{"address": "aws_kms_key.k", "mode": "managed", "type": "aws_kms_key", "name": "k", "values": {"arn": "arn:aws:kms:eu-west-1:777788889999:key/x"}}`,
			resource.Scope{Provider: "aws", Account: "777788889999", Partition: "aws"}},
		{"ARN of a data source", `"aws": {}`, "aws", ``,
			`{"address": "data.aws_kms_key.k", "mode": "data", "type": "aws_kms_key", "name": "k", "values": {"arn": "arn:aws:kms:eu-west-1:777788889999:key/x"}}`,
			resource.Scope{Provider: "aws", Partition: "aws"}},
		{"an account of AWS itself", `"aws": {}`, "aws", `"arn": "arn:aws:iam::aws:policy/ReadOnly"`, ``,
			resource.Scope{Provider: "aws", Partition: "aws"}},
		{"a role in an account that a variable holds", `"aws": {"expressions": {"assume_role": [{"role_arn": {"references": ["var.account"]}}]}}`, "aws", ``, ``,
			resource.Scope{Provider: "aws", Account: "123456789012"}},
		{"a part of a region in a variable", `"aws": {"expressions": {"region": {"references": ["var.half"]}}}`, "aws", ``, ``,
			resource.Scope{Provider: "aws"}},
		{"a role that is not known behind one that is", `"aws": {"expressions": {"assume_role": [{"role_arn": {"constant_value": "arn:aws:iam::444455556666:role/deploy"}}, {"role_arn": {"references": ["local.role"]}}]}}`, "aws", ``, ``,
			resource.Scope{Provider: "aws"}},
		{"alias that says the same", `"aws": {"name": "aws"}, "aws.eu": {"name": "aws", "alias": "eu", "expressions": {"default_tags": [{}], "skip_region_validation": {"constant_value": true}}}`, "aws.eu", ``, ``,
			resource.Scope{Provider: "aws.eu", RegionOf: "region of aws", AccountOf: "account of aws"}},
		{"alias of another region", `"aws": {"name": "aws"}, "aws.eu": {"name": "aws", "alias": "eu", "expressions": {"region": {"references": ["local.r"]}}}`, "aws.eu", ``, ``,
			resource.Scope{Provider: "aws.eu", AccountOf: "account of aws"}},
		{"alias of another profile", `"aws": {"name": "aws"}, "aws.eu": {"name": "aws", "alias": "eu", "expressions": {"profile": {"constant_value": "a"}}}`, "aws.eu", ``, ``,
			resource.Scope{Provider: "aws.eu"}},
		{"profiles that are made of one variable", `"aws": {"name": "aws", "expressions": {"profile": {"references": ["var.account"]}}}, "aws.eu": {"name": "aws", "alias": "eu", "expressions": {"profile": {"references": ["var.account"]}}}`, "aws.eu", ``, ``,
			resource.Scope{Provider: "aws.eu"}},
		{"OpenTofu's for_each over accounts", `"aws.in": {"name": "aws", "alias": "in", "expressions": {"region": {"constant_value": "eu-west-1"}, "assume_role": [{"role_arn": {"references": ["each.value"]}}]}}`, "aws.in", ``, ``,
			resource.Scope{Provider: "aws.in", Region: "eu-west-1", AccountOf: "account for aws_sns_topic.t"}},
		{"OpenTofu's for_each over profiles", `"aws.in": {"name": "aws", "alias": "in", "expressions": {"profile": {"references": ["each.value.profile", "each.value"]}}}`, "aws.in", ``, ``,
			resource.Scope{Provider: "aws.in", RegionOf: "region for aws_sns_topic.t", AccountOf: "account for aws_sns_topic.t"}},
		{"OpenTofu's for_each over regions", `"aws.in": {"name": "aws", "alias": "in", "expressions": {"region": {"references": ["each.key"]}}}`, "aws.in", `"region": "eu-west-1"`, ``,
			resource.Scope{Provider: "aws.in", Region: "eu-west-1", RegionOf: "region for eu-west-1"}},
		{"OpenTofu's for_each over tags", `"aws.in": {"name": "aws", "alias": "in", "expressions": {"default_tags": [{"tags": {"references": ["each.key"]}}]}}`, "aws.in", ``, ``,
			resource.Scope{Provider: "aws.in"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := readText(t, fmt.Sprintf(`{"format_version": "1.2",
				"variables": {"region": {"value": "ap-south-1"}, "account": {"value": "123456789012"}, "half": {"value": "eu"}, "object": {"value": {"region": "sa-east-1"}}},
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
	if filter.SameRegion(alarm) != truth.No {
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
	if filter.Same(alarm) != truth.Yes || alarm.Provider != "aws" {
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
	if want := (resource.Scope{Account: "111122223333", Partition: "aws"}); two != want {
		t.Errorf("%+v", two)
	}
}

// A region argument that is not known yet is the region of its resource alone.
func TestScopeOfArgument(t *testing.T) {
	read := func(expression, after, unknown string, o Options) resource.Scope {
		doc, err := Read(strings.NewReader(fmt.Sprintf(`{"format_version": "1.2",
			"resource_changes": [{"address": "aws_sns_topic.t", "mode": "managed", "type": "aws_sns_topic", "name": "t",
			  "change": {"actions": ["create"], "after": {%s}, "after_unknown": {%s}}}],
			"configuration": {"provider_config": {"aws": {"name": "aws"}}, "root_module": {"resources": [
			  {"address": "aws_sns_topic.t", "mode": "managed", "type": "aws_sns_topic", "name": "t", "provider_config_key": "aws",
			   "expressions": {%s}}]}}}`, after, unknown, expression)), o)
		if err != nil {
			t.Fatal(err)
		}
		return find(t, doc.Resources, "aws_sns_topic.t").Scope
	}
	given := Options{Region: "us-east-1", Account: "111122223333"}
	for _, tt := range []struct {
		name, expression, after, unknown string
		given                            Options
		want                             resource.Scope
	}{
		{"unknown", `"region": {"references": ["local.r"]}`, ``, `"region": true`, Options{},
			resource.Scope{Provider: "aws", RegionOf: "region for aws_sns_topic.t"}},
		{"unknown, whatever the provider's is", `"region": {"references": ["local.r"]}`, ``, `"region": true`, given,
			resource.Scope{Provider: "aws", RegionOf: "region for aws_sns_topic.t", Account: "111122223333", Partition: "aws"}},
		{"known", `"region": {"references": ["local.r"]}`, `"region": "eu-west-1"`, ``, Options{},
			resource.Scope{Provider: "aws", Region: "eu-west-1", RegionOf: "region for eu-west-1"}},
		{"null", `"region": {"constant_value": null}`, ``, ``, Options{}, resource.Scope{Provider: "aws"}},
		{"given", ``, ``, ``, given, resource.Scope{Provider: "aws", Region: "us-east-1", Account: "111122223333"}},
		{"what the plan says is kept", ``, `"region": "eu-west-1", "arn": "arn:aws:sns:eu-west-1:222233334444:t"`, ``, given,
			resource.Scope{Provider: "aws", Region: "eu-west-1", Account: "222233334444"}},
	} {
		if got := read(tt.expression, tt.after, tt.unknown, tt.given); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}
