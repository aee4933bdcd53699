package analysis

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/resource/resourcetest"
	"github.com/iacgate/iacgate/internal/truth"
)

// TestSecrets: what the input marks, and the tokens of all endpoints in all its
// worlds.
func TestSecrets(t *testing.T) {
	subscribed := func(typ, token string) []*resource.Resource {
		return resourcetest.World(t, typ+" \"s\" {\n endpoint = \"https://alerts.example.org/hooks/"+token+"\"\n}")
	}
	const subscription = "aws_sns_topic_subscription"
	doc := &resource.Document{
		Secrets: []string{"marked"}, Resources: subscribed(subscription, "after"), Before: subscribed(subscription, "before"),
		Cases: []resource.Case{{Resources: subscribed(subscription, "first")}, {Resources: subscribed("aws_api_gateway_domain_name", "other")}},
	}
	var got []string
	for _, s := range Secrets(doc) {
		if !strings.HasPrefix(s, "/") {
			got = append(got, s)
		}
	}
	for _, want := range []string{"marked", "after", "before", "first"} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is none of the secrets %q", want, got)
		}
	}
	if slices.Contains(got, "other") {
		t.Errorf("secrets %q", got)
	}
}

// shownOf is a document as policies and people see it.
func shownOf(t *testing.T, d *Document, secrets ...string) *Document {
	t.Helper()
	judged, err := d.Judged(NewRedactor(secrets))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := judged.JSON()
	if err != nil {
		t.Fatal(err)
	}
	shown := &Document{}
	if err := json.Unmarshal(raw, shown); err != nil {
		t.Fatal(err)
	}
	return shown
}

// TestNothingToHide: a document without secrets is shown as it is.
func TestNothingToHide(t *testing.T) {
	d := facts(t, edits{`value     = "1"`, "value = \"1\"\n default_value = 0.5"}.of(t, complete))
	shown := shownOf(t, d)
	if got := shown.MetricFilters[theFilter].Default; got == nil || *got != 0.5 {
		t.Errorf("default %v", got)
	}
	if len(candidates(shown)) != 1 || candidates(shown)[0] != candidates(d)[0] {
		t.Errorf("%q", candidates(shown))
	}
}

// TestSecretPlaces: a region or account that is secret is in no ARN either, and the
// answers that stand in the place of a region stay.
func TestSecretPlaces(t *testing.T) {
	const elsewhere = "arn:aws:sns:eu-west-1:444455556666:elsewhere"
	d := facts(t, edits{"[aws_sns_topic.security.arn]", `["` + elsewhere + `"]`}.of(t, complete))
	raw, err := json.Marshal(shownOf(t, d, "444455556666", "eu-west-1", "no"))
	if err != nil || strings.Contains(string(raw), "444455556666") || strings.Contains(string(raw), "eu-west-1") {
		t.Errorf("%v: %s", err, raw)
	}
	shown := shownOf(t, d, "no", "444455556666")
	for _, a := range shown.Alarms[theAlarm].Actors[theAlarm].Actions {
		if a.Region != truth.No {
			t.Errorf("the region is that of the alarm: %q", a.Region)
		}
	}
	if topic := shown.Topics[shown.Controls[denials].Candidates[0].Topic]; topic.Account != hidden || topic.Region != "eu-west-1" {
		t.Errorf("%q names %+v", shown.Controls[denials].Candidates[0].Topic, topic.Node)
	}
}

// TestNamesStayApart: two nodes whose names are secret never become one.
func TestNamesStayApart(t *testing.T) {
	alarm := func(name string) string {
		return strings.NewReplacer(`"denied" {`, `"`+name+`" {`, "denied-calls", name, "threshold           = 1", "threshold = 2").Replace(textOf(theAlarm))
	}
	d := facts(t, complete+alarm("hunter2-first")+alarm("hunter2-other"))
	shown := shownOf(t, d, "hunter2-first", "hunter2-other")
	want := []string{"aws_cloudwatch_metric_alarm.(sensitive)", "aws_cloudwatch_metric_alarm.(sensitive) (2)", theAlarm}
	if got := slices.Sorted(maps.Keys(shown.Alarms)); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if got := slices.Sorted(maps.Keys(shown.MetricFilters[theFilter].Watchers)); !slices.Equal(got, want) {
		t.Errorf("watchers %q", got)
	}
	for _, c := range shown.Controls[denials].Candidates {
		if _, ok := shown.Alarms[c.Alarm]; !ok {
			t.Errorf("a candidate goes through %q", c.Alarm)
		}
	}
}

// TestWordsForWhatIsOpen: nobody is shown the runes that stand for what is not known.
func TestWordsForWhatIsOpen(t *testing.T) {
	d := facts(t, edits{groupNamed, groupStart + `"${var.stage}-trail"`}.of(t, complete))
	if got := shownOf(t, d).LogGroups[theGroup].Name; got == nil || *got != "(var.stage)-trail" {
		t.Errorf("%v", *got)
	}
	for text, want := range map[string]string{"alarm:\uFFFC": "alarm:…", "\uFFF9var.x\uFFFB": "(var.x)", "plain": "plain"} {
		if got := NewRedactor(nil).Said(text); got != want {
			t.Errorf("%q is said as %q", text, got)
		}
	}
}

// TestShortSecrets: in our own messages shorter ones are hidden than in texts of the
// input.
func TestShortSecrets(t *testing.T) {
	r := NewRedactor([]string{"pin-1"})
	if got := r.Said("it asks for pin-1"); got != "it asks for "+hidden {
		t.Errorf("said %q", got)
	}
	if got := r.Text("x/pin-1/y"); got != "x/pin-1/y" {
		t.Errorf("text %q", got)
	}
	if r.Name("pin-1") != hidden || r.Name("pin-12") != "pin-12" {
		t.Errorf("names %q %q", r.Name("pin-1"), r.Name("pin-12"))
	}
	d := facts(t, edits{"treat_missing_data  = \"notBreaching\"", "treat_missing_data = \"ignore\"", "threshold           = 1", "threshold = var.most"}.of(t, complete))
	shown := shownOf(t, d, "most")
	if got := shown.MetricFilters[theFilter].Watchers[theAlarm].Fires.Reason; got != "threshold is not known: var."+hidden+" has no value" {
		t.Errorf("reason %q", got)
	}
}
