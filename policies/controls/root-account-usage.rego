# METADATA
# title: Usage of the root account raises an alarm
# description: >-
#   The root user can do everything and is for emergencies only. Each of its calls, reads included, is either one
#   of these or an intrusion.
# related_resources:
#   - https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-1
#   - https://www.cisecurity.org/benchmark/amazon_web_services
# custom:
#   severity: high
#   references:
#     cis-aws-1.2.0: "3.3"
#     cis-aws-1.3.0: "4.3"
#     cis-aws-1.4.0: "4.3"
#     cis-aws-1.5.0: "4.3"
#     cis-aws-2.0.0: "4.3"
#     cis-aws-3.0.0: "4.3"
#     cis-aws-4.0.1: "4.3"
#     cis-aws-5.0.0: "4.3"
#     cis-aws-6.0.0: "5.3"
#     cis-aws-7.0.0: "5.3"
#     security-hub: CloudWatch.1
#   events: read and write
#   must_match: '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }'
#   misprints:
#     - pattern: '{ $.userIdentity.type = "Root" && $.userIdentity.invokedByNOT EXISTS && $.eventType != "AwsServiceEvent" }'
#       says: some copies of CIS 1.3 and 1.4 print it so, without the blank before NOT EXISTS
#   remediation: >-
#     Put a metric filter with the reference pattern on the trail's log group, an alarm on its metric (Sum, at
#     least 1 within 5 minutes) and an SNS topic with a confirmed subscription behind the alarm.
#   errata:
#     - >-
#       Some copies of CIS 1.3 and 1.4 lose the blank before NOT EXISTS; that pattern does not parse.
package iacgate.controls["root-account-usage"]

import data.iacgate.lib.chain

# The control is satisfied by one whole chain: a trail that records reads and writes in all regions, its log group,
# a metric filter that matches every event of must_match above, an alarm on its metric, an action, a topic, a
# subscription. What each link has to be is written in lib/links.rego.
result := chain.result("root-account-usage")
