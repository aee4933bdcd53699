package gate_test

import (
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/verdict"
)

// pattern gives the filter another pattern.
func pattern(text string) []edit { return []edit{setAttribute(filter, "pattern", text)} }

func excludes(patterns ...string) func(*config.Config) {
	return func(c *config.Config) {
		for _, p := range patterns {
			c.Exclusions = append(c.Exclusions, config.Exclusion{Pattern: p, Reason: "test"})
		}
	}
}

var patternScenarios = []scenario{
	{name: "pattern of half the codes", of: "F02 2.3 2.4", edits: pattern(`{ $.errorCode = "AccessDenied*" }`),
		want: verdict.Fail, at: "pattern", says: []said{{"pattern-misses-events", filter, "pattern"}}},
	{name: "pattern of the exact code AccessDenied", of: "F02 2.3", edits: pattern(`{ $.errorCode = "AccessDenied" }`),
		want: verdict.Fail, at: "pattern", says: []said{{"pattern-misses-events", filter, "pattern"}}},
	{name: "pattern of all recorded codes by exact name", of: "F02 2.3",
		edits: pattern(`{ ($.errorCode = "AccessDenied") || ($.errorCode = "AccessDeniedException") || ($.errorCode = "UnauthorizedOperation") || ($.errorCode = "Client.UnauthorizedOperation") }`),
		want:  verdict.Pass, says: []said{{"pattern-narrower-than-reference", filter, "pattern"}}},
	{name: "pattern of all recorded codes under the strict profile", of: "2.3",
		edits:  pattern(`{ ($.errorCode = "AccessDenied") || ($.errorCode = "AccessDeniedException") || ($.errorCode = "UnauthorizedOperation") || ($.errorCode = "Client.UnauthorizedOperation") }`),
		config: func(c *config.Config) { c.Profile = "strict" },
		want:   verdict.Fail, at: "pattern", says: []said{{"pattern-narrower-than-reference", filter, "pattern"}}},
	{name: "pattern that leaves out one service", of: "F02 2.3", edits: pattern(`{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && ($.eventSource != "s3.amazonaws.com") }`),
		want: verdict.Fail, at: "pattern", says: []said{{"pattern-misses-events", filter, "pattern"}}},
	{name: "pattern that leaves out what the configuration excludes", of: "2.3 7",
		edits:  pattern(`{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && ($.eventName != "ListBuckets") }`),
		config: excludes(`{ $.eventName = "ListBuckets" }`),
		want:   verdict.Pass, says: []said{{"pattern-exclusions", filter, "pattern"}}},
	{name: "pattern that leaves out more than the configuration excludes", of: "7",
		edits:  pattern(`{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && ($.eventName != "List*") }`),
		config: excludes(`{ $.eventName = "ListBuckets" }`),
		want:   verdict.Fail, at: "pattern", says: []said{{"pattern-misses-events", filter, "pattern"}}},
	{name: "pattern with a clause that an optional field breaks", of: "F04 2.3", edits: pattern(`{ ($.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*") && ($.userIdentity.invokedBy != "x") }`),
		want: verdict.Fail, at: "pattern", says: []said{{"pattern-misses-events", filter, "pattern"}}},
	{name: "both codes at once", of: "F04 2.2", edits: pattern(`{ ($.errorCode = "*UnauthorizedOperation") && ($.errorCode = "AccessDenied*") }`),
		want: verdict.Fail, at: "pattern", says: []said{{"pattern-misses-events", filter, "pattern"}}},
	{name: "two exact codes at once", of: "F04 2.2", edits: pattern(`{ ($.errorCode = "UnauthorizedOperation") && ($.errorCode = "AccessDenied") }`),
		want: verdict.Fail, at: "pattern", says: []said{{"pattern-never-matches", filter, "pattern"}}},
	{name: "a list of all types of events", of: "2.3",
		edits: pattern(`{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && ($.eventType = AwsApiCall || $.eventType = AwsServiceEvent || $.eventType = AwsConsoleAction || $.eventType = AwsConsoleSignIn) }`),
		want:  verdict.Pass, says: []said{{"pattern-enumerates", filter, "pattern"}}},
	{name: "a misspelt value", of: "F04 2.2", edits: pattern(`{ ($.errorCode = "UnauthorisedOperation") || ($.errorCode = "accessdenied") }`),
		want: verdict.Fail, at: "pattern", says: []said{{"pattern-never-matches", filter, "pattern"}}},
	{name: "a filter of another purpose", of: "2.2", edits: pattern(`{ ($.eventSource = ec2.amazonaws.com) && ($.eventName = RunInstances) }`),
		want: verdict.Fail, at: "metric_filter", in: verdict.Missing, says: []said{{"no-metric-filter", "", ""}}},
	{name: "wrong letter case", of: "F04 2.2", edits: pattern(`{ ($.errorcode = "*UnauthorizedOperation") || ($.errorcode = "AccessDenied*") }`),
		want: verdict.Fail, at: "pattern", says: []said{{"pattern-never-matches", filter, "pattern"}}},
	{name: "a pattern that does not parse", of: "F01 2.2 2.4", edits: pattern(`{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*" }`),
		want: verdict.Fail, at: "pattern", says: []said{{"pattern-invalid", filter, "pattern"}}},
	{name: "a pattern that cannot be seen", of: "F02", edits: []edit{later(filter, "pattern")},
		want: verdict.Unknown, at: "pattern", says: []said{{"pattern-undecided", filter, "pattern"}}},
	{name: "every error", of: "F03 2.3", edits: pattern(`{ $.errorCode = "*" }`),
		want: verdict.Pass, says: []said{{"pattern-is-wide", filter, "pattern"}}},
	{name: "everything", of: "F03 2.2", edits: pattern(``),
		want: verdict.Fail, at: "metric_filter", in: verdict.Missing, says: []said{{"no-metric-filter", "", ""}}},
	{name: "terms on the group of a trail", of: "2.2", edits: pattern(`?AccessDenied ?UnauthorizedOperation`),
		want: verdict.Pass, says: []said{{"pattern-is-wide", filter, "pattern"}}},
	{name: "a regular expression on the group of a trail", of: "2.2", edits: pattern(`%AccessDenied|UnauthorizedOperation%`),
		want: verdict.Pass, says: []said{{"pattern-is-wide", filter, "pattern"}}},
	{name: "a space-delimited pattern on the group of a trail", of: "2.2", edits: pattern(`[..., code = *AccessDenied*, rest]`),
		want: verdict.Fail, at: "metric_filter", in: verdict.Missing, says: []said{{"no-metric-filter", "", ""}}},
	{name: "a regular expression of half the codes", of: "2.2", edits: pattern(`%UnauthorizedOperation%`),
		want: verdict.Fail, at: "pattern", says: []said{{"pattern-misses-events", filter, "pattern"}, {"pattern-is-wide", filter, "pattern"}}},
	{name: "one term on the group of a trail", of: "2.2", edits: pattern(`AccessDenied`),
		want: verdict.Fail, at: "pattern", says: []said{{"pattern-misses-events", filter, "pattern"}, {"pattern-is-wide", filter, "pattern"}}},
}

