package show

import (
	"bytes"
	"encoding/csv"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/iacgate/iacgate/internal/alarm/replay"
	"github.com/iacgate/iacgate/internal/backtest"
	"github.com/iacgate/iacgate/internal/tally"
)

// sample is a report with something of everything.
func sample() *backtest.Report {
	bound := 7.0
	caller := tally.Caller{Type: "AssumedRole", Principal: "deploy", Source: "ec2.amazonaws.com", Name: "DescribeInstances", Code: "AccessDenied"}
	group := backtest.Group{Caller: caller, Matches: 12345, Days: 1, Burst: 60, First: "2026-11-02T00:07:00Z", Events: []string{"event-1"}, AtLeast: true, Sessions: []string{"s"}, Addresses: []string{"203.0.113.9"}}
	return &backtest.Report{
		Data: backtest.Data{
			Data: tally.Data{Files: 2, Records: 1_234_567, Duplicates: 1, Unchecked: 2, Timeless: 3, Dropped: 4, Outside: 5, Large: 6, Insights: 1, Cut: []tally.Cut{{File: "page.json", Reason: "it is one page of several"}}},
			From: "2026-11-02T00:00:00Z", To: "2026-11-09T00:00:00Z", Clock: "event to delivery", Hours: 168, SilentHours: 3, ProvenHours: 1, MissingFiles: []string{"missing.json.gz"},
			Regions: []tally.Region{{Account: "111122223333", Region: "eu-west-1", Hours: 165}},
		},
		Alarms: []backtest.Alarm{{
			Input: "plan.json", State: backtest.After, Address: "aws_cloudwatch_metric_alarm.denied", Controls: []string{"unauthorized-api-calls"}, Settings: "Sum >= 1 in 5 minutes",
			Patterns: []string{`{ $.errorCode = "AccessDenied*" }`}, Unsure: []string{"aws_cloudtrail.main: some of the event selectors are known only after apply"}, Matches: 1,
			Range:    backtest.Range{Episodes: backtest.Ints{Least: 1, Most: 2}, PerWeek: backtest.Floats{Least: 1, Most: 2}, ShareInAlarm: backtest.Floats{Least: 0.1, Most: 0.25}},
			Variants: []backtest.Variant{{Clock: "event", Extra: 2}}, Groups: []backtest.Group{group}, Others: 7,
			Episodes: []backtest.Episode{{Start: "2026-11-02T00:07:00Z", Minutes: 1, Matches: 1, Before: true, Because: []backtest.Part{{Caller: caller, Matches: 1}}}, {Start: "2026-11-03T00:07:00Z", Minutes: 4000, Open: true}},
			Days:     []backtest.Day{{Day: "2026-11-02", Matches: 12345, Episodes: 1, Minutes: 61}, {Day: "2026-11-03"}},
			Proposal: &backtest.Proposal{
				PerWeek:    7,
				Threshold:  &backtest.Threshold{Value: 5, Limit: 25, Lost: 1, Unseen: []backtest.Part{{Caller: caller, Matches: 1}}},
				Exclusions: []backtest.Exclusion{{Caller: caller, Matches: 3, Days: 4, Burst: 1, Removed: backtest.Ints{Least: 1, Most: 2}, Pattern: "{ guarded }", Declaration: "exclusions:\n  - pattern: x\n"}},
			},
		}, {State: backtest.Before, Address: "=cmd()", Unknown: "its threshold is not known"}, {Address: "both", Rule: `ALARM("a")`, Range: backtest.Range{Episodes: backtest.Ints{Most: 1}}}},
		Controls: []backtest.Control{{Control: "root-account-usage", Events: 10, Missed: backtest.Missed{Events: 1, Groups: []backtest.Group{group}}, Perhaps: backtest.Missed{Events: 1, Groups: []backtest.Group{group}}}},
		History:  []backtest.Check{{Alarm: "denied", Recorded: 1, Replayed: 1, OnlyRecorded: []string{"2026-11-02T00:07:00Z"}, OnlyReplayed: []string{"2026-11-02T01:07:00Z"}}},
		PerWeek:  &bound, Status: backtest.Beyond, Reasons: []string{"because"},
	}
}

