package plan

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/resource"
)

func actions(list []*resource.Resource) map[string]string {
	all := map[string]string{}
	for _, r := range list {
		text := r.Change.Action.String()
		if r.Change.Reason != "" {
			text += " " + r.Change.Reason
		}
		if r.Change.Moved != "" {
			text += " from " + r.Change.Moved
		}
		all[r.Address] = text
	}
	return all
}

func TestActions(t *testing.T) {
	doc := readKeeping(t, "testdata/actions/plan.json", keepData)
	after := map[string]string{
		"data.terraform_remote_state.later": "read read_because_config_unknown",
		"data.terraform_remote_state.now":   "no-op",
		"terraform_data.created":            "create",
		"terraform_data.fewer[0]":           "no-op",
		"terraform_data.forgotten":          "forget delete_because_no_resource_config",
		"terraform_data.from_data":          "create",
		"terraform_data.from_known_data":    "create",
		"terraform_data.imported":           "no-op",
		"terraform_data.kept":               "no-op",
		"terraform_data.new_name":           "no-op from terraform_data.old_name",
		"terraform_data.replaced":           "replace replace_because_cannot_update",
		"terraform_data.replaced_late":      "replace replace_because_cannot_update",
		"terraform_data.updated":            "update",
	}
	if diff := cmp.Diff(after, actions(doc.Resources)); diff != "" {
		t.Error(diff)
	}
	before := map[string]string{
		"data.terraform_remote_state.now": "no-op",
		"terraform_data.deleted":          "delete delete_because_no_resource_config",
		"terraform_data.fewer[0]":         "no-op",
		"terraform_data.fewer[1]":         "delete delete_because_count_index",
		"terraform_data.forgotten":        "forget delete_because_no_resource_config",
		"terraform_data.imported":         "no-op",
		"terraform_data.kept":             "no-op",
		"terraform_data.new_name":         "no-op from terraform_data.old_name",
		"terraform_data.replaced":         "replace replace_because_cannot_update",
		"terraform_data.replaced_late":    "replace replace_because_cannot_update",
		"terraform_data.updated":          "update",
	}
	if diff := cmp.Diff(before, actions(doc.Before)); diff != "" {
		t.Error(diff)
	}
	if doc.Total != 13 || doc.Changed != 9 {
		t.Errorf("%d resources, %d changed", doc.Total, doc.Changed)
	}
}

// What Terraform forgets stays as it is.
func TestForgottenKeepsItsValues(t *testing.T) {
	doc := readKeeping(t, "testdata/actions/plan.json", keepData)
	if text, _ := find(t, doc.Resources, "terraform_data.forgotten").Attr("input").Text(); text != "forgotten" {
		t.Errorf("input = %q", text)
	}
}

func TestValuesBeforeAndAfter(t *testing.T) {
	doc := readKeeping(t, "testdata/actions/plan.json", keepData)
	before, _ := find(t, doc.Before, "terraform_data.updated").Attr("input").Text()
	after, _ := find(t, doc.Resources, "terraform_data.updated").Attr("input").Text()
	if before != "before" || after != "after" {
		t.Errorf("%q, then %q", before, after)
	}
	pattern, _ := find(t, readCase(t, "loosens-the-pattern").Before, "aws_cloudwatch_log_metric_filter.denied").Attr("pattern").Text()
	if pattern != `{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }` {
		t.Errorf("pattern before: %s", pattern)
	}
}

// A data source that is read already has its values, and is not a source of
// unknown ones.
func TestDataSourcesInActions(t *testing.T) {
	doc := readKeeping(t, "testdata/actions/plan.json", keepData)
	got := originOf(t, find(t, doc.Resources, "terraform_data.from_data"), "input", 0)
	if want := (origin{resource.Referenced, "data.terraform_remote_state.later.outputs", true, ""}); got != want {
		t.Errorf("%+v", got)
	}
	known := find(t, doc.Resources, "data.terraform_remote_state.now").Attr("outputs", "topic")
	if text, _ := known.Text(); text != "arn:aws:sns:us-east-1:111122223333:t" {
		t.Errorf("outputs.topic = %q", text)
	}
}

func TestPlanModes(t *testing.T) {
	tests := []struct {
		file           string
		after, before  int
		total, changed int
		incomplete     bool
	}{
		// Nothing is planned, and the state is the world.
		{"refresh-only", 10, 0, 9, 0, false},
		// Only the data source outlives it.
		{"destroy", 1, 10, 9, 9, false},
		// What is not targeted stays as it is.
		{"target", 9, 9, 9, 1, true},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			doc := readKeeping(t, "testdata/actions/"+tt.file+".json", keepData)
			if len(doc.Resources) != tt.after || len(doc.Before) != tt.before || doc.Total != tt.total || doc.Changed != tt.changed {
				t.Errorf("%d after, %d before, %d in all, %d changed", len(doc.Resources), len(doc.Before), doc.Total, doc.Changed)
			}
			if (len(doc.Incomplete) > 0) != tt.incomplete {
				t.Errorf("incomplete: %q", doc.Incomplete)
			}
		})
	}
}

