package analysis

import (
	"slices"
	"testing"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/resource"
)

// TestDataOnly: trails that record no management events.
func TestDataOnly(t *testing.T) {
	const none = "event_selector { include_management_events = false }"
	d := facts(t, complete+trailTo("z", "null", none)+trailTo("a", "null", none)+trailTo("open", "null", "event_selector = hidden()"))
	if got := DataOnly(d); !slices.Equal(got, []string{"aws_cloudtrail.a", "aws_cloudtrail.z"}) {
		t.Errorf("%v", got)
	}
}

// TestUnwatched: trails of accounts in which nothing raises an alarm.
func TestUnwatched(t *testing.T) {
	const (
		elsewhere = `at = "us-east-1 444455556666"`
		name      = `name                       = "main"`
	)
	other := trailTo("other", "null", elsewhere)
	for label, c := range map[string]struct {
		world   string
		options []option
		whole   []int
		want    []string
	}{
		"of another account":                   {complete + other, nil, []int{0}, []string{"aws_cloudtrail.other"}},
		"of this account":                      {complete + trailTo("other", "null", ""), nil, []int{0}, nil},
		"of another account, of data":          {complete + trailTo("other", "null", elsewhere+"\n event_selector { include_management_events = false }"), nil, []int{0}, nil},
		"where nothing is whole":               {complete + other, nil, nil, nil},
		"beside an organization's":             {edits{name, name + "\n is_organization_trail = true"}.of(t, complete) + other, nil, []int{0}, nil},
		"beside one that is no organization's": {edits{name, name + "\n is_organization_trail = var.org"}.of(t, complete) + other, nil, []int{0}, []string{"aws_cloudtrail.other"}},
		"of an account that nobody states":     {complete + other, []option{placeless("aws_cloudtrail.other")}, []int{0}, nil},
		"beside one of no stated account":      {complete + other, []option{placeless(theTrail)}, []int{0}, nil},
		"beside a trail that is assumed":       {without(theTrail).of(t, complete), nil, []int{0}, nil},
	} {
		t.Run(label, func(t *testing.T) {
			d := facts(t, c.world, c.options...)
			if got := Unwatched(d, denials, c.whole); !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}

// TestUnusedExternals: what somebody vouches for and nothing needs.
func TestUnusedExternals(t *testing.T) {
	const link = "[aws_sns_topic.security.arn]"
	gap := resource.Gap{Text: "x", Module: "module.vpc", Source: "corp/vpc/aws"}
	for name, c := range map[string]struct {
		edits
		external config.External
		options  []option
		unused   string
	}{
		"a trail, and there is one":                  {nil, config.External{Trail: "org"}, nil, "trail org"},
		"a trail, and there is none":                 {without(theTrail), config.External{Trail: "org"}, nil, ""},
		"a topic that is outside":                    {edits{link, `["arn:aws:sns:us-east-1:111122223333:x"]`}, config.External{Topic: "*:x"}, nil, ""},
		"a topic that a variable names":              {edits{link, "[var.topic]"}, config.External{Topic: "*var.topic*"}, nil, ""},
		"a topic of the input":                       {nil, config.External{Topic: theTopic}, nil, ""},
		"a topic that nobody names":                  {nil, config.External{Topic: "*:x"}, nil, "topic *:x"},
		"a group whose trail is not there":           {without(theTrail), config.External{LogGroup: "tr*"}, nil, ""},
		"a group whose trail is there":               {nil, config.External{LogGroup: "tr*"}, nil, "log_group tr*"},
		"a group whose trail writes elsewhere":       {meeting(`"arn:aws:logs:us-east-1:111122223333:log-group:other:*"`, ""), config.External{LogGroup: "tr*"}, nil, ""},
		"a group whose trail writes there, it seems": {meeting("one(aws_cloudwatch_log_group.trail.arn)", ""), config.External{LogGroup: "tr*"}, nil, "log_group tr*"},
		"a group that nobody reads":                  {without(theTrail), config.External{LogGroup: "x"}, nil, "log_group x"},
		"a module that is not read":                  {nil, config.External{Module: "corp/*"}, []option{gapped(gap)}, ""},
		"a module that is read":                      {nil, config.External{Module: "corp/*"}, nil, "module corp/*"},
		"another module":                             {nil, config.External{Module: "corp/dns"}, []option{gapped(gap)}, "module corp/dns"},
	} {
		t.Run(name, func(t *testing.T) {
			vouches := configured(func(conf *config.Config) { conf.External = []config.External{c.external} })
			d := facts(t, c.of(t, complete), append(c.options, vouches)...)
			var want []string
			if c.unused != "" {
				want = []string{c.unused}
			}
			if got := UnusedExternals(d); !slices.Equal(got, want) {
				t.Errorf("%q, want %q", got, want)
			}
		})
	}
}
