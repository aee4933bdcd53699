package resource

import (
	"cmp"
	"strings"

	"github.com/iacgate/iacgate/internal/truth"
)

// Scope says where a resource lives. An empty Region or Account is unknown.
type Scope struct {
	Provider string // key of the provider configuration: aws, aws.use1, module.m:aws
	Region   string
	Account  string
	// RegionOf and AccountOf name the region and the account where those are not
	// simply the provider's: what is named alike is the same, known or not. A name
	// ends in " of " and a provider, whose region or account it is, or in " for "
	// and what it is for that is no provider's.
	RegionOf, AccountOf string
	// Partition is what the input states beside the region; "" where the region
	// tells.
	Partition string
	// Ambient: nothing in the input states the region; it is that of whoever made
	// the input. It says what is together, and refutes nothing that the input
	// states.
	Ambient bool
	// Around is the region of the environment that iacgate runs in, where nothing
	// states another: it may settle that two regions are equal, and nothing else.
	Around string
}

// OfProvider is the name of what a provider has: its region, its account.
func OfProvider(what, provider string) string { return what + " of " + provider }

// IsOfProvider says whether a name is that of what a provider has.
func IsOfProvider(name string) bool {
	what, _, ok := strings.Cut(name, " of ")
	return ok && !strings.Contains(what, " ")
}

// Apart is the name of a region or account that is no provider's.
func Apart(what, is string) string { return what + " for " + is }

// RegionName names the region, whether it is known or not.
func (s Scope) RegionName() string { return cmp.Or(s.RegionOf, OfProvider("region", s.Provider)) }

// AccountName names the account.
func (s Scope) AccountName() string { return cmp.Or(s.AccountOf, OfProvider("account", s.Provider)) }

// PartitionName names the partition, SuffixName the domain of the services: one
// region has one of each.
func (s Scope) PartitionName() string { return s.besideRegion("partition") }

// SuffixName names the domain of the services.
func (s Scope) SuffixName() string { return s.besideRegion("suffix") }

func (s Scope) besideRegion(what string) string {
	return what + strings.TrimPrefix(s.RegionName(), "region")
}

// InPartition is the partition, "" where that is not known.
func (s Scope) InPartition() string { return cmp.Or(PartitionOf(s.Region), s.Partition) }

// Suffix is the domain of the region's services, "" where that is not known.
func (s Scope) Suffix() string {
	in := s.InPartition()
	for _, p := range partitions {
		if p.name == in {
			return p.suffix
		}
	}
	return ""
}

// Tri is a three-valued truth.
type Tri = truth.Truth

const (
	No    = truth.No
	Maybe = truth.Unknown
	Yes   = truth.Yes
)

// SameRegion compares two regions: unknown ones are equal where they have one
// name, as within one provider configuration, and undecided otherwise; so is an
// ambient one that differs from a stated one.
func (s Scope) SameRegion(o Scope) Tri {
	t := same(s.Region, o.Region, s.RegionName(), o.RegionName())
	around, other := cmp.Or(s.Region, s.Around), cmp.Or(o.Region, o.Around)
	switch {
	case t == Maybe && around != "" && around == other:
		return Yes
	case t == No && s.Ambient != o.Ambient:
		return Maybe
	}
	return t
}

// SameAccount compares two accounts by the same rule.
func (s Scope) SameAccount(o Scope) Tri {
	return same(s.Account, o.Account, s.AccountName(), o.AccountName())
}

// Same is both: metrics, alarms and filters join only within one region and
// account.
func (s Scope) Same(o Scope) Tri { return min(s.SameRegion(o), s.SameAccount(o)) }

// same compares two places by what is known of them, and else by their names.
// What no provider has is one place only where nothing is known of either.
func same(a, b, nameA, nameB string) Tri {
	switch {
	case a != "" && b != "" && a != b:
		return No
	case a != "" && b != "":
		return Yes
	case nameA == nameB && (a == b || !strings.HasSuffix(nameA, " of ")):
		return Yes
	}
	return Maybe
}
