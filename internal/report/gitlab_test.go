package report

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

func TestGitLabKeepsItsSchema(t *testing.T) {
	schema := schemaOf(t, "gitlab-codeclimate.json")
	for name, r := range reports {
		var entries []json.RawMessage
		if err := json.Unmarshal(write(t, "gitlab", r, Options{}), &entries); err != nil || entries == nil {
			t.Fatalf("%s: %v, %v", name, entries, err)
		}
		seen := map[string]bool{}
		for _, raw := range entries {
			validate(t, schema, name, raw)
			var e gitlabIssue
			if err := json.Unmarshal(raw, &e); err != nil {
				t.Fatal(err)
			}
			if e.CheckName == "" || seen[e.Fingerprint] || strings.HasPrefix(e.Location.Path, "./") || e.Location.Lines.Begin < 1 ||
				!slices.Contains([]string{"info", "minor", "major", "critical", "blocker"}, e.Severity) {
				t.Errorf("%s: %+v", name, e)
			}
			seen[e.Fingerprint] = true
		}
	}
}
