package finding

import "github.com/iacgate/iacgate/internal/verdict"

func topicCodes() []Code {
	const link = verdict.Link("topic")
	return []Code{
		{
			ID: "topic-other-region", Link: link, Level: verdict.Error,
			Title:      "The topic is in a different region than the alarm",
			Why:        "CloudWatch notifies only topics in its own region and refuses the alarm otherwise.",
			Fix:        "Create a topic in the alarm's region.",
			References: []string{docPutMetricAlarm}, Facts: []string{"A04", "D05"},
		},
		{
			ID: "topic-outside", Link: link, Level: verdict.Unclear,
			Title:      "The topic is outside the input",
			Why:        "The input does not show its policy, its key or its subscriptions. CloudWatch does not check that an action's topic exists.",
			Fix:        "Name it in .iacgate.yaml: an entry under external with topic: and a reason.",
			References: []string{docAlarmTopic}, Facts: []string{"S10", "A05", "D04"},
		},
		{
			ID: "topic-external", Link: link, Level: verdict.Note,
			Title:      "The configuration declares the topic external",
			Why:        "An entry under external in .iacgate.yaml says that the topic accepts the alarm's messages and has a subscriber.",
			Fix:        "Nothing to do, as long as the entry is true.",
			References: []string{docAlarmTopic}, Facts: []string{"S10"},
		},
		{
			ID: "topic-deleted", Link: link, Level: verdict.Error,
			Title:      "This plan deletes the topic",
			Why:        "The alarm still refers to it and CloudWatch reports no error, but its messages are lost.",
			Fix:        "Keep the topic, or point the alarm at its replacement.",
			References: []string{docAlarmTopic}, Facts: []string{"S09", "D01", "D03"},
		},
		{
			ID: "topic-policy-denies", Link: link, Level: verdict.Error,
			Title:      "The topic policy does not allow CloudWatch to publish",
			Why:        "A custom policy replaces the default policy, which covers alarms of the account. A policy for another service, account, region or alarm name does not allow CloudWatch.",
			Fix:        "Add a statement: Allow, principal Service cloudwatch.amazonaws.com, action sns:Publish on the topic, with aws:SourceAccount set to the alarm's account.",
			References: []string{docAlarmNotHeard, docTopicPolicy}, Facts: []string{"S04", "S05", "S06"},
		},
		{
			ID: "topic-policy-undecided", Link: link, Level: verdict.Unclear,
			Title:      "The topic policy cannot be read from this input",
			Why:        "The policy, or a condition in it, depends on a value that is known only after apply or outside the input.",
			Fix:        "Write the statement for cloudwatch.amazonaws.com with conditions on known values, or declare the topic in .iacgate.yaml under external with topic: and a reason.",
			References: []string{docTopicPolicy}, Facts: []string{"S04", "S05", "S06", "S11"},
		},
		{
			ID: "topic-key-aws-managed", Link: link, Level: verdict.Error,
			Title:      "The topic is encrypted with the AWS managed key",
			Why:        "The key policy of alias/aws/sns cannot be changed and does not allow CloudWatch, so every message of the alarm is rejected.",
			Fix:        "Use a customer managed key that allows cloudwatch.amazonaws.com to use kms:Decrypt and kms:GenerateDataKey*.",
			References: []string{docAlarmKey, docTopicKey}, Facts: []string{"S01"},
		},
		{
			ID: "topic-key-denies", Link: link, Level: verdict.Error,
			Title:      "The topic's key does not allow CloudWatch to use it",
			Why:        "CloudWatch encrypts the message with the topic's key. Without permission it drops the message and records that in the alarm's history.",
			Fix:        "Allow the service principal cloudwatch.amazonaws.com to use kms:Decrypt and kms:GenerateDataKey* in the key policy.",
			References: []string{docAlarmKey, docTopicKey}, Facts: []string{"S02", "S03"},
		},
		{
			ID: "topic-key-outside", Link: link, Level: verdict.Unclear,
			Title:      "The topic's key is outside the input",
			Why:        "Its key policy decides whether CloudWatch can publish, and the input does not show it.",
			Fix:        "Manage the key in the same configuration as the topic, or declare the topic in .iacgate.yaml under external with topic: and a reason.",
			References: []string{docTopicKey}, Facts: []string{"S02"},
		},
		{
			ID: "topic-key-undecided", Link: link, Level: verdict.Unclear,
			Title:      "Whether the topic's key allows CloudWatch to use it cannot be decided",
			Why:        "The key policy, or a condition in it, depends on a value that is known only after apply or outside the input.",
			Fix:        "Write the statement for cloudwatch.amazonaws.com with known values, or declare the topic in .iacgate.yaml under external with topic: and a reason.",
			References: []string{docTopicKey}, Facts: []string{"S02", "S03"},
		},
		{
			ID: "topic-key-unfit", Link: link, Level: verdict.Error,
			Title:      "The topic's key cannot encrypt",
			Why:        "SNS encrypts with symmetric keys. An asymmetric, HMAC or signing key cannot be used, and nothing is published.",
			Fix:        "Use a key with key_usage ENCRYPT_DECRYPT and the default key spec.",
			References: []string{docTopicKey, "https://docs.aws.amazon.com/kms/latest/developerguide/symmetric-asymmetric.html"}, Facts: []string{"S02"},
		},
		{
			ID: "topic-small-messages", Link: link, Level: verdict.Warning,
			Title:      "The topic's maximum message size is close to the size of an alarm message",
			Why:        "An alarm message has about 950 bytes without a description. A message above the topic's maximum is not published.",
			Fix:        "Raise the maximum message size to 262144 bytes, which is the default.",
			References: []string{"https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html"}, Facts: []string{"S12"},
		},
		{
			ID: "topic-key-disabled", Link: link, Level: verdict.Error,
			Title:      "The topic's key is disabled or being deleted",
			Why:        "The key cannot encrypt, so the topic accepts no message.",
			Fix:        "Enable the key (is_enabled = true) or use another one.",
			References: []string{docTopicKey}, Facts: []string{"S02"},
		},
		{
			ID: "topic-fifo", Link: link, Level: verdict.Warning,
			Title:      "The topic is a FIFO topic",
			Why:        "CloudWatch can publish to it, but a FIFO topic delivers only to queues: no e-mail, no text message, no HTTPS endpoint.",
			Fix:        "Use a standard topic for people.",
			References: []string{docTopicFIFO, docAlarmTopic}, Facts: []string{"S08"},
		},
		{
			ID: "topic-policy-other-region", Link: link, Level: verdict.Warning,
			Title:      "The topic policy is made in another region than the topic",
			Why:        "SNS finds only the topics of the region that is called, so AWS refuses the policy, and the topic keeps the one that it has. Without any it has the default policy, which admits the alarms of its account.",
			Fix:        "Make the policy through the provider of the topic's region, or set its region argument.",
			References: []string{docTopicAttributes}, Facts: []string{"D05"},
		},
		{
			ID: "topic-policy-twice", Link: link, Level: verdict.Warning,
			Title:      "Two places set the topic's policy",
			Why:        "A topic has one policy. The last one applied wins, and the order is not defined.",
			Fix:        "Keep either the topic's policy argument or one aws_sns_topic_policy.",
			References: []string{docTopicPolicy}, Facts: []string{"S07"},
		},
	}
}
