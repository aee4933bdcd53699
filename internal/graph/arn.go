package graph

import (
	"strings"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// An ARN is a parsed Amazon Resource Name:
// arn:partition:service:region:account:resource.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
type ARN struct{ Partition, Service, Region, Account, Resource string }

// ParseARN reads an ARN; ok is false for any other text.
func ParseARN(text string) (arn ARN, ok bool) {
	if !strings.HasPrefix(text, "arn:") {
		return ARN{}, false
	}
	p := resource.Text(text).Split(':', 6)
	if len(p) != 6 || p[2] == "" || p[5] == "" {
		return ARN{}, false
	}
	return ARN{string(p[1]), string(p[2]), string(p[3]), string(p[4]), string(p[5])}, true
}

// Scope returns the region, account and partition that the ARN names. In code they may be
// symbols, such as "account of aws".
func (a ARN) Scope() (s resource.Scope) {
	s.Region, s.RegionOf = stated(a.Region)
	s.Account, s.AccountOf = stated(a.Account)
	if resource.PartitionOf(s.Region) == "" {
		s.Partition, _ = stated(a.Partition) // no region implies it
	}
	return s
}

// stated returns a part of an ARN, or the name of the symbol in its place.
func stated(part string) (text, name string) {
	switch names := resource.Symbols(part); {
	case len(names) == 0:
		return part, ""
	case part == resource.Symbol(names[0]):
		return "", names[0]
	}
	return "", resource.NamedFor("part", part)
}

// logGroupName returns the name in a log group's ARN, whatever follows it:
// the API wants one ":*".
func (a ARN) logGroupName() (string, bool) {
	name, ok := strings.CutPrefix(a.Resource, "log-group:")
	return string(resource.Text(name).Split(':', 2)[0]), ok && a.Service == "logs"
}

// lives compares an ARN's place with a node's. An unknown
// region or account is undecided.
func (a ARN) lives(in resource.Scope) truth.Truth { return a.Scope().Same(in) }
