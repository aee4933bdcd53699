package show

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/iacgate/iacgate/internal/backtest"
	"github.com/iacgate/iacgate/internal/backtest/words"
)

// writeCSV writes the newest data point and the state of every alarm at the end of every
// minute, by the first variant. An alarm before and after a plan has two names.
func writeCSV(w io.Writer, r *backtest.Report, _ Options) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"minute", "alarm", "points", "state"}); err != nil {
		return err
	}
	for _, a := range r.Alarms {
		title := cell(words.Title(a))
		for minute, state := range a.Timeline.States() {
			points := ""
			if v, ok := a.Timeline.Point(minute); ok {
				points = strconv.FormatFloat(v, 'g', -1, 64)
			}
			if err := out.Write([]string{time.Unix(minute*60, 0).UTC().Format(time.RFC3339), title, points, state.String()}); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

// cell makes a text that a spreadsheet does not take for a formula.
func cell(text string) string {
	if strings.IndexAny(text, "=+-@\t\r") == 0 {
		return "'" + text
	}
	return text
}
