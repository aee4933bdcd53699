package plan

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/resource"
)

// rawOf returns the raw document of a plan.
func rawOf(t *testing.T, text []byte) (any, error) {
	t.Helper()
	doc, err := Read(bytes.NewReader(text), Options{Raw: true})
	if err != nil {
		t.Fatal(err)
	}
	return doc.Raw(resource.NewVeil(doc.Secrets))
}

// TestRawHidesSecrets: of a real plan with a sensitive endpoint everything is
// there but the endpoint.
func TestRawHidesSecrets(t *testing.T) {
	whole, err := os.ReadFile("../../testdata/plans/sensitive-endpoint/plan.json")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := rawOf(t, whole)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(raw)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "s3cr3t-token") || !strings.Contains(string(text), resource.Hidden) {
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
	raw, err := rawOf(t, []byte(`{
		"format_version": "1.2",
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
		`"format_version":"1.2","resource_changes":[{"change":{"after":{"a":"(sensitive)","b":["y","(sensitive)"],"c":"says (sensitive)"},"after_sensitive":{"a":true,"b":[false,true]},"before":null}}],` +
		`"values":{"outputs":{"o":{"sensitive":true,"value":"(sensitive)"}}},"variables":{"plain":{"value":"x"},"token":{"value":"(sensitive)"}}}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestRawHidesWhatIsHandedOn: a sensitive value is one wherever the configuration
// writes it, and whatever type it has.
func TestRawHidesWhatIsHandedOn(t *testing.T) {
	raw, err := rawOf(t, []byte(`{
		"format_version": "1.2",
		"variables": {"token": {"value": "long-secret"}, "same": {"value": "ab1"}},
		"configuration": {"root_module": {"variables": {"token": {"sensitive": true}}, "resources": [
			{"address": "x.p", "mode": "managed", "type": "x", "name": "p", "expressions": {"pin": {"constant_value": "ab1"}, "port": {"constant_value": 18443}, "url": {"constant_value": "https://h/?n=12345678"}}}],
			"outputs": {"o": {"expression": {"constant_value": "ab1"}}},
			"module_calls": {"m": {"expressions": {"code": {"constant_value": "x7"}, "open": {"constant_value": "x7"}},
				"module": {"variables": {"code": {"sensitive": true}, "open": {"default": "long-secret"}}}}}}},
		"resource_changes": [{"address": "x.p", "mode": "managed", "type": "x", "name": "p", "change": {"actions": ["create"],
			"after": {"pin": "ab1", "port": 18443, "number": 12345678}, "after_sensitive": {"pin": true, "port": true, "number": true}}}],
		"checks": [12345678, "{\"a\":\"12345678\"}"]
	}`))
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(raw)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"ab1", "18443", "long-secret", "12345678"} {
		if strings.Contains(string(got), secret) {
			t.Errorf("%s appears in %s", secret, got)
		}
	}
	for _, kept := range []string{`"code":{"constant_value":"(sensitive)"}`, `"open":{"constant_value":"x7"}`, `"url":{"constant_value":"https://h/?n=(sensitive)"}`} {
		if !strings.Contains(string(got), kept) {
			t.Errorf("%s is not in %s", kept, got)
		}
	}
}

// TestRawHidesOutputs: the constant of a sensitive output is hidden in the root and in
// modules; the marker is beside the expression.
func TestRawHidesOutputs(t *testing.T) {
	raw, err := rawOf(t, []byte(`{"format_version": "1.2", "configuration": {"root_module": {
		"outputs": {"a": {"sensitive": true, "expression": {"constant_value": "root-s3cr3t"}}, "b": {"expression": {"constant_value": "plain"}}},
		"module_calls": {"m": {"module": {"outputs": {"c": {"sensitive": true, "expression": {"constant_value": "inner-s3cr3t"}}}}}}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(raw)
	if err != nil || strings.Contains(string(got), "s3cr3t") || !strings.Contains(string(got), "plain") {
		t.Errorf("%s, %v", got, err)
	}
}
