package chain_test

import (
	"slices"
	"testing"

	"github.com/iacgate/iacgate/internal/chain"
	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/resource"
)

// TestDataOnly: trails that record no management events.
func TestDataOnly(t *testing.T) {
	const none = "event_selector { include_management_events = false }"
	d := chaintest.Build(t, chaintest.Complete+trailTo("z", "null", none)+trailTo("a", "null", none)+trailTo("open", "null", "event_selector = hidden()"))
	if got := chain.DataOnlyTrails(d); !slices.Equal(got, []string{"aws_cloudtrail.a", "aws_cloudtrail.z"}) {
		t.Errorf("%v", got)
	}
}

// TestUnusedExternals: what somebody vouches for and nothing needs.
func TestUnusedExternals(t *testing.T) {
	const link = "[aws_sns_topic.security.arn]"
	gap := resource.Gap{Text: "x", Module: "module.vpc", Source: "corp/vpc/aws"}
	for name, c := range map[string]struct {
		chaintest.Edits
		external config.External
		gaps     []resource.Gap
		unused   string
	}{
		"a trail, and there is one":                  {nil, config.External{Trail: "org"}, nil, "trail org"},
		"a trail, and there is none":                 {chaintest.Without(chaintest.TheTrail), config.External{Trail: "org"}, nil, ""},
		"a topic that is outside":                    {chaintest.Edits{link, `["arn:aws:sns:us-east-1:111122223333:x"]`}, config.External{Topic: "*:x"}, nil, ""},
		"a topic that a variable names":              {chaintest.Edits{link, "[var.topic]"}, config.External{Topic: "*var.topic*"}, nil, ""},
		"a topic of the input":                       {nil, config.External{Topic: chaintest.TheTopic}, nil, ""},
		"a topic that nobody names":                  {nil, config.External{Topic: "*:x"}, nil, "topic *:x"},
		"a group whose trail is not there":           {chaintest.Without(chaintest.TheTrail), config.External{LogGroup: "tr*"}, nil, ""},
		"a group whose trail is there":               {nil, config.External{LogGroup: "tr*"}, nil, "log_group tr*"},
		"a group whose trail writes elsewhere":       {chaintest.Meeting(`"arn:aws:logs:us-east-1:111122223333:log-group:other:*"`, ""), config.External{LogGroup: "tr*"}, nil, ""},
		"a group whose trail writes there, it seems": {chaintest.Meeting("one(aws_cloudwatch_log_group.trail.arn)", ""), config.External{LogGroup: "tr*"}, nil, "log_group tr*"},
		"a group that nobody reads":                  {chaintest.Without(chaintest.TheTrail), config.External{LogGroup: "x"}, nil, "log_group x"},
		"a module that is not read":                  {nil, config.External{Module: "corp/*"}, []resource.Gap{gap}, ""},
		"a module that is read":                      {nil, config.External{Module: "corp/*"}, nil, "module corp/*"},
		"another module":                             {nil, config.External{Module: "corp/dns"}, []resource.Gap{gap}, "module corp/dns"},
	} {
		t.Run(name, func(t *testing.T) {
			vouches := chaintest.Configured(func(conf *config.Config) { conf.External = []config.External{c.external} })
			d := chaintest.Build(t, c.Of(t, chaintest.Complete), chaintest.WithGaps(c.gaps...), vouches)
			var want []string
			if c.unused != "" {
				want = []string{c.unused}
			}
			if got := chain.UnusedExternals(d, c.gaps); !slices.Equal(got, want) {
				t.Errorf("%q, want %q", got, want)
			}
		})
	}
}
