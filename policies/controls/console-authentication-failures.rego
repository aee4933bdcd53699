# METADATA
# title: Failed console sign-ins raise an alarm
# description: >-
#   Wrong passwords in number are somebody guessing. The alarm shows it before the guess succeeds.
# related_resources:
#   - https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-6
#   - https://www.cisecurity.org/benchmark/amazon_web_services
# custom:
#   severity: low
#   references:
#     cis-aws-1.2.0: "3.6"
#     cis-aws-1.3.0: "4.6"
#     cis-aws-1.4.0: "4.6"
#     cis-aws-1.5.0: "4.6"
#     cis-aws-2.0.0: "4.6"
#     cis-aws-3.0.0: "4.6"
#     cis-aws-4.0.1: "4.6"
#     cis-aws-5.0.0: "4.6"
#     cis-aws-6.0.0: "5.6"
#     cis-aws-7.0.0: "5.6"
#     security-hub: CloudWatch.6
#   events: write
#   must_match: '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }'
#   misprints:
#     - pattern: '{ ($.eventName = ConsoleLogin) && ($.errorMessage = Failed authentication) }'
#       says: the audit text of CIS prints it so, without the quotes
#   remediation: >-
#     Put a metric filter with the reference pattern on the trail's log group, an alarm on its metric (Sum, at
#     least 1 within 5 minutes) and an SNS topic with a confirmed subscription behind the alarm.
#   errata:
#     - >-
#       Some copies print Failed authentication without quotes; that pattern does not parse.
package iacgate.controls["console-authentication-failures"]

import data.iacgate.lib.chain

# The control is satisfied by one whole chain: a trail that records writes in all regions, its log group, a metric
# filter that matches every event of must_match above, an alarm on its metric, an action, a topic, a subscription.
# What each link has to be is written in lib/links.rego.
result := chain.result("console-authentication-failures")
