package config

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/verdict"
)

var acme = verdict.Control{
	ID: "acme-key-export", Title: `Exports: "keys" raise an alarm`, Severity: "high", Events: "write",
	MustMatch: `{ ($.eventSource = "kms.amazonaws.com") && ($.errorMessage = "it's") }`,
}

const acmeEntry = `- id: acme-key-export
  title: 'Exports: "keys" raise an alarm'
  severity: high
  events: write
  must_match: '{ ($.eventSource = "kms.amazonaws.com") && ($.errorMessage = "it''s") }'
`

const otherEntry = `- id: acme-other # ours
  title: t
  severity: low
  must_match: '{ $.eventName = "A" }'
`

func indented(text, by string) string {
	return by + strings.TrimSuffix(strings.ReplaceAll(text, "\n", "\n"+by), by)
}

// A new control changes nothing else of the file.
func TestAddControl(t *testing.T) {
	for name, tt := range map[string]struct{ before, after string }{
		"no file":          {"", "custom_controls:\n" + indented(acmeEntry, "  ")},
		"no list":          {"profile: default # why", "profile: default # why\n\ncustom_controls:\n" + indented(acmeEntry, "  ")},
		"comments alone":   {"# nothing yet\n", "# nothing yet\n\ncustom_controls:\n" + indented(acmeEntry, "  ")},
		"an empty list":    {"custom_controls:\nprofile: default\n", "custom_controls:\n" + indented(acmeEntry, "  ") + "profile: default\n"},
		"a list":           {"custom_controls: # all\n  # the first\n" + indented(otherEntry, "  ") + "profile: default\n", "custom_controls: # all\n" + indented(acmeEntry, "  ") + "  # the first\n" + indented(otherEntry, "  ") + "profile: default\n"},
		"a list at margin": {"custom_controls:\n" + otherEntry, "custom_controls:\n" + acmeEntry + otherEntry},
	} {
		got, err := AddControl(Name, []byte(tt.before), acme, Known{})
		if err != nil || string(got) != tt.after {
			t.Errorf("%s: %v\n%s\nwant\n%s", name, err, got, tt.after)
		}
	}
}

func TestAddControlRefuses(t *testing.T) {
	for name, tt := range map[string]struct {
		before string
		c      verdict.Control
		want   string
	}{
		"a name that is taken":  {"custom_controls:\n" + strings.ReplaceAll(otherEntry, "acme-other", "acme-key-export"), acme, `a control "acme-key-export" already exists`},
		"a list in one line":    {"custom_controls: []\n", acme, "written on one line"},
		"a broken file":         {"controls: [\n", acme, Name},
		"an unknown key":        {"nothing: 1\n", acme, `unknown key "nothing"`},
		"a pattern of anything": {"", verdict.Control{ID: "acme-all", Title: "t", Severity: "low", Events: "write", MustMatch: `{ $.eventVersion = "*" }`}, "matches every CloudTrail event"},
		"a severity of no kind": {"", verdict.Control{ID: "acme-all", Title: "t", Severity: "grave", Events: "write", MustMatch: acme.MustMatch}, "severity"},
	} {
		got, err := AddControl(Name, []byte(tt.before), tt.c, Known{Controls: []string{}})
		if got != nil || err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v\n%s", name, err, got)
		}
	}
}
