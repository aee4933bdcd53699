package analysis

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// pieces are filters with patterns on one group, in the place of the one of the
// complete world: p0, p1 and so on.
func pieces(t *testing.T, group string, patterns ...string) string {
	world := without(theFilter).of(t, complete)
	for i, p := range patterns {
		world += fmt.Sprintf("aws_cloudwatch_log_metric_filter \"p%d\" {\n name = \"p%d\"\n log_group_name = %s\n pattern = %s\n"+
			" metric_transformation {\n name = \"Denied\"\n namespace = \"Security\"\n value = \"1\"\n }\n}\n", i, i, group, strconv.Quote(p))
	}
	return world
}

func code(c string) string { return `{ $.errorCode = "` + c + `" }` }

// membersOf are the filters of each set.
func membersOf(d *Document) (all []string) {
	for _, s := range d.Controls[denials].Sets {
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
	denied, unauthorized := code("AccessDenied*"), code("*UnauthorizedOperation")
	for name, c := range map[string]struct {
		patterns []string
		want     []string
		matches  Extent
	}{
		"two halves":                             {[]string{denied, unauthorized}, []string{"p0 p1"}, MatchesAll},
		"two halves and a quarter":               {[]string{denied, code("AccessDenied"), unauthorized}, []string{"p0 p2"}, MatchesAll},
		"a half twice":                           {[]string{denied, unauthorized, `{ ($.errorCode = "AccessDenied*") && ($.eventName = *) }`}, []string{"p0 p1", "p1 p2"}, MatchesAll},
		"a half and a quarter":                   {[]string{denied, code("UnauthorizedOperation")}, nil, ""},
		"the half of it":                         {[]string{denied}, nil, ""},
		"halves of which one is another pattern": {[]string{denied, `{ $.eventName = "StopLogging" }`}, nil, ""},
		"a half beside the whole":                {[]string{denied, "{ " + deniedCodes + " }"}, nil, ""},
		"all codes that are known":               {[]string{code("AccessDenied"), code("AccessDeniedException"), code("UnauthorizedOperation"), code("Client.UnauthorizedOperation")}, []string{"p0 p1 p2 p3"}, MatchesNotUnrecorded},
		"more than may be in a set":              {[]string{america, elsewhere, code("AccessDeniedException"), code("UnauthorizedOperation"), code("Client.UnauthorizedOperation")}, []string{"p0", "p1", "p2", "p3", "p4"}, MatchesUnknown},
	} {
		t.Run(name, func(t *testing.T) {
			d := facts(t, pieces(t, groupOfFilter, c.patterns...))
			if diff := cmp.Diff(c.want, membersOf(d)); diff != "" {
				t.Fatalf("-want +got\n%s", diff)
			}
			for _, s := range d.Controls[denials].Sets {
				for f, coverage := range s.Patterns {
					if coverage.Exclusions == nil || coverage.Matches != c.matches || coverage.Aimed != truth.Yes || (coverage.Reason != "") != (c.matches == MatchesUnknown) || (coverage.Lost != nil) != (c.matches == MatchesNotUnrecorded) {
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
		world := pieces(t, first, code("AccessDenied*"), code("*UnauthorizedOperation"))
		return strings.Replace(world, fmt.Sprintf("name = \"p1\"\n log_group_name = %s", first), "name = \"p1\"\n log_group_name = "+other, 1)
	}
	inModule := at("aws_cloudwatch_log_metric_filter.p1", func(r *resource.Resource) { r.Address = "module.m." + r.Address })
	for name, c := range map[string]struct {
		first, second string
		options       []option
		want          int
	}{
		"one group":                   {groupOfFilter, `"trail"`, nil, 1},
		"two groups":                  {groupOfFilter, `"other"`, nil, 0},
		"one variable":                {"var.group", "var.group", nil, 1},
		"two variables":               {"var.group", "var.other", nil, 0},
		"one variable of two modules": {"var.group", "var.group", []option{inModule}, 0},
		"what nobody sees":            {"hidden()", "hidden()", nil, 0},
		"no group":                    {`""`, `""`, nil, 0},
	} {
		t.Run(name, func(t *testing.T) {
			if got := len(facts(t, in(c.first, c.second), c.options...).Controls[denials].Sets); got != c.want {
				t.Errorf("%d sets", got)
			}
		})
	}
}

// TestCandidatesOfSets: each filter of a set is followed, as a part of it.
func TestCandidatesOfSets(t *testing.T) {
	cs := facts(t, pieces(t, groupOfFilter, code("AccessDenied*"), code("*UnauthorizedOperation"))).Controls[denials].Candidates
	const p0, p1 = "aws_cloudwatch_log_metric_filter.p0", "aws_cloudwatch_log_metric_filter.p1"
	var got []string
	for _, c := range cs {
		got = append(got, fmt.Sprintf("%d %s %d %v", c.Index, c.Filter, c.Set, c.With))
	}
	want := []string{"0 " + p0 + " -1 []", "1 " + p1 + " -1 []", "2 " + p0 + " 0 [" + p1 + "]", "3 " + p1 + " 0 [" + p0 + "]"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// TestSensitiveSets: what a secret pattern loses with others is not told.
func TestSensitiveSets(t *testing.T) {
	world := pieces(t, groupOfFilter, code("AccessDenied"), code("AccessDeniedException"), code("UnauthorizedOperation"), code("Client.UnauthorizedOperation"))
	world = strings.Replace(world, strconv.Quote(code("AccessDenied")), "secret("+strconv.Quote(code("AccessDenied"))+")", 1)
	patterns := facts(t, world).Controls[denials].Sets[0].Patterns
	if got := patterns["aws_cloudwatch_log_metric_filter.p0"]; got.Lost != nil || got.Loses != "" {
		t.Errorf("%+v", got)
	}
	if got := patterns["aws_cloudwatch_log_metric_filter.p1"]; got.Lost == nil || got.Loses == "" {
		t.Errorf("%+v", got)
	}
}

// TestManyFilters: among too many filters no set is looked for.
func TestManyFilters(t *testing.T) {
	patterns := []string{code("AccessDenied*"), code("*UnauthorizedOperation")}
	for i := range maxFilters - 2 {
		patterns = append(patterns, fmt.Sprintf(`{ ($.errorCode = "AccessDenied") && ($.awsRegion = "r-%d") }`, i))
	}
	if got := membersOf(facts(t, pieces(t, groupOfFilter, patterns...))); !slices.Equal(got, []string{"p0 p1"}) {
		t.Errorf("%q", got)
	}
	patterns = append(patterns, `{ ($.errorCode = "AccessDenied") && ($.awsRegion = "one-more") }`)
	if got := membersOf(facts(t, pieces(t, groupOfFilter, patterns...))); len(got) != maxFilters+1 || got[0] != "p0" {
		t.Errorf("%q", got)
	}
}

// TestManySets: as many as may be are written down, and what else there is, is not
// decided.
func TestManySets(t *testing.T) {
	var patterns []string
	for i := range 9 { // the half of the control nine times, the other one eight times
		patterns = append(patterns, code("AccessDenied*")+strings.Repeat(" ", i))
	}
	for i := range 8 {
		patterns = append(patterns, code("*UnauthorizedOperation")+strings.Repeat(" ", i))
	}
	got := membersOf(facts(t, pieces(t, groupOfFilter, patterns...)))
	if len(got) != maxSets+len(patterns) || got[0] != "p0 p10" || got[maxSets] != "p0" {
		t.Errorf("%d sets: %q", len(got), got)
	}
	got = membersOf(facts(t, pieces(t, groupOfFilter, patterns[1:]...)))
	if len(got) != maxSets || slices.Contains(got, "p0") {
		t.Errorf("%d sets: %q", len(got), got)
	}
}
