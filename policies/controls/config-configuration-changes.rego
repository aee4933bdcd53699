# METADATA
# title: Changes of the AWS Config configuration raise an alarm
# description: >-
#   AWS Config keeps the history of what resources were. Stopping its recorder or its delivery ends the history.
# related_resources:
#   - https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-9
#   - https://www.cisecurity.org/benchmark/amazon_web_services
# custom:
#   severity: medium
#   references:
#     cis-aws-1.2.0: "3.9"
#     cis-aws-1.3.0: "4.9"
#     cis-aws-1.4.0: "4.9"
#     cis-aws-1.5.0: "4.9"
#     cis-aws-2.0.0: "4.9"
#     cis-aws-3.0.0: "4.9"
#     cis-aws-4.0.1: "4.9"
#     cis-aws-5.0.0: "4.9"
#     cis-aws-6.0.0: "5.9"
#     cis-aws-7.0.0: "5.9"
#     security-hub: CloudWatch.9
#   events: write
#   must_match: '{ ($.eventSource = config.amazonaws.com) && (($.eventName = StopConfigurationRecorder) || ($.eventName = DeleteDeliveryChannel) || ($.eventName = PutDeliveryChannel) || ($.eventName = PutConfigurationRecorder)) }'
#   strict: '{ ($.eventSource = config.amazonaws.com) && (($.eventName = StopConfigurationRecorder) || ($.eventName = DeleteDeliveryChannel) || ($.eventName = PutDeliveryChannel) || ($.eventName = PutConfigurationRecorder) || ($.eventName = DeleteConfigurationRecorder)) }'
#   remediation: >-
#     Put a metric filter with the reference pattern on the trail's log group, an alarm on its metric (Sum, at
#     least 1 within 5 minutes) and an SNS topic with a confirmed subscription behind the alarm.
package iacgate.controls["config-configuration-changes"]

import data.iacgate.lib.chain

# The control is satisfied by one whole chain: a trail that records writes in all regions, its log group, a metric
# filter that matches every event of must_match above, an alarm on its metric, an action, a topic, a subscription.
# What each link has to be is written in lib/links.rego.
result := chain.result("config-configuration-changes")
