package main

import (
	"cmp"

	"github.com/iacgate/iacgate/internal/resource"
)

// checkPlace refuses what is no region and no account.
func (i inputFlags) checkPlace() error {
	if i.region != "" && !resource.IsRegion(i.region) {
		return usagef("--region %s: a region looks like eu-west-1", i.region)
	}
	if i.account != "" && !resource.IsAccount(i.account) {
		return usagef("--account %s: an account is twelve digits", i.account)
	}
	return nil
}

// around is the region that AWS's programs find in the environment.
func around(getenv func(string) string) string {
	region := cmp.Or(getenv("AWS_REGION"), getenv("AWS_DEFAULT_REGION"))
	if !resource.IsRegion(region) {
		return ""
	}
	return region
}
