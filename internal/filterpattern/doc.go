// Package filterpattern knows the filter patterns of CloudWatch Logs: it
// parses and prints them, matches them against log messages as AWS does, and
// decides whether one pattern matches every event that another one matches,
// with the smallest event that proves the opposite.
//
// The semantics follow the user guide,
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html,
// and, where the guide is silent, what TestMetricFilter answered in September
// 2026, as recorded by https://github.com/vuthehuyht/floci (MIT, commit
// 67ee4ba946af); testdata/aws-answers.json holds those recordings. Comments
// mark facts of the second kind with "recorded".
//
// The heart of the language is that a comparison needs a value: on an event
// without x, neither { $.x = "v" } nor { $.x != "v" } matches. [Pattern.Match]
// is the plain statement of such rules; [Separate] reasons about them and has
// every event that it finds confirmed by Match.
//
// The package is not for knowledge about particular events or controls: which
// fields a CloudTrail record carries comes in from outside as [Axioms]. It does
// not know metric filters, metric values or dimensions either.
package filterpattern
