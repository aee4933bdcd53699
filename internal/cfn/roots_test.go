package cfn

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/iacgate/iacgate/internal/diag"
)

// A walk that ends at its bound says so: it did not look further.
func TestSurveyIsBounded(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.yaml", "b.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("Resources:\n  T:\n    Type: AWS::SNS::Topic\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if found, _, _, err := survey(dir, 3); err != nil || len(found.Templates) != 1 {
		t.Errorf("%v, %v", found, err)
	}
	var refused *diag.Diagnostic
	if _, _, _, err := survey(dir, 2); !errors.As(err, &refused) || refused.File != dir || refused.Message != "more than 2 files below it" {
		t.Errorf("%v", err)
	}
}

// What tells CodeDeploy what to deploy has Resources, too, and is no template; what
// only looks like it is one.
func TestAppSpecsAreNoTemplates(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"ecs.yml":      "version: 0.0\nResources:\n  - TargetService:\n      Type: AWS::ECS::Service\n      Properties: {TaskDefinition: <TASK_DEFINITION>}\nHooks:\n  - BeforeInstall: F\n",
		"lambda.yaml":  "# deploys\nversion: '0.0' # always\nResources:\n  - F:\n      Type: AWS::Lambda::Function\n",
		"ecs.json":     `{"version": 0.0, "Resources": [{"TargetService": {"Type": "AWS::ECS::Service"}}]}`,
		"text.json":    `{"version": "0.0", "Resources": [{"TargetService": {"Type": "AWS::ECS::Service"}}]}`,
		"unread.yml":   "version: 0.0\nResources:\n  - S: {{ service }}\n      Type: AWS::ECS::Service\n",
		"is.yaml":      "Resources:\n  T:\n    Type: AWS::SNS::Topic\n",
		"version.yaml": "AWSTemplateFormatVersion: '2010-09-09'\nversion: 0.0\nResources:\n  T: {Type: AWS::SNS::Topic}\n",
		"list.yaml":    "Resources:\n  - T: {Type: AWS::SNS::Topic}\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	found, err := Roots(dir)
	var names []string
	for _, path := range found.Templates {
		names = append(names, filepath.Base(path))
	}
	if want := []string{"is.yaml", "list.yaml", "version.yaml"}; err != nil || !slices.Equal(names, want) {
		t.Errorf("%q, %v, want %q", names, err, want)
	}
}
