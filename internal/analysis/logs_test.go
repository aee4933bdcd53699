package analysis

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// The lines of the complete world that say which groups are meant.
const (
	groupOfTrail  = `"arn:aws:logs:us-east-1:111122223333:log-group:trail:*"` + "\n  cloud"
	groupOfFilter = "aws_cloudwatch_log_group.trail.name"
	groupNamed    = groupStart + `"trail"`
	groupStart    = "aws_cloudwatch_log_group \"trail\" {\n  name = "
)

// meeting sets which groups the trail and the filter name; "" leaves one as it is.
func meeting(trail, filter string) (e edits) {
	if trail != "" {
		e = append(e, groupOfTrail, trail+"\n  cloud")
	}
	if filter != "" {
		e = append(e, groupOfFilter, filter)
	}
	return e
}

// TestReads: whether the filter reads the group that the trail writes to.
func TestReads(t *testing.T) {
	const (
		byARN    = "aws_cloudwatch_log_group.trail.arn"
		unnamed  = "unset()"
		other    = "aws_cloudwatch_log_group \"other\" {\n name = \"other\"\n}"
		far      = "\n at = \"eu-west-1 111122223333\""
		otherARN = `"arn:aws:logs:us-east-1:111122223333:log-group:other:*"`
	)
	rename := edits{groupNamed, groupStart + unnamed}
	both := func(e ...edits) edits { return slices.Concat(e...) }
	for name, c := range map[string]struct {
		edits
		want ReadsState
		why  string
	}{
		"the group":                        {nil, ReadsSame, ""},
		"the group by reference":           {both(rename, meeting(byARN, theGroup+".id")), ReadsSame, ""},
		"the group outside":                {meeting(`"arn:aws:logs:us-east-1:111122223333:log-group:elsewhere:*"`, `"elsewhere"`), ReadsSame, ""},
		"the group, it seems":              {meeting("one("+byARN+")", ""), ReadsInferred, "which part of the expression decides"},
		"the filter's, it seems":           {both(rename, meeting(byARN, "one("+theGroup+".id)")), ReadsInferred, "which part of the expression decides"},
		"the trail writes to none":         {meeting("null", ""), ReadsNone, ""},
		"the trail names no ARN":           {meeting(`"trail"`, ""), ReadsNone, ""},
		"the filter names none":            {meeting("", `"arn:aws:logs:us-east-1:111122223333:log-group:trail"`), ReadsDifferent, "the filter names none"},
		"neither names any":                {meeting("null", `"arn:aws:logs:us-east-1:111122223333:log-group:trail"`), ReadsNone, ""},
		"the trail's is a variable":        {meeting("var.group", ""), ReadsUnknown, "the trail's log group is what var.group decides: "},
		"the filter's is a variable":       {meeting("", "var.group"), ReadsUnknown, "the filter's log group is what var.group decides: "},
		"both are a variable":              {meeting("var.group", "var.group"), ReadsUnknown, "the trail's log group is "},
		"another group":                    {both(meeting(otherARN, ""), edits{"", other}), ReadsDifferent, `the trail writes to "other", the filter reads "trail"`},
		"another group without a name":     {both(rename, meeting(otherARN, theGroup+".id"), edits{"", other}), ReadsDifferent, `the trail writes to "other", the filter reads ` + theGroup},
		"another one outside":              {meeting(otherARN, ""), ReadsDifferent, `the trail writes to "other"`},
		"one of two":                       {both(meeting("one("+byARN+", aws_cloudwatch_log_group.other.arn)", ""), edits{"", other}), ReadsUnknown, "it is one of several log groups: "},
		"either of two, and another":       {both(meeting("one("+byARN+", aws_cloudwatch_log_group.other.arn)", `"third"`), edits{"", other}), ReadsDifferent, "the trail writes to aws_cloudwatch_log_group."},
		"a name that a variable ends":      {meeting("", `"tr${var.rest}"`), ReadsUnknown, "the filter's log group is"},
		"names that may be one":            {both(edits{groupNamed, groupStart + `"${var.stage}-trail"`}, meeting(`"arn:aws:logs:us-east-1:111122223333:log-group:prod-trail:*"`, theGroup+".id")), ReadsUnknown, "which may be one"},
		"names that cannot be one":         {both(edits{groupNamed, groupStart + `"${var.stage}-trail"`}, meeting(`"arn:aws:logs:us-east-1:111122223333:log-group:prod-app:*"`, theGroup+".id")), ReadsDifferent, ""},
		"names of two groups of the input": {both(edits{groupNamed, groupStart + `"${var.stage}-trail"`, "", other}, meeting("aws_cloudwatch_log_group.other.arn", theGroup+".id")), ReadsDifferent, ""},
		"the group is elsewhere":           {both(edits{groupNamed, groupStart + unnamed + far}, meeting(byARN, theGroup+".id")), ReadsOtherPlace, "not in one region and account"},
		"the trail is elsewhere":           {both(rename, edits{`name                       = "main"`, `name = "main"` + far}, meeting(byARN, theGroup+".id")), ReadsOtherPlace, "not in one region and account"},
		"the filter is elsewhere":          {both(rename, edits{`name           = "denied"`, `name = "denied"` + far}, meeting(byARN, theGroup+".id")), ReadsOtherPlace, "not in one region and account"},
		"of another account":               {both(rename, edits{`name           = "denied"`, `name = "denied"` + "\n at = \"us-east-1 444455556666\""}, meeting(byARN, theGroup+".id")), ReadsOtherPlace, ""},
	} {
		t.Run(name, func(t *testing.T) {
			cs := facts(t, c.of(t, complete)).Controls[denials].Candidates
			if len(cs) != 1 || cs[0].Reads.State != c.want || !strings.Contains(cs[0].Reads.Reason, c.why) {
				t.Errorf("%+v", cs)
			}
		})
	}
	t.Run("a place that nobody states", func(t *testing.T) {
		world := both(rename, meeting(byARN, theGroup+".id")).of(t, complete)
		reads := facts(t, world, placeless(theFilter)).Controls[denials].Candidates[0].Reads
		if reads.State != ReadsUnknown || !strings.Contains(reads.Reason, "not known to be the same") {
			t.Errorf("%+v", reads)
		}
	})
	t.Run("a group outside, read elsewhere", func(t *testing.T) {
		world := meeting(`"arn:aws:logs:us-east-1:111122223333:log-group:elsewhere:*"`, `"elsewhere"`).of(t, complete)
		reads := facts(t, world, placeless(theFilter)).Controls[denials].Candidates[0].Reads
		if reads.State == ReadsSame {
			t.Errorf("%+v", reads)
		}
	})
}

