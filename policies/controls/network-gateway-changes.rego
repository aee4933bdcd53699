# METADATA
# title: Changes of network gateways raise an alarm
# description: >-
#   A gateway connects a network to the Internet or to another site. A new one is a new way in and out.
# related_resources:
#   - https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-12
#   - https://www.cisecurity.org/benchmark/amazon_web_services
# custom:
#   severity: medium
#   references:
#     cis-aws-1.2.0: "3.12"
#     cis-aws-1.3.0: "4.12"
#     cis-aws-1.4.0: "4.12"
#     cis-aws-1.5.0: "4.12"
#     cis-aws-2.0.0: "4.12"
#     cis-aws-3.0.0: "4.12"
#     cis-aws-4.0.1: "4.12"
#     cis-aws-5.0.0: "4.12"
#     cis-aws-6.0.0: "5.12"
#     cis-aws-7.0.0: "5.12"
#     security-hub: CloudWatch.12
#   events: write
#   must_match: '{ ($.eventName = CreateCustomerGateway) || ($.eventName = DeleteCustomerGateway) || ($.eventName = AttachInternetGateway) || ($.eventName = CreateInternetGateway) || ($.eventName = DeleteInternetGateway) || ($.eventName = DetachInternetGateway) }'
#   remediation: >-
#     Put a metric filter with the reference pattern on the trail's log group, an alarm on its metric (Sum, at
#     least 1 within 5 minutes) and an SNS topic with a confirmed subscription behind the alarm.
package iacgate.controls["network-gateway-changes"]

import data.iacgate.lib.chain

# The control is satisfied by one whole chain: a trail that records writes in all regions, its log group, a metric
# filter that matches every event of must_match above, an alarm on its metric, an action, a topic, a subscription.
# What each link has to be is written in lib/links.rego.
result := chain.result("network-gateway-changes")
