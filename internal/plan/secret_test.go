package plan

import (
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
