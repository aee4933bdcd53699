package report

import "github.com/iacgate/iacgate/internal/verdict"

var denied = verdict.Result{
	Control: "unauthorized-api-calls", Title: "Unauthorized API calls raise an alarm", Severity: "high",
	References: map[string]string{
		"cis-aws-1.2.0": "3.1", "cis-aws-1.4.0": "4.1", "cis-aws-3.0.0": "4.1", "cis-aws-7.0.0": "5.1", "security-hub": "CloudWatch.2",
	},
}

func deniedResult(input string, v verdict.Verdict, steps []verdict.Step, findings ...verdict.Finding) verdict.Result {
	r := denied
	r.Input, r.Verdict, r.Links, r.Findings = input, v, steps, findings
	return r
}

const (
	reference = `{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }`
	filter    = "aws_cloudwatch_log_metric_filter.denied"
	alarm     = "aws_cloudwatch_metric_alarm.denied"
	topic     = "aws_sns_topic.security"
)

func steps(edit map[verdict.Link]verdict.Step) []verdict.Step {
	chain := []verdict.Step{
		{Link: "trail", State: verdict.OK, Resource: "aws_cloudtrail.main"},
		{Link: "log_group", State: verdict.OK, Resource: "aws_cloudwatch_log_group.trail", Detail: "/aws/cloudtrail/organization"},
		{Link: "metric_filter", State: verdict.OK, Resource: filter},
		{Link: "pattern", State: verdict.OK, Resource: filter, Detail: reference},
		{Link: "metric", State: verdict.OK, Detail: "Security/DeniedAPICalls"},
		{Link: "alarm", State: verdict.OK, Resource: alarm, Detail: "1 event, within 5 minutes"},
		{Link: "action", State: verdict.OK, Resource: topic},
		{Link: "topic", State: verdict.OK, Resource: topic},
		{Link: "subscription", State: verdict.OK, Resource: "aws_sns_topic_subscription.oncall"},
	}
	for i, s := range chain {
		if e, ok := edit[s.Link]; ok {
			e.Link = s.Link
			chain[i] = e
		}
	}
	return chain
}

var confirm = verdict.Finding{
	Code: "email-needs-confirmation", Link: "subscription", Level: verdict.Note,
	Message: "email: somebody must confirm it", Resource: "aws_sns_topic_subscription.oncall",
	Fix: "After apply, confirm the subscription from the mailbox.",
}

// loosened is the example of the contract.
var loosened = func() verdict.Report {
	r := deniedResult("plan.json", verdict.Fail,
		steps(map[verdict.Link]verdict.Step{
			"pattern": {State: verdict.Broken, Resource: filter, Detail: `{ $.errorCode = "*UnauthorizedOperation" }`},
		}),
		verdict.Finding{
			Code: "pattern-misses-events", Link: "pattern", Level: verdict.Error, Resource: filter, Attribute: "pattern",
			Message:  "loses denied calls whose errorCode starts with AccessDenied",
			Cause:    "the pattern before it matched all denied calls",
			Location: &verdict.Location{File: "main.tf", Line: 52, Column: 3},
			Witness: map[string]any{
				"eventVersion": "1.11", "eventSource": "s3.amazonaws.com", "eventName": "GetObject", "errorCode": "AccessDenied",
				"awsRegion": "us-east-1", "userIdentity": map[string]any{"type": "AssumedRole"},
			},
			Telling: []string{"errorCode"},
			Fix:     `pattern = "{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }"`,
		},
		confirm)
	r.Chain = &verdict.Chain{
		Trail: "aws_cloudtrail.main", LogGroup: "aws_cloudwatch_log_group.trail", MetricFilter: filter,
		Metric: "Security/DeniedAPICalls", Alarm: alarm, Topic: topic, Subscriptions: []string{"aws_sns_topic_subscription.oncall"},
		With: []verdict.Chain{{
			Trail: "aws_cloudtrail.main", LogGroup: "aws_cloudwatch_log_group.trail",
			MetricFilter: "aws_cloudwatch_log_metric_filter.ec2", Metric: "Security/DeniedEC2Calls",
			Alarm: alarm, Topic: topic,
		}},
	}
	r.With = []verdict.Candidate{{Chain: r.Chain.With[0], Verdict: verdict.Fail, Fault: &verdict.Finding{
		Code: "pattern-misses-events", Link: "pattern", Level: verdict.Error, Resource: r.Chain.With[0].MetricFilter,
	}}}
	return whole([]verdict.Input{{Path: "plan.json", Format: "plan", Resources: 8, Relevant: 8, Changed: 1}}, r)
}()

