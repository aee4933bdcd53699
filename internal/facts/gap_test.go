package facts_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/facts"
	"github.com/iacgate/iacgate/internal/resource"
)

// vouching says that modules hold nothing of the chain.
func vouching(globs ...string) chaintest.Option {
	return chaintest.Configured(func(c *config.Config) {
		for _, glob := range globs {
			c.External = append(c.External, config.External{Module: glob, Reason: "because " + glob})
		}
	})
}

// TestGaps: what a part that was not read may hold.
func TestGaps(t *testing.T) {
	every := []string{"trail", "log_group", "metric_filter", "alarm", "action", "topic", "subscription"}
	for name, c := range map[string]struct {
		gap  resource.Gap
		want document.Gap
	}{
		"anything":                {resource.Gap{}, document.Gap{Links: every, Decides: true}},
		"nothing of ours":         {resource.Gap{Types: []string{"aws_s3_bucket"}}, document.Gap{Links: []string{}}},
		"a trail":                 {resource.Gap{Types: []string{"aws_cloudtrail"}}, document.Gap{Links: []string{"trail"}, Decides: true}},
		"a metric filter":         {resource.Gap{Types: []string{"aws_cloudwatch_log_metric_filter"}}, document.Gap{Links: []string{"metric_filter"}, Decides: true}},
		"what tells":              {resource.Gap{Types: []string{"aws_sns_topic_subscription", "aws_sns_topic", "aws_cloudwatch_composite_alarm"}}, document.Gap{Links: []string{"action", "topic", "subscription"}}},
		"a group and an alarm":    {resource.Gap{Types: []string{"aws_cloudwatch_log_group", "aws_cloudwatch_metric_alarm"}}, document.Gap{Links: []string{"log_group", "alarm"}}},
		"a module by its source":  {resource.Gap{Types: []string{}, Module: "module.m", Source: "corp/m/aws"}, document.Gap{Links: []string{}, Module: "corp/m/aws"}},
		"a module by its address": {resource.Gap{Types: []string{}, Module: "module.m"}, document.Gap{Links: []string{}, Module: "module.m"}},
	} {
		t.Run(name, func(t *testing.T) {
			c.gap.Text, c.want.Text = "it is not read", "it is not read"
			if diff := cmp.Diff([]document.Gap{c.want}, chaintest.Build(t, chaintest.Complete, chaintest.WithGaps(c.gap)).Gaps); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// TestVouchedModules: a module that is declared to hold nothing relevant is not a gap.
func TestVouchedModules(t *testing.T) {
	vpc := resource.Gap{Text: "the module vpc is not installed", Module: "module.vpc", Source: "corp/vpc/aws"}
	for name, c := range map[string]struct {
		gap   resource.Gap
		globs []string
		why   []string // nil if it is a gap
	}{
		"by nobody":                     {vpc, nil, nil},
		"by its source":                 {vpc, []string{"corp/*"}, []string{"because corp/*"}},
		"by its address":                {vpc, []string{"module.vpc"}, []string{"because module.vpc"}},
		"twice":                         {vpc, []string{"corp/*", "module.vpc"}, []string{"because corp/*"}},
		"another":                       {vpc, []string{"corp/dns/*"}, nil},
		"no module":                     {resource.Gap{Text: "a file is not read"}, []string{"*"}, nil},
		"by an empty glob":              {vpc, []string{""}, nil},
		"by an entry of something else": {resource.Gap{Text: "x", Module: "module.vpc"}, []string{""}, nil},
		"by what is not a glob":         {vpc, []string{"[corp"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			d := chaintest.Build(t, chaintest.Complete, chaintest.WithGaps(c.gap), vouching(c.globs...))
			texts, reasons := facts.Vouched([]resource.Gap{c.gap}, d.Config)
			if (len(d.Gaps) == 1) != (c.why == nil) || !slices.Equal(reasons, c.why) || len(texts) != len(reasons) {
				t.Errorf("gaps %v, vouched %q because %q", d.Gaps, texts, reasons)
			}
			if len(texts) == 1 && texts[0] != c.gap.Text {
				t.Errorf("vouched: %q", texts)
			}
		})
	}
}

// TestIncompleteInputs: of an input that is not whole, what it lacks is not known to be
// missing; why it is not whole says more than a gap.
func TestIncompleteInputs(t *testing.T) {
	incomplete := func(_ *testing.T, a *chaintest.Input) { a.Doc.Incomplete = []string{"planned with -target"} }
	d := chaintest.Build(t, chaintest.Delivered("sqs", chaintest.TheQueue+".arn", chaintest.QueueOf("")), incomplete, chaintest.WithGaps(resource.Gap{Text: "a gap"}))
	chaintest.Compare(t, chaintest.DeliveryOf(d), "unknown receiver-undecided at "+chaintest.TheQueue+" policy", "planned with -target")
	if !slices.Equal(d.Incomplete, []string{"planned with -target"}) {
		t.Errorf("%q", d.Incomplete)
	}
}
