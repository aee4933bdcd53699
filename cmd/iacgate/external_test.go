package main

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"testing"
)

// TestExternalBeforeItExists: an entry names a topic or group by the ARN that it will
// have, in a plan, in code and in templates, and what it says of another place or
// name is about something else.
func TestExternalBeforeItExists(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../testdata/agree/external-group-no-subscription")); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	const group = "arn:aws:logs:us-east-1:111122223333:log-group:CloudTrail/DefaultLogGroup"
	const topic = "arn:aws:sns:us-east-1:111122223333:security-alerts"
	for _, tt := range []struct {
		group, topic, want string
		unused             int
	}{
		{group, topic, "pass", 0},
		{group + ":*", "arn:aws:sns:*:*:security-*", "pass", 0},
		{"CloudTrail/DefaultLogGroup", topic, "pass", 0},
		{group, "arn:aws:sns:us-east-1:111122223333:other", "fail", 1},
		{"arn:aws:logs:us-east-1:111122223333:log-group:other", topic, "unknown", 1},
	} {
		config := "external:\n  - log_group: \"" + tt.group + "\"\n    reason: theirs\n  - topic: \"" + tt.topic + "\"\n    reason: theirs\n"
		if err := os.WriteFile("c.yaml", []byte(config), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, input := range []string{"plan.json", ".", "template.yaml", "template.json"} {
			got, unused := checkedWith(t, "--config", "c.yaml", "--source=none", input)
			if got != tt.want || unused != tt.unused {
				t.Errorf("%s: %s, %s: %s with %d entries unused, want %s with %d", input, tt.group, tt.topic, got, unused, tt.want, tt.unused)
			}
		}
	}
}

// checkedWith returns the verdict of a check of one control, and how many entries it says
// are unused.
func checkedWith(t *testing.T, args ...string) (verdict string, unused int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	run(t.Context(), append([]string{"check", "-o", "json"}, args...), &bytes.Buffer{}, &stdout, &stderr)
	var report struct {
		Results []struct {
			Verdict  string
			Findings []struct{ Code string }
		}
	}
	if err := json.Unmarshal(stdout.Bytes(), &report); err != nil || len(report.Results) != 1 {
		t.Fatalf("%v: %v %s", args, err, stderr.String())
	}
	codes := report.Results[0].Findings
	codes = slices.DeleteFunc(codes, func(f struct{ Code string }) bool { return f.Code != "external-unused" })
	return report.Results[0].Verdict, len(codes)
}