// TestGroupSuffix: CloudTrail wants :* at the end of the ARN, once.
func TestGroupSuffix(t *testing.T) {
	const arn = "arn:aws:logs:us-east-1:111122223333:log-group:"
	for value, want := range map[string]string{
		`"` + arn + `trail:*"`:               "",
		`"` + arn + `trail"`:                 "it does not end in :*",
		`"` + arn + `trail:*:*"`:             "it ends in :*:*",
		`"trail"`:                            "it does not end in :*",
		`""`:                                 "",
		"null":                               "",
		"aws_cloudwatch_log_group.trail.arn": "", // whose end the provider decides
		`"` + arn + `${var.stage}-trail"`:    "it does not end in :*",
		`"` + arn + `${var.stage}:*"`:        "",
		`"${var.group}"`:                     "",
	} {
		if got := facts(t, meeting(value, "").of(t, complete)).Trails[theTrail].GroupSuffix; got != want {
			t.Errorf("%s: %q, want %q", value, got, want)
		}
	}
}

// TestTrails: the arguments that decide, known or not.
func TestTrails(t *testing.T) {
	const name = `name                       = "main"`
	yes, no := true, false
	say := func(b *bool) string {
		switch {
		case b == nil:
			return "unknown"
		case *b:
			return "yes"
		}
		return "no"
	}
	for label, c := range map[string]struct {
		edits
		logging, everywhere, global, organization *bool
		unknown                                   map[string]string
	}{
		"by default": {edits{"is_multi_region_trail      = true", ""}, &yes, &no, &yes, &no, map[string]string{}},
		"as written": {edits{name, name + "\n enable_logging = false\n include_global_service_events = false\n is_organization_trail = true"}, &no, &yes, &no, &yes, map[string]string{}},
		"by a local and a secret": {edits{name, name + "\n enable_logging = local.log\n include_global_service_events = secret(var.global)", "= true", "= hidden()"}, nil, nil, nil, &no,
			map[string]string{"enable_logging": "local.log", "is_multi_region_trail": "(known after apply)", "include_global_service_events": hidden}},
		"by variables": {edits{name, name + "\n enable_logging = var.log\n include_global_service_events = var.global\n is_organization_trail = var.org", "= true", "= var.everywhere"}, nil, nil, nil, nil,
			map[string]string{"enable_logging": "var.log has no value", "is_multi_region_trail": "var.everywhere has no value", "include_global_service_events": "var.global has no value"}},
	} {
		t.Run(label, func(t *testing.T) {
			got := facts(t, c.of(t, complete)).Trails[theTrail]
			for _, pair := range [][2]*bool{{got.Logging, c.logging}, {got.MultiRegion, c.everywhere}, {got.GlobalEvents, c.global}, {got.Organization, c.organization}} {
				if say(pair[0]) != say(pair[1]) {
					t.Errorf("%s, want %s: %+v", say(pair[0]), say(pair[1]), got)
				}
			}
			if diff := cmp.Diff(c.unknown, got.Unknown); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestLogGroups: their class admits metric filters or not.
func TestLogGroups(t *testing.T) {
	for class, want := range map[string]truth.Truth{"unset()": truth.Yes, `"STANDARD"`: truth.Yes, `"INFREQUENT_ACCESS"`: truth.No, `"DELIVERY"`: truth.No, "var.class": truth.Unknown} {
		d := facts(t, edits{groupNamed, groupNamed + "\n log_group_class = " + class}.of(t, complete))
		got := d.LogGroups[theGroup]
		if got.Filters != want || (got.Unknown["log_group_class"] != "") != (want == truth.Unknown) {
			t.Errorf("%s: %s, %v", class, got.Filters, got.Unknown)
		}
	}
	outside := facts(t, meeting(`"arn:aws:logs:eu-west-1:444455556666:log-group:elsewhere:*"`, "").of(t, complete)).LogGroups["elsewhere"]
	if !outside.External || outside.Region != "eu-west-1" || outside.Account != "444455556666" || outside.Filters != truth.Yes {
		t.Errorf("%+v", outside)
	}
}

// TestPublished: what a match adds to the metric.
func TestPublished(t *testing.T) {
	const value = `value     = "1"`
	for text, want := range map[string]Published{
		`"1"`: {PublishesNumber, "1"}, `"0.5"`: {PublishesNumber, "0.5"}, `"-1"`: {PublishesNumber, "-1"},
		`"0"`: {PublishesZero, "0"}, `"0.0"`: {PublishesZero, "0.0"}, `"$.x"`: {PublishesSelector, "$.x"}, `"one"`: {PublishesInvalid, "one"},
		"var.n": {PublishesUnknown, "what var.n decides"}, `secret("5")`: {PublishesNumber, hidden},
	} {
		got := facts(t, edits{value, "value = " + text}.of(t, complete)).MetricFilters[theFilter]
		if got.Value != want || (got.Unknown["metric_transformation.value"] != "") != (want.State == PublishesUnknown) {
			t.Errorf("%s: %+v %v", text, got.Value, got.Unknown)
		}
	}
}

// TestTransformations: what a filter publishes, and what AWS refuses.
func TestTransformations(t *testing.T) {
	const (
		value   = `value     = "1"`
		refused = "it has dimensions and a default value"
	)
	for name, c := range map[string]struct {
		edits
		dimensions []string
		usual      string
		want       string
	}{
		"neither":         {nil, []string{}, "", ""},
		"a default value": {edits{value, value + "\n default_value = 0"}, []string{}, "0", ""},
		"dimensions":      {edits{value, value + "\n dimensions = { who = \"$.userIdentity.arn\" }"}, []string{"who"}, "", ""},
		"both":            {edits{value, value + "\n default_value = 2\n dimensions = { who = \"$.userIdentity.arn\" }"}, []string{"who"}, "2", refused},
		"a default value and a dimension of the system": {edits{value, value + "\n default_value = 2", "pattern        =", "emit_system_field_dimensions = [\"@aws.account\"]\n pattern ="}, []string{"@aws.account"}, "2", ""},
		"dimensions and a secret default":               {edits{value, value + "\n default_value = secret(2)\n dimensions = { who = \"$.userIdentity.arn\" }"}, []string{"who"}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := facts(t, c.of(t, complete)).MetricFilters[theFilter]
			if !slices.Equal(got.Series.Dimensions, c.dimensions) || got.Contradiction != c.want {
				t.Errorf("%v, %q", got.Series.Dimensions, got.Contradiction)
			}
			if (got.Default == nil) != (c.usual == "") || c.usual != "" && *got.Default != float64(c.usual[0]-'0') {
				t.Errorf("default %v", got.Default)
			}
		})
	}
	series := facts(t, edits{`namespace = "Security"`, "namespace = var.space\n unit = \"Count\""}.of(t, complete)).MetricFilters[theFilter].Series
	if series.Text != "what var.space decides/Denied" || series.Namespace != nil || *series.Name != "Denied" || *series.Unit != "Count" {
		t.Errorf("%+v", series)
	}
}

// TestFilterDecisions: arguments that decide what a filter reads.
func TestFilterDecisions(t *testing.T) {
	const argument = "pattern        ="
	d := facts(t, edits{argument, "apply_on_transformed_logs = true\n field_selection_criteria = \"@aws.account = 1\"\n " + argument}.of(t, complete))
	if got := d.MetricFilters[theFilter]; got.Transformed == nil || !*got.Transformed || *got.Criteria != "@aws.account = 1" || len(got.Unknown) != 0 {
		t.Errorf("%+v", got)
	}
	d = facts(t, edits{argument, "apply_on_transformed_logs = var.on\n field_selection_criteria = var.which\n " + argument}.of(t, complete))
	want := map[string]string{"apply_on_transformed_logs": "var.on has no value", "field_selection_criteria": "var.which has no value"}
	if diff := cmp.Diff(want, d.MetricFilters[theFilter].Unknown); diff != "" {
		t.Error(diff)
	}
}

// TestNeighbours: what shares the group with the filter.
func TestNeighbours(t *testing.T) {
	other := func(group, pattern string) string {
		return "\naws_cloudwatch_log_metric_filter \"other\" {\n name = \"other\"\n log_group_name = " + group + "\n pattern = " + pattern + "\n}\n"
	}
	for name, c := range map[string]struct {
		world             string
		siblings, regexes int
	}{
		"none":                    {complete, 1, 0},
		"one":                     {complete + other(groupOfFilter, `"x"`), 2, 0},
		"one elsewhere":           {complete + other(`"app"`, `"%x%"`), 1, 0},
		"one of some group":       {complete + other("var.group", `"x"`), 1, 0},
		"one of either group":     {complete + other("one(aws_cloudwatch_log_group.trail.name, aws_cloudwatch_log_group.x.name)", `"x"`), 1, 0},
		"one with an expression":  {complete + other(groupOfFilter, `"%Access.*%"`), 2, 1},
		"one with a percent sign": {complete + other(groupOfFilter, `"100%"`), 2, 0},
		"itself an expression":    {pattern(`%Access.*%`).of(t, complete), 1, 1},
		"of a group to be seen":   {meeting("", "var.group").of(t, complete), 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			if got := facts(t, c.world).MetricFilters[theFilter]; got.Siblings != c.siblings || got.RegexSiblings != c.regexes {
				t.Errorf("%d siblings, %d expressions", got.Siblings, got.RegexSiblings)
			}
		})
	}
}

// TestNodes: what is said of every resource.
func TestNodes(t *testing.T) {
	d := facts(t, edits{groupNamed, groupNamed + "\n uncertain = \"count\"\n at = \"eu-west-1 444455556666\""}.of(t, complete), at(theGroup, func(r *resource.Resource) {
		r.Change = resource.Change{Action: resource.Replace, Drifted: []string{"name"}}
		r.Settled = map[string]resource.Position{"name": {File: "main.tf", Line: 3}}
	}))
	want := Node{
		Address: theGroup, Change: "replace", Drifted: []string{"name"}, Region: "eu-west-1", Account: "444455556666",
		Unknown: map[string]string{}, Settled: map[string]string{"name": "the plan leaves it open, main.tf:3 says it"}, Refused: []Refusal{}, Uncertain: "count",
	}
	if diff := cmp.Diff(want, d.LogGroups[theGroup].Node); diff != "" {
		t.Error(diff)
	}
}

// TestNames: what is known of a name is told, and nothing of a secret one.
func TestNames(t *testing.T) {
	for value, want := range map[string]string{
		`"trail"`: "trail", `"${var.stage}-trail"`: resource.Symbol("var.stage") + "-trail", "var.name": "", "hidden()": "", `secret("s3cret")`: hidden, "null": "",
	} {
		got := facts(t, edits{groupNamed, groupStart + value}.of(t, complete)).LogGroups[theGroup].Name
		if want == "" && got != nil || want != "" && (got == nil || *got != want) {
			t.Errorf("%s: %v, want %q", value, got, want)
		}
	}
}
