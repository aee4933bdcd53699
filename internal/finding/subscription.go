package finding

import "github.com/iacgate/iacgate/internal/verdict"

func subscriptionCodes() []Code {
	const link = verdict.Link("subscription")
	return []Code{
		{
			ID: "no-subscription", Link: link, Level: verdict.Error,
			Title:      "Nobody is subscribed to the topic",
			Why:        "The alarm goes off and publishes, and the message reaches no one.",
			Fix:        "Add an aws_sns_topic_subscription, or name the topic in .iacgate.yaml under external with a reason if somebody is subscribed by other means.",
			References: []string{docAlarmTopic}, Facts: []string{"N01", "D01", "D03"},
		},
		{
			ID: "subscription-elsewhere", Link: link, Level: verdict.Unclear,
			Title:      "Whether anybody is subscribed cannot be seen",
			Why:        "A subscription's topic, or the topic itself, is known only outside the input.",
			Fix:        "Refer to the topic from the subscription; or name the topic in .iacgate.yaml under external with topic: and a reason.",
			References: []string{docAlarmTopic}, Facts: []string{"N01", "D04"},
		},
		{
			ID: "subscription-external", Link: link, Level: verdict.Note,
			Title:      "The configuration vouches for the subscription",
			Why:        "An entry under external in .iacgate.yaml says that somebody hears the topic.",
			Fix:        "Nothing, as long as the entry is true.",
			References: []string{docAlarmTopic}, Facts: []string{"N01"},
		},
		{
			ID: "subscription-filtered", Link: link, Level: verdict.Error,
			Title:      "The subscription's filter policy drops alarm messages",
			Why:        "Alarm messages carry no message attributes, so a filter on attributes lets none through; a filter on the body must fit the fields of an alarm message.",
			Fix:        "Remove filter_policy from the subscription.",
			References: []string{docFilterPolicy}, Facts: []string{"N07", "N08"},
		},
		{
			ID: "subscription-filter-undecided", Link: link, Level: verdict.Unclear,
			Title:      "Whether the filter policy lets alarm messages through cannot be decided",
			Why:        "The policy tests fields of the message whose values are not known before the alarm goes off, or is itself unknown.",
			Fix:        "Remove filter_policy, or add a subscription without one.",
			References: []string{docFilterPolicy}, Facts: []string{"N08"},
		},
		{
			ID: "subscription-endpoint", Link: link, Level: verdict.Error,
			Title:      "The subscription's endpoint cannot receive anything",
			Why:        "It is empty, malformed for its protocol or a placeholder such as an address at example.com.",
			Fix:        "Set endpoint to an address that somebody reads.",
			References: []string{docAlarmTopic}, Facts: []string{"N11"},
		},
		{
			ID: "subscription-to-topic", Link: link, Level: verdict.Error,
			Title:      "The endpoint is another topic",
			Why:        "SNS does not deliver from topic to topic, so nobody is told.",
			Fix:        "Subscribe people or a queue, function or HTTPS endpoint.",
			References: []string{docAlarmTopic}, Facts: []string{"N02"},
		},
		{
			ID: "receiver-denies", Link: link, Level: verdict.Error,
			Title:      "What is subscribed does not let SNS in",
			Why:        "A queue, a function and a delivery stream receive from a topic only where a queue policy, a permission or a role lets SNS deliver. The subscription says Confirmed all the same.",
			Fix:        "Let sns.amazonaws.com send to the queue with an aws_sqs_queue_policy, invoke the function with an aws_lambda_permission, or write to the stream with a role in subscription_role_arn.",
			References: []string{docQueue, docFunction, docStream}, Facts: []string{"N05"},
		},
		{
			ID: "receiver-key-denies", Link: link, Level: verdict.Error,
			Title:      "SNS may not use the queue's key",
			Why:        "To send to an encrypted queue SNS needs kms:GenerateDataKey and kms:Decrypt. The policy of the key that AWS manages for SQS cannot be edited and does not let it.",
			Fix:        "Encrypt the queue with a key whose policy lets sns.amazonaws.com use it, or with SQS's own encryption (sqs_managed_sse_enabled).",
			References: []string{docQueueKey}, Facts: []string{"N05"},
		},
		{
			ID: "receiver-undecided", Link: link, Level: verdict.Unclear,
			Title:      "Whether what is subscribed lets SNS in cannot be decided",
			Why:        "A policy, a permission, a role or a key of it cannot be read, or tests what is not known.",
			Fix:        "Write it where it can be read, or name the topic in .iacgate.yaml under external with topic: and a reason.",
			References: []string{docQueue, docFunction, docStream}, Facts: []string{"N05"},
		},
		{
			ID: "receiver-outside", Link: link, Level: verdict.Warning,
			Title:      "What is subscribed is managed elsewhere",
			Why:        "Whether the queue, the function or the role of the delivery stream lets SNS in cannot be seen from here; where it does not, nothing is delivered.",
			Fix:        "See that it lets sns.amazonaws.com in for this topic. levels in .iacgate.yaml makes a note of this.",
			References: []string{docQueue, docFunction, docStream}, Facts: []string{"N05"},
		},
		{
			ID: "email-needs-confirmation", Link: link, Level: verdict.Note,
			Title:      "Somebody has to confirm the e-mail subscription",
			Why:        "SNS sends a link that is valid for a few days. Until it is clicked nothing is delivered, and no plan can see the click.",
			Fix:        "After apply, confirm the subscription from the mailbox.",
			References: []string{docEmail}, Facts: []string{"N03"},
		},
		{
			ID: "email-unconfirmed", Link: link, Level: verdict.Warning,
			Title:      "The e-mail subscription is still not confirmed",
			Why:        "The state says that the confirmation is pending, so nobody has clicked the link and nothing is delivered.",
			Fix:        "Confirm the subscription from the mailbox, or recreate it if the link has expired.",
			References: []string{docEmail}, Facts: []string{"N03"},
		},
		{
			ID: "sms-limits", Link: link, Level: verdict.Note,
			Title:      "Text messages are limited",
			Why:        "New accounts are in the SMS sandbox and may spend one dollar a month; beyond that messages are dropped.",
			Fix:        "Raise the spending limit and leave the sandbox, or add another kind of subscription.",
			References: []string{docSMS}, Facts: []string{"N10"},
		},
		{
			ID: "endpoint-needs-confirmation", Link: link, Level: verdict.Warning,
			Title:      "The HTTPS endpoint has to confirm its subscription",
			Why:        "Terraform waits for the confirmation only where endpoint_auto_confirms is true. An endpoint that does not answer stays pending.",
			Fix:        "Set endpoint_auto_confirms = true if the endpoint confirms by itself.",
			References: []string{docHTTPS}, Facts: []string{"N04"},
		},
		{
			ID: "subscription-other-account", Link: link, Level: verdict.Warning,
			Title:      "The endpoint belongs to another account",
			Why:        "Its owner must confirm the subscription before anything is delivered.",
			Fix:        "Confirm the subscription in the other account, or create it there.",
			References: []string{docCrossAccount}, Facts: []string{"N06"},
		},
	}
}