// estate holds every verdict on three inputs: two findings that share one
// resource, a waiver, a skip, and findings without link or resource.
var estate = func() verdict.Report {
	vpc := verdict.Result{
		Control: "vpc-changes", Title: "VPC changes raise an alarm", Severity: "medium", Input: "live/plan.json",
		References: map[string]string{"cis-aws-3.0.0": "4.14"}, Verdict: verdict.Fail,
		Links: []verdict.Step{
			{Link: "trail", State: verdict.OK, Resource: "aws_cloudtrail.main"},
			{Link: "log_group", State: verdict.OK, Resource: "aws_cloudwatch_log_group.trail"},
			{Link: "metric_filter", State: verdict.Missing},
			{Link: "pattern"}, {Link: "metric"}, {Link: "alarm"}, {Link: "action"}, {Link: "topic"}, {Link: "subscription"},
		},
		Findings: []verdict.Finding{{
			Code: "no-metric-filter", Link: "metric_filter", Level: verdict.Error,
			Message: "no filter on aws_cloudwatch_log_group.trail looks for changes to VPCs",
			Cause:   "it deletes aws_cloudwatch_log_metric_filter.vpc",
			Fix:     "resource \"aws_cloudwatch_log_metric_filter\" \"vpc-changes\" {\n  pattern = \"{ ($.eventName = CreateVpc) || ... }\"\n}",
		}},
	}
	slow := deniedResult("live/plan.json", verdict.Unknown,
		steps(map[verdict.Link]verdict.Step{
			"alarm":        {State: verdict.OK, Resource: alarm, Detail: "1 event, within 2 hours"},
			"action":       {State: verdict.Inferred, Resource: "local.on_alarm"},
			"topic":        {State: verdict.Undecided, Resource: "var.topic_arn"},
			"subscription": {State: verdict.Undecided, Resource: "var.topic_arn"},
		}),
		verdict.Finding{
			Code: "alarm-slow", Link: "alarm", Level: verdict.Warning, Resource: alarm, Attribute: "period",
			Message:  "two hours pass from the events to the state ALARM, which is longer than the hour that the configuration tolerates",
			Location: &verdict.Location{File: "modules/alarm/main.tf", Line: 7},
			Fix:      "Shorten period, or use fewer evaluation periods; 300 seconds and 1 are usual.",
		},
		verdict.Finding{
			Code: "alarm-one-shot", Link: "alarm", Level: verdict.Warning, Resource: alarm, Attribute: "treat_missing_data",
			Message: "goes off once and never returns to OK",
			Fix:     "Set treat_missing_data = \"notBreaching\", or default_value = \"0\" on the filter.",
		},
		verdict.Finding{
			Code: "link-inferred", Link: "action", Level: verdict.Note, Resource: alarm,
			Message: "the plan does not show the value of local.on_alarm; everything that it could hold is a topic",
		},
		verdict.Finding{
			Code: "topic-outside", Link: "topic", Level: verdict.Unclear, Resource: alarm, Attribute: "alarm_actions",
			Message: "var.topic_arn names a topic outside the input",
			Fix:     "Name it in .iacgate.yaml: an entry under external with topic: \"arn:aws:sns:us-east-1:111122223333:security-alerts\" and a reason.",
		},
		verdict.Finding{Code: "drifted", Level: verdict.Warning, Resource: "aws_cloudtrail.main", Message: "somebody changed event_selector outside Terraform"},
	)
	good := deniedResult("good/plan.json", verdict.Pass, steps(nil), confirm)
	waived := vpc
	waived.Input, waived.Verdict = "good/plan.json", verdict.Waived
	until, _ := verdict.ParseDate("2027-01-31")
	waived.Waiver = &verdict.Waiver{Control: "vpc-changes", Reason: "SEC-1234", Owner: "team-network", Expires: until}
	skipped := denied
	skipped.Input, skipped.Verdict = "app/plan.json", verdict.Skip
	skipped.Findings = []verdict.Finding{{Code: "trail-data-only", Link: "trail", Level: verdict.Note, Resource: "aws_cloudtrail.objects", Message: "records data events only"}}
	return whole([]verdict.Input{
		{Path: "live/plan.json", Format: "plan", Resources: 41, Relevant: 12},
		{Path: "good/plan.json", Format: "plan", Resources: 8, Relevant: 8, Notes: []string{"the plan was made by OpenTofu 1.9.0"}},
		{Path: "app/plan.json", Format: "hcl", Resources: 1},
	}, vpc, slow, good, waived, skipped)
}()

