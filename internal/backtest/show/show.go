// Package show writes the report of a backtest: as text for people, as JSON, and as CSV
// with a row for each minute of each alarm.
package show

import (
	"io"

	"github.com/iacgate/iacgate/internal/backtest"
	htmlpage "github.com/iacgate/iacgate/internal/backtest/page"
	"github.com/iacgate/iacgate/internal/report"
)

// A Writer writes a report.
type Writer func(io.Writer, *backtest.Report, Options) error

var formats = []struct {
	name  string
	write Writer
}{

	{"text", writeText},
	{"json", func(w io.Writer, r *backtest.Report, _ Options) error { return report.JSON(w, r) }},
	{"csv", writeCSV},
	{"html", func(w io.Writer, r *backtest.Report, _ Options) error { return htmlpage.Write(w, r) }},
}

// Names returns the names of the formats.
func Names() []string {
	var names []string
	for _, f := range formats {
		names = append(names, f.name)
	}
	return names
}

// Format returns the writer of a format.
func Format(name string) (Writer, bool) {
	for _, f := range formats {
		if f.name == name {
			return f.write, true
		}
	}
	return nil, false
}
