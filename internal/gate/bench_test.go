package gate_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"testing"

	"github.com/iacgate/iacgate/internal/cfn"
	"github.com/iacgate/iacgate/internal/config"
	"github.com/iacgate/iacgate/internal/gate"
	"github.com/iacgate/iacgate/internal/plan"
	"github.com/iacgate/iacgate/internal/policy"
	"github.com/iacgate/iacgate/internal/verdict"
)

// BenchmarkOne reads and judges one plan after the other, by the control that is
// asked for where nobody asks for any, and by all of them.
func BenchmarkOne(b *testing.B) {
	for _, asked := range []string{control, "all"} {
		b.Run(asked, func(b *testing.B) {
			controls, err := policy.Select([]string{asked})
			if err != nil {
				b.Fatal(err)
			}
			g := gate.New(policy.Load(verdict.IDs(controls)), controls, config.Default())
			text, err := os.ReadFile("../../testdata/plans/complete/plan.json")
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				doc, err := plan.Read(bytes.NewReader(text), plan.Options{})
				if err != nil {
					b.Fatal(err)
				}
				if _, err := g.Judge(context.Background(), doc); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkWide judges a plan with hundreds of filters and alarms of other
// things, as an account's one root module has them.
func BenchmarkWide(b *testing.B) {
	controls, err := policy.Select([]string{control})
	if err != nil {
		b.Fatal(err)
	}
	g := gate.New(policy.Load(verdict.IDs(controls)), controls, config.Default())
	for _, n := range []int{100, 400} {
		var edits []edit
		for i := range n {
			f, a := fmt.Sprintf("%s%d", filter, i), fmt.Sprintf("%s%d", alarm, i)
			edits = append(edits,
				copies(filter, f, is(f, "name", f), is(f, "pattern", `{ $.level = "ERROR" }`), is(f, "metric_transformation.0.name", f)),
				copies(alarm, a, is(a, "alarm_name", a), is(a, "metric_name", f)))
		}
		text := newDraft(b, "complete", edits).text()
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				doc, err := plan.Read(bytes.NewReader(text), plan.Options{})
				if err != nil {
					b.Fatal(err)
				}
				if _, err := g.Judge(context.Background(), doc); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkBaselines judges whole baselines in one template by all controls: each has a
// trail of its own, and a filter and an alarm for every control.
func BenchmarkBaselines(b *testing.B) {
	controls, err := policy.Select([]string{"all"})
	if err != nil {
		b.Fatal(err)
	}
	engine := policy.Load(verdict.IDs(controls))
	for _, n := range []int{1, 4, 16} {
		text := baselines(b, n, controls)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				doc, err := cfn.Read(context.Background(), []cfn.Input{{Path: "baselines.json", Reader: bytes.NewReader(text)}}, cfn.Options{})
				if err != nil {
					b.Fatal(err)
				}
				j, err := gate.New(engine, controls, config.Default()).Judge(context.Background(), doc)
				if err != nil {
					b.Fatal(err)
				}
				for _, r := range j.Results {
					if r.Verdict != verdict.Pass {
						b.Fatalf("%s: %s", r.Control, r.Verdict)
					}
				}
			}
		})
	}
}

func baselines(b *testing.B, n int, controls []verdict.Control) []byte {
	b.Helper()
	type object = map[string]any
	ref := func(name string) object { return object{"Ref": name} }
	arn := func(name string) object { return object{"Fn::GetAtt": []string{name, "Arn"}} }
	allow := func(action any, more object) object {
		statement := object{"Effect": "Allow", "Action": action}
		maps.Copy(statement, more)
		return object{"Version": "2012-10-17", "Statement": []any{statement}}
	}
	resources := object{}
	add := func(name, typ string, properties object) {
		resources[name] = object{"Type": typ, "Properties": properties}
	}
	for i := range n {
		named := func(what string) string { return fmt.Sprintf("%s%d", what, i) }
		add(named("Group"), "AWS::Logs::LogGroup", object{"LogGroupName": named("trail")})
		add(named("Role"), "AWS::IAM::Role", object{
			"AssumeRolePolicyDocument": allow("sts:AssumeRole", object{"Principal": object{"Service": "cloudtrail.amazonaws.com"}}),
			"Policies": []any{object{"PolicyName": "write", "PolicyDocument": allow(
				[]string{"logs:CreateLogStream", "logs:PutLogEvents"}, object{"Resource": arn(named("Group"))})}},
		})
		add(named("Trail"), "AWS::CloudTrail::Trail", object{
			"TrailName": named("trail"), "S3BucketName": "trails", "IsLogging": true, "IsMultiRegionTrail": true, "IncludeGlobalServiceEvents": true,
			"CloudWatchLogsLogGroupArn": arn(named("Group")), "CloudWatchLogsRoleArn": arn(named("Role")),
		})
		add(named("Topic"), "AWS::SNS::Topic", object{"TopicName": named("alarms")})
		add(named("Mail"), "AWS::SNS::Subscription", object{"TopicArn": ref(named("Topic")), "Protocol": "email", "Endpoint": "oncall@corp.example.net"})
		for j, c := range controls {
			metric := fmt.Sprintf("%s%d", "Metric", j)
			add(fmt.Sprintf("Filter%dx%d", i, j), "AWS::Logs::MetricFilter", object{
				"LogGroupName": ref(named("Group")), "FilterPattern": c.MustMatch,
				"MetricTransformations": []any{object{"MetricNamespace": named("CIS"), "MetricName": metric, "MetricValue": "1"}},
			})
			add(fmt.Sprintf("Alarm%dx%d", i, j), "AWS::CloudWatch::Alarm", object{
				"AlarmName": fmt.Sprintf("alarm-%d-%d", i, j), "Namespace": named("CIS"), "MetricName": metric, "Statistic": "Sum", "Period": 300,
				"EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "GreaterThanOrEqualToThreshold", "TreatMissingData": "notBreaching",
				"AlarmActions": []any{ref(named("Topic"))},
			})
		}
	}
	text, err := json.Marshal(object{"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources})
	if err != nil {
		b.Fatal(err)
	}
	return text
}
