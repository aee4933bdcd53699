package finding

import "github.com/iacgate/iacgate/internal/verdict"

func patternCodes() []Code {
	const link = verdict.Link("pattern")
	return []Code{
		{
			ID: "pattern-invalid", Link: link, Level: verdict.Error,
			Title:      "The filter pattern does not parse",
			Why:        "AWS refuses the filter at apply, so nothing looks for these events.",
			Fix:        "Correct the pattern where the message points; iacgate pattern '...' checks it without a plan.",
			References: []string{docPattern}, Facts: []string{"F01"},
		},
		{
			ID: "pattern-misses-events", Link: link, Level: verdict.Error,
			Title:      "The pattern loses events that the control is about",
			Why:        "The witness is an event that AWS is known to write and that raises nothing. EC2 writes Client.UnauthorizedOperation, most other services AccessDenied or AccessDeniedException; a pattern needs all of them.",
			Fix:        "Use the control's reference pattern, or declare what is left out on purpose under exclusions in .iacgate.yaml.",
			References: []string{docPatternMetric, docSecurityHub}, Facts: []string{"F02"},
		},
		{
			ID: "pattern-never-matches", Link: link, Level: verdict.Error,
			Title:      "The pattern can match none of these events",
			Why:        "Two conditions exclude each other, a field is misspelt (letter case counts), or a comparison needs a field that these events lack: a missing field matches neither = nor !=.",
			Fix:        "Use the control's reference pattern; join alternatives with || and guard optional fields with NOT EXISTS.",
			References: []string{docPatternMetric}, Facts: []string{"F04"},
		},
		{
			ID: "pattern-floods", Link: link, Level: verdict.Error,
			Title:      "The pattern matches everyday events",
			Why:        "The alarm goes off at once and stays on. Actions run only when the state changes, so after the first message real events send nothing.",
			Fix:        "Join exclusions with && and parentheses: { ((A) || (B)) && ($.eventName != \"HeadBucket\") }.",
			References: []string{docPatternMetric, docAlarms}, Facts: []string{"F03"},
		},
		{
			ID: "pattern-narrower-than-reference", Link: link, Level: verdict.Warning,
			Title:      "The pattern is narrower than the benchmark's",
			Why:        "It keeps every event that AWS is known to write but loses codes that the benchmark's pattern would match too. Security Hub accepts its own pattern only.",
			Fix:        "Use the control's reference pattern to be on the safe side.",
			References: []string{docSecurityHub}, Facts: []string{"F02"},
		},
		{
			ID: "pattern-enumerates", Link: link, Level: verdict.Warning,
			Title:      "The pattern lists the values of a field to which AWS may add",
			Why:        "It matches every event of today. An event with a value that AWS adds tomorrow (IdentityCenterUser came in 2024) raises nothing, and nothing says so.",
			Fix:        "Say which values are not meant, as the control's reference pattern does, or leave the field out.",
			References: []string{docRecordContents, docUserIdentity}, Facts: []string{"F02"},
		},
		{
			ID: "pattern-texts-differ", Link: link, Level: verdict.Warning,
			Title:      "AWS's own texts print different patterns for this control",
			Why:        "Security Hub compares patterns, and AWS does not say with which of its own. Either may be reported as failed.",
			Fix:        "Nothing to change; look at the control's result in Security Hub once the alarm is there.",
			References: []string{docSecurityHub, docAutomatedResponse}, Facts: []string{"F02"},
		},
		{
			ID: "pattern-is-wide", Link: link, Level: verdict.Warning,
			Title:      "The pattern matches more than the control asks for",
			Why:        "The alarm also goes off for events of another kind, and people get used to it.",
			Fix:        "Narrow the pattern to the control's reference pattern.",
			References: []string{docPatternMetric}, Facts: []string{"F03"},
		},
		{
			ID: "pattern-undecided", Link: link, Level: verdict.Unclear,
			Title:      "What the pattern covers cannot be decided",
			Why:        "The pattern is known only after apply, or it is of a kind (terms, regular expression, space-delimited, wildcard selectors) whose coverage iacgate does not decide. A gate does not guess.",
			Fix:        "Write the pattern as a JSON pattern with literal values, such as the control's reference pattern.",
			References: []string{docPattern}, Facts: []string{"F02"},
		},
		{
			ID: "pattern-exclusions", Link: link, Level: verdict.Note,
			Title:      "The pattern leaves out events that are declared exclusions",
			Why:        "The configuration, or iacgate's defaults, which are those of the benchmark, say that these events may be left out.",
			Fix:        "Nothing; set default_exclusions: false in .iacgate.yaml to insist on all events.",
			References: []string{docPatternMetric}, Facts: []string{"F02"},
		},
	}
}
