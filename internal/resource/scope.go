package resource

import (
	"cmp"
	"strings"
)

// Scope says where a resource lives. An empty Region or Account is unknown.
type Scope struct {
	Provider string // key of the provider configuration: aws, aws.use1, module.m:aws
	Region   string
	Account  string
	// Partition is what the input states beside the region; "" where the region
	// tells.
	Partition string
	// Ambient: nothing in the input states the region; it is that of whoever made
	// the input. It says what is together, and refutes nothing that the input
	// states.
	Ambient bool
}

// PartitionOf is the partition of a region, "" where that is not known.
// https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
func PartitionOf(region string) string {
	switch {
	case region == "":
		return ""
	case strings.HasPrefix(region, "cn-"):
		return "aws-cn"
	case strings.HasPrefix(region, "us-gov-"):
		return "aws-us-gov"
	case strings.HasPrefix(region, "us-iso-"):
		return "aws-iso"
	case strings.HasPrefix(region, "us-isob-"):
		return "aws-iso-b"
	}
	return "aws"
}

// InPartition is the partition, "" where that is not known.
func (s Scope) InPartition() string { return cmp.Or(PartitionOf(s.Region), s.Partition) }

// SuffixOf is the domain of a region's services, "" where that is not known.
func SuffixOf(region string) string {
	switch PartitionOf(region) {
	case "aws-cn":
		return "amazonaws.com.cn"
	case "aws", "aws-us-gov":
		return "amazonaws.com"
	}
	return ""
}

// Tri is a three-valued truth.
type Tri uint8

const (
	No Tri = iota
	Maybe
	Yes
)

// SameRegion compares two regions: unknown ones are equal within one provider
// configuration and undecided between two, and so is an ambient one that differs
// from a stated one.
func (s Scope) SameRegion(o Scope) Tri {
	if t := s.same(o, s.Region, o.Region); t != No || s.Ambient == o.Ambient {
		return t
	}
	return Maybe
}

// SameAccount compares two accounts by the same rule.
func (s Scope) SameAccount(o Scope) Tri { return s.same(o, s.Account, o.Account) }

// Same is both: metrics, alarms and filters join only within one region and
// account.
func (s Scope) Same(o Scope) Tri { return min(s.SameRegion(o), s.SameAccount(o)) }

func (s Scope) same(o Scope, a, b string) Tri {
	switch {
	case a != "" && b != "":
		if a == b {
			return Yes
		}
		return No
	case s.Provider == o.Provider && a == b:
		return Yes
	case s.Provider == o.Provider && s.Provider != "":
		return Yes
	}
	return Maybe
}
