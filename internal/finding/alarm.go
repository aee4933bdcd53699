package finding

import "github.com/iacgate/iacgate/internal/verdict"

func alarmCodes() []Code {
	const link = verdict.Link("alarm")
	return []Code{
		{
			ID: "no-alarm", Link: link, Level: verdict.Error,
			Title:      "No alarm watches the filter's metric",
			Why:        "The events are counted, but nobody looks at the count.",
			Fix:        "Add an aws_cloudwatch_metric_alarm on the filter's metric: statistic Sum, threshold 1, GreaterThanOrEqualToThreshold, one period of 300 seconds.",
			References: []string{docPutMetricAlarm, docSecurityHub}, Facts: []string{"D01", "D03"},
		},
		{
			ID: "alarm-name-taken", Link: link, Level: verdict.Error,
			Title:      "Another alarm has the same name",
			Why:        "Metric alarms and composite alarms share one name space, and putting one overwrites another of its name completely: after apply one of them is left, the input does not say which, and not each of them would do.",
			Fix:        "Give each alarm its own name.",
			References: []string{docPutMetricAlarm, "https://github.com/hashicorp/terraform-provider-aws/issues/44146"}, Facts: []string{"A25"},
		},
		{
			ID: "alarm-name-shared", Link: link, Level: verdict.Warning,
			Title:      "Another alarm has the same name",
			Why:        "Putting an alarm overwrites another of its name. Each of these would do, or they may be in different places.",
			Fix:        "Give each alarm its own name, or remove one.",
			References: []string{docPutMetricAlarm}, Facts: []string{"A25"},
		},
		{
			ID: "alarm-cannot-fire", Link: link, Level: verdict.Error,
			Title:      "No burst of events raises the alarm",
			Why:        "By CloudWatch's evaluation rules no number of matching events in one period leads to the state ALARM: the operator is inverted, the statistic cannot reach the threshold, or more periods are asked for than one burst fills.",
			Fix:        "Use statistic Sum, GreaterThanOrEqualToThreshold, threshold 1, evaluation_periods 1.",
			References: []string{docAlarms, docMissingData}, Facts: []string{"A06", "A07", "A08", "A10", "F11"},
		},
		{
			ID: "alarm-always-on", Link: link, Level: verdict.Error,
			Title:      "The alarm is on without any event",
			Why:        "Silence, or the filter's default value, already counts as breaching. Actions run only when the state changes, so real events send nothing.",
			Fix:        "Set treat_missing_data = \"notBreaching\" and a threshold of 1 with GreaterThanOrEqualToThreshold.",
			References: []string{docMissingData}, Facts: []string{"A14", "A06", "F11"},
		},
		{
			ID: "alarm-needs-large-burst", Link: link, Level: verdict.Error,
			Title:      "The alarm needs more events at once than the configuration tolerates",
			Why:        "An intruder who probes with a few calls stays below the threshold. The bound is sensitivity.fail_above.",
			Fix:        "Lower the threshold (the benchmark uses 1), lengthen the period, or raise sensitivity.fail_above in .iacgate.yaml.",
			References: []string{docAlarms}, Facts: []string{"A06", "A10"},
		},
		{
			ID: "alarm-needs-burst", Link: link, Level: verdict.Warning,
			Title:      "The alarm needs several events at once",
			Why:        "A single event inside one period raises nothing. The bound is sensitivity.warn_above.",
			Fix:        "Lower the threshold (the benchmark uses 1), or raise sensitivity.warn_above in .iacgate.yaml.",
			References: []string{docAlarms}, Facts: []string{"A06", "A10"},
		},
		{
			ID: "alarm-slow", Link: link, Level: verdict.Warning,
			Title:      "The alarm goes off late",
			Why:        "From the events to the state ALARM passes more time than sensitivity.max_delay.",
			Fix:        "Shorten period, or use fewer evaluation periods; 300 seconds and 1 are usual.",
			References: []string{docAlarms}, Facts: []string{"A13", "A10"},
		},
		{
			ID: "alarm-one-shot", Link: link, Level: verdict.Warning,
			Title:      "The alarm goes off once and never returns to OK",
			Why:        "After the first hit no data ever says that all is well, so the state does not change and later events send nothing.",
			Fix:        "Set treat_missing_data = \"notBreaching\", or default_value = \"0\" on the filter.",
			References: []string{docMissingData}, Facts: []string{"A15"},
		},
		{
			ID: "alarm-breaching-when-quiet", Link: link, Level: verdict.Warning,
			Title:      "The alarm is on whenever no logs arrive",
			Why:        "Missing data counts as breaching. The filter's default value keeps the alarm quiet while logs arrive, but each silence hides the events right after it.",
			Fix:        "Set treat_missing_data = \"notBreaching\".",
			References: []string{docMissingData}, Facts: []string{"A14"},
		},
		{
			ID: "alarm-refused", Link: link, Level: verdict.Error,
			Title:      "AWS refuses the alarm",
			Why:        "The settings contradict each other or a limit: more datapoints than periods, a period that is not 10, 20, 30 or a multiple of 60, or too long a span. Apply fails and there is no alarm.",
			Fix:        "Correct the setting that the message names.",
			References: []string{docPutMetricAlarm}, Facts: []string{"A11", "A17"},
		},
		{
			ID: "alarm-high-resolution", Link: link, Level: verdict.Warning,
			Title:      "The alarm's period is shorter than the metric's grain",
			Why:        "Metric filters publish points by the minute. A period of 10, 20 or 30 seconds sees gaps, flaps and costs more.",
			Fix:        "Use a period of 60 seconds or more.",
			References: []string{docPutMetricAlarm}, Facts: []string{"A12"},
		},
		{
			ID: "alarm-undecided", Link: link, Level: verdict.Unclear,
			Title:      "Whether the alarm goes off cannot be decided",
			Why:        "Metric math, anomaly detection or a setting that is known only after apply decides it, and iacgate does not guess.",
			Fix:        "Alarm on the plain metric with a static threshold.",
			References: []string{docAlarms}, Facts: []string{"A17", "A18"},
		},
		{
			ID: "composite-suppresses", Link: link, Level: verdict.Error,
			Title:      "The composite alarm stays quiet when this alarm alone goes off",
			Why:        "Its rule also needs another alarm, or negates this one. The metric alarm itself sends nothing.",
			Fix:        "Let the rule hold on ALARM(this alarm) alone, joined with OR, or give the metric alarm its own action.",
			References: []string{docComposite}, Facts: []string{"A20"},
		},
		{
			ID: "composite-undecided", Link: link, Level: verdict.Unclear,
			Title:      "What the composite alarm's rule says cannot be seen",
			Why:        "The rule, or the name of an alarm in it, is known only after apply.",
			Fix:        "Refer to the alarms by alarm_name in the rule, or give the metric alarm its own action.",
			References: []string{docComposite}, Facts: []string{"A20"},
		},
		{
			ID: "alarm-has-suppressor", Link: link, Level: verdict.Warning,
			Title:      "Another alarm may hold the composite alarm's actions back",
			Why:        "While the suppressor is in ALARM, no notification is sent.",
			Fix:        "Remove actions_suppressor from the composite alarm that guards this control.",
			References: []string{docComposite}, Facts: []string{"A21"},
		},
		{
			ID: "alarm-muted", Link: link, Level: verdict.Warning,
			Title:      "A mute rule silences the alarm at times",
			Why:        "While the rule applies, the alarm changes its state but sends nothing.",
			Fix:        "Take the alarm out of the mute rule's targets.",
			References: []string{docAlarms}, Facts: []string{"A22"},
		},
		{
			ID: "alarm-other-kind", Link: link, Level: verdict.Note,
			Title:      "The input has a query-based alarm that is not judged",
			Why:        "Log alarms and PromQL alarms can stand in for a metric filter. iacgate recognises them and does not read their queries.",
			Fix:        "Cover the control with a metric filter and alarm, or waive it with the reason.",
			References: []string{docAlarms}, Facts: []string{"A19"},
		},
	}
}
