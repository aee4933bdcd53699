# METADATA
# title: Console sign-ins without MFA raise an alarm
# description: >-
#   A password alone opened the console. Whoever phished or guessed it needs nothing else. Both published patterns
#   are accepted: the wide one, and the one that leaves out federated and failed sign-ins.
# related_resources:
#   - https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-3
#   - https://www.cisecurity.org/benchmark/amazon_web_services
# custom:
#   severity: medium
#   references:
#     cis-aws-1.2.0: "3.2"
#     cis-aws-1.3.0: "4.2"
#     cis-aws-1.4.0: "4.2"
#     cis-aws-1.5.0: "4.2"
#     cis-aws-2.0.0: "4.2"
#     cis-aws-3.0.0: "4.2"
#     cis-aws-4.0.1: "4.2"
#     cis-aws-5.0.0: "4.2"
#     cis-aws-6.0.0: "5.2"
#     cis-aws-7.0.0: "5.2"
#     security-hub: CloudWatch.3
#   events: write
#   must_match: '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }'
#   accepted:
#     - '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }'
#   remediation: >-
#     Put a metric filter with the reference pattern on the trail's log group, an alarm on its metric (Sum, at
#     least 1 within 5 minutes) and an SNS topic with a confirmed subscription behind the alarm.
#   errata:
#     - >-
#       Both published forms are accepted. What has to be matched is the narrow one.
package iacgate.controls["console-signin-without-mfa"]

import data.iacgate.lib.chain

# The control is satisfied by one whole chain: a trail that records writes in all regions, its log group, a metric
# filter that matches every event of must_match above, an alarm on its metric, an action, a topic, a subscription.
# What each link has to be is written in lib/links.rego.
result := chain.result("console-signin-without-mfa")
