package chain_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/chain"
	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// pieces are filters with patterns on one group, in the place of the one of the
// complete world: p0, p1 and so on.
func pieces(t *testing.T, group string, patterns ...string) string {
	world := chaintest.Without(chaintest.TheFilter).Of(t, chaintest.Complete)
	for i, p := range patterns {
		world += fmt.Sprintf("aws_cloudwatch_log_metric_filter \"p%d\" {\n name = \"p%d\"\n log_group_name = %s\n pattern = %s\n"+
			" metric_transformation {\n name = \"Denied\"\n namespace = \"Security\"\n value = \"1\"\n }\n}\n", i, i, group, strconv.Quote(p))
	}
	return world
}

// membersOf returns the filters of each set.
func membersOf(d *document.Document) (all []string) {
	for _, s := range d.Controls[chaintest.Denials].Sets {
		var names []string
		for _, f := range s.Filters {
			names = append(names, strings.TrimPrefix(f, "aws_cloudwatch_log_metric_filter."))
		}
		all = append(all, strings.Join(names, " "))
	}
	return all
}

// TestSets: filters on one group none of which covers the control, and which
// together do.
func TestSets(t *testing.T) {
	const (
		america   = `{ ($.errorCode = "AccessDenied") && ($.awsRegion = "us-*") }`
		elsewhere = `{ ($.errorCode = "AccessDenied") && ($.awsRegion != "us-*") }`
	)
	denied, unauthorized := chaintest.Code("AccessDenied*"), chaintest.Code("*UnauthorizedOperation")
	for name, c := range map[string]struct {
		patterns []string
		want     []string
		matches  document.Extent
	}{
		"two halves":                             {[]string{denied, unauthorized}, []string{"p0 p1"}, document.MatchesAll},
		"two halves and a quarter":               {[]string{denied, chaintest.Code("AccessDenied"), unauthorized}, []string{"p0 p2"}, document.MatchesAll},
		"a half twice":                           {[]string{denied, unauthorized, `{ ($.errorCode = "AccessDenied*") && ($.eventName = *) }`}, []string{"p0 p1", "p1 p2"}, document.MatchesAll},
		"a half and a quarter":                   {[]string{denied, chaintest.Code("UnauthorizedOperation")}, nil, ""},
		"the half of it":                         {[]string{denied}, nil, ""},
		"halves of which one is another pattern": {[]string{denied, `{ $.eventName = "StopLogging" }`}, nil, ""},
		"a half beside the whole":                {[]string{denied, "{ " + chaintest.DeniedCodes + " }"}, nil, ""},
		"all codes that are known":               {[]string{chaintest.Code("AccessDenied"), chaintest.Code("AccessDeniedException"), chaintest.Code("UnauthorizedOperation"), chaintest.Code("Client.UnauthorizedOperation")}, []string{"p0 p1 p2 p3"}, document.MatchesNotUnrecorded},
		"more than may be in a set":              {[]string{america, elsewhere, chaintest.Code("AccessDeniedException"), chaintest.Code("UnauthorizedOperation"), chaintest.Code("Client.UnauthorizedOperation")}, []string{"p0", "p1", "p2", "p3", "p4"}, document.MatchesUnknown},
	} {
		t.Run(name, func(t *testing.T) {
			d := chaintest.Build(t, pieces(t, chaintest.GroupOfFilter, c.patterns...))
			if diff := cmp.Diff(c.want, membersOf(d)); diff != "" {
				t.Fatalf("-want +got\n%s", diff)
			}
			for _, s := range d.Controls[chaintest.Denials].Sets {
				for f, coverage := range s.Patterns {
					if coverage.Exclusions == nil || coverage.Matches != c.matches || coverage.Aimed != truth.Yes || (coverage.Reason != "") != (c.matches == document.MatchesUnknown) || (coverage.Lost != nil) != (c.matches == document.MatchesNotUnrecorded) {
						t.Errorf("%s: %+v", f, coverage)
					}
				}
			}
		})
	}
}

