# METADATA
# title: Disabling and scheduled deletion of customer managed keys raise an alarm
# description: >-
#   Data under a key that is gone is gone. Between the call and the deletion there are days in which it can be
#   undone, if somebody hears of it.
# related_resources:
#   - https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-7
#   - https://www.cisecurity.org/benchmark/amazon_web_services
# custom:
#   severity: high
#   references:
#     cis-aws-1.2.0: "3.7"
#     cis-aws-1.3.0: "4.7"
#     cis-aws-1.4.0: "4.7"
#     cis-aws-1.5.0: "4.7"
#     cis-aws-2.0.0: "4.7"
#     cis-aws-3.0.0: "4.7"
#     cis-aws-4.0.1: "4.7"
#     cis-aws-5.0.0: "4.7"
#     cis-aws-6.0.0: "5.7"
#     cis-aws-7.0.0: "5.7"
#     security-hub: CloudWatch.7
#   events: write
#   must_match: '{ ($.eventSource = kms.amazonaws.com) && (($.eventName = DisableKey) || ($.eventName = ScheduleKeyDeletion)) }'
#   remediation: >-
#     Put a metric filter with the reference pattern on the trail's log group, an alarm on its metric (Sum, at
#     least 1 within 5 minutes) and an SNS topic with a confirmed subscription behind the alarm.
#   errata:
#     - >-
#       A trail that excludes the source kms.amazonaws.com never sees these events.
package iacgate.controls["kms-key-deletion"]

import data.iacgate.lib.chain

# The control is satisfied by one whole chain: a trail that records writes in all regions, its log group, a metric
# filter that matches every event of must_match above, an alarm on its metric, an action, a topic, a subscription.
# What each link has to be is written in lib/links.rego.
result := chain.result("kms-key-deletion")
