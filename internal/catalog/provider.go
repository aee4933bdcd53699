package catalog

// aside are the arguments of a provider block that decide neither the account nor
// where credentials come from: its name, its region, tags, how often it asks, and
// which checks it leaves out.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs#argument-reference
var aside = map[string]bool{
	"alias": true, "version": true, "for_each": true, "region": true,
	"default_tags": true, "ignore_tags": true, "tag_policy_compliance": true,
	"max_retries": true, "retry_mode": true, "token_bucket_rate_limiter_capacity": true,
	"skip_credentials_validation": true, "skip_region_validation": true, "skip_requesting_account_id": true,
	"skip_metadata_api_check": true, "s3_use_path_style": true, "s3_us_east_1_regional_endpoint": true,
}

// MayDecideAccount says whether an argument of a provider block may decide which
// account its resources are in. All may of which the opposite is not known: a
// proxy or an endpoint may lead to another account.
func MayDecideAccount(argument string) bool { return !aside[argument] }
