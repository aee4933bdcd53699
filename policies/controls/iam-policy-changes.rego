# METADATA
# title: Changes of IAM policies raise an alarm
# description: >-
#   Policies decide who may do what. Attaching or rewriting one is how a foothold becomes control of the account.
# related_resources:
#   - https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-4
#   - https://www.cisecurity.org/benchmark/amazon_web_services
# custom:
#   severity: medium
#   references:
#     cis-aws-1.2.0: "3.4"
#     cis-aws-1.3.0: "4.4"
#     cis-aws-1.4.0: "4.4"
#     cis-aws-1.5.0: "4.4"
#     cis-aws-2.0.0: "4.4"
#     cis-aws-3.0.0: "4.4"
#     cis-aws-4.0.1: "4.4"
#     cis-aws-5.0.0: "4.4"
#     cis-aws-6.0.0: "5.4"
#     cis-aws-7.0.0: "5.4"
#     security-hub: CloudWatch.4
#   events: write
#   must_match: '{ ($.eventName = DeleteGroupPolicy) || ($.eventName = DeleteRolePolicy) || ($.eventName = DeleteUserPolicy) || ($.eventName = PutGroupPolicy) || ($.eventName = PutRolePolicy) || ($.eventName = PutUserPolicy) || ($.eventName = CreatePolicy) || ($.eventName = DeletePolicy) || ($.eventName = CreatePolicyVersion) || ($.eventName = DeletePolicyVersion) || ($.eventName = AttachRolePolicy) || ($.eventName = DetachRolePolicy) || ($.eventName = AttachUserPolicy) || ($.eventName = DetachUserPolicy) || ($.eventName = AttachGroupPolicy) || ($.eventName = DetachGroupPolicy) }'
#   sources: [iam.amazonaws.com]
#   misprints:
#     - pattern: '{ ($.eventName = DeleteGroupPolicy) || ($.eventName = DeleteRolePolicy) || ($.eventName = DeleteUserPolicy) || ($.eventName = PutGroupPolicy) || ($.eventName = PutRolePolicy) || ($.eventName = PutUserPolicy) || ($.eventName = CreatePolicy) || ($.eventName = DeletePolicy) || ($.eventName = CreatePolicyVersion) || ($.eventName = DeletePolicyVersion) || ($.eventName = AttachRolePolicy) || ($eventName=DetachRolePolicy) || ($.eventName = AttachUserPolicy) || ($.eventName = DetachUserPolicy) || ($.eventName = AttachGroupPolicy) || ($.eventName = DetachGroupPolicy) }'
#       says: a copy of CIS 1.3 prints it so, without the dot of $.eventName
#   strict: '{ ($.eventName = DeleteGroupPolicy) || ($.eventName = DeleteRolePolicy) || ($.eventName = DeleteUserPolicy) || ($.eventName = PutGroupPolicy) || ($.eventName = PutRolePolicy) || ($.eventName = PutUserPolicy) || ($.eventName = CreatePolicy) || ($.eventName = DeletePolicy) || ($.eventName = CreatePolicyVersion) || ($.eventName = DeletePolicyVersion) || ($.eventName = AttachRolePolicy) || ($.eventName = DetachRolePolicy) || ($.eventName = AttachUserPolicy) || ($.eventName = DetachUserPolicy) || ($.eventName = AttachGroupPolicy) || ($.eventName = DetachGroupPolicy) || ($.eventName = SetDefaultPolicyVersion) || ($.eventName = UpdateAssumeRolePolicy) || ($.eventName = PutRolePermissionsBoundary) || ($.eventName = DeleteRolePermissionsBoundary) || ($.eventName = PutUserPermissionsBoundary) || ($.eventName = DeleteUserPermissionsBoundary) }'
#   remediation: >-
#     Put a metric filter with the reference pattern on the trail's log group, an alarm on its metric (Sum, at
#     least 1 within 5 minutes) and an SNS topic with a confirmed subscription behind the alarm.
#   errata:
#     - >-
#       The pattern tests no eventSource, so CreatePolicy and DeletePolicy of AWS Organizations match, too.
#     - >-
#       Some copies of CIS 1.2 and 1.3 break words or lose the dot of $.eventName; these patterns do not parse.
package iacgate.controls["iam-policy-changes"]

import data.iacgate.lib.chain

# The control is satisfied by one whole chain: a trail that records writes in all regions, its log group, a metric
# filter that matches every event of must_match above, an alarm on its metric, an action, a topic, a subscription.
# What each link has to be is written in lib/links.rego.
result := chain.result("iam-policy-changes")