var publishedScenarios = []scenario{
	{name: "the pattern of CIS 2.0 as printed", of: "2.3",
		edits: pattern(`{ ($.errorCode ="*UnauthorizedOperation") || ($.errorCode ="AccessDenied*") && ($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket") }`),
		want:  verdict.Pass, says: []said{{"pattern-exclusions", filter, "pattern"}}},
	{name: "the pattern of CIS 2.0 with parentheses", of: "2.3",
		edits: pattern(`{ (($.errorCode ="*UnauthorizedOperation") || ($.errorCode ="AccessDenied*")) && ($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket") }`),
		want:  verdict.Pass, says: []said{{"pattern-exclusions", filter, "pattern"}}},
	{name: "the pattern of CIS 2.0 where no exclusion is wanted", of: "2.3 7",
		edits:  pattern(`{ (($.errorCode ="*UnauthorizedOperation") || ($.errorCode ="AccessDenied*")) && ($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket") }`),
		config: func(c *config.Config) { c.Exclusions = nil },
		want:   verdict.Fail, at: "pattern", says: []said{{"pattern-misses-events", filter, "pattern"}}},
	{name: "the pattern of CIS 1.4's command lines", of: "F03 2.3",
		edits: pattern(`{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") || ($.sourceIPAddress!="delivery.logs.amazonaws.com") || ($.eventName!="HeadBucket") }`),
		want:  verdict.Fail, at: "pattern", says: []said{{"pattern-floods", filter, "pattern"}}},
	{name: "the pattern of CIS 1.2 in other words", of: "2.3", edits: pattern(`{$.errorCode="AccessDenied*"||$.errorCode="*UnauthorizedOperation"}`), want: verdict.Pass},
	{name: "the pattern in two ways at once", of: "2.3", edits: pattern(`{ ($.errorCode = "*UnauthorizedOperation*") || ($.errorCode = "*AccessDenied*") }`),
		want: verdict.Pass, says: []said{{"pattern-is-wide", filter, "pattern"}}},
}
