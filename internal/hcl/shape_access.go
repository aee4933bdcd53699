package hcl

import "github.com/zclconf/go-cty/cty"

// What allows and encrypts: keys, roles, policies and the data sources that say
// where one is.

func accessShapes() map[string]*shape {
	principals := blockShapeOf(nil, text0("type"), texts0("identifiers"))
	return map[string]*shape{
		"aws_kms_key": resourceShape(nil,
			truth1("bypass_policy_lockout_safety_check", false), text0("custom_key_store_id", "xks_key_id"), computed("description", "arn", "key_id", "policy"),
			text1("customer_master_key_spec", "SYMMETRIC_DEFAULT"), text1("key_usage", "ENCRYPT_DECRYPT"), number0("deletion_window_in_days"),
			truth1("enable_key_rotation", false), truth1("is_enabled", true), anything("multi_region", "rotation_period_in_days"), tagged(),
		),
		"aws_kms_key_policy": resourceShape(nil, text0("key_id", "policy"), truth1("bypass_policy_lockout_safety_check", false)),
		"aws_kms_alias":      resourceShape(nil, computed("name", "name_prefix", "arn", "target_key_arn"), text0("target_key_id")),
		"aws_iam_role": resourceShape(
			map[string]*shape{},
			text0("assume_role_policy", "description", "permissions_boundary"), truth1("force_detach_policies", false), number1("max_session_duration", 3600),
			text1("path", "/"), computed("name", "name_prefix", "arn", "create_date", "unique_id"), anything("inline_policy", "managed_policy_arns"), tagged(),
		),
		"aws_iam_role_policy":                       resourceShape(nil, computed("name", "name_prefix"), text0("policy", "role")),
		"aws_iam_role_policy_attachment":            resourceShape(nil, text0("policy_arn", "role")),
		"aws_iam_policy_attachment":                 resourceShape(nil, text0("name", "policy_arn"), texts0("roles", "users", "groups")),
		"aws_iam_role_policies_exclusive":           blockShapeOf(nil, text0("role_name"), texts0("policy_names")),
		"aws_iam_role_policy_attachments_exclusive": blockShapeOf(nil, text0("role_name"), texts0("policy_arns")),
		"aws_iam_policy": resourceShape(nil,
			computed("name", "name_prefix", "arn", "policy_id"), anything("attachment_count"), number0("delay_after_policy_creation_in_ms"),
			text0("description", "policy"), text1("path", "/"), tagged(),
		),
		"aws_iam_policy_document": resourceShape(
			map[string]*shape{"statement": blockShapeOf(
				map[string]*shape{
					"condition":  blockShapeOf(nil, text0("test", "variable"), texts0("values")),
					"principals": principals, "not_principals": principals,
				},
				text0("sid", "effect"), texts0("actions", "not_actions", "resources", "not_resources"),
			)},
			text0("policy_id", "version", "source_json", "override_json"), texts0("source_policy_documents", "override_policy_documents"),
			computed("json", "minified_json"),
		),
		"aws_caller_identity": resourceShape(nil, computed("account_id", "arn", "user_id")),
		"aws_region":          resourceShape(nil, computed("name", "region", "endpoint", "description")),
		"aws_partition":       resourceShape(nil, computed("partition", "dns_suffix", "reverse_dns_prefix")),
		"aws_chatbot_slack_channel_configuration": {
			attributes: map[string]attribute{"sns_topic_arns": {typ: cty.List(cty.String)}, "id": {typ: cty.String, computed: true}},
		},
		"aws_chatbot_teams_channel_configuration": {
			attributes: map[string]attribute{"sns_topic_arns": {typ: cty.List(cty.String)}, "id": {typ: cty.String, computed: true}},
		},
	}
}
