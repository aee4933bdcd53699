package finding

import "github.com/iacgate/iacgate/internal/verdict"

func trailCodes() []Code {
	const link = verdict.Link("trail")
	return []Code{
		{
			ID: "trail-not-multi-region", Link: link, Level: verdict.Error,
			Title:      "The trail records one region only",
			Why:        "Calls in every other region leave no event in the log group. Global services such as IAM and console sign-in are recorded only in us-east-1, so a trail in another region misses them as well.",
			Fix:        "Set is_multi_region_trail = true.",
			References: []string{docTrailRegions, docTrailAPI}, Facts: []string{"T01"},
		},
		{
			ID: "trail-logging-off", Link: link, Level: verdict.Error,
			Title:      "The trail exists but records nothing",
			Why:        "With logging switched off, the trail delivers no events, so no metric filter ever matches.",
			Fix:        "Remove enable_logging = false, or set it to true.",
			References: []string{docTrailAPI}, Facts: []string{"T02"},
		},
		{
			ID: "trail-without-global-events", Link: link, Level: verdict.Error,
			Title:      "The trail leaves out the events of global services",
			Why:        "Denied calls to IAM, STS and CloudFront are not recorded. AWS refuses this setting on a multi-region trail.",
			Fix:        "Set include_global_service_events = true; CloudFormation counts a missing IncludeGlobalServiceEvents as false, so write it out there.",
			References: []string{docTrailRegions, docTrailAPI}, Facts: []string{"T03"},
		},
		{
			ID: "trail-misses-events", Link: link, Level: verdict.Error,
			Title:      "The trail's selectors leave out events that the control is about",
			Why:        "Event selectors replace the default, which records all management events. Almost every denied call is a read, so a trail that records only writes, or only data events, never sees it.",
			Fix:        "Add a selector for the missing management events: include_management_events = true with read_write_type = \"All\", or an advanced selector whose only condition is eventCategory equals Management.",
			References: []string{docTrailManagement}, Facts: []string{"T04", "T05", "T06", "T07", "T08"},
		},
		{
			ID: "trail-excludes-sources", Link: link, Level: verdict.Warning,
			Title:      "The trail excludes the events of high-volume services",
			Why:        "KMS and RDS Data API events are often excluded to save money. Denied calls to these services then raise no alarm.",
			Fix:        "Remove the services from exclude_management_event_sources, or accept the gap: lower the level of this code under levels in .iacgate.yaml.",
			References: []string{docTrailManagement}, Facts: []string{"T07", "T08"},
		},
		{
			ID: "trail-without-log-group", Link: link, Level: verdict.Error,
			Title:      "The trail does not deliver to CloudWatch Logs",
			Why:        "Metric filters read log groups. A trail that writes only to S3 feeds none of them.",
			Fix:        "Set cloud_watch_logs_group_arn to \"${aws_cloudwatch_log_group.NAME.arn}:*\" and cloud_watch_logs_role_arn to a role that is allowed to write to it.",
			References: []string{docTrailDelivery}, Facts: []string{"T10"},
		},
		{
			ID: "trail-without-role", Link: link, Level: verdict.Error,
			Title:      "The trail names no role that writes to CloudWatch Logs",
			Why:        "CloudTrail writes through a role that it assumes. AWS refuses one of the two settings without the other.",
			Fix:        "Set cloud_watch_logs_role_arn to a role that trusts cloudtrail.amazonaws.com.",
			References: []string{docTrailDelivery}, Facts: []string{"T10"},
		},
		{
			ID: "trail-role-cannot-write", Link: link, Level: verdict.Error,
			Title:      "The trail's role is not allowed to write to the log group",
			Why:        "AWS checks the role when the trail is created, and refuses a trail whose role has no policy. A later change to its policies, its permissions boundary or an exclusive list of policies stops delivery without an error.",
			Fix:        "Let the role trust cloudtrail.amazonaws.com and allow logs:CreateLogStream and logs:PutLogEvents on the log streams of the group (its ARN with :*), including those of the organization's member accounts.",
			References: []string{docTrailRole}, Facts: []string{"T12", "D13"},
		},
		{
			ID: "trail-role-misses-members", Link: link, Level: verdict.Warning,
			Title:      "The organization trail's role is not allowed to write to the members' log streams",
			Why:        "Events of member accounts go to log streams that begin with the organization's id. Without permission for these streams the events are lost silently.",
			Fix:        "Also allow logs:CreateLogStream and logs:PutLogEvents on the group's log streams o-ORGANIZATION_*.",
			References: []string{docTrailRole}, Facts: []string{"T13"},
		},
		{
			ID: "trail-role-not-visible", Link: link, Level: verdict.Note,
			Title:      "The input does not show whether the trail's role can write to the log group",
			Why:        "AWS checks the role when the trail is created, so delivery is assumed to work. The input does not show later changes to the role.",
			Fix:        "To have the role and its policies judged too, manage them in the same configuration as the trail, or judge the state after the first apply.",
			References: []string{docTrailRole}, Facts: []string{"T12"},
		},
		{
			ID: "trail-log-group-arn", Link: link, Level: verdict.Warning,
			Title:      "The log group ARN does not have the form that CloudTrail requires",
			Why:        "CloudTrail requires an ARN that ends in exactly one :*. The Terraform attribute lacks it; CloudFormation's GetAtt already includes it. AWS refuses the trail with any other ARN.",
			Fix:        "In Terraform write cloud_watch_logs_group_arn = \"${aws_cloudwatch_log_group.NAME.arn}:*\"; in CloudFormation use !GetAtt NAME.Arn as it is.",
			References: []string{"https://github.com/hashicorp/terraform-provider-aws/issues/14557"}, Facts: []string{"T11"},
		},
		{
			ID: "trail-elsewhere", Link: link, Level: verdict.Unclear,
			Title:      "No trail in the input writes to the filter's log group",
			Why:        "An organization trail or another stack may write to the group; the input does not show it.",
			Fix:        "If one does, declare it in .iacgate.yaml: an entry under external with log_group: and a reason.",
			References: []string{docTrailDelivery}, Facts: []string{"T19"},
		},
		{
			ID: "trail-external", Link: link, Level: verdict.Note,
			Title:      "The configuration declares the trail external",
			Why:        "An entry under external in .iacgate.yaml says that a trail outside the input records the events and writes to the log group.",
			Fix:        "Nothing to do, as long as the entry is true.",
			References: []string{docTrailDelivery}, Facts: []string{"T19"},
		},
		{
			ID: "trail-deleted", Link: link, Level: verdict.Error,
			Title:      "This plan deletes the trail",
			Why:        "After apply, nothing records the events that the control is about.",
			Fix:        "Keep the trail, or create its replacement in the same plan.",
			References: []string{docTrailAPI}, Facts: []string{"D01", "D03"},
		},
		{
			ID: "trail-data-only", Link: link, Level: verdict.Note,
			Title:      "The trails in the input record only data events",
			Why:        "Such a trail serves another purpose: it records no management events, so the control does not apply to it.",
			Fix:        "Nothing to do; use --require if an input without a trail of management events must fail.",
			References: []string{docTrailManagement}, Facts: []string{"T06"},
		},
		{
			ID: "account-unwatched", Link: link, Level: verdict.Warning,
			Title:      "A trail in another account leads to no alarm",
			Why:        "One account's chain is complete, but the input also holds a trail of a different account whose events raise no alarm, and no organization trail covers it.",
			Fix:        "Build the chain in that account too, or use an organization trail.",
			References: []string{docTrailRegions}, Facts: []string{"T18"},
		},
	}
}