// TestGroupsOfSets: filters on two groups do not add up.
func TestGroupsOfSets(t *testing.T) {
	in := func(first, other string) string {
		world := pieces(t, first, chaintest.Code("AccessDenied*"), chaintest.Code("*UnauthorizedOperation"))
		return strings.Replace(world, fmt.Sprintf("name = \"p1\"\n log_group_name = %s", first), "name = \"p1\"\n log_group_name = "+other, 1)
	}
	inModule := chaintest.At("aws_cloudwatch_log_metric_filter.p1", func(r *resource.Resource) { r.Address = "module.m." + r.Address })
	for name, c := range map[string]struct {
		first, second string
		options       []chaintest.Option
		want          int
	}{
		"one group":                   {chaintest.GroupOfFilter, `"trail"`, nil, 1},
		"two groups":                  {chaintest.GroupOfFilter, `"other"`, nil, 0},
		"one variable":                {"var.group", "var.group", nil, 1},
		"two variables":               {"var.group", "var.other", nil, 0},
		"one variable of two modules": {"var.group", "var.group", []chaintest.Option{inModule}, 0},
		"what nobody sees":            {"hidden()", "hidden()", nil, 0},
		"no group":                    {`""`, `""`, nil, 0},
	} {
		t.Run(name, func(t *testing.T) {
			if got := len(chaintest.Build(t, in(c.first, c.second), c.options...).Controls[chaintest.Denials].Sets); got != c.want {
				t.Errorf("%d sets", got)
			}
		})
	}
}

// TestCandidatesOfSets: each filter of a set is followed, as a part of it.
func TestCandidatesOfSets(t *testing.T) {
	cs := chaintest.Build(t, pieces(t, chaintest.GroupOfFilter, chaintest.Code("AccessDenied*"), chaintest.Code("*UnauthorizedOperation"))).Controls[chaintest.Denials].Candidates
	const p0, p1 = "aws_cloudwatch_log_metric_filter.p0", "aws_cloudwatch_log_metric_filter.p1"
	var got []string
	for _, c := range cs {
		got = append(got, fmt.Sprintf("%d %s %d %v", c.Index, c.Filter, c.Set, c.PartnerFilters))
	}
	want := []string{"0 " + p0 + " -1 []", "1 " + p1 + " -1 []", "2 " + p0 + " 0 [" + p1 + "]", "3 " + p1 + " 0 [" + p0 + "]"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// TestSensitiveSets: what a secret pattern loses with others is not told.
func TestSensitiveSets(t *testing.T) {
	world := pieces(t, chaintest.GroupOfFilter, chaintest.Code("AccessDenied"), chaintest.Code("AccessDeniedException"), chaintest.Code("UnauthorizedOperation"), chaintest.Code("Client.UnauthorizedOperation"))
	world = strings.Replace(world, strconv.Quote(chaintest.Code("AccessDenied")), "secret("+strconv.Quote(chaintest.Code("AccessDenied"))+")", 1)
	patterns := chaintest.Build(t, world).Controls[chaintest.Denials].Sets[0].Patterns
	if got := patterns["aws_cloudwatch_log_metric_filter.p0"]; got.Lost != nil || got.Loses != "" {
		t.Errorf("%+v", got)
	}
	if got := patterns["aws_cloudwatch_log_metric_filter.p1"]; got.Lost == nil || got.Loses == "" {
		t.Errorf("%+v", got)
	}
}

// TestManyFilters: among too many filters no set is looked for.
func TestManyFilters(t *testing.T) {
	patterns := []string{chaintest.Code("AccessDenied*"), chaintest.Code("*UnauthorizedOperation")}
	for i := range chain.MaxFilters - 2 {
		patterns = append(patterns, fmt.Sprintf(`{ ($.errorCode = "AccessDenied") && ($.awsRegion = "r-%d") }`, i))
	}
	if got := membersOf(chaintest.Build(t, pieces(t, chaintest.GroupOfFilter, patterns...))); !slices.Equal(got, []string{"p0 p1"}) {
		t.Errorf("%q", got)
	}
	patterns = append(patterns, `{ ($.errorCode = "AccessDenied") && ($.awsRegion = "one-more") }`)
	if got := membersOf(chaintest.Build(t, pieces(t, chaintest.GroupOfFilter, patterns...))); len(got) != chain.MaxFilters+1 || got[0] != "p0" {
		t.Errorf("%q", got)
	}
}

// TestManySets: as many as may be are written down, and what else there is, is not
// decided.
func TestManySets(t *testing.T) {
	var patterns []string
	for i := range 9 { // the half of the control nine times, the other one eight times
		patterns = append(patterns, chaintest.Code("AccessDenied*")+strings.Repeat(" ", i))
	}
	for i := range 8 {
		patterns = append(patterns, chaintest.Code("*UnauthorizedOperation")+strings.Repeat(" ", i))
	}
	got := membersOf(chaintest.Build(t, pieces(t, chaintest.GroupOfFilter, patterns...)))
	if len(got) != chain.MaxSets+len(patterns) || got[0] != "p0 p10" || got[chain.MaxSets] != "p0" {
		t.Errorf("%d sets: %q", len(got), got)
	}
	got = membersOf(chaintest.Build(t, pieces(t, chaintest.GroupOfFilter, patterns[1:]...)))
	if len(got) != chain.MaxSets || slices.Contains(got, "p0") {
		t.Errorf("%d sets: %q", len(got), got)
	}
}
