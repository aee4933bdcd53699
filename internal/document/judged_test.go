package document

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/resource"
)

// fullest returns a document with a secret wherever the input's texts go.
func fullest(secret string) *Document {
	address := `aws_sns_topic.t["` + secret + `"]`
	return &Document{
		Path: secret, Levels: map[string]string{"external-unused": "note"},
		Controls: map[string]ControlFacts{"unauthorized-api-calls": {Candidates: []Candidate{{Topic: address, GroupName: secret}}}},
		Topics: map[string]Topic{address: {
			Node: Node{Address: address, Unknown: map[string]string{"log_group_class": secret}}, Name: &secret,
			Undelivered: []Check{{State: "external", Code: "subscription-elsewhere", Reason: "x " + secret + " y"}},
		}},
		MetricFilters: map[string]MetricFilter{secret: {
			LogGroup: Link{State: "external", To: []string{secret}, Text: secret},
			Watchers: map[string]Watcher{secret: {Fires: Fires{State: "fires", Reason: secret, Text: secret}}},
			Coverage: map[string]Coverage{"unauthorized-api-calls": {Matches: "not-unrecorded", Loses: secret}},
		}},
		Config: config.Config{External: []config.External{{Topic: secret, Reason: secret}}},
	}
}

func jsonOf(d *Document, secrets ...string) ([]byte, error) {
	judged, err := d.Judged(NewRedactor(secrets))
	if err != nil {
		return nil, err
	}
	return judged.JSON()
}

func TestSecretsLeaveNoDocument(t *testing.T) {
	const secret = "s3cr3t-t0ken"
	raw, err := jsonOf(fullest(secret), secret, "short")
	if err != nil || strings.Contains(string(raw), secret) {
		t.Errorf("%v: %s", err, raw)
	}
}

// TestSecretsChangeNoWords: a sensitive value may equal one of the words that
// policies compare with; it must not change what is judged.
func TestSecretsChangeNoWords(t *testing.T) {
	words := []string{"external", "unauthorized-api-calls", "not-unrecorded", "subscription-elsewhere", "metric_filters", "candidates", "log_group_class", "external-unused"}
	raw, err := jsonOf(fullest("s3cr3t-t0ken"), words...)
	if err != nil {
		t.Fatal(err)
	}
	var d Document
	if err := json.Unmarshal(raw, &d); err != nil {
		t.Fatal(err)
	}
	f := d.MetricFilters["s3cr3t-t0ken"]
	if f.LogGroup.State != "external" || f.Coverage["unauthorized-api-calls"].Matches != "not-unrecorded" {
		t.Errorf("filter %+v", f)
	}
	if len(d.Controls["unauthorized-api-calls"].Candidates) != 1 || d.Levels["external-unused"] != "note" {
		t.Errorf("controls %v, levels %v", d.Controls, d.Levels)
	}
	topic := d.Topics[`aws_sns_topic.t["s3cr3t-t0ken"]`]
	if topic.Undelivered[0].Code != "subscription-elsewhere" || topic.Unknown["log_group_class"] == "" {
		t.Errorf("topic %+v", topic)
	}
}

func TestSensitiveValuesAreNotShown(t *testing.T) {
	v := resource.StringValue("s3cr3t-t0ken").AsSensitive()
	if got := Text(v); *got != resource.Hidden {
		t.Errorf("text %q", *got)
	}
	if got := PlainText(v); got != "" {
		t.Errorf("shown %q", got)
	}
}
