package finding

import "github.com/iacgate/iacgate/internal/verdict"

func trailCodes() []Code {
	const link = verdict.Link("trail")
	return []Code{
		{
			ID: "trail-not-multi-region", Link: link, Level: verdict.Error,
			Title:      "The trail records one region only",
			Why:        "Calls in every other region leave no event in the log group. Global services such as IAM and console sign-in are recorded in us-east-1 alone, so a trail of another region misses them as well.",
			Fix:        "Set is_multi_region_trail = true.",
			References: []string{docTrailRegions, docTrailAPI}, Facts: []string{"T01"},
		},
		{
			ID: "trail-logging-off", Link: link, Level: verdict.Error,
			Title:      "The trail exists but records nothing",
			Why:        "With logging switched off the trail delivers no event, so no filter behind it ever matches.",
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
			Why:        "Event selectors replace the default, which records all management events. Almost every denied call is a read, so a trail of writes alone, or of data events alone, never sees it.",
			Fix:        "Add a selector that records management events of the kind that is missing: include_management_events = true with read_write_type = \"All\", or an advanced selector with nothing but eventCategory equal to Management.",
			References: []string{docTrailManagement}, Facts: []string{"T04", "T05", "T06", "T07", "T08"},
		},
		{
			ID: "trail-excludes-sources", Link: link, Level: verdict.Warning,
			Title:      "The trail leaves out the events of busy services",
			Why:        "KMS and RDS Data API events are often excluded to save money. Denied calls to these services then raise nothing.",
			Fix:        "Remove the services from exclude_management_event_sources, or accept the gap by lowering this code in the configuration.",
			References: []string{docTrailManagement}, Facts: []string{"T07", "T08"},
		},
		{
			ID: "trail-without-log-group", Link: link, Level: verdict.Error,
			Title:      "The trail does not deliver to CloudWatch Logs",
			Why:        "Metric filters read log groups. A trail that writes to S3 alone feeds none of them.",
			Fix:        "Set cloud_watch_logs_group_arn to \"${aws_cloudwatch_log_group.NAME.arn}:*\" and cloud_watch_logs_role_arn to a role that may write there.",
			References: []string{docTrailDelivery}, Facts: []string{"T10"},
		},
		{
			ID: "trail-without-role", Link: link, Level: verdict.Error,
			Title:      "The trail names a log group but no role to write with",
			Why:        "CloudTrail writes through a role that it assumes. AWS refuses one of the two settings without the other.",
			Fix:        "Set cloud_watch_logs_role_arn to a role that trusts cloudtrail.amazonaws.com.",
			References: []string{docTrailDelivery}, Facts: []string{"T10"},
		},
		{
			ID: "trail-role-cannot-write", Link: link, Level: verdict.Error,
			Title:      "The trail's role may not write to the log group",
			Why:        "AWS checks the role when the trail is created, and refuses a trail whose role has no policy. A later change of its policies, of its permissions boundary or of a list that takes the others away stops delivery without any error.",
			Fix:        "Let the role trust cloudtrail.amazonaws.com and allow logs:CreateLogStream and logs:PutLogEvents on the log streams of the group (its ARN with :*), those of the organization's accounts included.",
			References: []string{docTrailRole}, Facts: []string{"T12", "D13"},
		},
		{
			ID: "trail-role-misses-members", Link: link, Level: verdict.Warning,
			Title:      "The role of the organization's trail may not write the members' streams",
			Why:        "Events of member accounts go to log streams that begin with the organization's id. Without permission for these they are missing, and nothing says so.",
			Fix:        "Allow logs:CreateLogStream and logs:PutLogEvents on the group's log streams o-ORGANIZATION_*, too.",
			References: []string{docTrailRole}, Facts: []string{"T13"},
		},
		{
			ID: "trail-role-not-visible", Link: link, Level: verdict.Note,
			Title:      "Whether the trail's role may write to the log group cannot be seen",
			Why:        "AWS checks the role when the trail is created, so delivery is assumed to work. Later changes to the role cannot be seen from here.",
			Fix:        "Manage the role and its policies beside the trail, or judge the state after the first apply, to have them judged too.",
			References: []string{docTrailRole}, Facts: []string{"T12"},
		},
		{
			ID: "trail-log-group-arn", Link: link, Level: verdict.Warning,
			Title:      "The log group's ARN is not written as CloudTrail wants it",
			Why:        "CloudTrail asks for an ARN that ends in one :*. The Terraform attribute lacks it and CloudFormation's GetAtt has it already; AWS refuses the trail otherwise.",
			Fix:        "In Terraform write cloud_watch_logs_group_arn = \"${aws_cloudwatch_log_group.NAME.arn}:*\"; in CloudFormation use !GetAtt NAME.Arn as it is.",
			References: []string{"https://github.com/hashicorp/terraform-provider-aws/issues/14557"}, Facts: []string{"T11"},
		},
		{
			ID: "trail-elsewhere", Link: link, Level: verdict.Unclear,
			Title:      "No trail in the input writes to the filter's log group",
			Why:        "An organization trail or another stack may feed the group; from here that cannot be seen.",
			Fix:        "If it does, say so in .iacgate.yaml: an entry under external with log_group: and a reason.",
			References: []string{docTrailDelivery}, Facts: []string{"T19"},
		},
		{
			ID: "trail-external", Link: link, Level: verdict.Note,
			Title:      "The configuration vouches for the trail",
			Why:        "An entry under external in .iacgate.yaml says that a trail outside the input does its part.",
			Fix:        "Nothing, as long as the entry is true.",
			References: []string{docTrailDelivery}, Facts: []string{"T19"},
		},
		{
			ID: "trail-deleted", Link: link, Level: verdict.Error,
			Title:      "This plan deletes the trail",
			Why:        "After apply nothing records the events that the alarm is about.",
			Fix:        "Keep the trail, or create its successor in the same plan.",
			References: []string{docTrailAPI}, Facts: []string{"D01", "D03"},
		},
		{
			ID: "trail-data-only", Link: link, Level: verdict.Note,
			Title:      "The input's trails record data events only",
			Why:        "Such a trail serves another purpose. It admits no management events and says nothing about this control.",
			Fix:        "Nothing; use --require if an input without a trail of management events must fail.",
			References: []string{docTrailManagement}, Facts: []string{"T06"},
		},
		{
			ID: "account-unwatched", Link: link, Level: verdict.Warning,
			Title:      "A trail of another account leads to no alarm",
			Why:        "One account's chain is complete, but the input also holds a trail of a different account whose events raise nothing, and no organization trail covers it.",
			Fix:        "Build the chain in that account too, or use an organization trail.",
			References: []string{docTrailRegions}, Facts: []string{"T18"},
		},
	}
}
