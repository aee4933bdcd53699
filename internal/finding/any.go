package finding

import "github.com/iacgate/iacgate/internal/verdict"

// anyCodes fit any link.
func anyCodes() []Code {
	return []Code{
		{
			ID: "value-unknown", Level: verdict.Unclear,
			Title:      "A value that decides the link is not known",
			Why:        "It is computed at apply, comes from a variable or data source, or is redacted. A gate that cannot see does not open.",
			Fix:        "Give the variable a value, refer to the resource directly, or settle the link in .iacgate.yaml under external.",
			References: []string{docPlanJSON}, Facts: []string{"D04", "D12"},
		},
		{
			ID: "link-inferred", Level: verdict.Note,
			Title:      "The link is inferred",
			Why:        "The plan does not say what a local or a dynamic block holds. Everything that it could hold makes the link good, so the link holds.",
			Fix:        "Pass the plan's sources with --source to know, or refer to the resource directly.",
			References: []string{docPlanJSON}, Facts: []string{"D04"},
		},
		{
			ID: "plan-incomplete", Level: verdict.Note,
			Title:      "Absence from this input proves nothing",
			Why:        "With -target, errors or deferred changes a plan leaves resources out. What is not in it is not known to be absent, so nothing passes.",
			Fix:        "Judge a complete plan: plan without -target and without errors.",
			References: []string{docPlanJSON}, Facts: []string{"D06"},
		},
		{
			ID: "input-not-read", Level: verdict.Unclear,
			Title:      "What was not read may hold the chain",
			Why:        "Nothing that was read has to do with the control, and a part of the input was not read: a module that is not installed, a nested stack whose template is elsewhere, what an incomplete plan leaves out. A gate that cannot see does not open.",
			Fix:        "Read what is missing: run terraform init, or terraform get, which needs no credentials; put the nested template beside its parent; judge the complete plan. A module that holds nothing of the chain is declared under external in .iacgate.yaml.",
			References: []string{docConfiguration}, Facts: []string{"D06"},
		},
		{
			ID: "too-many-candidates", Level: verdict.Unclear,
			Title:      "There are more chains than are judged",
			Why:        "Filters, the trails that write to one log group, the alarms on one metric and the topics that these tell multiply. Beyond a bound no chain is judged, and a gate that has not looked does not open.",
			Fix:        "Judge what belongs together by itself, or give each filter a metric and each metric an alarm of its own.",
			References: []string{docLimits}, Facts: []string{"D06"},
		},
		{
			ID: "count-undecided", Level: verdict.Unclear,
			Title:      "It is not known whether the resource exists",
			Why:        "Its count, its for_each or a condition depends on what has no value here. Only what is sure to exist counts.",
			Fix:        "Give what decides it a value: --var NAME=VALUE, a variable file or a default; or judge the plan.",
			References: []string{docPlanJSON}, Facts: []string{"D03"},
		},
		{
			ID: "depends-on-parameter", Level: verdict.Unclear,
			Title:      "The verdict depends on a parameter without a value",
			Why:        "A condition or a choice of the template is decided by a parameter that has no default. The verdict is what holds whatever its value is; here it differs.",
			Fix:        "Give the parameter the value that it is deployed with: --parameter NAME=VALUE or --parameters-file FILE.",
			References: []string{docParameters},
		},
		{
			ID: "depends-on-tofu", Level: verdict.Unclear,
			Title:      "The verdict depends on whether OpenTofu or Terraform applies the code",
			Why:        "OpenTofu alone reads files that end in .tofu, some of them in the place of files of the same name. Nothing says which of the two applies this code: no lock file of OpenTofu's registry alone, no language block.",
			Fix:        "Say it with --tofu or --tofu=false, or with tofu: in .iacgate.yaml.",
			References: []string{docTofuFiles},
		},
		{
			ID: "refused", Level: verdict.Error,
			Title:      "AWS refuses the resource",
			Why:        "A name or a value that AWS does not take, more of something than it admits, arguments that exclude each other, or one that is missing: apply fails, and there is no such resource.",
			Fix:        "Correct the argument that the message names.",
			References: []string{docPutMetricAlarm, docPutMetricFilter, docTrailAPI}, Facts: []string{"A11", "F18"},
		},
		{
			ID: "replaced", Level: verdict.Note,
			Title:      "This plan replaces the resource",
			Why:        "Until the new one stands there is a gap; an alarm forgets its state and an e-mail subscription has to be confirmed again.",
			Fix:        "Apply at a quiet time, use create_before_destroy where names allow it, and confirm subscriptions afterwards.",
			References: []string{docPlanJSON}, Facts: []string{"D02"},
		},
		{
			ID: "drifted", Level: verdict.Warning,
			Title:      "Somebody changed the resource outside Terraform",
			Why:        "The plan found the real resource different from the state, so part of this chain is edited by hand.",
			Fix:        "Find out who changed it and why, then apply or adopt the change.",
			References: []string{docPlanJSON}, Facts: []string{"D11"},
		},
		{
			ID: "forgotten", Level: verdict.Warning,
			Title:      "This plan forgets the resource",
			Why:        "The resource keeps running, but nobody manages it any more and no later plan shows what becomes of it.",
			Fix:        "Keep the resource under management, here or in another configuration.",
			References: []string{docRemoved, docPlanJSON}, Facts: []string{"D01"},
		},
		{
			ID: "external-unused", Level: verdict.Note,
			Title:      "An entry under external settles nothing",
			Why:        "No link of an input of this run needs it: it is outdated or misspelt.",
			Fix:        "Remove or correct the entry in .iacgate.yaml.",
			References: []string{docConfiguration},
		},
		{
			ID: "nothing-to-judge", Level: verdict.Error,
			Title:      "The input has nothing to do with the control",
			Why:        "It holds no trail of management events and no filter for these events. Without --require such an input is skipped.",
			Fix:        "Judge the input that holds the trail and the alarm, or leave out --require.",
			References: []string{docConfiguration},
		},
		{
			ID: "waiver-expired", Level: verdict.Note,
			Title:      "A waiver for this result has expired",
			Why:        "A waiver covers the result but its last day is over, so the result counts again.",
			Fix:        "Mend the fault, or renew the waiver where it stands: in .iacgate.yaml or in the code.",
			References: []string{docConfiguration},
		},
		{
			ID: "waiver-unused", Level: verdict.Note,
			Title:      "A waiver accepts nothing",
			Why:        "It is about a control and an input that were judged, and nothing that they say is covered by it: the fault is mended, or the waiver misspelt.",
			Fix:        "Remove or correct the waiver where it stands: in .iacgate.yaml or in the code.",
			References: []string{docConfiguration},
		},
	}
}
