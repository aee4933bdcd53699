package backtest

import (
	"time"

	"github.com/iacgate/iacgate/internal/tally"
)

// run is one backtest.
type run struct {
	options Options
	tally   *tally.Tally
	report  *Report
}

// edge is the number of minutes left out at the end of the data: records of that time may not be
// delivered yet.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
const edge = 15

// clock writes a minute.
func clock(minute int64) string { return time.Unix(minute*60, 0).UTC().Format(time.RFC3339) }
