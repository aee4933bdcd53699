package catalog

// aside are the arguments of a provider block that decide neither the account nor the
// source of credentials: its name, its region, tags, retries, and skipped checks.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs#argument-reference
var aside = map[string]bool{
	"alias": true, "version": true, "for_each": true, "region": true,
	"default_tags": true, "ignore_tags": true, "tag_policy_compliance": true,
	"max_retries": true, "retry_mode": true, "token_bucket_rate_limiter_capacity": true,
	"skip_credentials_validation": true, "skip_region_validation": true, "skip_requesting_account_id": true,
	"skip_metadata_api_check": true, "s3_use_path_style": true, "s3_us_east_1_regional_endpoint": true,
}

// MayDecideAccount reports whether an argument of a provider block may decide the account of
// its resources. An argument may unless it is known not to: a proxy or an endpoint may
// lead to another account.
func MayDecideAccount(argument string) bool { return !aside[argument] }

// ProvidersLike returns the providers that take region and credentials from the same
// sources as one does, the one first: awscc reads the arguments, variables of the
// environment and profiles of aws.
// https://registry.terraform.io/providers/hashicorp/awscc/latest/docs#authentication
func ProvidersLike(name string) []string {
	if name == "awscc" {
		return []string{name, "aws"}
	}
	return []string{name}
}
