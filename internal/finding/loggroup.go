package finding

import "github.com/iacgate/iacgate/internal/verdict"

func logGroupCodes() []Code {
	const link = verdict.Link("log_group")
	return []Code{
		{
			ID: "log-group-mismatch", Link: link, Level: verdict.Error,
			Title:      "The filter reads a different log group than the trail writes to",
			Why:        "The filter reads a group that receives no CloudTrail events, so it never matches.",
			Fix:        "Make the filter's log_group_name and the trail's cloud_watch_logs_group_arn refer to the same group.",
			References: []string{docTrailDelivery}, Facts: []string{"G05", "G06"},
		},
		{
			ID: "log-group-class", Link: link, Level: verdict.Error,
			Title:      "The log group's class does not support metric filters",
			Why:        "Only groups of the class STANDARD support metric filters, and the class of a group cannot be changed.",
			Fix:        "Create a group without log_group_class (or with STANDARD) and make the trail write to it.",
			References: []string{docLogClasses}, Facts: []string{"G01"},
		},
		{
			ID: "log-group-elsewhere", Link: link, Level: verdict.Unclear,
			Title:      "The input does not show which log group this is",
			Why:        "Its name is known only outside the input, so iacgate cannot tell whether the trail writes to it.",
			Fix:        "Refer to the group that the trail uses, or name it in .iacgate.yaml: an entry under external with log_group: and a reason.",
			References: []string{docTrailDelivery}, Facts: []string{"G06", "D04"},
		},
		{
			ID: "log-group-external", Link: link, Level: verdict.Note,
			Title:      "The configuration declares the log group external",
			Why:        "An entry under external in .iacgate.yaml says that a trail outside the input writes to this group.",
			Fix:        "Nothing to do, as long as the entry is true.",
			References: []string{docTrailDelivery}, Facts: []string{"G06"},
		},
		{
			ID: "log-group-other-region", Link: link, Level: verdict.Error,
			Title:      "The trail, log group and filter are not in the same region and account",
			Why:        "A trail delivers to a log group in its own account and home region, and a filter reads only groups in its own account and region.",
			Fix:        "Move the log group and the filter to the trail's account and home region (provider alias or region argument).",
			References: []string{docTrailDelivery}, Facts: []string{"T14", "T18", "D05"},
		},
		{
			ID: "log-group-key", Link: link, Level: verdict.Warning,
			Title:      "CloudWatch Logs cannot use the log group's key",
			Why:        "AWS refuses such a key for the group: the default key policy, which a key without a policy has, does not allow CloudWatch Logs to use it, and a disabled or asymmetric key is not accepted either. If key or policy change later, events stop arriving.",
			Fix:        "Use an enabled symmetric key, and allow the service principal logs.REGION.amazonaws.com in its key policy: kms:Encrypt*, kms:Decrypt*, kms:ReEncrypt*, kms:GenerateDataKey* and kms:Describe*.",
			References: []string{docLogEncryption, docDefaultKeyPolicy}, Facts: []string{"G03"},
		},
		{
			ID: "log-group-key-not-visible", Link: link, Level: verdict.Note,
			Title:      "The input does not show whether CloudWatch Logs can use the log group's key",
			Why:        "AWS checks the key when it is associated with the group, and refuses one that CloudWatch Logs cannot use. So the key is assumed to work. The input does not show later changes to its policy.",
			Fix:        "To have the key judged too, manage it and its policy in the same configuration as the group.",
			References: []string{docLogEncryption}, Facts: []string{"G03"},
		},
		{
			ID: "log-group-deleted", Link: link, Level: verdict.Error,
			Title:      "This plan deletes the log group",
			Why:        "After apply, the trail has nowhere to write and the filter has nothing to read.",
			Fix:        "Keep the group, or create its replacement in the same plan and move the trail and the filter to it.",
			References: []string{docTrailDelivery}, Facts: []string{"D01", "D03"},
		},
	}
}
