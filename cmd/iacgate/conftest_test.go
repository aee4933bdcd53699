package main

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// conftestPolicies are policies as people write them for conftest, with what
// conftest 0.71.1 says of them: level and message. Errors of functions are
// warnings here, and are shown there by --show-builtin-errors alone. testdata/conftest/README.md
// says where the ideas are from.
var conftestPolicies = []struct {
	policy, input string
	exit          int
	want          []string
}{
	{"safe_changes", "plans/deletes-the-alarm/plan.json", 1, []string{"error aws_cloudwatch_metric_alarm.denied: delete needs a review"}},
	{"safe_changes", "plans/cis-module/plan.json", 0, nil},
	{"blast_radius", "plans/cis-module/plan.json", 0, nil},
	{"blast_radius", "plans/replaces-the-topic/plan.json", 1, []string{"error the plan scores 212, above 100"}},
	{"required_tags", "plans/cis-module/plan.json", 1, []string{
		"error aws_cloudtrail.main has no tags", "error aws_cloudwatch_log_group.trail has no tags", "error module.sns.aws_sns_topic.this[0] has no tags",
		"warning object.keys: operand 1 must be object but got null",
	}},
	{"denied_types", "plans/cis-module/plan.json", 1, []string{
		`error aws_iam_role.trail: the type "aws_iam_role" is for the platform team`,
		`error aws_iam_role_policy.trail: the type "aws_iam_role_policy" is for the platform team`,
	}},
	{"open_ingress", "plans/cis-module/plan.json", 0, nil},
	{"wildcard_actions", "plans/cis-module/plan.json", 0, []string{
		"warning aws_iam_role_policy.trail: the policy is known after apply",
		"warning module.sns.aws_sns_topic.this[0]: the policy is known after apply",
	}},
	{"planned_modules", "plans/cis-module/plan.json", 0, []string{"note more than three resources"}},
	{"template_tags", "templates/threshold-parameter.yaml", 1, []string{
		"error rSecurityTopic (AWS::SNS::Topic) has no tag Owner", "error rTrailLogGroup (AWS::Logs::LogGroup) has no tag Owner",
	}},
	{"template_encryption", "templates/threshold-parameter.yaml", 1, []string{"error rSecurityTopic is not encrypted"}},
	{"template_numbers", "templates/threshold-parameter.yaml", 0, nil},
	{"template_numbers", "templates/cdk-period-45.json", 0, []string{"warning DeniedAlarm4F2BD9A0 has a short period"}},
}

// TestConftestPolicies: policies for conftest run unchanged with --input raw.
func TestConftestPolicies(t *testing.T) {
	const dir = "../../testdata/"
	asked := map[string]bool{}
	for _, tc := range conftestPolicies {
		asked[tc.policy+".rego"] = true
		t.Run(tc.policy+"/"+tc.input, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			args := []string{"check", "--control", "none", "--input", "raw", "-p", dir + "conftest/" + tc.policy + ".rego", "-o", "json", dir + tc.input}
			if exit := run(context.Background(), args, strings.NewReader(""), &stdout, &stderr); exit != tc.exit {
				t.Errorf("exit status %d, want %d\n%s", exit, tc.exit, stderr.String())
			}
			if diff := cmp.Diff(tc.want, messagesIn(t, stdout.Bytes())); diff != "" {
				t.Error(diff)
			}
		})
	}
	files, err := filepath.Glob(dir + "conftest/*.rego")
	if err != nil || len(files) < 8 {
		t.Fatalf("%d policies, %v", len(files), err)
	}
	for _, f := range files {
		if !asked[filepath.Base(f)] {
			t.Errorf("%s is not run", f)
		}
	}
}

// messagesIn returns the findings of a report, as level and message, in order of their
// text.
func messagesIn(t *testing.T, raw []byte) (all []string) {
	t.Helper()
	var report struct {
		Results []struct {
			Findings []struct{ Level, Message string }
		}
	}
	if err := json.Unmarshal(raw, &report); err != nil {
		t.Fatal(err)
	}
	for _, r := range report.Results {
		for _, f := range r.Findings {
			all = append(all, f.Level+" "+f.Message)
		}
	}
	slices.Sort(all)
	return all
}
