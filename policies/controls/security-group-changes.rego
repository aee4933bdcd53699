# METADATA
# title: Changes of security groups raise an alarm
# description: >-
#   Security groups are the firewall of every instance and database. A rule that is added opens a door. Benchmarks
#   ask for ModifySecurityGroupRules from version 5.0.0 on.
# related_resources:
#   - https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-10
#   - https://www.cisecurity.org/benchmark/amazon_web_services
# custom:
#   severity: medium
#   references:
#     cis-aws-1.2.0: "3.10"
#     cis-aws-1.3.0: "4.10"
#     cis-aws-1.4.0: "4.10"
#     cis-aws-1.5.0: "4.10"
#     cis-aws-2.0.0: "4.10"
#     cis-aws-3.0.0: "4.10"
#     cis-aws-4.0.1: "4.10"
#     cis-aws-5.0.0: "4.10"
#     cis-aws-6.0.0: "5.10"
#     cis-aws-7.0.0: "5.10"
#     security-hub: CloudWatch.10
#   events: write
#   must_match: '{ ($.eventName = AuthorizeSecurityGroupIngress) || ($.eventName = AuthorizeSecurityGroupEgress) || ($.eventName = RevokeSecurityGroupIngress) || ($.eventName = RevokeSecurityGroupEgress) || ($.eventName = CreateSecurityGroup) || ($.eventName = DeleteSecurityGroup) }'
#   accepted:
#     - '{ ($.eventName = AuthorizeSecurityGroupIngress) || ($.eventName = AuthorizeSecurityGroupEgress) || ($.eventName = RevokeSecurityGroupIngress) || ($.eventName = RevokeSecurityGroupEgress) || ($.eventName = CreateSecurityGroup) || ($.eventName = DeleteSecurityGroup) || ($.eventName = ModifySecurityGroupRules) }'
#   from:
#     cis-aws-5.0.0: '{ ($.eventName = AuthorizeSecurityGroupIngress) || ($.eventName = AuthorizeSecurityGroupEgress) || ($.eventName = RevokeSecurityGroupIngress) || ($.eventName = RevokeSecurityGroupEgress) || ($.eventName = CreateSecurityGroup) || ($.eventName = DeleteSecurityGroup) || ($.eventName = ModifySecurityGroupRules) }'
#   strict: '{ ($.eventName = AuthorizeSecurityGroupIngress) || ($.eventName = AuthorizeSecurityGroupEgress) || ($.eventName = RevokeSecurityGroupIngress) || ($.eventName = RevokeSecurityGroupEgress) || ($.eventName = CreateSecurityGroup) || ($.eventName = DeleteSecurityGroup) || ($.eventName = ModifySecurityGroupRules) }'
#   remediation: >-
#     Put a metric filter with the reference pattern on the trail's log group, an alarm on its metric (Sum, at
#     least 1 within 5 minutes) and an SNS topic with a confirmed subscription behind the alarm.
#   errata:
#     - >-
#       CIS 5.0 adds ModifySecurityGroupRules. The profiles from cis-aws-5.0.0 on ask for it, others accept it.
package iacgate.controls["security-group-changes"]

import data.iacgate.lib.chain

# The control is satisfied by one whole chain: a trail that records writes in all regions, its log group, a metric
# filter that matches every event of must_match above, an alarm on its metric, an action, a topic, a subscription.
# What each link has to be is written in lib/links.rego.
result := chain.result("security-group-changes")
