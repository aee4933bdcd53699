package words

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/backtest"
	"github.com/iacgate/iacgate/internal/tally"
)

var (
	deploy = tally.Caller{Type: "AssumedRole", Principal: "deploy", Source: "ec2.amazonaws.com", Name: "DescribeInstances", Code: "AccessDenied"}
	denied = backtest.Alarm{
		Input: "plan.json", State: backtest.Before, Address: "denied", Controls: []string{"unauthorized-api-calls"}, When: []string{"var.a is true"}, Matches: 1200, Unfed: 1,
		Range: backtest.Range{Episodes: backtest.Ints{Least: 1, Most: 2}, PerWeek: backtest.Floats{Least: 1, Most: 2.5}, ShareInAlarm: backtest.Floats{Least: 0.1, Most: 0.25}},
	}
)

// TestAlarmSentences: what is said of an alarm, its days, callers and notifications.
func TestAlarmSentences(t *testing.T) {
	seldom := denied
	seldom.Rule, seldom.Range = "ALARM(a)", backtest.Range{Episodes: backtest.Ints{Least: 1, Most: 1}}
	group := backtest.Group{Caller: deploy, Days: 1, Burst: 60, First: "2026-11-02T00:07:00Z", Events: []string{"e"}, Addresses: []string{"203.0.113.9"}, Sessions: []string{"s"}}
	episode := backtest.Episode{Start: "2026-11-02T00:07:00Z", Minutes: 1, Matches: 1, Open: true, Because: []backtest.Part{{Caller: deploy}}}
	for got, want := range map[string]string{
		Title(denied):           "plan.json: denied (before the plan) where var.a is true",
		Title(backtest.Alarm{}): "the alarm",
		Figures(denied):         "1 to 2 notifications (1 to 2.5 a week), in ALARM 10 to 25 % of the time, 1,200 matching events",
		Figures(seldom):         "1 notification, in ALARM 0 % of the time",
		Unfed(denied):           "1 matching event left out: its trail records other accounts, regions or kinds of events",
		Day(backtest.Day{}):     "",
		Day(backtest.Day{Minutes: 7, Episodes: 1}): "1 notification, 7 minutes",
		Group(group):             "on 1 day, at most 60 a minute, first 2026-11-02 00:07, event e, from 203.0.113.9, sessions s",
		Episode(denied, episode): "2026-11-02 00:07, 1 minute, goes on after the data, 1 event: deploy DescribeInstances",
		Episode(seldom, backtest.Episode{Start: "2026-11-02T00:07:00Z", Minutes: 2, Before: true}): "2026-11-02 00:07, 2 minutes, began before the data",
		Caller(deploy): "deploy  ec2  DescribeInstances  AccessDenied",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestProposalSentences: what a proposal brings, at which price.
func TestProposalSentences(t *testing.T) {
	part := []backtest.Part{{Caller: deploy}, {Caller: deploy}}
	threshold := &backtest.Threshold{Value: 5, Lost: 2, Unseen: part, Kept: 1, Confirmed: true, Tested: backtest.Range{PerWeek: backtest.Floats{Most: 2}}}
	doubtful := *threshold
	doubtful.Confirmed = false
	busy := doubtful
	busy.Tested.ShareInAlarm.Most = 0.05
	for got, want := range map[string]string{
		Proposals(&backtest.Proposal{PerWeek: 7}): "Proposals for at most 7 a week (nothing is applied)",
		NoThreshold(&backtest.Proposal{Why: "x"}): "threshold: none: x",
		Threshold(threshold, 7):                   "threshold 5: 0 a week in the first half, where it was chosen, 0 to 2 in the second",
		Threshold(&doubtful, 1):                   "threshold 5: 0 a week in the first half, where it was chosen, 0 to 2 in the second: NOT confirmed there: more than 1 a week",
		Doubt(&busy, 7):                           "NOT confirmed there: in ALARM 0 to 5 % of the time, and at most 1 % is wanted",
		Price(threshold):                          "it suppresses 2 notifications (deploy DescribeInstances and 1 other caller), and keeps 1",
		Exclusion(backtest.Exclusion{Caller: deploy, Matches: 3, Days: 4, Burst: 1, Left: backtest.Ints{Least: 1, Most: 2}}): "exclusion of deploy  ec2  DescribeInstances  AccessDenied: leaves 1 to 2 notifications; 3 events on 4 days, at most 1 a minute, would raise no alarm",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestControlSentences: what is said of controls, of the bound and of the history.
func TestControlSentences(t *testing.T) {
	seven := 7.0
	c := backtest.Control{Input: "plan.json", State: backtest.Before, Control: "unauthorized-api-calls", Events: 10, Missed: backtest.Missed{Events: 2}}
	for got, want := range map[string]string{
		Control(c): "plan.json: unauthorized-api-calls (before the plan)",
		Missed(c):  "2 of 10 events counted by no alarm",
		Why(c):     "iacgate check --control unauthorized-api-calls plan.json says why",
		Bound(&backtest.Report{PerWeek: &seven, Status: backtest.Undecided}): "At most 7 a week: not known",
		Bound(&backtest.Report{PerWeek: &seven, Status: backtest.Within}):    "At most 7 a week: yes",
		History(backtest.Check{Recorded: 1, Replayed: 2, Both: 1}):           "1 notification recorded, 2 replayed, 1 of them the same",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if Unwatched(c, []backtest.Alarm{denied}) {
		t.Error("the control has an alarm")
	}
	for _, change := range []func(*backtest.Control){func(c *backtest.Control) { c.State = backtest.After }, func(c *backtest.Control) { c.Input = "" }, func(c *backtest.Control) { c.Control = "x" }} {
		other := c
		if change(&other); !Unwatched(other, []backtest.Alarm{denied}) {
			t.Errorf("%+v has no alarm", other)
		}
	}
}

// TestDataSentences: all that is odd about the data is said.
func TestDataSentences(t *testing.T) {
	d := backtest.Data{
		Data: tally.Data{Files: 2, Records: 1_234_567, Duplicates: 1, Unchecked: 2, Timeless: 3, Dropped: 4, Outside: 5, Large: 6, Insights: 7, Skipped: []string{"a.md"}, Cut: []tally.Cut{{File: "page.json", Reason: "more"}}},
		From: "2026-11-02T00:00:00Z", To: "2026-11-09T00:00:00Z", Clock: "event to delivery", Hours: 168, SilentHours: 3, ProvenHours: 1, MissingFiles: []string{"missing.gz"},
	}
	if got := strings.Join(Data(d), "|"); got != "2 files, 1,234,567 records|2026-11-02 00:00 to 2026-11-09 00:00 UTC, 164 of 168 hours with data|counted by the clock of the event, and by that of its delivery" {
		t.Error(got)
	}
	remarks := strings.Join(Remarks(d), "\n")
	for _, want := range []string{
		"3 hours without any record: silent or missing", "1 hour without any record, as digests prove", "1 log file that digests name and that were not given, such as missing.gz", "page.json does not hold all: more",
		"1 duplicate left out", "2 records not checked", "3 records without a readable eventTime", "4 records without a readable time", "5 records outside", "6 records above 256 KB", "1 file skipped", "(a.md)", "7 files of Insights", "no record has readOnly true",
	} {
		if !strings.Contains(remarks, want) {
			t.Errorf("%q is not said in\n%s", want, remarks)
		}
	}
	if got := Remarks(backtest.Data{Data: tally.Data{Reads: 1, Records: 1}}); len(got) != 0 {
		t.Errorf("%q", got)
	}
}