// combined is one result about two inputs, and a user's policy.
var combined = whole([]verdict.Input{{Path: "a.json", Format: "state", Resources: 3}, {Path: "b.yaml", Format: "cfn", Resources: 2}},
	deniedResult("(combined)", verdict.Fail, steps(map[verdict.Link]verdict.Step{
		"alarm":        {State: verdict.Broken, Resource: `module.alarms["eu-central-1"].aws_cloudwatch_metric_alarm.this["unauthorized-api-calls"]`, Detail: "no burst raises it"},
		"subscription": {State: verdict.OK, Resource: `module.alerts.aws_sns_topic_subscription.email["oncall@example.org"], module.alerts.aws_sns_topic_subscription.email["soc@example.org"]`},
	}),
		verdict.Finding{Code: "composite-suppresses", Link: "alarm", Level: verdict.Error, Resource: "aws_cloudwatch_composite_alarm.all", Message: "stays quiet when this alarm alone goes off"},
		verdict.Finding{Code: "region-assumed", Link: "metric", Level: verdict.Note, Message: "a.json does not name its region"}),
	verdict.Result{Control: "acme.tagging", Input: "(combined)", Verdict: verdict.Fail, Findings: []verdict.Finding{
		{Code: "deny", Level: verdict.Error, Message: "aws_sns_topic.security has no tag owner"},
	}},
)

func whole(inputs []verdict.Input, results ...verdict.Result) verdict.Report {
	return verdict.Report{Inputs: inputs, Results: results, Summary: verdict.Summarise(results)}
}

// sample is the report that every format writes: two controls with two findings
// each, a resource that they share, what is unknown, what is waived, and a
// finding without resource.
var sample = func() verdict.Report {
	outside := verdict.Finding{
		Code: "topic-outside", Link: "topic", Level: verdict.Unclear, Resource: alarm, Attribute: "alarm_actions",
		Message: "var.topic_arn names a topic outside the input",
		Fix:     "if this is right as it is, add to .iacgate.yaml:\nexternal:\n  - topic: \"arn:aws:sns:us-east-1:111122223333:security-alerts\"\n    reason: ...",
	}
	failing := deniedResult("live/plan.json", verdict.Fail, steps(map[verdict.Link]verdict.Step{
		"pattern": {State: verdict.Broken, Resource: filter, Detail: `{ $.errorCode = "*UnauthorizedOperation" }`},
		"topic":   {State: verdict.Undecided, Resource: "var.topic_arn"},
	}), loosened.Results[0].Findings[0], outside)
	failing.Before = verdict.Pass
	unknown := verdict.Result{
		Control: "vpc-changes", Title: "VPC changes raise an alarm", Severity: "medium", Input: "live/plan.json", Verdict: verdict.Unknown,
		References: map[string]string{"cis-aws-3.0.0": "4.14"},
		Links:      steps(map[verdict.Link]verdict.Step{"topic": {State: verdict.Undecided, Resource: "var.topic_arn"}}),
		Findings: []verdict.Finding{
			{
				Code: "value-unknown", Link: "alarm", Level: verdict.Unclear, Message: "the period is computed at apply",
				Location: &verdict.Location{File: "modules/alarm/main.tf", Line: 7, Calls: []verdict.Location{{File: "main.tf", Line: 3, Column: 1}}},
			},
			outside,
			{Code: "alarm-slow", Link: "alarm", Level: verdict.Warning, Resource: alarm, Attribute: "period", Message: "two hours pass until the state ALARM"},
		},
	}
	waived := deniedResult("legacy/template.yaml", verdict.Waived, nil, verdict.Finding{
		Code: "no-metric-filter", Link: "metric_filter", Level: verdict.Error, Message: "no filter looks for denied calls",
	})
	until, _ := verdict.ParseDate("2027-01-31")
	waived.Waiver = &verdict.Waiver{Reason: "SEC-1234", Owner: "team-network", Expires: until}
	return whole([]verdict.Input{
		{Path: "live/plan.json", Format: "plan", Resources: 41, Relevant: 12, Notes: []string{"the plan was made by OpenTofu 1.9.0"}},
		{Path: "legacy/template.yaml", Format: "cfn", Resources: 3, Relevant: 1},
	}, failing, unknown, waived)
}()
