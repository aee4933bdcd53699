package config

import (
	_ "embed"
	"strings"
)

//go:embed first.yaml
var first string

// First returns a first configuration, in which every setting is explained. controls are
// those that it asks for, none for the usual ones. logGroup names the log group of a
// trail outside the code; "" for none.
func First(controls []string, logGroup string) string {
	text := first
	if len(controls) > 0 {
		quoted := make([]string, len(controls))
		for i, c := range controls {
			quoted[i] = `"` + c + `"`
		}
		text = strings.Replace(text, "# controls: [unauthorized-api-calls]", "controls: ["+strings.Join(quoted, ", ")+"]", 1)
	}
	if logGroup != "" {
		text = strings.Replace(text, "# external:\n#   - log_group: \"aws-controltower/CloudTrailLogs\"\n#     reason: the trail of the organization writes to it\n",
			"external:\n  - log_group: \""+strings.ReplaceAll(logGroup, `"`, `\"`)+"\"\n    reason: the trail of the organization writes to it\n", 1)
	}
	return text
}
