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
	// RegionOf and AccountOf name the region and the account if they are not simply those
	// of the provider. Equal names mean the same region or account, known or not. A name
	// ends in " of " and a provider, or in " for " and the purpose if it belongs to no
	// provider.
	RegionOf, AccountOf string
	// Partition is the partition that the input states; "" if the region implies it.
	Partition string
	// RegionFromEnv: the input does not state Region; it comes from the environment in
	// which the input was created. It shows which resources share a region, and
	// contradicts nothing that the input states.
	RegionFromEnv bool
	// EnvRegion is the region in the environment of iacgate, if nothing states another.
	// It may prove that two regions are equal, and nothing else.
	EnvRegion string
}

// OfProvider names something that belongs to a provider: its region, its account.
func OfProvider(what, provider string) string { return what + " of " + provider }

// IsOfProvider reports whether a name is one of OfProvider.
func IsOfProvider(name string) bool {
	what, _, ok := strings.Cut(name, " of ")
	return ok && !strings.Contains(what, " ")
}

// NamedFor names a region or account that belongs to no provider.
func NamedFor(what, is string) string { return what + " for " + is }

// RegionName names the region, whether it is known or not.
func (s Scope) RegionName() string { return cmp.Or(s.RegionOf, OfProvider("region", s.Provider)) }

// AccountName names the account.
func (s Scope) AccountName() string { return cmp.Or(s.AccountOf, OfProvider("account", s.Provider)) }

// PartitionName names the partition, SuffixName the domain of the services: one
// region has one of each.
func (s Scope) PartitionName() string { return s.besideRegion("partition") }

// DNSSuffixName names the domain of the services.
func (s Scope) DNSSuffixName() string { return s.besideRegion("suffix") }

func (s Scope) besideRegion(what string) string {
	return what + strings.TrimPrefix(s.RegionName(), "region")
}

// InPartition returns the partition, "" if it is not known.
func (s Scope) InPartition() string { return cmp.Or(PartitionOf(s.Region), s.Partition) }

// DNSSuffix returns the domain of the region's services, "" if that is not known.
func (s Scope) DNSSuffix() string {
	in := s.InPartition()
	for _, p := range partitions {
		if p.name == in {
			return p.suffix
		}
	}
	return ""
}

// SameRegion compares two regions. Unknown ones are equal if they have the same name, as
// within one provider configuration, and undecided otherwise. A region from the
// environment that differs from a stated one is undecided, too.
func (s Scope) SameRegion(o Scope) truth.Truth {
	t := same(s.Region, o.Region, s.RegionName(), o.RegionName())
	around, other := cmp.Or(s.Region, s.EnvRegion), cmp.Or(o.Region, o.EnvRegion)
	switch {
	case t == truth.Unknown && around != "" && around == other:
		return truth.Yes
	case t == truth.No && s.RegionFromEnv != o.RegionFromEnv:
		return truth.Unknown
	}
	return t
}

// SameAccount compares two accounts by the same rule.
func (s Scope) SameAccount(o Scope) truth.Truth {
	return same(s.Account, o.Account, s.AccountName(), o.AccountName())
}

// Same is both: metrics, alarms and filters join only within one region and
// account.
func (s Scope) Same(o Scope) truth.Truth { return min(s.SameRegion(o), s.SameAccount(o)) }

// same compares two places by their known values, otherwise by their names. Two places
// that belong to no provider are the same only if nothing is known of either.
func same(a, b, nameA, nameB string) truth.Truth {
	switch {
	case a != "" && b != "" && a != b:
		return truth.No
	case a != "" && b != "":
		return truth.Yes
	case nameA == nameB && (a == b || !strings.HasSuffix(nameA, " of ")):
		return truth.Yes
	}
	return truth.Unknown
}

// What is known of the region, account and partition of a place, as text: where
// nothing states them, symbols that are the same for all that lives there.

// RegionText returns the region of the place.
func (s Scope) RegionText() Text { return stated(s.Region, s.RegionName()) }

// AccountText returns the account of the place.
func (s Scope) AccountText() Text { return stated(s.Account, s.AccountName()) }

// PartitionText returns the partition of the place.
func (s Scope) PartitionText() Text { return stated(s.InPartition(), s.PartitionName()) }

// DNSSuffixText returns the domain of the services of the place.
func (s Scope) DNSSuffixText() Text { return stated(s.DNSSuffix(), s.DNSSuffixName()) }

func stated(known, name string) Text {
	if known != "" {
		return Literal(known)
	}
	return Text(Symbol(name))
}

// IsRegion reports whether a text has the form of a region: eu-west-1,
// us-gov-east-1.
func IsRegion(text string) bool {
	parts := strings.Split(text, "-")
	if len(parts) < 3 || len(parts) > 4 {
		return false
	}
	for n, part := range parts {
		letters := "abcdefghijklmnopqrstuvwxyz"
		if n == len(parts)-1 {
			letters = "0123456789"
		}
		if part == "" || len(part) > 16 || strings.Trim(part, letters) != "" {
			return false
		}
	}
	return len(parts[0]) >= 2
}

// IsAccount reports whether a text has the form of an account: twelve digits.
func IsAccount(text string) bool { return len(text) == 12 && strings.Trim(text, "0123456789") == "" }
