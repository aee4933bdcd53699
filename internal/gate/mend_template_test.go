package gate_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/iacgate/iacgate/internal/verdict"
)

// unmendableTemplates are those of testdata/templates of which no code can be
// said, or not all of it.
var unmendableTemplates = map[string]string{
	"filter-and-alarm-exclusive.yaml":           "the filter is there in one of two cases, under a condition",
	"fifo-topic-email.json":                     "which kind of topic takes its place is for people to say",
	"if-anticorrelated-namespace.yaml":          "what mends one case breaks the other",
	"no-metric-value.yaml":                      "what is published is for people to say",
	"queue-aws-managed-key.yaml":                "which key the queue gets is for people to say",
	"role-by-ref.yaml":                          "whether this role is meant is for people to say",
	"subscription-empty-endpoint.yaml":          "the subscription is a part of the topic",
	"subscription-follows-wrong-condition.json": "the topic is there in one of two cases, under a condition",
	"topic-policy-deny-all.json":                "a statement denies it; no further one undoes that",
	"trail-role-denied.json":                    "a statement denies it; no further one undoes that",
}

// TestTemplateMends is TestMends for the templates of testdata/templates.
func TestTemplateMends(t *testing.T) {
	const dir = "../../testdata/templates"
	raw, err := os.ReadFile(filepath.Join(dir, "cases.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []templateCase
	if err := json.Unmarshal(raw, &cases); err != nil || len(cases) == 0 {
		t.Fatalf("%d cases: %v", len(cases), err)
	}
	g := newGate(t)
	for _, c := range cases {
		if c.Verdict != verdict.Fail || len(c.Combine) > 0 {
			continue
		}
		t.Run(c.File, func(t *testing.T) {
			holdMended(t, unmendableTemplates[c.File], mended(t, dir, func(dir string) verdict.Result {
				path := filepath.Join(dir, c.File)
				return judgeTemplate(t, g, path, answering(t, path, c.Parameters))
			}))
		})
	}
}
