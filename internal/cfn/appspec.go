package cfn

import (
	"bytes"
	"encoding/json"
	"strings"
)

// isAppSpec says whether a file tells CodeDeploy what to deploy: it has Resources of
// CloudFormation's types, too, and a version that is always 0.0. No template has a
// section of that name; CloudFormation would refuse it.
// https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure.html
func isAppSpec(raw []byte) bool {
	if bytes.Contains(raw, []byte("AWSTemplateFormatVersion")) {
		return false
	}
	if isJSON(raw) {
		var spec map[string]json.RawMessage
		return json.Unmarshal(raw, &spec) == nil && isNoVersion(string(spec["version"]))
	}
	for line := range strings.Lines(string(raw)) {
		if value, ok := strings.CutPrefix(line, "version:"); ok {
			value, _, _ = strings.Cut(value, "#")
			return isNoVersion(value)
		}
	}
	return false
}

func isNoVersion(value string) bool { return strings.Trim(value, " \t\r\n\"'") == "0.0" }
