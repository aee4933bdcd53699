package finding

import "github.com/iacgate/iacgate/internal/verdict"

func subscriptionCodes() []Code {
	const link = verdict.Link("subscription")
	return []Code{
		{
			ID: "no-subscription", Link: link, Level: verdict.Error,
			Title:      "The topic has no subscription",
			Why:        "The alarm publishes to the topic, but the message reaches no one.",
			Fix:        "Add an aws_sns_topic_subscription, or, if it has a subscription elsewhere, name the topic in .iacgate.yaml under external with a reason.",
			References: []string{docAlarmTopic}, Facts: []string{"N01", "D01", "D03"},
		},
		{
			ID: "subscription-elsewhere", Link: link, Level: verdict.Unclear,
			Title:      "The input does not show whether the topic has a subscription",
			Why:        "A subscription's topic, or the topic itself, is known only outside the input.",
			Fix:        "Refer to the topic from the subscription, or name the topic in .iacgate.yaml under external with topic: and a reason.",
			References: []string{docAlarmTopic}, Facts: []string{"N01", "D04"},
		},
		{
			ID: "subscription-external", Link: link, Level: verdict.Note,
			Title:      "The configuration declares the subscription external",
			Why:        "An entry under external in .iacgate.yaml says that the topic has a subscriber.",
			Fix:        "Nothing to do, as long as the entry is true.",
			References: []string{docAlarmTopic}, Facts: []string{"N01"},
		},
		{
			ID: "subscription-filtered", Link: link, Level: verdict.Error,
			Title:      "The subscription's filter policy drops alarm messages",
			Why:        "Alarm messages carry no message attributes, so a filter on attributes lets none through; a filter on the body must match the fields of an alarm message.",
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
			Why:        "SNS does not deliver from topic to topic, so no one is notified.",
			Fix:        "Subscribe an e-mail address, a queue, a function or an HTTPS endpoint.",
			References: []string{docAlarmTopic}, Facts: []string{"N02"},
		},
		{
			ID: "subscription-other-region", Link: link, Level: verdict.Error,
			Title:      "The subscription is made in another region than its topic",
			Why:        "SNS finds only the topics of its own region, so the subscription cannot be created. Its endpoint may be in any region.",
			Fix:        "Create the subscription with the provider, region or Region of the topic.",
			References: []string{docSubscription}, Facts: []string{"D05"},
		},
		{
			ID: "receiver-denies", Link: link, Level: verdict.Error,
			Title:      "The subscribed endpoint does not allow SNS to deliver",
			Why:        "A queue, function or delivery stream receives messages from a topic only if a queue policy, a permission or a role allows SNS to deliver. The subscription is shown as Confirmed either way.",
			Fix:        "Allow sns.amazonaws.com to send to the queue with an aws_sqs_queue_policy, to invoke the function with an aws_lambda_permission, or to write to the stream with a role in subscription_role_arn.",
			References: []string{docQueue, docFunction, docStream}, Facts: []string{"N05"},
		},
		{
			ID: "receiver-key-denies", Link: link, Level: verdict.Error,
			Title:      "SNS is not allowed to use the queue's key",
			Why:        "To send to an encrypted queue SNS needs kms:GenerateDataKey and kms:Decrypt. The policy of the AWS managed key for SQS cannot be edited and does not allow it.",
			Fix:        "Encrypt the queue with a key whose policy allows sns.amazonaws.com to use it, or with SQS's own encryption (sqs_managed_sse_enabled).",
			References: []string{docQueueKey}, Facts: []string{"N05"},
		},
		{
			ID: "receiver-undecided", Link: link, Level: verdict.Unclear,
			Title:      "Whether the subscribed endpoint allows SNS to deliver cannot be decided",
			Why:        "Its policy, permission, role or key cannot be read, or depends on a value that is not known.",
			Fix:        "Manage it in the same configuration with known values, or name the topic in .iacgate.yaml under external with topic: and a reason.",
			References: []string{docQueue, docFunction, docStream}, Facts: []string{"N05"},
		},
		{
			ID: "receiver-outside", Link: link, Level: verdict.Warning,
			Title:      "The subscribed endpoint is managed elsewhere",
			Why:        "The input does not show whether the queue, the function or the delivery stream's role allows SNS to deliver. If it does not, nothing is delivered.",
			Fix:        "Check that it allows sns.amazonaws.com to deliver for this topic. Then lower this code to note under levels in .iacgate.yaml.",
			References: []string{docQueue, docFunction, docStream}, Facts: []string{"N05"},
		},
		{
			ID: "email-needs-confirmation", Link: link, Level: verdict.Note,
			Title:      "The e-mail subscription must be confirmed",
			Why:        "SNS sends a link that is valid for a few days. Until someone clicks it, nothing is delivered, and a plan cannot show the click.",
			Fix:        "After apply, confirm the subscription from the mailbox.",
			References: []string{docEmail}, Facts: []string{"N03"},
		},
		{
			ID: "email-unconfirmed", Link: link, Level: verdict.Warning,
			Title:      "The e-mail subscription is still not confirmed",
			Why:        "The state says that the confirmation is pending, so no one has clicked the link and nothing is delivered.",
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
			Title:      "The HTTPS endpoint must confirm its subscription",
			Why:        "Terraform waits for the confirmation only if endpoint_auto_confirms is true. An endpoint that does not answer stays pending.",
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
