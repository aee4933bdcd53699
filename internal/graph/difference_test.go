package graph

import (
	"testing"

	"github.com/iacgate/iacgate/internal/resource"
)

// Where alarm and filter are that are not known to be together, and what settles it.
func TestApart(t *testing.T) {
	here := resource.Scope{Provider: "aws", Region: "us-east-1", Account: "111122223333"}
	const there = " of account 111122223333, the filter in us-east-1 of account 111122223333"
	const region = "; a region that is known settles it (--var, --region)"
	const both = "; region and account in the provider blocks settle it, or --region and --account"
	const account = "; allowed_account_ids in the provider blocks settles it, or --account"
	for _, c := range []struct {
		name          string
		alarm, filter resource.Scope
		want          string
	}{
		{"two regions", resource.Scope{Provider: "aws.eu", Region: "eu-west-1", Account: "111122223333"}, here,
			"the alarm is in eu-west-1" + there},
		{"two regions of one account that is not known",
			resource.Scope{Provider: "aws", Region: "eu-west-1"}, resource.Scope{Provider: "aws", Region: "us-east-1"},
			"the alarm is in eu-west-1, the filter in us-east-1"},
		{"a region that is not known", resource.Scope{Provider: "aws.eu", Account: "111122223333"}, here,
			"the alarm is in the region of provider aws.eu" + there + region},
		{"an account that is not known", resource.Scope{Provider: "aws.audit", Region: "us-east-1"}, here,
			"the alarm is in us-east-1 of the account of provider aws.audit, the filter in us-east-1 of account 111122223333" + account},
		{"neither is known", resource.Scope{Provider: "aws.audit"}, here,
			"the alarm is in the region of provider aws.audit of the account of provider aws.audit, the filter in us-east-1 of account 111122223333" + both},
		{"a region that is not a provider's", resource.Scope{RegionOf: resource.NamedFor("region", "var.region"), Account: "111122223333"}, here,
			"the alarm is in the region of var.region" + there + region},
		{"a region that is not a provider's, of something", resource.Scope{RegionOf: resource.NamedFor("region", "the stack of prod"), Account: "111122223333"}, here,
			"the alarm is in the region of the stack of prod" + there + region},
		{"a region that has another name", resource.Scope{RegionOf: "var.region", Account: "111122223333"}, here,
			"the alarm is in the place of var.region" + there + region},
	} {
		if got := placesInWords(c.alarm, c.filter); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}
