package main

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
)

// A baseline is a set-up that meets every control: a trail, its log group and role,
// a topic with a subscription, and for each control a metric filter and an alarm.

// baselineCounts are how many of them are in one input, smallest first.
var baselineCounts = []int{1, 4, 16, 32}

// baselineForms are the forms that an input has, and its name.
var baselineForms = []struct{ name, path string }{
	{"a template", "template.json"},
	{"a directory with for_each", "code"},
	{"a plan", "plan.json"},
}

//go:embed baselines
var baselineCode embed.FS

func baselinePath(count int, form string) string { return fmt.Sprintf("baselines/%d/%s", count, form) }

// writeBaselines writes baselines in every form. The plan is Terraform's own.
func (w workshop) writeBaselines() error {
	said, err := w.Ask(w.Dir, nil, w.Path("iacgate"), "list", "-o", "json")
	if err != nil {
		return err
	}
	var controls []struct {
		ID      string `json:"id"`
		Pattern string `json:"must_match"`
	}
	if err := json.Unmarshal([]byte(said), &controls); err != nil {
		return err
	}
	patterns := map[string]string{}
	for _, c := range controls {
		patterns[c.ID] = c.Pattern
	}
	sources, err := fs.Sub(baselineCode, "baselines")
	if err != nil {
		return err
	}
	for _, n := range baselineCounts {
		code := w.Path(baselinePath(n, "code"))
		if err := os.CopyFS(code, sources); err != nil {
			return err
		}
		locals := map[string]any{"locals": map[string]any{"baselines": n, "patterns": patterns}}
		if err := writeJSON(filepath.Join(code, "patterns.tf.json"), locals); err != nil {
			return err
		}
		if err := writeJSON(w.Path(baselinePath(n, "template.json")), baselineTemplate(n, patterns)); err != nil {
			return err
		}
		plan, err := w.plan(code)
		if err != nil {
			return err
		}
		if err := os.WriteFile(w.Path(baselinePath(n, "plan.json")), []byte(plan), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// plan runs Terraform in a copy of a directory and returns its plan as JSON.
func (w workshop) plan(code string) (string, error) {
	dir := code + "-planned" // the directory that is judged holds code alone
	if err := os.CopyFS(dir, os.DirFS(code)); err != nil {
		return "", err
	}
	for _, args := range [][]string{{"init", "-backend=false", "-input=false"}, {"plan", "-refresh=false", "-input=false", "-out=tfplan"}} {
		if err := w.Do(dir, nil, "terraform", args...); err != nil {
			return "", fmt.Errorf("the plan of the baselines needs Terraform and the AWS provider: %w", err)
		}
	}
	return w.Ask(dir, nil, "terraform", "show", "-json", "tfplan")
}

func writeJSON(name string, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return os.WriteFile(name, text, 0o644)
}

type object = map[string]any

// baselineTemplate returns the CloudFormation template of n baselines.
func baselineTemplate(n int, patterns map[string]string) object {
	resources := object{}
	for i := range n {
		maps.Copy(resources, baselineResources(fmt.Sprintf("Baseline%d", i), patterns))
	}
	return object{"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}
}

func baselineResources(name string, patterns map[string]string) object {
	ref := func(what string) object { return object{"Ref": name + what} }
	arn := func(what string) object { return object{"Fn::GetAtt": []string{name + what, "Arn"}} }
	policy := func(statement object) object { return object{"Version": "2012-10-17", "Statement": []any{statement}} }
	resource := func(typ string, properties object) object { return object{"Type": typ, "Properties": properties} }
	resources := object{
		name + "Group": resource("AWS::Logs::LogGroup", object{"LogGroupName": name}),
		name + "Role": resource("AWS::IAM::Role", object{
			"AssumeRolePolicyDocument": policy(object{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": object{"Service": "cloudtrail.amazonaws.com"}}),
			"Policies": []any{object{"PolicyName": "write", "PolicyDocument": policy(
				object{"Effect": "Allow", "Action": []string{"logs:CreateLogStream", "logs:PutLogEvents"}, "Resource": arn("Group")})}},
		}),
		name + "Trail": resource("AWS::CloudTrail::Trail", object{
			"TrailName": name, "S3BucketName": "trails", "IsLogging": true, "IsMultiRegionTrail": true, "IncludeGlobalServiceEvents": true,
			"CloudWatchLogsLogGroupArn": arn("Group"), "CloudWatchLogsRoleArn": arn("Role"),
		}),
		name + "Topic": resource("AWS::SNS::Topic", object{"TopicName": name}),
		name + "Mail":  resource("AWS::SNS::Subscription", object{"TopicArn": ref("Topic"), "Protocol": "email", "Endpoint": "oncall@example.com"}),
	}
	for id, pattern := range patterns {
		logical, metric := fmt.Sprintf("%s%x", name, id), name+"-"+id
		resources[logical+"Filter"] = resource("AWS::Logs::MetricFilter", object{
			"LogGroupName": ref("Group"), "FilterPattern": pattern,
			"MetricTransformations": []any{object{"MetricNamespace": "CIS", "MetricName": metric, "MetricValue": "1"}},
		})
		resources[logical+"Alarm"] = resource("AWS::CloudWatch::Alarm", object{
			"AlarmName": metric, "Namespace": "CIS", "MetricName": metric, "Statistic": "Sum", "Period": 300, "EvaluationPeriods": 1, "Threshold": 1,
			"ComparisonOperator": "GreaterThanOrEqualToThreshold", "TreatMissingData": "notBreaching", "AlarmActions": []any{ref("Topic")},
		})
	}
	return resources
}
