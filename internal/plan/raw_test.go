package plan

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// TestRawHidesSecrets: of a real plan with a sensitive endpoint everything is
// there but the endpoint.
func TestRawHidesSecrets(t *testing.T) {
	whole, err := os.ReadFile("../../testdata/plans/sensitive-endpoint/plan.json")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := hider{}.raw(whole)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(raw)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "s3cr3t-token") || !strings.Contains(string(text), hidden) {
		t.Error("the endpoint is not hidden")
	}
	var before, after map[string]any
	if err := json.Unmarshal(whole, &before); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &after); err != nil || len(after) != len(before) {
		t.Errorf("%d members, want %d: %v", len(after), len(before), err)
	}
}

func TestRawByMarkers(t *testing.T) {
	raw, err := hider{}.raw([]byte(`{
		"variables": {"token": {"value": "long-secret"}, "plain": {"value": "x"}},
		"configuration": {"root_module": {"variables": {"token": {"sensitive": true}, "plain": {}}}},
		"resource_changes": [{"change": {"before": null, "after": {"a": "x", "b": ["y", "z"], "c": "says long-secret"}, "after_sensitive": {"a": true, "b": [false, true]}}}],
		"values": {"outputs": {"o": {"sensitive": true, "value": 5}}}
	}`))
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(raw)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"configuration":{"root_module":{"variables":{"plain":{},"token":{"sensitive":true}}}},` +
		`"resource_changes":[{"change":{"after":{"a":"(sensitive)","b":["y","(sensitive)"],"c":"says (sensitive)"},"after_sensitive":{"a":true,"b":[false,true]},"before":null}}],` +
		`"values":{"outputs":{"o":{"sensitive":true,"value":"(sensitive)"}}},"variables":{"plain":{"value":"x"},"token":{"value":"(sensitive)"}}}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
