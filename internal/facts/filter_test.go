package facts_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/truth"
)

// TestReads: whether the filter reads the group that the trail writes to.
func TestReads(t *testing.T) {
	const (
		byARN    = "aws_cloudwatch_log_group.trail.arn"
		unnamed  = "unset()"
		other    = "aws_cloudwatch_log_group \"other\" {\n name = \"other\"\n}"
		far      = "\n at = \"eu-west-1 111122223333\""
		otherARN = `"arn:aws:logs:us-east-1:111122223333:log-group:other:*"`
	)
	rename := chaintest.Edits{chaintest.GroupNamed, chaintest.GroupStart + unnamed}
	both := func(e ...chaintest.Edits) chaintest.Edits { return slices.Concat(e...) }
	for name, c := range map[string]struct {
		chaintest.Edits
		want document.ReadsState
		why  string
	}{
		"the group":                        {nil, document.ReadsSame, ""},
		"the group by reference":           {both(rename, chaintest.Meeting(byARN, chaintest.TheGroup+".id")), document.ReadsSame, ""},
		"the group outside":                {chaintest.Meeting(`"arn:aws:logs:us-east-1:111122223333:log-group:elsewhere:*"`, `"elsewhere"`), document.ReadsSame, ""},
		"the group, it seems":              {chaintest.Meeting("one("+byARN+")", ""), document.ReadsInferred, "which part of the expression is used"},
		"the filter's, it seems":           {both(rename, chaintest.Meeting(byARN, "one("+chaintest.TheGroup+".id)")), document.ReadsInferred, "which part of the expression is used"},
		"the trail writes to none":         {chaintest.Meeting("null", ""), document.ReadsNone, ""},
		"the trail names no ARN":           {chaintest.Meeting(`"trail"`, ""), document.ReadsNone, ""},
		"the filter names no log group":    {chaintest.Meeting("", `"arn:aws:logs:us-east-1:111122223333:log-group:trail"`), document.ReadsDifferent, "the filter names no log group"},
		"neither names any":                {chaintest.Meeting("null", `"arn:aws:logs:us-east-1:111122223333:log-group:trail"`), document.ReadsNone, ""},
		"the trail's is a variable":        {chaintest.Meeting("var.group", ""), document.ReadsUnknown, "the trail's log group is what var.group decides: "},
		"the filter's is a variable":       {chaintest.Meeting("", "var.group"), document.ReadsUnknown, "the filter's log group is what var.group decides: "},
		"both are a variable":              {chaintest.Meeting("var.group", "var.group"), document.ReadsUnknown, "the trail's log group is "},
		"another group":                    {both(chaintest.Meeting(otherARN, ""), chaintest.Edits{"", other}), document.ReadsDifferent, `the trail writes to "other", the filter reads "trail"`},
		"another group without a name":     {both(rename, chaintest.Meeting(otherARN, chaintest.TheGroup+".id"), chaintest.Edits{"", other}), document.ReadsDifferent, `the trail writes to "other", the filter reads ` + chaintest.TheGroup},
		"another one outside":              {chaintest.Meeting(otherARN, ""), document.ReadsDifferent, `the trail writes to "other"`},
		"one of two":                       {both(chaintest.Meeting("one("+byARN+", aws_cloudwatch_log_group.other.arn)", ""), chaintest.Edits{"", other}), document.ReadsUnknown, "it is one of several log groups: "},
		"either of two, and another":       {both(chaintest.Meeting("one("+byARN+", aws_cloudwatch_log_group.other.arn)", `"third"`), chaintest.Edits{"", other}), document.ReadsDifferent, "the trail writes to aws_cloudwatch_log_group."},
		"a name that a variable ends":      {chaintest.Meeting("", `"tr${var.rest}"`), document.ReadsUnknown, "the filter's log group is"},
		"names that may be one":            {both(chaintest.Edits{chaintest.GroupNamed, chaintest.GroupStart + `"${var.stage}-trail"`}, chaintest.Meeting(`"arn:aws:logs:us-east-1:111122223333:log-group:prod-trail:*"`, chaintest.TheGroup+".id")), document.ReadsUnknown, "which may be the same"},
		"names that cannot be one":         {both(chaintest.Edits{chaintest.GroupNamed, chaintest.GroupStart + `"${var.stage}-trail"`}, chaintest.Meeting(`"arn:aws:logs:us-east-1:111122223333:log-group:prod-app:*"`, chaintest.TheGroup+".id")), document.ReadsDifferent, ""},
		"names of two groups of the input": {both(chaintest.Edits{chaintest.GroupNamed, chaintest.GroupStart + `"${var.stage}-trail"`, "", other}, chaintest.Meeting("aws_cloudwatch_log_group.other.arn", chaintest.TheGroup+".id")), document.ReadsDifferent, ""},
		"the group is elsewhere":           {both(chaintest.Edits{chaintest.GroupNamed, chaintest.GroupStart + unnamed + far}, chaintest.Meeting(byARN, chaintest.TheGroup+".id")), document.ReadsOtherPlace, "not in the same region and account"},
		"the trail is elsewhere":           {both(rename, chaintest.Edits{`name                       = "main"`, `name = "main"` + far}, chaintest.Meeting(byARN, chaintest.TheGroup+".id")), document.ReadsOtherPlace, "not in the same region and account"},
		"the filter is elsewhere":          {both(rename, chaintest.Edits{`name           = "denied"`, `name = "denied"` + far}, chaintest.Meeting(byARN, chaintest.TheGroup+".id")), document.ReadsOtherPlace, "not in the same region and account"},
		"of another account":               {both(rename, chaintest.Edits{`name           = "denied"`, `name = "denied"` + "\n at = \"us-east-1 444455556666\""}, chaintest.Meeting(byARN, chaintest.TheGroup+".id")), document.ReadsOtherPlace, ""},
	} {
		t.Run(name, func(t *testing.T) {
			cs := chaintest.Build(t, c.Of(t, chaintest.Complete)).Controls[chaintest.Denials].Candidates
			if len(cs) != 1 || cs[0].Reads.State != c.want || !strings.Contains(cs[0].Reads.Reason, c.why) {
				t.Errorf("%+v", cs)
			}
		})
	}
	t.Run("a place that nobody states", func(t *testing.T) {
		world := both(rename, chaintest.Meeting(byARN, chaintest.TheGroup+".id")).Of(t, chaintest.Complete)
		reads := chaintest.Build(t, world, chaintest.WithoutPlace(chaintest.TheFilter)).Controls[chaintest.Denials].Candidates[0].Reads
		if reads.State != document.ReadsUnknown || !strings.Contains(reads.Reason, "not known to be the same") {
			t.Errorf("%+v", reads)
		}
	})
	t.Run("a group outside, read elsewhere", func(t *testing.T) {
		world := chaintest.Meeting(`"arn:aws:logs:us-east-1:111122223333:log-group:elsewhere:*"`, `"elsewhere"`).Of(t, chaintest.Complete)
		reads := chaintest.Build(t, world, chaintest.WithoutPlace(chaintest.TheFilter)).Controls[chaintest.Denials].Candidates[0].Reads
		if reads.State == document.ReadsSame {
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
		if got := chaintest.Build(t, chaintest.Meeting(value, "").Of(t, chaintest.Complete)).Trails[chaintest.TheTrail].GroupSuffix; got != want {
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
		chaintest.Edits
		logging, everywhere, global, organization *bool
		unknown                                   map[string]string
	}{
		"by default": {chaintest.Edits{"is_multi_region_trail      = true", ""}, &yes, &no, &yes, &no, map[string]string{}},
		"as written": {chaintest.Edits{name, name + "\n enable_logging = false\n include_global_service_events = false\n is_organization_trail = true"}, &no, &yes, &no, &yes, map[string]string{}},
		"by a local and a secret": {chaintest.Edits{name, name + "\n enable_logging = local.log\n include_global_service_events = secret(var.global)", "= true", "= hidden()"}, nil, nil, nil, &no,
			map[string]string{"enable_logging": "local.log", "is_multi_region_trail": "(known after apply)", "include_global_service_events": resource.Hidden}},
		"by variables": {chaintest.Edits{name, name + "\n enable_logging = var.log\n include_global_service_events = var.global\n is_organization_trail = var.org", "= true", "= var.everywhere"}, nil, nil, nil, nil,
			map[string]string{"enable_logging": "var.log has no value", "is_multi_region_trail": "var.everywhere has no value", "include_global_service_events": "var.global has no value"}},
	} {
		t.Run(label, func(t *testing.T) {
			got := chaintest.Build(t, c.Of(t, chaintest.Complete)).Trails[chaintest.TheTrail]
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
		d := chaintest.Build(t, chaintest.Edits{chaintest.GroupNamed, chaintest.GroupNamed + "\n log_group_class = " + class}.Of(t, chaintest.Complete))
		got := d.LogGroups[chaintest.TheGroup]
		if got.Filters != want || (got.Unknown["log_group_class"] != "") != (want == truth.Unknown) {
			t.Errorf("%s: %s, %v", class, got.Filters, got.Unknown)
		}
	}
	outside := chaintest.Build(t, chaintest.Meeting(`"arn:aws:logs:eu-west-1:444455556666:log-group:elsewhere:*"`, "").Of(t, chaintest.Complete)).LogGroups["elsewhere"]
	if !outside.External || outside.Region != "eu-west-1" || outside.Account != "444455556666" || outside.Filters != truth.Yes {
		t.Errorf("%+v", outside)
	}
}

// TestPublished: what a match adds to the metric.
func TestPublished(t *testing.T) {
	const value = `value     = "1"`
	for text, want := range map[string]document.Published{
		`"1"`: {State: document.PublishesNumber, Text: "1"}, `"0.5"`: {State: document.PublishesNumber, Text: "0.5"}, `"-1"`: {State: document.PublishesNumber, Text: "-1"},
		`"0"`: {State: document.PublishesZero, Text: "0"}, `"0.0"`: {State: document.PublishesZero, Text: "0.0"}, `"$.x"`: {State: document.PublishesSelector, Text: "$.x"}, `"one"`: {State: document.PublishesInvalid, Text: "one"},
		"var.n": {State: document.PublishesUnknown, Text: "what var.n decides"}, `secret("5")`: {State: document.PublishesNumber, Text: resource.Hidden},
	} {
		got := chaintest.Build(t, chaintest.Edits{value, "value = " + text}.Of(t, chaintest.Complete)).MetricFilters[chaintest.TheFilter]
		if got.Value != want || (got.Unknown["metric_transformation.value"] != "") != (want.State == document.PublishesUnknown) {
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
		chaintest.Edits
		dimensions []string
		usual      string
		want       string
	}{
		"neither":         {nil, []string{}, "", ""},
		"a default value": {chaintest.Edits{value, value + "\n default_value = 0"}, []string{}, "0", ""},
		"dimensions":      {chaintest.Edits{value, value + "\n dimensions = { who = \"$.userIdentity.arn\" }"}, []string{"who"}, "", ""},
		"both":            {chaintest.Edits{value, value + "\n default_value = 2\n dimensions = { who = \"$.userIdentity.arn\" }"}, []string{"who"}, "2", refused},
		"a default value and a dimension of the system": {chaintest.Edits{value, value + "\n default_value = 2", "pattern        =", "emit_system_field_dimensions = [\"@aws.account\"]\n pattern ="}, []string{"@aws.account"}, "2", ""},
		"dimensions and a secret default":               {chaintest.Edits{value, value + "\n default_value = secret(2)\n dimensions = { who = \"$.userIdentity.arn\" }"}, []string{"who"}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := chaintest.Build(t, c.Of(t, chaintest.Complete)).MetricFilters[chaintest.TheFilter]
			if !slices.Equal(got.Series.Dimensions, c.dimensions) || got.Contradiction != c.want {
				t.Errorf("%v, %q", got.Series.Dimensions, got.Contradiction)
			}
			if (got.Default == nil) != (c.usual == "") || c.usual != "" && *got.Default != float64(c.usual[0]-'0') {
				t.Errorf("default %v", got.Default)
			}
		})
	}
	series := chaintest.Build(t, chaintest.Edits{`namespace = "Security"`, "namespace = var.space\n unit = \"Count\""}.Of(t, chaintest.Complete)).MetricFilters[chaintest.TheFilter].Series
	if series.Text != "what var.space decides/Denied" || series.Namespace != nil || *series.Name != "Denied" || *series.Unit != "Count" {
		t.Errorf("%+v", series)
	}
}

// TestFilterDecisions: arguments that decide what a filter reads.
func TestFilterDecisions(t *testing.T) {
	const argument = "pattern        ="
	d := chaintest.Build(t, chaintest.Edits{argument, "apply_on_transformed_logs = true\n field_selection_criteria = \"@aws.account = 1\"\n " + argument}.Of(t, chaintest.Complete))
	if got := d.MetricFilters[chaintest.TheFilter]; got.Transformed == nil || !*got.Transformed || *got.Criteria != "@aws.account = 1" || len(got.Unknown) != 0 {
		t.Errorf("%+v", got)
	}
	d = chaintest.Build(t, chaintest.Edits{argument, "apply_on_transformed_logs = var.on\n field_selection_criteria = var.which\n " + argument}.Of(t, chaintest.Complete))
	want := map[string]string{"apply_on_transformed_logs": "var.on has no value", "field_selection_criteria": "var.which has no value"}
	if diff := cmp.Diff(want, d.MetricFilters[chaintest.TheFilter].Unknown); diff != "" {
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
		"none":                    {chaintest.Complete, 1, 0},
		"one":                     {chaintest.Complete + other(chaintest.GroupOfFilter, `"x"`), 2, 0},
		"one elsewhere":           {chaintest.Complete + other(`"app"`, `"%x%"`), 1, 0},
		"one of some group":       {chaintest.Complete + other("var.group", `"x"`), 1, 0},
		"one of either group":     {chaintest.Complete + other("one(aws_cloudwatch_log_group.trail.name, aws_cloudwatch_log_group.x.name)", `"x"`), 1, 0},
		"one with an expression":  {chaintest.Complete + other(chaintest.GroupOfFilter, `"%Access.*%"`), 2, 1},
		"one with a percent sign": {chaintest.Complete + other(chaintest.GroupOfFilter, `"100%"`), 2, 0},
		"itself an expression":    {chaintest.Pattern(`%Access.*%`).Of(t, chaintest.Complete), 1, 1},
		"of a group to be seen":   {chaintest.Meeting("", "var.group").Of(t, chaintest.Complete), 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			if got := chaintest.Build(t, c.world).MetricFilters[chaintest.TheFilter]; got.Siblings != c.siblings || got.RegexSiblings != c.regexes {
				t.Errorf("%d siblings, %d expressions", got.Siblings, got.RegexSiblings)
			}
		})
	}
}

// TestNodes: what is said of every resource.
func TestNodes(t *testing.T) {
	d := chaintest.Build(t, chaintest.Edits{chaintest.GroupNamed, chaintest.GroupNamed + "\n uncertain = \"count\"\n at = \"eu-west-1 444455556666\""}.Of(t, chaintest.Complete), chaintest.At(chaintest.TheGroup, func(r *resource.Resource) {
		r.Change = resource.Change{Action: resource.Replace, Drifted: []string{"name"}}
		r.Settled = map[string]resource.Position{"name": {File: "main.tf", Line: 3}}
	}))
	want := document.Node{
		Address: chaintest.TheGroup, Change: "replace", Drifted: []string{"name"}, Region: "eu-west-1", Account: "444455556666",
		Unknown: map[string]string{}, Settled: map[string]string{"name": "the plan leaves it open, main.tf:3 says it"}, Refused: []document.Refusal{}, Uncertain: "count",
	}
	if diff := cmp.Diff(want, d.LogGroups[chaintest.TheGroup].Node); diff != "" {
		t.Error(diff)
	}
}

// TestNames: what is known of a name is told, and nothing of a secret one.
func TestNames(t *testing.T) {
	for value, want := range map[string]string{
		`"trail"`: "trail", `"${var.stage}-trail"`: resource.Symbol("var.stage") + "-trail", "var.name": "", "hidden()": "", `secret("s3cret")`: resource.Hidden, "null": "",
	} {
		got := chaintest.Build(t, chaintest.Edits{chaintest.GroupNamed, chaintest.GroupStart + value}.Of(t, chaintest.Complete)).LogGroups[chaintest.TheGroup].Name
		if want == "" && got != nil || want != "" && (got == nil || *got != want) {
			t.Errorf("%s: %v, want %q", value, got, want)
		}
	}
}
