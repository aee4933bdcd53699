# METADATA
# title: Changes of the CloudTrail configuration raise an alarm
# description: >-
#   Whoever wants not to be seen stops the trail first. Its change is the last event that is sure to be recorded.
# related_resources:
#   - https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-5
#   - https://www.cisecurity.org/benchmark/amazon_web_services
# custom:
#   severity: high
#   references:
#     cis-aws-1.2.0: "3.5"
#     cis-aws-1.3.0: "4.5"
#     cis-aws-1.4.0: "4.5"
#     cis-aws-1.5.0: "4.5"
#     cis-aws-2.0.0: "4.5"
#     cis-aws-3.0.0: "4.5"
#     cis-aws-4.0.1: "4.5"
#     cis-aws-5.0.0: "4.5"
#     cis-aws-6.0.0: "5.5"
#     cis-aws-7.0.0: "5.5"
#     security-hub: CloudWatch.5
#   events: write
#   must_match: '{ ($.eventName = CreateTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = StartLogging) || ($.eventName = StopLogging) }'
#   strict: '{ ($.eventName = CreateTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = StartLogging) || ($.eventName = StopLogging) || ($.eventName = PutEventSelectors) }'
#   remediation: >-
#     Put a metric filter with the reference pattern on the trail's log group, an alarm on its metric (Sum, at
#     least 1 within 5 minutes) and an SNS topic with a confirmed subscription behind the alarm.
#   errata:
#     - >-
#       PutEventSelectors, which can blind a trail, is not on the benchmark's list. The profile strict asks for it.
package iacgate.controls["cloudtrail-configuration-changes"]

import data.iacgate.lib.chain

# The control is satisfied by one whole chain: a trail that records writes in all regions, its log group, a metric
# filter that matches every event of must_match above, an alarm on its metric, an action, a topic, a subscription.
# What each link has to be is written in lib/links.rego.
result := chain.result("cloudtrail-configuration-changes")
