package finding

import "github.com/iacgate/iacgate/internal/verdict"

func actionCodes() []Code {
	const link = verdict.Link("action")
	return []Code{
		{
			ID: "actions-disabled", Link: link, Level: verdict.Error,
			Title:      "The alarm's actions are switched off",
			Why:        "The state changes in the console, but no notification is sent.",
			Fix:        "Remove actions_enabled = false.",
			References: []string{docPutMetricAlarm}, Facts: []string{"A01"},
		},
		{
			ID: "no-action", Link: link, Level: verdict.Error,
			Title:      "The alarm has no action for the state ALARM",
			Why:        "ok_actions and insufficient_data_actions do not run when the alarm goes off.",
			Fix:        "Set alarm_actions = [aws_sns_topic.NAME.arn].",
			References: []string{docPutMetricAlarm}, Facts: []string{"A02"},
		},
		{
			ID: "action-not-sns", Link: link, Level: verdict.Error,
			Title:      "None of the alarm's actions notifies an SNS topic",
			Why:        "Other actions, such as scaling or creating an OpsItem, do something else. The control requires a message to people.",
			Fix:        "Add the ARN of an SNS topic to alarm_actions.",
			References: []string{docAlarms, docSecurityHub}, Facts: []string{"A03"},
		},
		{
			ID: "action-elsewhere", Link: link, Level: verdict.Unclear,
			Title:      "The alarm's actions are not known",
			Why:        "The value of alarm_actions is known only outside the input, so iacgate cannot tell whether it contains a topic.",
			Fix:        "Refer to the topic directly, or name it in .iacgate.yaml: an entry under external with topic: and a reason. For a local, pass the plan's code with --source.",
			References: []string{docPutMetricAlarm}, Facts: []string{"A02", "D04"},
		},
	}
}
