package resource

import (
	"slices"
	"strings"
)

// PartitionOf returns the partition of a region, "" if that is not known.
// https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
func PartitionOf(region string) string {
	if region == "" {
		return ""
	}
	for _, p := range partitions {
		if strings.HasPrefix(region, p.regions) {
			return p.name
		}
	}
	return ""
}

// partitions are those of AWS, with the prefix of their regions and the domain of their
// services. The standard partition comes last.
// https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json
var partitions = []struct{ name, regions, suffix string }{
	{"aws-cn", "cn-", "amazonaws.com.cn"},
	{"aws-us-gov", "us-gov-", "amazonaws.com"},
	{"aws-iso", "us-iso-", "c2s.ic.gov"},
	{"aws-iso-b", "us-isob-", "sc2s.sgov.gov"},
	{"aws-iso-e", "eu-isoe-", "cloud.adc-e.uk"},
	{"aws-iso-f", "us-isof-", "csp.hci.ic.gov"},
	{"aws-eusc", "eusc-", "amazonaws.eu"},
	{"aws", "", "amazonaws.com"},
}

// Partitions returns the names of AWS's partitions.
func Partitions() []string {
	var names []string
	for _, p := range partitions {
		names = append(names, p.name)
	}
	return names
}

// Partitioned collects the partitions in the ARNs of an input. If all ARNs have the same
// one, it is the partition of the input.
type Partitioned []string

// Add adds those of the ARNs in a text.
func (p *Partitioned) Add(text string) {
	for {
		_, behind, ok := strings.Cut(text, "arn:")
		if !ok {
			return
		}
		name, _, isARN := strings.Cut(behind, ":")
		if isARN && !slices.Contains(*p, name) && slices.Contains(Partitions(), name) {
			*p = append(*p, name)
		}
		text = behind
	}
}

// One returns the partition that all ARNs share, "" if there is none.
func (p Partitioned) One() string {
	if len(p) != 1 {
		return ""
	}
	return p[0]
}
