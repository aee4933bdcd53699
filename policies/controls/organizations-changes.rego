# METADATA
# title: Changes of AWS Organizations raise an alarm
# description: >-
#   Accounts, policies and units of an organization bound what every account in it may do. A changed one moves
#   these bounds.
# related_resources:
#   - https://www.cisecurity.org/benchmark/amazon_web_services
# custom:
#   severity: high
#   references:
#     cis-aws-1.3.0: "4.15"
#     cis-aws-1.4.0: "4.15"
#     cis-aws-1.5.0: "4.15"
#     cis-aws-2.0.0: "4.15"
#     cis-aws-3.0.0: "4.15"
#     cis-aws-4.0.1: "4.15"
#     cis-aws-5.0.0: "4.15"
#     cis-aws-6.0.0: "5.15"
#     cis-aws-7.0.0: "5.15"
#   events: write
#   must_match: '{ ($.eventSource = organizations.amazonaws.com) && (($.eventName = AcceptHandshake) || ($.eventName = AttachPolicy) || ($.eventName = CreateAccount) || ($.eventName = CreateOrganizationalUnit) || ($.eventName = CreatePolicy) || ($.eventName = DeclineHandshake) || ($.eventName = DeleteOrganization) || ($.eventName = DeleteOrganizationalUnit) || ($.eventName = DeletePolicy) || ($.eventName = DetachPolicy) || ($.eventName = DisablePolicyType) || ($.eventName = EnablePolicyType) || ($.eventName = InviteAccountToOrganization) || ($.eventName = LeaveOrganization) || ($.eventName = MoveAccount) || ($.eventName = RemoveAccountFromOrganization) || ($.eventName = UpdatePolicy) || ($.eventName = UpdateOrganizationalUnit)) }'
#   misprints:
#     - pattern: '{ ($.eventSource = organizations.amazonaws.com) && (($.eventName = AcceptHandshake") || ($.eventName = AttachPolicy) || ($.eventName = CreateAccount) || ($.eventName = CreateOrganizationalUnit) || ($.eventName = CreatePolicy) || ($.eventName = DeclineHandshake) || ($.eventName = DeleteOrganization) || ($.eventName = DeleteOrganizationalUnit) || ($.eventName = DeletePolicy) || ($.eventName = DetachPolicy) || ($.eventName = DisablePolicyType) || ($.eventName = EnablePolicyType) || ($.eventName = InviteAccountToOrganization) || ($.eventName = LeaveOrganization) || ($.eventName = MoveAccount) || ($.eventName = RemoveAccountFromOrganization) || ($.eventName = UpdatePolicy) || ($.eventName = UpdateOrganizationalUnit)) }'
#       says: a copy of CIS 6.0 prints it so, without the opening quote
#   strict: '{ ($.eventSource = organizations.amazonaws.com) && (($.eventName = AcceptHandshake) || ($.eventName = AttachPolicy) || ($.eventName = CreateAccount) || ($.eventName = CreateOrganizationalUnit) || ($.eventName = CreatePolicy) || ($.eventName = DeclineHandshake) || ($.eventName = DeleteOrganization) || ($.eventName = DeleteOrganizationalUnit) || ($.eventName = DeletePolicy) || ($.eventName = DetachPolicy) || ($.eventName = DisablePolicyType) || ($.eventName = EnablePolicyType) || ($.eventName = InviteAccountToOrganization) || ($.eventName = LeaveOrganization) || ($.eventName = MoveAccount) || ($.eventName = RemoveAccountFromOrganization) || ($.eventName = UpdatePolicy) || ($.eventName = UpdateOrganizationalUnit) || ($.eventName = RegisterDelegatedAdministrator) || ($.eventName = DeregisterDelegatedAdministrator) || ($.eventName = EnableAWSServiceAccess) || ($.eventName = DisableAWSServiceAccess)) }'
#   remediation: >-
#     Put a metric filter with the reference pattern on the trail's log group, an alarm on its metric (Sum, at
#     least 1 within 5 minutes) and an SNS topic with a confirmed subscription behind the alarm.
#   errata:
#     - >-
#       The control exists since CIS 1.3.
#     - >-
#       The copy in CIS 6.0 lacks an opening quote; that pattern does not parse.
package iacgate.controls["organizations-changes"]

import data.iacgate.lib.chain

# The control is satisfied by one whole chain: a trail that records writes in all regions, its log group, a metric
# filter that matches every event of must_match above, an alarm on its metric, an action, a topic, a subscription.
# What each link has to be is written in lib/links.rego.
result := chain.result("organizations-changes")
