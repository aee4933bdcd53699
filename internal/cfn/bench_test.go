package cfn

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
)

// large returns a template of about 1 MB with 500 resources, as large as
// CloudFormation takes: one system of alarms, and functions with their code.
func large(yaml bool) []byte {
	var b bytes.Buffer
	code := strings.Repeat("def handler(event, context): return event['detail']  # a line of code\n", 50)
	if yaml {
		b.WriteString("Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n")
		for i := range 250 {
			fmt.Fprintf(&b, "  Function%d:\n    Type: AWS::Lambda::Function\n    Properties:\n      Handler: index.handler\n      Code:\n        ZipFile: |\n", i)
			for line := range strings.Lines(code) {
				b.WriteString("          " + line)
			}
			fmt.Fprintf(&b, "      Environment: {Variables: {TOPIC: !Ref Topic, NAME: !Sub '${AWS::StackName}-%d'}}\n", i)
			fmt.Fprintf(&b, "  Alarm%d:\n    Type: AWS::CloudWatch::Alarm\n    Properties:\n      MetricName: Errors\n      Namespace: AWS/Lambda\n"+
				"      Dimensions: [{Name: FunctionName, Value: !Ref Function%d}]\n      Statistic: Sum\n      Period: 300\n      EvaluationPeriods: 1\n"+
				"      Threshold: 1\n      ComparisonOperator: GreaterThanOrEqualToThreshold\n      AlarmActions: [!Ref Topic]\n", i, i)
		}
		return b.Bytes()
	}
	b.WriteString(`{"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}`)
	for i := range 250 {
		fmt.Fprintf(&b, `,`+"\n"+`  "Function%d": {"Type": "AWS::Lambda::Function", "Properties": {"Handler": "index.handler", "Code": {"ZipFile": %q},`+
			` "Environment": {"Variables": {"TOPIC": {"Ref": "Topic"}}}}}`, i, code)
		fmt.Fprintf(&b, `,`+"\n"+`  "Alarm%d": {"Type": "AWS::CloudWatch::Alarm", "Properties": {"MetricName": "Errors", "Namespace": "AWS/Lambda",`+
			` "Dimensions": [{"Name": "FunctionName", "Value": {"Ref": "Function%d"}}], "Statistic": "Sum", "Period": 300, "EvaluationPeriods": 1,`+
			` "Threshold": 1, "ComparisonOperator": "GreaterThanOrEqualToThreshold", "AlarmActions": [{"Ref": "Topic"}]}}`, i, i)
	}
	b.WriteString("}}\n")
	return b.Bytes()
}

func BenchmarkRead(b *testing.B) {
	for name, raw := range map[string][]byte{"json": large(false), "yaml": large(true)} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Read(context.Background(), []Input{{Path: "t", Reader: bytes.NewReader(raw)}}, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
