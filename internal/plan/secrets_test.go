package plan

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/resource"
)

func TestSecrets(t *testing.T) {
	doc := readKeeping(t, "testdata/secrets/plan.json", keepData)
	want := []string{
		"18443", "default-secret", "element-secret", "https://hooks.example.com/root-secret",
		"https://hooks.example.com/root-secret/nested", "list-secret", "module-secret", "other-secret", "output-secret",
	}
	if diff := cmp.Diff(want, doc.Secrets); diff != "" {
		t.Error(diff)
	}
	partly := find(t, doc.Resources, "terraform_data.partly")
	for _, tt := range []struct {
		path      []any
		sensitive bool
	}{
		{[]any{"input"}, false},
		{[]any{"input", "open"}, false},
		{[]any{"input", "secret"}, true},
		{[]any{"input", "nested", 0, "url"}, true},
	} {
		if got := partly.Attr(tt.path...).IsSensitive(); got != tt.sensitive {
			t.Errorf("%v: %v", tt.path, got)
		}
	}
	collection := find(t, doc.Resources, "terraform_data.collection").Attr("input", 0)
	if !collection.IsSensitive() {
		t.Error("an element of a sensitive collection is open")
	}
	unknown := find(t, doc.Resources, "terraform_data.unknown").Attr("input")
	if !unknown.IsSensitive() || !unknown.IsUnknown() {
		t.Error("an unknown value loses its mark")
	}
}

// Real: the endpoint is sensitive.
func TestSensitiveEndpoint(t *testing.T) {
	doc := readCase(t, "sensitive-endpoint")
	found := false
	for _, s := range doc.Secrets {
		found = found || strings.Contains(s, "s3cr3t-token")
	}
	var sub *resource.Resource
	for _, r := range doc.Resources {
		if r.Type == "aws_sns_topic_subscription" {
			sub = r
		}
	}
	if !found || !sub.Attr("endpoint").IsSensitive() || sub.Attr("endpoint").Display() != "(sensitive)" {
		t.Errorf("secrets %d, endpoint %s", len(doc.Secrets), sub.Attr("endpoint").Display())
	}
}

func TestSecretsOfStateAndBefore(t *testing.T) {
	doc := readText(t, `{"format_version": "1.2", "configuration": {}, "resource_changes": [
		{"address": "aws_sns_topic_subscription.s", "mode": "managed", "type": "aws_sns_topic_subscription", "name": "s",
		 "change": {"actions": ["delete"], "before": {"endpoint": "before-secret"}, "before_sensitive": {"endpoint": true}, "after": null}}],
		"prior_state": {"values": {"outputs": {"o": {"sensitive": true, "value": {"a": ["prior-output-secret"]}}}, "root_module": {"child_modules": [{"resources": [
		{"address": "module.m.aws_iam_role.r", "mode": "managed", "type": "aws_iam_role", "name": "r",
		 "values": {"inline_policy": [{"policy": "state-secret", "name": "open"}]}, "sensitive_values": {"inline_policy": [{"policy": true}]}}]}]}}}}`)
	if diff := cmp.Diff([]string{"before-secret", "prior-output-secret", "state-secret"}, doc.Secrets); diff != "" {
		t.Error(diff)
	}
	role := find(t, doc.Resources, "module.m.aws_iam_role.r")
	if role.Module != "module.m" || !role.Attr("inline_policy", 0, "policy").IsSensitive() {
		t.Errorf("%+v", role)
	}
}

