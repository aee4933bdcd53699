package policy

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/control"
	"github.com/iacgate/iacgate/internal/diag"
)

// New writes a policy and its test, which pass, into a directory, and
// returns their paths. Files that exist are left alone, and are an error.
func New(id, dir string) ([]string, error) {
	if err := validateNewID(id); err != nil {
		return nil, err
	}
	name := strings.ReplaceAll(id, "-", "_")
	fill := strings.NewReplacer("ID", id, "PACKAGE", name)
	files := []struct{ path, text string }{
		{filepath.Join(dir, id+".rego"), fill.Replace(skeleton)},
		{filepath.Join(dir, id+"_test.rego"), fill.Replace(skeletonTest)},
	}
	for _, f := range files {
		if _, err := os.Lstat(f.path); err == nil {
			return nil, diag.List{{File: f.path, Message: "the file exists; nothing was written"}}
		}
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fileError(dir, err)
	}
	var written []string
	for _, f := range files {
		if err := create(f.path, f.text); err != nil {
			return written, err
		}
		written = append(written, f.path)
	}
	return written, nil
}

func validateNewID(id string) error {
	reserved := id == "iacgate" || id == "data" || id == "input" || id == "main"
	switch {
	case !config.IsControlID(id) || strings.HasSuffix(id, "-test") || reserved:
		return diag.List{{
			Message: fmt.Sprintf("policy %q: not a valid policy name", id),
			Hint:    "use lower-case words and digits joined by hyphens, such as acme-alarm-names; not main, iacgate, input or data, and without test at the end",
		}}
	case ast.IsKeyword(id):
		return diag.List{{Message: fmt.Sprintf("policy %q: reserved word in Rego", id), Hint: "combine it with another word: acme-" + id}}
	}
	ids, err := control.IDs()
	if err != nil {
		return err
	}
	if slices.Contains(ids, id) {
		return diag.List{{Message: fmt.Sprintf("policy %q: iacgate has a control with this name", id)}}
	}
	return nil
}

// create writes a file that does not exist yet.
func create(path, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return fileError(path, err)
	}
	if _, err := f.WriteString(text); err != nil {
		f.Close()
		return fileError(path, err)
	}
	if err := f.Close(); err != nil {
		return fileError(path, err)
	}
	return nil
}

const skeleton = `# METADATA
# title: Alarms tell somebody
# description: >-
#   Every alarm, or a composite alarm above it, has an action that points at an SNS topic. Replace this text, the title
#   and the rule by your own; input is described by: iacgate explain document-schema
# custom:
#   severity: medium
package PACKAGE

deny contains {"msg": msg, "resource": address} if {
	some address, alarm in input.alarms
	not tells_somebody(alarm)
	msg := sprintf("%s: no action points at an SNS topic", [address])
}

tells_somebody(alarm) if {
	some actor in alarm.actors
	some action in actor.actions
	action.topic != ""
}
`

const skeletonTest = `package PACKAGE_test

import data.PACKAGE

alarm(actions) := {"alarms": {"aws_cloudwatch_metric_alarm.a": {"actors": {"a": {"actions": actions}}}}}

test_topic_passes if count(PACKAGE.deny) == 0 with input as alarm({"t": {"topic": "aws_sns_topic.t"}})

test_silent_alarm_fails if {
	some finding in PACKAGE.deny with input as alarm({})
	finding.resource == "aws_cloudwatch_metric_alarm.a"
}
`
