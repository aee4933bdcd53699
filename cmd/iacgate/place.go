package main

import (
	"cmp"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/source"
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

// place is where inputs are applied that do not say.
func (i inputFlags) place() source.Place { return source.Place{Region: i.region, Account: i.account} }

// around is the region that AWS's programs find in the environment.
func around(getenv func(string) string) string {
	region := cmp.Or(getenv("AWS_REGION"), getenv("AWS_DEFAULT_REGION"))
	if !resource.IsRegion(region) {
		return ""
	}
	return region
}
