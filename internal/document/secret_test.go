package document_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/chain/chaintest"
	"github.com/iacgate/iacgate/internal/document"
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
	for _, s := range document.Secrets(doc) {
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

// shownOf returns a document as policies and people see it.
func shownOf(t *testing.T, d *document.Document, secrets ...string) *document.Document {
	t.Helper()
	judged, err := d.Judged(document.NewRedactor(secrets))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := judged.JSON()
	if err != nil {
		t.Fatal(err)
	}
	shown := &document.Document{}
	if err := json.Unmarshal(raw, shown); err != nil {
		t.Fatal(err)
	}
	return shown
}

// TestNothingToHide: a document without secrets is shown as it is.
func TestNothingToHide(t *testing.T) {
	d := chaintest.Build(t, chaintest.Edits{`value     = "1"`, "value = \"1\"\n default_value = 0.5"}.Of(t, chaintest.Complete))
	shown := shownOf(t, d)
	if got := shown.MetricFilters[chaintest.TheFilter].Default; got == nil || *got != 0.5 {
		t.Errorf("default %v", got)
	}
	if len(chaintest.Candidates(shown)) != 1 || chaintest.Candidates(shown)[0] != chaintest.Candidates(d)[0] {
		t.Errorf("%q", chaintest.Candidates(shown))
	}
}

// TestSecretPlaces: a region or account that is secret is in no ARN either, and the
// answers in the place of a region stay.
func TestSecretPlaces(t *testing.T) {
	const elsewhere = "arn:aws:sns:eu-west-1:444455556666:elsewhere"
	d := chaintest.Build(t, chaintest.Edits{"[aws_sns_topic.security.arn]", `["` + elsewhere + `"]`}.Of(t, chaintest.Complete))
	raw, err := json.Marshal(shownOf(t, d, "444455556666", "eu-west-1", "no"))
	if err != nil || strings.Contains(string(raw), "444455556666") || strings.Contains(string(raw), "eu-west-1") {
		t.Errorf("%v: %s", err, raw)
	}
	shown := shownOf(t, d, "no", "444455556666")
	for _, a := range shown.Alarms[chaintest.TheAlarm].Notifiers[chaintest.TheAlarm].Actions {
		if a.Region != truth.No {
			t.Errorf("the region is that of the alarm: %q", a.Region)
		}
	}
	if topic := shown.Topics[shown.Controls[chaintest.Denials].Candidates[0].Topic]; topic.Account != resource.Hidden || topic.Region != "eu-west-1" {
		t.Errorf("%q names %+v", shown.Controls[chaintest.Denials].Candidates[0].Topic, topic.Node)
	}
}

// TestNamesStayApart: two nodes whose names are secret never become one.
func TestNamesStayApart(t *testing.T) {
	alarm := func(name string) string {
		return strings.NewReplacer(`"denied" {`, `"`+name+`" {`, "denied-calls", name, "threshold           = 1", "threshold = 2").Replace(chaintest.TextOf(chaintest.TheAlarm))
	}
	d := chaintest.Build(t, chaintest.Complete+alarm("hunter2-first")+alarm("hunter2-other"))
	shown := shownOf(t, d, "hunter2-first", "hunter2-other")
	want := []string{"aws_cloudwatch_metric_alarm.(sensitive)", "aws_cloudwatch_metric_alarm.(sensitive) (2)", chaintest.TheAlarm}
	if got := slices.Sorted(maps.Keys(shown.Alarms)); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if got := slices.Sorted(maps.Keys(shown.MetricFilters[chaintest.TheFilter].Watchers)); !slices.Equal(got, want) {
		t.Errorf("watchers %q", got)
	}
	for _, c := range shown.Controls[chaintest.Denials].Candidates {
		if _, ok := shown.Alarms[c.Alarm]; !ok {
			t.Errorf("a candidate goes through %q", c.Alarm)
		}
	}
}

// TestWordsForWhatIsOpen: no output contains the runes of symbols.
func TestWordsForWhatIsOpen(t *testing.T) {
	d := chaintest.Build(t, chaintest.Edits{chaintest.GroupNamed, chaintest.GroupStart + `"${var.stage}-trail"`}.Of(t, chaintest.Complete))
	if got := shownOf(t, d).LogGroups[chaintest.TheGroup].Name; got == nil || *got != "(var.stage)-trail" {
		t.Errorf("%v", *got)
	}
	for text, want := range map[string]string{"alarm:\uFFFC": "alarm:…", "\uFFF9var.x\uFFFB": "(var.x)", "plain": "plain"} {
		if got := document.NewRedactor(nil).Message(text); got != want {
			t.Errorf("%q is said as %q", text, got)
		}
	}
}

// TestShortSecrets: in our own messages shorter ones are hidden than in texts of the
// input.
func TestShortSecrets(t *testing.T) {
	r := document.NewRedactor([]string{"pin-1"})
	if got := r.Message("it asks for pin-1"); got != "it asks for "+resource.Hidden {
		t.Errorf("said %q", got)
	}
	if got := r.Text("x/pin-1/y"); got != "x/pin-1/y" {
		t.Errorf("text %q", got)
	}
	if r.Name("pin-1") != resource.Hidden || r.Name("pin-12") != "pin-12" {
		t.Errorf("names %q %q", r.Name("pin-1"), r.Name("pin-12"))
	}
	d := chaintest.Build(t, chaintest.Edits{"treat_missing_data  = \"notBreaching\"", "treat_missing_data = \"ignore\"", "threshold           = 1", "threshold = var.most"}.Of(t, chaintest.Complete))
	shown := shownOf(t, d, "most")
	if got := shown.MetricFilters[chaintest.TheFilter].Watchers[chaintest.TheAlarm].Fires.Reason; got != "threshold is not known: var."+resource.Hidden+" has no value" {
		t.Errorf("reason %q", got)
	}
}