func TestState(t *testing.T) {
	doc := readKeeping(t, "testdata/actions/state.json", keepData)
	if doc.Format != resource.State || doc.Before != nil || doc.Total != 9 || doc.Changed != 0 || len(doc.Resources) != 9 {
		t.Errorf("%s, %d before, %d in all, %d changed, %d resources",
			doc.Format, len(doc.Before), doc.Total, doc.Changed, len(doc.Resources))
	}
	r := find(t, doc.Resources, "terraform_data.fewer[1]")
	if r.Key != (resource.Key{Kind: resource.IntKey, Int: 1}) || r.Change.Action != resource.Exists {
		t.Errorf("%+v", r)
	}
}

// Deposed objects share the address of the live one; only the live one counts.
func TestDeposed(t *testing.T) {
	doc := readText(t, `{"format_version": "1.2", "resource_changes": [
		{"address": "aws_sns_topic.t", "mode": "managed", "type": "aws_sns_topic", "name": "t", "deposed": "0a1b2c3d",
		 "change": {"actions": ["delete"], "before": {"name": "old"}, "after": null}},
		{"address": "aws_sns_topic.t", "mode": "managed", "type": "aws_sns_topic", "name": "t",
		 "change": {"actions": ["no-op"], "before": {"name": "new"}, "after": {"name": "new"}}}],
		"prior_state": {"values": {"root_module": {"resources": [
		{"address": "aws_sns_topic.t", "mode": "managed", "type": "aws_sns_topic", "name": "t", "deposed_key": "0a1b2c3d", "values": {"name": "old"}}]}}},
		"configuration": {}}`)
	if len(doc.Resources) != 1 || doc.Total != 1 || doc.Changed != 0 {
		t.Fatalf("%d resources, %d in all, %d changed", len(doc.Resources), doc.Total, doc.Changed)
	}
	if name, _ := doc.Resources[0].Attr("name").Text(); name != "new" {
		t.Errorf("name = %q", name)
	}
}

func TestDrift(t *testing.T) {
	doc := readText(t, `{"format_version": "1.2", "resource_drift": [
		{"address": "aws_sns_topic.t", "mode": "managed", "type": "aws_sns_topic", "name": "t",
		 "change": {"actions": ["update"], "before": {"name": "t", "policy": "a", "gone": 1}, "after": {"name": "t", "policy": "b", "tags": {"a": "b"}}}}],
		"resource_changes": [{"address": "aws_sns_topic.t", "mode": "managed", "type": "aws_sns_topic", "name": "t",
		 "change": {"actions": ["no-op"], "before": {"name": "t"}, "after": {"name": "t"}}}], "configuration": {}}`)
	if diff := cmp.Diff([]string{"gone", "policy", "tags"}, doc.Resources[0].Change.Drifted); diff != "" {
		t.Error(diff)
	}
}

func TestOpenTofuReplaceAndForget(t *testing.T) {
	doc := readText(t, `{"format_version": "1.2", "terraform_version": "1.10.0", "resource_changes": [
		{"address": "aws_sns_topic.t", "mode": "managed", "type": "aws_sns_topic", "name": "t", "provider_name": "registry.opentofu.org/hashicorp/aws",
		 "change": {"actions": ["create", "forget"], "before": {"name": "old"}, "after": {"name": "new"}}}], "configuration": {}}`)
	if doc.Tool != "OpenTofu 1.10.0" || doc.Resources[0].Change.Action != resource.Replace {
		t.Errorf("%s, %s", doc.Tool, doc.Resources[0].Change.Action)
	}
}

func TestIncomplete(t *testing.T) {
	tests := []struct{ members, want string }{
		{`"errored": true, "complete": false`, "planning stopped at an error"},
		{`"complete": false`, "the plan is incomplete (-target or deferred changes)"},
		{`"complete": false, "deferred_changes": [{"reason": "instance_count_unknown", "resource_change": {"address": "aws_sns_topic.t[*]", "change": {"actions": ["create"]}}}]`,
			"changes are deferred to a later plan: aws_sns_topic.t[*] (instance_count_unknown)"},
		{`"complete": true`, ""},
		{`"applyable": false`, ""},
	}
	for _, tt := range tests {
		doc := readText(t, `{"format_version": "1.2", "configuration": {}, `+tt.members+`}`)
		got := ""
		if len(doc.Incomplete) > 0 {
			got = doc.Incomplete[0]
		}
		if got != tt.want || len(doc.Incomplete) > 1 {
			t.Errorf("%s: %q", tt.members, doc.Incomplete)
		}
	}
}