// TestSecretsOfSkippedResources: what is marked in a resource of a type that nobody
// reads may be unmarked in one that is judged. Values come before their marks.
func TestSecretsOfSkippedResources(t *testing.T) {
	doc := readText(t, `{"format_version": "1.2",
		"variables": {"v": {"value": "variable"}, "handed": {"value": "handed-on"}},
		"planned_values": {"root_module": {"child_modules": [{"resources": [
			{"address": "module.m.x.p", "mode": "managed", "type": "x", "values": {"p": "planned", "open": "o"}, "sensitive_values": {"p": true}}]}]}},
		"resource_drift": [{"address": "x.d", "mode": "managed", "type": "x", "change": {"actions": ["update"],
			"before": {"p": "drift-before"}, "after": {"p": "drift-after"}, "before_sensitive": {"p": true}, "after_sensitive": {"p": true}}},
			{"address": "aws_sns_topic.d", "mode": "managed", "type": "aws_sns_topic", "change": {"actions": ["update"],
			"before": {"p": "kept-drift"}, "before_sensitive": {"p": true}}}],
		"resource_changes": [
			{"address": "random_password.p", "mode": "managed", "type": "random_password", "name": "p", "change": {"actions": ["update"],
			"before": {"result": "random-before", "length": 13}, "after": {"result": "random-after", "list": ["a", "in-a-list"], "keys": {"k": "in-a-map"}, "n": [{"u": -1.50e3, "open": 7}]},
			"after_unknown": {}, "before_sensitive": {"result": true}, "after_sensitive": {"result": true, "list": [false, true], "keys": true, "n": [{"u": true}]}}},
			{"address": "x.whole", "mode": "managed", "type": "x", "change": {"actions": ["create"], "after_sensitive": true, "after": {"a": {"b": ["all-of-it", null, true]}}}},
			{"address": "x.odd", "mode": "managed", "type": "x", "change": {"actions": ["create"], "after": {"a": ["other-shape"]}, "after_sensitive": {"a": {"b": true}}}},
			{"address": "x.none", "mode": "managed", "type": "x", "change": {"actions": ["create"], "after": {"a": "open"}, "after_sensitive": {"a": false, "b": [{}]}}},
			{"address": "x.gone", "mode": "managed", "type": "x", "deposed": "1234", "change": {"actions": ["delete"], "before": {"p": "deposed"}, "before_sensitive": {"p": true}}}],
		"deferred_changes": [{"reason": "r", "resource_change": {"address": "x.l", "mode": "managed", "type": "x", "change": {"actions": ["create"],
			"after": {"p": "deferred"}, "after_sensitive": {"p": true}}}}],
		"action_invocations": [{"address": "action.x.a", "config_values": {"p": "invoked"}, "config_sensitive": {"p": true}}],
		"prior_state": {"values": {"root_module": {"resources": [
			{"address": "data.x.p", "mode": "data", "type": "x", "name": "p", "values": {"p": "prior \"<quoted>\""}, "sensitive_values": {"p": true}}]}}},
		"configuration": {"root_module": {"variables": {"v": {"sensitive": true}, "handed": {}}, "module_calls": {"m": {
			"expressions": {"token": {"references": ["var.handed"]}, "pin": {"constant_value": "argument"}, "open": {"constant_value": "o"}},
			"module": {"variables": {"token": {"sensitive": true}, "pin": {"sensitive": true, "default": "a-default"}, "open": {}},
			"module_calls": {"n": {"expressions": {"deep": {"references": ["var.token"]}}, "module": {"variables": {"deep": {"sensitive": true}}}}}}}}}}}`)
	want := []string{
		"-1.50e3", "a-default", "all-of-it", "argument", "deferred", "deposed", "drift-after", "drift-before", "handed-on", "in-a-list",
		"in-a-map", "invoked", "kept-drift", "other-shape", "planned", "prior \"<quoted>\"", "random-after", "random-before", "variable",
	}
	if diff := cmp.Diff(want, doc.Secrets); diff != "" {
		t.Error(diff)
	}
}

// TestTooManySecrets: what does not fit would appear in outputs.
func TestTooManySecrets(t *testing.T) {
	plan := func(list string) string {
		return `{"format_version": "1.2", "configuration": {}, "resource_changes": [{"address": "x.p", "mode": "managed", "type": "x",
			"change": {"actions": ["create"], "after": {"p": ` + list + `}, "after_sensitive": {"p": true}}}]}`
	}
	numbers := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, ",%d", i)
		}
		return "[" + b.String()[1:] + "]"
	}
	for name, tt := range map[string]struct{ list, problem string }{
		"as many as may be": {numbers(maxSecrets), ""},
		"one more":          {numbers(maxSecrets + 1), "it marks more than"},
	} {
		_, err := Read(strings.NewReader(plan(tt.list)), Options{})
		if message(err) == "" != (tt.problem == "") || !strings.Contains(message(err), tt.problem) {
			t.Errorf("%s: %.200s", name, message(err))
		}
	}
	s := secrets{bytes: maxSecretBytes - 4}
	if s.add("four"); s.problem() != "" {
		t.Error(s.problem())
	}
	if s.add("x"); s.problem() == "" {
		t.Error("one byte too much is not a problem")
	}
	sensitive := `{"format_version": "1.2", "resource_changes": [], "output_changes": {"o": {"actions": ["create"], "after": ` + numbers(maxSecrets+1) + `, "after_sensitive": true}}}`
	if _, err := Read(strings.NewReader(sensitive), Options{}); !strings.Contains(message(err), "it marks more than") {
		t.Errorf("output: %.200s", message(err))
	}
}
