# METADATA
# title: Unauthorized API calls raise an alarm
# description: >-
#   A denied call is the earliest sign of a stolen credential or of a broken deployment. A metric filter on the log
#   group of a trail that records reads and writes everywhere must match every denied call, and its alarm must tell
#   somebody.
# related_resources:
#   - https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-2
#   - https://www.cisecurity.org/benchmark/amazon_web_services
# custom:
#   severity: high
#   references:
#     cis-aws-1.2.0: "3.1"
#     cis-aws-1.3.0: "4.1"
#     cis-aws-1.4.0: "4.1"
#     cis-aws-1.5.0: "4.1"
#     cis-aws-2.0.0: "4.1"
#     cis-aws-3.0.0: "4.1"
#     cis-aws-4.0.1: "4.1"
#     cis-aws-5.0.0: "4.1"
#     cis-aws-6.0.0: "5.1"
#     cis-aws-7.0.0: "5.1"
#     security-hub: CloudWatch.2
#   events: read and write
#   must_match: '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }'
#   accepted:
#     - '{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && ($.sourceIPAddress != "delivery.logs.amazonaws.com") && ($.eventName != "HeadBucket") }'
#   misprints:
#     - pattern: '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") || ($.sourceIPAddress!="delivery.logs.amazonaws.com") || ($.eventName!="HeadBucket") }'
#       says: the command lines of CIS 1.3 to 1.5 print it so and join the exclusions with ||, which matches nearly everything
#   recorded:
#     - '{ $.errorCode = "AccessDenied" }'
#     - '{ $.errorCode = "Client.UnauthorizedOperation" }'
#     - '{ $.errorCode = "AccessDeniedException" }'
#     - '{ $.errorCode = "UnauthorizedOperation" }'
#   remediation: >-
#     Put a metric filter with the reference pattern on the trail's log group, an alarm on its metric (Sum, at least 1
#     within 5 minutes) and an SNS topic with a confirmed subscription behind the alarm.
#   errata:
#     - The command lines of CIS 1.3 to 1.5 join the two exclusions with ||, which matches practically every event.
#     - CIS 2.0 and later print the exclusions without parentheses; && binds tighter, so they apply to AccessDenied* alone. The pattern is still complete.
package iacgate.controls["unauthorized-api-calls"]

import data.iacgate.lib.chain

# The control is satisfied by one whole chain: a trail that records reads and writes in all regions, its log group, a
# metric filter that matches every denied call (must_match above), an alarm on its metric, an action, a topic, a
# subscription. What each link has to be is written in lib/links.rego.
result := chain.result("unauthorized-api-calls")
