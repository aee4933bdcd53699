# METADATA
# title: Changes of route tables raise an alarm
# description: >-
#   Routes decide where traffic goes, and a changed one can lead it past every inspection.
# related_resources:
#   - https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-13
#   - https://www.cisecurity.org/benchmark/amazon_web_services
# custom:
#   severity: medium
#   references:
#     cis-aws-1.2.0: "3.13"
#     cis-aws-1.3.0: "4.13"
#     cis-aws-1.4.0: "4.13"
#     cis-aws-1.5.0: "4.13"
#     cis-aws-2.0.0: "4.13"
#     cis-aws-3.0.0: "4.13"
#     cis-aws-4.0.1: "4.13"
#     cis-aws-5.0.0: "4.13"
#     cis-aws-6.0.0: "5.13"
#     cis-aws-7.0.0: "5.13"
#     security-hub: CloudWatch.13
#   events: write
#   must_match: '{ ($.eventName = CreateRoute) || ($.eventName = CreateRouteTable) || ($.eventName = ReplaceRoute) || ($.eventName = ReplaceRouteTableAssociation) || ($.eventName = DeleteRouteTable) || ($.eventName = DeleteRoute) || ($.eventName = DisassociateRouteTable) }'
#   accepted:
#     - '{ ($.eventSource = ec2.amazonaws.com) && ($.eventName = CreateRoute) || ($.eventName = CreateRouteTable) || ($.eventName = ReplaceRoute) || ($.eventName = ReplaceRouteTableAssociation) || ($.eventName = DeleteRouteTable) || ($.eventName = DeleteRoute) || ($.eventName = DisassociateRouteTable) }'
#   strict: '{ ($.eventName = CreateRoute) || ($.eventName = CreateRouteTable) || ($.eventName = ReplaceRoute) || ($.eventName = ReplaceRouteTableAssociation) || ($.eventName = DeleteRouteTable) || ($.eventName = DeleteRoute) || ($.eventName = DisassociateRouteTable) || ($.eventName = AssociateRouteTable) }'
#   remediation: >-
#     Put a metric filter with the reference pattern on the trail's log group, an alarm on its metric (Sum, at
#     least 1 within 5 minutes) and an SNS topic with a confirmed subscription behind the alarm.
#   errata:
#     - >-
#       The audit text of CIS 3.0 and later tests eventSource on the first clause alone, which matches the same events
#       in practice.
package iacgate.controls["route-table-changes"]

import data.iacgate.lib.chain

# The control is satisfied by one whole chain: a trail that records writes in all regions, its log group, a metric
# filter that matches every event of must_match above, an alarm on its metric, an action, a topic, a subscription.
# What each link has to be is written in lib/links.rego.
result := chain.result("route-table-changes")
