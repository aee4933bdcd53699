package finding

import "github.com/iacgate/iacgate/internal/verdict"

func patternCodes() []Code {
	const link = verdict.Link("pattern")
	return []Code{
		{
			ID: "pattern-invalid", Link: link, Level: verdict.Error,
			Title:      "The filter pattern does not parse",
			Why:        "AWS refuses the filter at apply, so nothing matches these events.",
			Fix:        "Correct the pattern where the message points; iacgate pattern '...' checks it without a plan.",
			References: []string{docPattern}, Facts: []string{"F01"},
		},
		{
			ID: "pattern-misses-events", Link: link, Level: verdict.Error,
			Title:      "The pattern misses events that the control is about",
			Why:        "The event shown is one that AWS is known to write, and it raises no alarm. EC2 writes Client.UnauthorizedOperation, most other services AccessDenied or AccessDeniedException; a pattern must match all of them.",
			Fix:        "Use the control's reference pattern, or declare the events that it leaves out on purpose under exclusions in .iacgate.yaml.",
			References: []string{docPatternMetric, docSecurityHub}, Facts: []string{"F02"},
		},
		{
			ID: "pattern-never-matches", Link: link, Level: verdict.Error,
			Title:      "The pattern cannot match any of these events",
			Why:        "Two conditions contradict each other, a field is misspelt (field names are case-sensitive), or a comparison needs a field that these events lack: a missing field matches neither = nor !=.",
			Fix:        "Use the control's reference pattern; join alternatives with || and guard optional fields with NOT EXISTS.",
			References: []string{docPatternMetric}, Facts: []string{"F04"},
		},
		{
			ID: "pattern-floods", Link: link, Level: verdict.Error,
			Title:      "The pattern matches everyday events",
			Why:        "The alarm goes off at once and stays on. Actions run only when the state changes, so after the first message real events send no notification.",
			Fix:        "Join exclusions with && and parentheses: { ((A) || (B)) && ($.eventName != \"HeadBucket\") }.",
			References: []string{docPatternMetric, docAlarms}, Facts: []string{"F03"},
		},
		{
			ID: "pattern-narrower-than-reference", Link: link, Level: verdict.Warning,
			Title:      "The pattern is narrower than the benchmark's",
			Why:        "It matches every event that AWS is known to write, but misses error codes that the benchmark's pattern would also match. Security Hub accepts only its own pattern.",
			Fix:        "Use the control's reference pattern to be on the safe side.",
			References: []string{docSecurityHub}, Facts: []string{"F02"},
		},
		{
			ID: "pattern-enumerates", Link: link, Level: verdict.Warning,
			Title:      "The pattern lists the values of a field that AWS may extend",
			Why:        "It matches every event that AWS writes today. If AWS adds a value, as it did with IdentityCenterUser in 2024, events with that value raise no alarm.",
			Fix:        "Exclude the values that you do not want, as the control's reference pattern does, or do not test the field.",
			References: []string{docRecordContents, docUserIdentity}, Facts: []string{"F02"},
		},
		{
			ID: "pattern-texts-differ", Link: link, Level: verdict.Warning,
			Title:      "AWS documents different patterns for this control",
			Why:        "Security Hub compares patterns, and AWS does not say which of the two it expects. It may report either one as failed.",
			Fix:        "Nothing to change; look at the control's result in Security Hub once the alarm is deployed.",
			References: []string{docSecurityHub, docAutomatedResponse}, Facts: []string{"F02"},
		},
		{
			ID: "pattern-is-wide", Link: link, Level: verdict.Warning,
			Title:      "The pattern matches more than the control asks for",
			Why:        "The alarm also goes off for other events, and people learn to ignore it.",
			Fix:        "Narrow the pattern to the control's reference pattern.",
			References: []string{docPatternMetric}, Facts: []string{"F03"},
		},
		{
			ID: "pattern-undecided", Link: link, Level: verdict.Unclear,
			Title:      "Whether the pattern covers the control cannot be decided",
			Why:        "The pattern is known only after apply, or it is of a kind (terms, regular expression, space-delimited, wildcard selectors) whose coverage iacgate does not compute.",
			Fix:        "Write the pattern as a JSON pattern with literal values, such as the control's reference pattern.",
			References: []string{docPattern}, Facts: []string{"F02"},
		},
		{
			ID: "pattern-exclusions", Link: link, Level: verdict.Note,
			Title:      "The pattern leaves out events that are declared exclusions",
			Why:        "The configuration, or iacgate's defaults (the benchmark's own exclusions), allow a pattern to leave out these events.",
			Fix:        "Nothing to do; set default_exclusions: false in .iacgate.yaml to require all events.",
			References: []string{docPatternMetric}, Facts: []string{"F02"},
		},
	}
}
