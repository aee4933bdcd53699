package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/iacgate/iacgate/internal/cloudtrail/logfile"
	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/filterpattern"
	"github.com/iacgate/iacgate/internal/format"
	"github.com/iacgate/iacgate/internal/report"
	"github.com/iacgate/iacgate/internal/terminal"
	"github.com/iacgate/iacgate/internal/verdict"
)

// An eventsAnswer is the output of pattern --event.
type eventsAnswer struct {
	Pattern string        `json:"pattern"`
	Records int           `json:"records"`
	Matches int           `json:"matches"`
	Events  []eventAnswer `json:"events"`
}

// eventAnswer is the answer for one record.
type eventAnswer struct {
	Record    int    `json:"record"` // from 1, in the order of the file
	Match     bool   `json:"match"`
	Time      string `json:"eventTime,omitempty"`
	Source    string `json:"eventSource,omitempty"`
	Name      string `json:"eventName,omitempty"`
	ErrorCode string `json:"errorCode,omitempty"`
}

func (p *program) matchEvents(ctx context.Context, pattern *filterpattern.Pattern, file string, asJSON bool) (int, error) {
	in, err := p.openEvents(file)
	if err != nil {
		return 0, err
	}
	defer in.Close()
	a := eventsAnswer{Pattern: pattern.String(), Events: []eventAnswer{}}
	for record, err := range logfile.Records(in) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return 0, diag.At(file, err)
		}
		a.add(record, pattern.Match(record))
	}
	code := verdict.ExitFail
	if a.Matches > 0 {
		code = verdict.ExitOK
	}
	if asJSON {
		return code, report.JSON(p.stdout, a)
	}
	_, err = io.WriteString(p.stdout, a.text())
	return code, err
}

func (p *program) openEvents(file string) (io.ReadCloser, error) {
	if file == format.Stdin {
		return io.NopCloser(p.stdin), nil
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, diag.At(file, err)
	}
	return f, nil
}

func (a *eventsAnswer) add(record json.RawMessage, match bool) {
	var e eventAnswer
	_ = json.Unmarshal(record, &e) // fields of other types stay empty
	a.Records++
	e.Record, e.Match = a.Records, match
	if match {
		a.Matches++
	}
	a.Events = append(a.Events, e)
}

func (a *eventsAnswer) text() string {
	var b strings.Builder
	for _, e := range a.Events {
		word := "no"
		if e.Match {
			word = "match"
		}
		line := fmt.Sprintf("%-5s  record %d  %s  %s %s  %s", word, e.Record, e.Time, e.Source, e.Name, e.ErrorCode)
		b.WriteString(strings.TrimRight(terminal.Clean(line), " ") + "\n")
	}
	fmt.Fprintf(&b, "%d of %d records match\n", a.Matches, a.Records)
	return b.String()
}
