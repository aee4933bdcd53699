package gate_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/document"
	"github.com/iacgate/iacgate/internal/verdict"
)

// crowd adds n copies of a resource, each with a name of its own and, by each, a
// difference.
func crowd(n int, of, name string, each func(i int, address string) []edit) edit {
	return func(d draft) {
		typ, _ := split(of)
		for i := range n {
			address := fmt.Sprintf("%s.copy%d", typ, i)
			edits := []edit{setAttribute(address, name, fmt.Sprint("copy", i))}
			if each != nil {
				edits = append(edits, each(i, address)...)
			}
			copies(of, address, edits...)(d)
		}
	}
}

// Differences that make no two copies alike.
func threshold(i int, address string) []edit { return []edit{setAttribute(address, "threshold", i+2)} }

func wider(i int, address string) []edit {
	return []edit{setAttribute(address, "pattern", fmt.Sprintf(`{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") || ($.eventName = "Op%d") }`, i))}
}

func narrow(_ int, address string) []edit {
	return []edit{setAttribute(address, "pattern", `{ $.errorCode = "AccessDenied" }`)}
}

func excluding(i int, address string) []edit {
	return []edit{setAttribute(address, "event_selector", blocks{{
		"include_management_events": true, "read_write_type": "All", "data_resource": blocks{},
		"exclude_management_event_sources": []any{fmt.Sprintf("s%d.amazonaws.com", i)},
	}})}
}

// crowded returns what is said of a plan, and the facts that were judged.
func crowded(t *testing.T, edits ...edit) (facts document.Document, said verdict.Result) {
	t.Helper()
	j, err := newGate(t).Judge(context.Background(), newDraft(t, "complete", edits).document())
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(documentOf(t, j), &facts); err != nil {
		t.Fatal(err)
	}
	return facts, j.Results[0]
}

// TestCandidates holds how many paths are judged of filters, alarms and trails
// that multiply.
func TestCandidates(t *testing.T) {
	tests := []struct {
		name  string
		edits []edit
		want  verdict.Verdict
		count int // of candidates; -1 for too many
	}{
		{"copies of one another", []edit{crowd(25, filter, "name", nil), crowd(25, alarm, "alarm_name", nil), crowd(25, trail, "name", nil)}, verdict.Pass, 1},
		{"copies that fail", []edit{setAttribute(alarm, "actions_enabled", false), crowd(25, filter, "name", nil), crowd(25, alarm, "alarm_name", nil), crowd(25, trail, "name", nil)}, verdict.Fail, 1},
		{"copies beside a good one", []edit{
			crowd(25, filter, "name", narrow), crowd(25, alarm, "alarm_name", func(_ int, address string) []edit { return []edit{setAttribute(address, "actions_enabled", false)} }),
		}, verdict.Pass, 4},
		{"trails on other groups", []edit{crowd(25, trail, "name", func(_ int, address string) []edit {
			return []edit{setAttribute(address, "cloud_watch_logs_group_arn", "arn:aws:logs:us-east-1:123456789012:log-group:other:*")}
		})}, verdict.Pass, 1},
		{"no two alike, few enough", []edit{crowd(9, filter, "name", wider), crowd(9, alarm, "alarm_name", threshold), crowd(9, trail, "name", excluding)}, verdict.Pass, 10 * 10 * 10},
		{"no two alike, too many", []edit{crowd(25, filter, "name", wider), crowd(25, alarm, "alarm_name", threshold), crowd(25, trail, "name", excluding)}, verdict.Unknown, -1},
		{"too many that fail", []edit{
			setAttribute(topic, "fifo_topic", true), crowd(25, filter, "name", wider), crowd(25, alarm, "alarm_name", threshold), crowd(25, trail, "name", excluding),
		}, verdict.Unknown, -1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			judged, got := crowded(t, tt.edits...)
			facts := judged.Controls["unauthorized-api-calls"]
			if got.Verdict != tt.want {
				t.Errorf("verdict %s, want %s\n%s", got.Verdict, tt.want, pretty(got))
			}
			if excess := facts.Excess > 0; excess != (tt.count < 0) || len(facts.Candidates) != max(tt.count, 0) {
				t.Errorf("%d candidates, too many: %v; want %d", len(facts.Candidates), excess, tt.count)
			}
		})
	}
}

// nested makes composite alarms in layers, each over all of the layer below.
func nested(layers, width int) edit {
	return func(d draft) {
		below := []string{"denied"}
		if name, ok := d.change(alarm)["after"].(object)["alarm_name"].(string); ok {
			below = []string{name}
		}
		for l := range layers {
			var rule, names []string
			for _, b := range below {
				rule = append(rule, fmt.Sprintf("ALARM(%q)", b))
			}
			for i := range width {
				name := fmt.Sprintf("layer%d-%d", l, i)
				address := "aws_cloudwatch_composite_alarm." + name
				copies(composite, address, setAttribute(address, "alarm_name", name), setAttribute(address, "alarm_rule", strings.Join(rule, " OR ")))(d)
				names = append(names, name)
			}
			below = names
		}
	}
}

// TestFacts holds that facts which multiply end in one error that names the input.
func TestFacts(t *testing.T) {
	tests := []struct {
		name, base string
		edit       edit
		want       string // "" if all is well
	}{
		{"a few composite alarms", "composite-alarm", nested(4, 3), ""},
		{"composite alarms over composite alarms", "composite-alarm", nested(5, 12), "plan.json: more than 30000 paths from filters to what their alarms notify"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := newGate(t).Judge(context.Background(), newDraft(t, tt.base, []edit{tt.edit}).document())
			if said := errorText(err); said != tt.want {
				t.Errorf("%q, want %q", said, tt.want)
			}
		})
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// TestPolicyElements holds that policies are put to so many questions and no more:
// what is beyond the bound is unknown.
func TestPolicyElements(t *testing.T) {
	const statements, alarms = 1000, 100
	statement := `{"Effect":"Allow","Principal":{"Service":"cloudwatch.amazonaws.com"},"Action":"sns:Publish","Resource":"*"}`
	policy := `{"Version":"2012-10-17","Statement":[` + strings.Repeat(statement+",", statements-1) + statement + `]}`
	judged, _ := crowded(t, setTopicPolicy(policy), crowd(alarms, alarm, "alarm_name", threshold))
	states := map[document.CheckState]int{}
	for _, a := range judged.Alarms {
		for _, actor := range a.Notifiers {
			for _, action := range actor.Actions {
				states[action.Publish.State]++
			}
		}
	}
	// A statement has four elements, and 250,000 are read.
	if states["ok"] == 0 || states["ok"] > 62 || states["ok"]+states["unknown"] != alarms+1 {
		t.Errorf("%v", states)
	}
}
