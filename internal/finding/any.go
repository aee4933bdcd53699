package finding

import "github.com/iacgate/iacgate/internal/verdict"

// anyCodes fit any link.
func anyCodes() []Code {
	return []Code{
		{
			ID: "value-unknown", Level: verdict.Unclear,
			Title:      "A value that decides this link is not known",
			Why:        "It is computed at apply, comes from a variable or data source, or is redacted. iacgate passes nothing that it cannot see.",
			Fix:        "Give the variable a value, refer to the resource directly, or declare it in .iacgate.yaml under external.",
			References: []string{docPlanJSON}, Facts: []string{"D04", "D12"},
		},
		{
			ID: "link-inferred", Level: verdict.Note,
			Title:      "The link is inferred",
			Why:        "The plan does not show the value of a local or a dynamic block. Every value that it could have satisfies the link, so the link holds.",
			Fix:        "Pass the plan's code with --source, or refer to the resource directly.",
			References: []string{docPlanJSON}, Facts: []string{"D04"},
		},
		{
			ID: "plan-incomplete", Level: verdict.Note,
			Title:      "Not everything could be read",
			Why:        "A resource that is missing from the input may exist in a part that was not read: a module that is not installed, a nested template, or what a plan leaves out because of -target, errors or deferred changes. So it does not count as absent, and an incomplete plan does not pass.",
			Fix:        "Make the missing part readable: run terraform init, add the nested template, or judge a plan made without -target and without errors.",
			References: []string{docPlanJSON}, Facts: []string{"D06"},
		},
		{
			ID: "input-not-read", Level: verdict.Unclear,
			Title:      "The part of the input that was not read may contain the chain",
			Why:        "What was read does not concern the control, but a part of the input was not read: a module that is not installed, a nested stack whose template is elsewhere, or resources that an incomplete plan leaves out. iacgate passes nothing that it cannot see.",
			Fix:        "Make the missing part readable: run terraform init, or terraform get, which needs no credentials; put the nested template next to its parent; judge the complete plan. If a module contains no part of the chain, declare it under external in .iacgate.yaml.",
			References: []string{docConfiguration}, Facts: []string{"D06"},
		},
		{
			ID: "too-many-candidates", Level: verdict.Unclear,
			Title:      "There are more chains than iacgate judges",
			Why:        "The number of chains is the product of filters, trails per log group, alarms per metric and topics per alarm. Above a limit no chain is judged, and the control does not pass.",
			Fix:        "Split the input into parts that belong together, or give each filter its own metric and each metric its own alarm.",
			References: []string{docLimits}, Facts: []string{"D06"},
		},
		{
			ID: "count-undecided", Level: verdict.Unclear,
			Title:      "Whether the resource exists is not known",
			Why:        "Its count, its for_each or a condition depends on a value that is not known. Only resources that are sure to exist count.",
			Fix:        "Give that value: --var NAME=VALUE, a variable file or a default; or judge the plan.",
			References: []string{docPlanJSON}, Facts: []string{"D03"},
		},
		{
			ID: "depends-on-parameter", Level: verdict.Unclear,
			Title:      "The verdict depends on a parameter without a value",
			Why:        "If a parameter has no value, every possible value is tried. If the verdicts differ, the result is unknown and names the parameter.",
			Fix:        "Give the parameter the value that it is deployed with: --parameter NAME=VALUE or --parameters-file FILE.",
			References: []string{docParameters},
		},
		{
			ID: "depends-on-tofu", Level: verdict.Unclear,
			Title:      "The verdict depends on whether OpenTofu or Terraform applies the code",
			Why:        "Only OpenTofu reads files that end in .tofu, and some of them replace .tf files of the same name. Nothing in the code says which of the two applies it: neither a lock file that names only OpenTofu's registry nor a language block.",
			Fix:        "Set --tofu or --tofu=false, or tofu: in .iacgate.yaml.",
			References: []string{docTofuFiles},
		},
		{
			ID: "refused", Level: verdict.Error,
			Title:      "AWS refuses the resource",
			Why:        "A name or value is invalid, a limit is exceeded, two arguments exclude each other, or a required one is missing. Apply fails, and the resource does not exist.",
			Fix:        "Correct the argument that the message names.",
			References: []string{docPutMetricAlarm, docPutMetricFilter, docTrailAPI}, Facts: []string{"A11", "F18"},
		},
		{
			ID: "replaced", Level: verdict.Note,
			Title:      "This plan replaces the resource",
			Why:        "Until the new one exists there is a gap. An alarm loses its state, and an e-mail subscription must be confirmed again.",
			Fix:        "Apply at a quiet time, use create_before_destroy if names allow it, and confirm subscriptions afterwards.",
			References: []string{docPlanJSON}, Facts: []string{"D02"},
		},
		{
			ID: "drifted", Level: verdict.Warning,
			Title:      "The resource was changed outside Terraform",
			Why:        "The plan found that the real resource differs from the state, so part of this chain is edited by hand.",
			Fix:        "Find out who changed it and why, then apply or adopt the change.",
			References: []string{docPlanJSON}, Facts: []string{"D11"},
		},
		{
			ID: "forgotten", Level: verdict.Warning,
			Title:      "This plan removes the resource from the state without deleting it",
			Why:        "The resource keeps running, but Terraform no longer manages it and no later plan shows changes to it.",
			Fix:        "Keep the resource under management, here or in another configuration.",
			References: []string{docRemoved, docPlanJSON}, Facts: []string{"D01"},
		},
		{
			ID: "external-unused", Level: verdict.Note,
			Title:      "This external entry matches nothing in the input",
			Why:        "No link in any input of this run needs it: it is outdated or misspelt.",
			Fix:        "Remove or correct the entry in .iacgate.yaml.",
			References: []string{docConfiguration},
		},
		{
			ID: "nothing-to-judge", Level: verdict.Error,
			Title:      "The control does not apply to the input",
			Why:        "The input has no trail of management events and no filter for these events. Without --require such an input is skipped.",
			Fix:        "Judge the input that contains the trail and the alarm, or do not set --require.",
			References: []string{docConfiguration},
		},
		{
			ID: "waiver-expired", Level: verdict.Note,
			Title:      "A waiver for this result has expired",
			Why:        "A waiver covers the result, but its last day is over, so the result counts again.",
			Fix:        "Fix the fault, or renew the waiver in .iacgate.yaml or in the code.",
			References: []string{docConfiguration},
		},
		{
			ID: "waiver-unused", Level: verdict.Note,
			Title:      "A waiver matches no finding",
			Why:        "Its control and input were judged, but it covers none of their findings: the fault is fixed, or the waiver is misspelt.",
			Fix:        "Remove or correct the waiver in .iacgate.yaml or in the code.",
			References: []string{docConfiguration},
		},
	}
}
