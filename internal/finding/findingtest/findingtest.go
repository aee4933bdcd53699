// Package findingtest has the catalogue of silent failures that iacgate was designed to
// detect. Tests compare the finding codes and the scenarios of the gate with it. Only
// tests import it.
package findingtest

import (
	"slices"

	"github.com/iacgate/iacgate/internal/finding"
)

// A Row is one way to deploy an alarm that never fires or never notifies, from
// the catalogue that iacgate was designed against.
type Row struct {
	ID      string
	Subject string
	// Reason says why no code covers the row: it breaks nothing, or it cannot
	// be seen in a plan, a configuration or a template.
	Reason string
}

// Codes returns the ids of the codes that cover the row.
func (r Row) Codes() []string {
	var ids []string
	for _, c := range finding.All() {
		if slices.Contains(c.Facts, r.ID) {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// Catalogue returns every row, in the order of the chain.
func Catalogue() []Row {
	return slices.Concat(trailRows(), logGroupRows(), filterRows(), alarmRows(), topicRows(), subscriptionRows(), deploymentRows())
}

const (
	harmless = "no influence on whether the alarm fires or notifies"
	runtime  = "seen only while the account runs"
)

func trailRows() []Row {
	return []Row{
		{ID: "T01", Subject: "single-region trail"},
		{ID: "T02", Subject: "logging switched off"},
		{ID: "T03", Subject: "global service events left out"},
		{ID: "T04", Subject: "management events left out by all selectors"},
		{ID: "T05", Subject: "reads or writes left out"},
		{ID: "T06", Subject: "advanced selectors without management events"},
		{ID: "T07", Subject: "advanced selector of management events narrowed"},
		{ID: "T08", Subject: "KMS or RDS Data events excluded"},
		{ID: "T09", Subject: "insight selectors", Reason: harmless + ": Insights events are not denied calls"},
		{ID: "T10", Subject: "no delivery to CloudWatch Logs, or half of it"},
		{ID: "T11", Subject: "log group ARN without :*, or with two"},
		{ID: "T12", Subject: "role that cannot write"},
		{ID: "T13", Subject: "organization trail whose role covers its own account alone"},
		{ID: "T14", Subject: "log group or role in another account or region"},
		{ID: "T15", Subject: "events over 256 KB go to S3 alone", Reason: runtime},
		{ID: "T16", Subject: "delivery takes minutes", Reason: runtime + "; sensitivity.max_delay judges the alarm's own delay"},
		{ID: "T17", Subject: "the trail's own SNS topic", Reason: "announces files in S3; iacgate never counts it as an alarm"},
		{ID: "T18", Subject: "trail and filter in different accounts"},
		{ID: "T19", Subject: "no trail in the input"},
		{ID: "T20", Subject: "bucket policy or key breaks delivery to S3", Reason: "AWS refuses the trail when it is created; delivery to CloudWatch Logs is a separate path"},
	}
}

func logGroupRows() []Row {
	return []Row{
		{ID: "G01", Subject: "log group class without metric filters"},
		{ID: "G02", Subject: "retention", Reason: harmless},
		{ID: "G03", Subject: "key of the log group does not admit CloudWatch Logs"},
		{ID: "G04", Subject: "filter on transformed logs"},
		{ID: "G05", Subject: "filter and trail use different groups"},
		{ID: "G06", Subject: "group known by name or data source only"},
	}
}

func filterRows() []Row {
	return []Row{
		{ID: "F01", Subject: "pattern does not parse"},
		{ID: "F02", Subject: "pattern loses events"},
		{ID: "F03", Subject: "pattern matches everyday events"},
		{ID: "F04", Subject: "pattern contradicts itself or names a wrong field"},
		{ID: "F05", Subject: "value 0, no number or a missing field"},
		{ID: "F06", Subject: "value is a field that exists"},
		{ID: "F07", Subject: "filter with dimensions, alarm without"},
		{ID: "F08", Subject: "alarm with dimensions, filter without"},
		{ID: "F09", Subject: "system fields emitted as dimensions"},
		{ID: "F10", Subject: "selection by account or region"},
		{ID: "F11", Subject: "default value dilutes or floods the statistic"},
		{ID: "F12", Subject: "default value beside dimensions"},
		{ID: "F13", Subject: "filter's name used as metric name"},
		{ID: "F14", Subject: "metric name or namespace differ"},
		{ID: "F15", Subject: "unit of the filter"},
		{ID: "F16", Subject: "several filters feed one metric"},
		{ID: "F17", Subject: "two filters with one name"},
		{ID: "F18", Subject: "too many filters on a group"},
	}
}

func alarmRows() []Row {
	return []Row{
		{ID: "A01", Subject: "actions switched off"},
		{ID: "A02", Subject: "no action for ALARM"},
		{ID: "A03", Subject: "action is not an SNS topic"},
		{ID: "A04", Subject: "topic in another region"},
		{ID: "A05", Subject: "topic that does not exist"},
		{ID: "A06", Subject: "operator or threshold that a count never meets"},
		{ID: "A07", Subject: "statistic that does not count"},
		{ID: "A08", Subject: "percentile over few samples"},
		{ID: "A09", Subject: "alarm's unit differs"},
		{ID: "A10", Subject: "several datapoints asked of a sparse metric"},
		{ID: "A11", Subject: "settings that AWS refuses"},
		{ID: "A12", Subject: "period of 10, 20 or 30 seconds"},
		{ID: "A13", Subject: "very long period"},
		{ID: "A14", Subject: "missing data counts as breaching"},
		{ID: "A15", Subject: "missing data ignored, no default value"},
		{ID: "A16", Subject: "missing data treated as missing", Reason: "works: the state moves between INSUFFICIENT_DATA and ALARM"},
		{ID: "A17", Subject: "metric math"},
		{ID: "A18", Subject: "anomaly detection"},
		{ID: "A19", Subject: "query-based alarms"},
		{ID: "A20", Subject: "child of a composite alarm"},
		{ID: "A21", Subject: "actions suppressor"},
		{ID: "A22", Subject: "mute rule"},
		{ID: "A23", Subject: "alarms start in INSUFFICIENT_DATA", Reason: runtime + "; the first event still changes the state"},
		{ID: "A24", Subject: "alarm in another region or account than the filter"},
		{ID: "A25", Subject: "several alarms with one name"},
		{ID: "A26", Subject: "metric of another account"},
		{ID: "A27", Subject: "warm-up after a change"},
		{ID: "A28", Subject: "window of the wall clock with another period"},
		{ID: "A29", Subject: "idioms of metric math"},
	}
}

func topicRows() []Row {
	return []Row{
		{ID: "S01", Subject: "AWS managed key"},
		{ID: "S02", Subject: "key policy without CloudWatch"},
		{ID: "S03", Subject: "key policy conditions that CloudWatch cannot meet"},
		{ID: "S04", Subject: "topic policy without CloudWatch"},
		{ID: "S05", Subject: "topic policy conditions that do not fit"},
		{ID: "S06", Subject: "explicit deny"},
		{ID: "S07", Subject: "two policies for one topic"},
		{ID: "S08", Subject: "FIFO topic"},
		{ID: "S09", Subject: "topic deleted, replaced or counted to 0"},
		{ID: "S10", Subject: "topic in another account or stack"},
		{ID: "S11", Subject: "policy not known yet"},
		{ID: "S12", Subject: "signature version, tracing, delivery feedback; size of messages"},
	}
}

func subscriptionRows() []Row {
	return []Row{
		{ID: "N01", Subject: "no subscription"},
		{ID: "N02", Subject: "subscribed topics only"},
		{ID: "N03", Subject: "e-mail needs a click"},
		{ID: "N04", Subject: "HTTPS endpoint that does not confirm itself"},
		{ID: "N05", Subject: "queue, function or delivery stream that does not let SNS in"},
		{ID: "N06", Subject: "endpoint in another account"},
		{ID: "N07", Subject: "filter policy on message attributes"},
		{ID: "N08", Subject: "filter policy on the message body"},
		{ID: "N09", Subject: "raw delivery, redrive policy", Reason: harmless},
		{ID: "N10", Subject: "limits of text messages"},
		{ID: "N11", Subject: "malformed or placeholder endpoint"},
		{ID: "N12", Subject: "inline subscription removed from a template", Reason: "CloudFormation keeps the old subscription; a template does not show what it held before"},
		{ID: "N13", Subject: "chat, paging and Firehose endpoints", Reason: "breaks nothing: they count as subscriptions"},
	}
}

func deploymentRows() []Row {
	return []Row{
		{ID: "D01", Subject: "resource deleted or forgotten"},
		{ID: "D02", Subject: "resource replaced"},
		{ID: "D03", Subject: "count 0, empty for_each, condition false"},
		{ID: "D04", Subject: "known to a data source, remote state or import only"},
		{ID: "D05", Subject: "pieces in different regions or accounts"},
		{ID: "D06", Subject: "incomplete plan"},
		{ID: "D07", Subject: "resource unchanged", Reason: "breaks nothing: it counts as existing"},
		{ID: "D08", Subject: "deposed object", Reason: "breaks nothing: it is on its way out and never counts as existing"},
		{ID: "D09", Subject: "ignore_changes on a judged argument", Reason: "a plan does not show lifecycle settings, and no input shows the live value"},
		{ID: "D10", Subject: "CloudFormation deletion policies", Reason: harmless},
		{ID: "D11", Subject: "drift"},
		{ID: "D12", Subject: "condition on a parameter without default"},
		{ID: "D13", Subject: "role policies taken away"},
	}
}
