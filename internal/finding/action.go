package finding

import "github.com/iacgate/iacgate/internal/verdict"

func actionCodes() []Code {
	const link = verdict.Link("action")
	return []Code{
		{
			ID: "actions-disabled", Link: link, Level: verdict.Error,
			Title:      "The alarm's actions are switched off",
			Why:        "The state changes in the console and nobody is told.",
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
			Title:      "The alarm's actions notify no topic",
			Why:        "Actions of other services, such as scaling or an OpsItem, do something else. The control asks for a message to people.",
			Fix:        "Add the ARN of an SNS topic to alarm_actions.",
			References: []string{docAlarms, docSecurityHub}, Facts: []string{"A03"},
		},
		{
			ID: "action-elsewhere", Link: link, Level: verdict.Unclear,
			Title:      "What the alarm does cannot be seen",
			Why:        "The value of alarm_actions is known only outside the input, so whether it holds a topic is not decided.",
			Fix:        "Refer to the topic directly; or name it in .iacgate.yaml: an entry under external with topic: and a reason. For a local, pass the plan's sources with --source.",
			References: []string{docPutMetricAlarm}, Facts: []string{"A02", "D04"},
		},
	}
}
