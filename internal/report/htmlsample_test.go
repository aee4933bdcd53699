package report

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/verdict"
)

// pages are the reports of the goldens with all that a page shows: a chain
// wherever there are links, and code wherever there is a place.
var pages = func() map[string]verdict.Report {
	out := map[string]verdict.Report{"markup": hostile, "loosened-on-the-way": considered}
	for name, r := range reports {
		out[name] = shown(r)
	}
	return out
}()

func shown(r verdict.Report) verdict.Report {
	r.Results = slices.Clone(r.Results)
	for i, result := range r.Results {
		if result.Chain == nil && len(result.Links) > 0 {
			r.Results[i].Chain = chainOf(result.Links)
		}
		r.Results[i].Findings = slices.Clone(result.Findings)
		for n, f := range result.Findings {
			if f.Location != nil {
				r.Results[i].Findings[n].Source = &verdict.Excerpt{First: f.Location.Line - 1, Lines: []string{
					"  log_group_name = aws_cloudwatch_log_group.trail.name", `  pattern        = "{ $.errorCode = \"*UnauthorizedOperation\" }"`, "(sensitive)",
				}}
			}
		}
	}
	return r
}

func chainOf(links []verdict.Step) *verdict.Chain {
	at := map[verdict.Link]string{}
	for _, s := range links {
		at[s.Link] = s.Resource
	}
	c := &verdict.Chain{
		Trail: at["trail"], LogGroup: at["log_group"], MetricFilter: at["metric_filter"], Metric: at["metric"], Alarm: at["alarm"], Topic: at["topic"],
	}
	if at["subscription"] != "" {
		c.Subscriptions = strings.Split(at["subscription"], ", ")
	}
	return c
}

// considered tells every chain that was considered: one holds, the others break
// at a link each.
var considered = func() verdict.Report {
	r := shown(loosened)
	c := *r.Results[0].Chain
	c.With = nil
	elsewhere, silent, unseen := c, c, c
	elsewhere.LogGroup = "aws_cloudwatch_log_group.application"
	silent.Alarm, silent.Topic, silent.Subscriptions = "", "", nil
	unseen.CompositeAlarm, unseen.Topic, unseen.Subscriptions = "aws_cloudwatch_composite_alarm.all", "var.topic_arn", nil
	fault := func(link verdict.Link, level verdict.Level, code string) *verdict.Finding {
		return &verdict.Finding{Code: code, Link: link, Level: level}
	}
	r.Results[0].Candidates = []verdict.Candidate{
		{Chain: c, Verdict: verdict.Fail, Fault: fault("pattern", verdict.Error, "pattern-misses-events")},
		{Chain: elsewhere, Verdict: verdict.Fail, Fault: fault("log_group", verdict.Error, "log-group-differs")},
		{Chain: silent, Verdict: verdict.Fail, Fault: fault("alarm", verdict.Error, "no-alarm")},
		{Chain: unseen, Verdict: verdict.Unknown, Fault: fault("topic", verdict.Unclear, "topic-outside")},
	}
	return r
}()

// hostile is a report whose every text wants to be something else.
var hostile = func() verdict.Report {
	const evil = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'`]}{{.}}&lt;-->]]></style></title></svg>\u202e\x1b[31m\n\tjavascript:alert(3)"
	chain := verdict.Chain{
		Trail: evil, LogGroup: evil, MetricFilter: evil, Metric: evil, Alarm: evil, CompositeAlarm: evil, Topic: evil,
		Subscriptions: []string{evil, strings.Repeat("ｗｉｄｅ", 40), "a b", "c", "d", "e", "f", "g"},
	}
	var links []verdict.Step
	for _, l := range verdict.Links {
		links = append(links, verdict.Step{Link: l, State: verdict.Broken, Resource: evil, Detail: evil})
	}
	f := verdict.Finding{
		Code: evil, Link: "alarm", Level: verdict.Error, Message: evil, Resource: evil, Attribute: evil, Cause: evil, Fix: evil,
		Location: &verdict.Location{File: evil, Line: 1, Calls: []verdict.Location{{File: evil, Line: 2}}},
		Witness:  map[string]any{evil: evil, "eventName": evil, "more": []any{evil}}, Telling: []string{evil},
		Source: &verdict.Excerpt{First: 1, Lines: []string{evil, strings.Repeat("x", 200)}},
	}
	unlinked := f
	unlinked.Link, unlinked.Level, unlinked.Source = "", verdict.Warning, nil
	return whole([]verdict.Input{{Path: evil, Format: evil, Notes: []string{evil}}}, verdict.Result{
		Control: evil, Title: evil, Severity: evil, Input: evil, Verdict: verdict.Fail, Before: verdict.Pass,
		References: map[string]string{evil: evil}, Chain: &chain, Links: links, Findings: []verdict.Finding{f, unlinked},
		Waiver:     &verdict.Waiver{Reason: evil, Owner: evil},
		Candidates: []verdict.Candidate{{Chain: chain, Verdict: verdict.Fail, Fault: &f}, {Chain: chain, Verdict: verdict.Pass}},
	})
}()