func written(t *testing.T, format string, r *backtest.Report, o Options) string {
	t.Helper()
	write, ok := Format(format)
	if !ok {
		t.Fatalf("no format %s", format)
	}
	var b bytes.Buffer
	if err := write(&b, r, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Everything that is known of the data and the alarms is said.
func TestTextSaysAll(t *testing.T) {
	text := written(t, "text", sample(), Options{})
	for _, want := range []string{
		"2 files, 1,234,567 records", "164 of 168 hours", "3 hours without any record", "1 hour without any record, as digests prove", "missing.json.gz",
		"page.json does not hold all", "1 duplicate left out", "2 records not checked", "3 records without a readable eventTime", "4 records without a readable time",
		"5 records outside", "6 records above 256 KB", "1 file of Insights", "no record has readOnly true", "111122223333 eu-west-1",
		"1 to 2 notifications (1 to 2 a week), in ALARM 10 to 25 %", "matching event\n", "at least 12,345  deploy  ec2  DescribeInstances", "sessions s", "7  of other callers",
		"began before the data", "goes on after the data", "threshold 5", "exclusion of deploy", "NOT confirmed", "pattern: { guarded }", "=cmd() (before the plan)", "not replayed: its threshold",
		"Misses: root-account-usage", "no alarm on its events", "Look like denials", "only recorded: 2026-11-02 00:07", "At most 7 a week: no", "because",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	for line := range strings.Lines(text) {
		if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > width {
			t.Errorf("%d columns: %s", n, line)
		}
	}
}

func TestTextColor(t *testing.T) {
	if plain := written(t, "text", sample(), Options{}); strings.Contains(plain, "\x1b") {
		t.Error("colour that nobody asked for")
	}
	if painted := written(t, "text", sample(), Options{Color: true}); !strings.Contains(painted, "\x1b[1mData\x1b[0m") {
		t.Error("no colour")
	}
}

// TestPageSaysWhatTextSays: every number and every name of the text is in the page, too.
func TestPageSaysWhatTextSays(t *testing.T) {
	r := sample()
	page := html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(written(t, "html", r, Options{}), " "))
	for _, token := range regexp.MustCompile(`[\pL\d][\pL\d.,:_/-]*[\pL\d]|\d`).FindAllString(written(t, "text", r, Options{}), -1) {
		if !strings.Contains(page, token) && !slices.Contains([]string{"from", "sessions", "half"}, token) { // columns have other names
			t.Errorf("%q is in the text and not in the page", token)
		}
	}
}

// What records say cannot change what a terminal does.
func TestTextIsClean(t *testing.T) {
	r := sample()
	r.Alarms[0].Groups[0].Caller.Principal = "a\x1b[2J\nzz"
	if text := written(t, "text", r, Options{}); strings.ContainsAny(text, "\x1b") || strings.Contains(text, "\nzz") {
		t.Errorf("control characters in %q", text)
	}
}

func TestCSV(t *testing.T) {
	r := sample()
	r.Alarms[1].Timeline = replay.NewTimeline(29_900_000, 0, []replay.State{replay.OK, replay.Alarm})
	rows, err := csv.NewReader(strings.NewReader(written(t, "csv", r, Options{}))).ReadAll()
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if got := strings.Join(rows[2], "|"); got != "2026-11-06T21:21:00Z|'=cmd() (before the plan)||ALARM" {
		t.Errorf("row %s", got)
	}
}

func TestFormats(t *testing.T) {
	if _, ok := Format("pdf"); ok {
		t.Error("pdf is no format")
	}
	if text := written(t, "json", sample(), Options{}); !strings.HasPrefix(text, "{") {
		t.Errorf("%.40s", text)
	}
}
