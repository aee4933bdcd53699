package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/verdict"
)

const aControl = `thing-changes:
  title: Things change
  description: Somebody changes things.
  severity: medium
  references: {cis-aws-3.0.0: "4.99", security-hub: CloudWatch.99}
  events: write
  must_match: '{ $.eventName = "ChangeThing" }'
`

func TestParseControl(t *testing.T) {
	got, err := ParseControl("c.yaml", "thing-changes", []byte(aControl+`  accepted: ['{ $.eventName = "Change*" }']
  from: {cis-aws-5.0.0: '{ $.eventName = "ChangeThings" }'}
  strict: '{ $.eventName = "*Thing" }'
  sources: [thing.amazonaws.com]
  misprints: [{pattern: "{ $.eventname = x }", says: misspelt}]
  variants: [{pattern: '{ $.eventName = "Change*" }', says: the guide prints it}]
  errata: [a hyphen]
  fix: Do it.
  resources: ["https://example.com"]
`))
	want := verdict.Control{
		ID: "thing-changes", Title: "Things change", Description: "Somebody changes things.", Severity: "medium",
		References: map[string]string{"cis-aws-3.0.0": "4.99", "security-hub": "CloudWatch.99"}, Events: "write",
		MustMatch: `{ $.eventName = "ChangeThing" }`, Accepted: []string{`{ $.eventName = "Change*" }`},
		From: map[string]string{"cis-aws-5.0.0": `{ $.eventName = "ChangeThings" }`}, Strict: `{ $.eventName = "*Thing" }`,
		Sources: []string{"thing.amazonaws.com"}, Misprints: []verdict.Misprint{{Pattern: "{ $.eventname = x }", Says: "misspelt"}},
		Variants: []verdict.Misprint{{Pattern: `{ $.eventName = "Change*" }`, Says: "the guide prints it"}},
		Errata:   []string{"a hyphen"}, Remediation: "Do it.", Resources: []string{"https://example.com"},
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if usual, err := ParseControl("c.yaml", "thing-changes", []byte(aControl)); err != nil || usual.Remediation != defaultFix {
		t.Errorf("%q, %v", usual.Remediation, err)
	}
}

// TestParseControlRefuses: a slip of the pen is an error with its line, and not a
// control that asks for less.
func TestParseControlRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		old, new, want string
	}{
		"a key that is misspelt":          {"events: write", "events: write\n  stirct: '{ $.a = 1 }'", `c.yaml:7: a control: unknown key "stirct"`},
		"no title":                        {"  title: Things change\n", "", "c.yaml:2: a control: title is missing"},
		"no pattern":                      {"  must_match: '{ $.eventName = \"ChangeThing\" }'\n", "", "c.yaml:2: a control: must_match is missing"},
		"a pattern that is none":          {"\"ChangeThing\" }", "\"ChangeThing\"", "c.yaml:7: must_match: "},
		"a pattern of terms":              {"'{ $.eventName = \"ChangeThing\" }'", "ERROR", "c.yaml:7: must_match must be a JSON filter pattern"},
		"a benchmark that is none":        {"cis-aws-3.0.0", "cis-aws-3.0", `c.yaml:5: references: unknown key "cis-aws-3.0"`},
		"a severity":                      {"medium", "urgent", `c.yaml:4: unknown severity "urgent"`},
		"events":                          {"events: write", "events: reads", `c.yaml:6: unknown kind of events "reads"`},
		"a variant that is none":          {"events: write", "events: write\n  accepted:\n    - '{ $.a == 1 }'", "c.yaml:8: accepted: "},
		"a variant that is not a pattern": {"events: write", "events: write\n  variants: [{pattern: x, says: y}]", "c.yaml:7: pattern must be a JSON filter pattern"},
		"a misprint without a reason":     {"events: write", "events: write\n  misprints: [{pattern: x}]", "c.yaml:7: a misprint: says is missing"},
		"a text":                          {aControl, "x", "c.yaml:1: a control file must be a mapping"},
		"another name":                    {"thing-changes", "things-change", `c.yaml:1: a control file: unknown key "things-change"`},
		"nothing":                         {aControl, "", "c.yaml: it is empty"},
	} {
		if !strings.Contains(aControl, c.old) {
			t.Fatalf("%s: the control has no %q", name, c.old)
		}
		_, err := ParseControl("c.yaml", "thing-changes", []byte(strings.Replace(aControl, c.old, c.new, 1)))
		var problems diag.List
		if !errors.As(err, &problems) || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// TestOwnControlsAreComplete: every control of the product is read.
func TestOwnControlsAreComplete(t *testing.T) {
	files, err := filepath.Glob("../../policies/controls/*.yaml")
	if err != nil || len(files) < 15 {
		t.Fatalf("%d controls, %v", len(files), err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ParseControl(file, strings.TrimSuffix(filepath.Base(file), ".yaml"), data); err != nil {
			t.Error(err)
		}
	}
}
