# METADATA
# title: Changes of VPCs raise an alarm
# description: >-
#   A VPC that is made, removed or peered changes what can reach what.
# related_resources:
#   - https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-14
#   - https://www.cisecurity.org/benchmark/amazon_web_services
# custom:
#   severity: medium
#   references:
#     cis-aws-1.2.0: "3.14"
#     cis-aws-1.3.0: "4.14"
#     cis-aws-1.4.0: "4.14"
#     cis-aws-1.5.0: "4.14"
#     cis-aws-2.0.0: "4.14"
#     cis-aws-3.0.0: "4.14"
#     cis-aws-4.0.1: "4.14"
#     cis-aws-5.0.0: "4.14"
#     cis-aws-6.0.0: "5.14"
#     cis-aws-7.0.0: "5.14"
#     security-hub: CloudWatch.14
#   events: write
#   must_match: '{ ($.eventName = CreateVpc) || ($.eventName = DeleteVpc) || ($.eventName = ModifyVpcAttribute) || ($.eventName = AcceptVpcPeeringConnection) || ($.eventName = CreateVpcPeeringConnection) || ($.eventName = DeleteVpcPeeringConnection) || ($.eventName = RejectVpcPeeringConnection) || ($.eventName = AttachClassicLinkVpc) || ($.eventName = DetachClassicLinkVpc) || ($.eventName = DisableVpcClassicLink) || ($.eventName = EnableVpcClassicLink) }'
#   remediation: >-
#     Put a metric filter with the reference pattern on the trail's log group, an alarm on its metric (Sum, at
#     least 1 within 5 minutes) and an SNS topic with a confirmed subscription behind the alarm.
package iacgate.controls["vpc-changes"]

import data.iacgate.lib.chain

# The control is satisfied by one whole chain: a trail that records writes in all regions, its log group, a metric
# filter that matches every event of must_match above, an alarm on its metric, an action, a topic, a subscription.
# What each link has to be is written in lib/links.rego.
result := chain.result("vpc-changes")
