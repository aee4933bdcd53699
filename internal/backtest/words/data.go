package words

import (
	"fmt"

	"github.com/iacgate/iacgate/internal/backtest"
)

// Data says what was read.
func Data(d backtest.Data) (out []string) {
	if d.Records > 0 {
		out = append(out, Count(int64(d.Files), "file")+", "+Count(d.Records, "record"))
	}
	return append(out,
		fmt.Sprintf("%s to %s UTC, %s of %s with data", Time(d.From), Time(d.To), Number(int64(d.Hours-d.SilentHours-d.ProvenHours)), Count(int64(d.Hours), "hour")),
		"counted by the clock of the "+clockNames[d.Clock])
}

// Remarks say what is odd about the data.
func Remarks(d backtest.Data) (out []string) {
	say := func(n int64, format string, args ...any) {
		if n > 0 {
			out = append(out, fmt.Sprintf(format, args...))
		}
	}
	out = append(out, d.Notes...)
	say(int64(d.SilentHours), "%s without any record: silent or missing, and left out of the figures per week", Count(int64(d.SilentHours), "hour"))
	say(int64(d.ProvenHours), "%s without any record, as digests prove", Count(int64(d.ProvenHours), "hour"))
	if n := len(d.MissingFiles); n > 0 {
		say(int64(n), "%s that digests name and that were not given, such as %s", Count(int64(n), "log file"), d.MissingFiles[0])
	}
	for _, c := range d.Cut {
		say(1, "%s does not hold all: %s", c.File, c.Reason)
	}
	say(d.Duplicates, "%s left out: looked for among matching records of 24 hours and among others of one hour of delivery", Count(d.Duplicates, "duplicate"))
	say(d.Unchecked, "%s not checked for duplicates: there were too many at once", Count(d.Unchecked, "record"))
	say(d.Timeless, "%s without a readable eventTime, counted at the delivery", Count(d.Timeless, "record"))
	say(d.Dropped, "%s without a readable time, counted nowhere", Count(d.Dropped, "record"))
	say(d.Outside, "%s outside of --since and --until", Count(d.Outside, "record"))
	say(d.Large, "%s above 256 KB, which CloudTrail does not send to CloudWatch Logs", Count(d.Large, "record"))
	if n := int64(len(d.Skipped)); n > 0 {
		out = append(out, fmt.Sprintf("%s skipped, since their names do not end as those of records do (%s)", Count(n, "file"), d.Skipped[0]))
	}
	say(int64(d.Insights), "%s of Insights, skipped", Count(int64(d.Insights), "file"))
	if d.Reads == 0 && d.Records > 0 && len(d.Notes) == 0 {
		out = append(out, "no record has readOnly true: if lookup-events was asked for writes only, most denials are missing")
	}
	return out
}

// clockNames are what the clocks are called in sentences.
var clockNames = map[string]string{
	"event": "event", "delivery": "delivery", "log": "log event", "metric": "metric", "event to delivery": "event, and by that of its delivery",
}
