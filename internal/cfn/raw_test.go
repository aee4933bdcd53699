package cfn

import (
	"encoding/json"
	"testing"

	"github.com/iacgate/iacgate/internal/resource"
)

// TestRawOfSomeTypes: the types that are read stay, those that are asked for, and
// what has no type of its own.
func TestRawOfSomeTypes(t *testing.T) {
	const template = `
Transform: AWS::LanguageExtensions
Parameters: {Secret: {Type: String, NoEcho: true, Default: hush-hush}}
Resources:
  Bucket: {Type: AWS::S3::Bucket}
  Topic: {Type: AWS::SNS::Topic}
  Instance: {Type: AWS::EC2::Instance, Properties: {Size: 1.50}}
  Nested: {Type: AWS::CloudFormation::Stack}
  Fn::ForEach::Loop: [Name, [a, b], {"Made${Name}": {Type: AWS::EC2::Instance}}]
Outputs: {Id: {Value: !Ref Instance}}
`
	const head, tail = `{"Outputs":{"Id":{"Value":{"Ref":"Instance"}}},"Parameters":{"Secret":{"Default":"(sensitive)","NoEcho":true,"Type":"String"}},"Resources":{`, `},"Transform":"AWS::LanguageExtensions"}`
	const bucket, topic, instance = `"Bucket":{"Type":"AWS::S3::Bucket"},`, `,"Topic":{"Type":"AWS::SNS::Topic"}`, `"Instance":{"Properties":{"Size":1.50},"Type":"AWS::EC2::Instance"},`
	const rest = `"Nested":{"Type":"AWS::CloudFormation::Stack"}`
	const loop = `"Fn::ForEach::Loop":["Name",["a","b"],{"Made${Name}":{"Type":"AWS::EC2::Instance"}}],`
	for name, tt := range map[string]struct {
		types func(string) bool
		want  string
	}{
		"all":     {nil, bucket + loop + instance + rest + topic},
		"buckets": {func(typ string) bool { return typ == "AWS::S3::Bucket" }, bucket + loop + rest + topic},
		"none":    {func(string) bool { return false }, loop + rest + topic},
	} {
		raw, err := Raw([]byte(template), tt.types, resource.Veil{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := json.Marshal(raw)
		if err != nil || string(got) != head+tt.want+tail {
			t.Errorf("%s: %v\ngot  %s\nwant %s", name, err, got, head+tt.want+tail)
		}
	}
	for _, text := range []string{"Resources: []", "Resources: 5", "Resources:", "a: b", "Resources: {A: [], B: {Type: []}, C: null}"} {
		if _, err := Raw([]byte(text), func(string) bool { return false }, resource.Veil{}); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}
