package graph

import (
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// apart says where an alarm and its filter are that are not known to be in one
// place, and what would tell.
func apart(alarm, filter resource.Scope) string {
	region, account := alarm.SameRegion(filter), alarm.SameAccount(filter)
	text := "the alarm is in " + place(alarm, account) + ", the filter in " + place(filter, account)
	switch {
	case min(region, account) == truth.No:
		return text
	case account == truth.Yes:
		return text + "; a region that is known settles it (--var, --region)"
	case region == truth.Yes:
		return text + "; allowed_account_ids in the provider blocks settles it, or --account"
	}
	return text + "; region and account in the provider blocks settle it, or --region and --account"
}

// place names a region, and the account where that is known or makes the
// difference.
func place(s resource.Scope, sameAccount truth.Truth) string {
	where := s.Region
	if where == "" {
		where = unnamed(s.RegionName())
	}
	switch {
	case s.Account != "":
		where += " of account " + s.Account
	case sameAccount != truth.Yes:
		where += " of " + unnamed(s.AccountName())
	}
	return where
}

// unnamed puts the name of a region or account into words.
func unnamed(name string) string {
	if what, provider, ok := strings.Cut(name, " of "); ok && resource.IsOfProvider(name) {
		return "the " + what + " of provider " + provider
	}
	if what, is, ok := strings.Cut(name, " for "); ok {
		return "the " + what + " of " + is
	}
	return "the place of " + name
}
