package cfn

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/intake"
	"github.com/iacgate/iacgate/internal/resource"
)

// read reads one template.
func read(text string, parameters map[string]string) (*resource.Document, error) {
	return Read(context.Background(), []Input{{Path: "-", Reader: strings.NewReader(text)}}, Options{Parameters: parameters})
}

func mustRead(t *testing.T, text string, parameters map[string]string) *resource.Document {
	t.Helper()
	doc, err := read(text, parameters)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func find(t *testing.T, doc *resource.Document, address string) *resource.Resource {
	t.Helper()
	i := slices.IndexFunc(doc.Resources, func(r *resource.Resource) bool { return r.Address == address })
	if i < 0 {
		t.Fatalf("no %s among %d resources", address, len(doc.Resources))
	}
	return doc.Resources[i]
}

// shown returns a value with its symbols in words.
func shown(v resource.Value) string {
	text, ok := v.Symbolic()
	if !ok && v.Kind() == resource.List {
		var parts []string
		for _, e := range v.List() {
			parts = append(parts, shown(e))
		}
		return "[" + strings.Join(parts, " ") + "]"
	}
	for _, symbol := range resource.Symbols(text) {
		text = strings.ReplaceAll(text, resource.Symbol(symbol), "<"+symbol+">")
	}
	if o, _ := v.Origin(); v.IsUnknown() && o.Cause != resource.Composed {
		return "unknown " + text
	}
	return text
}

const header = `
Transform: AWS::LanguageExtensions
Parameters:
  Name: {Type: String, Default: alerts}
  Unset: {Type: String}
  Items: {Type: CommaDelimitedList, Default: "a, b,c"}
  Stage: {Type: String, Default: prod}
  Stored: {Type: "AWS::SSM::Parameter::Value<String>", Default: /path/of/it}
  Secret: {Type: String, NoEcho: true, Default: hunter2-hunter2}
Mappings:
  Stages:
    prod: {name: production, list: [x, y]}
    dev: {name: development}
    one: {same: 1}
    two: {same: 1}
  Same:
    a: {k: equal}
    b: {k: equal}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsNot: !Not [{Condition: IsProd}]
  Both: !And [!Condition IsProd, !Not [!Condition IsNot], !Equals [a, a]]
  Either: !Or [!Condition IsNot, !Equals ["1", 1]]
Resources:
  Named: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref Name}}
  Plain: {Type: AWS::SNS::Topic}
  Group: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /aws/trail}}
  Role: {Type: AWS::IAM::Role, Properties: {Path: /service/, RoleName: r, AssumeRolePolicyDocument: {}}}
  Key: {Type: AWS::KMS::Key}
  Function: {Type: AWS::Lambda::Function}
  Custom: {Type: Custom::Thing}
  Scaling: {Type: AWS::AutoScaling::ScalingPolicy}
  Test:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: `

// TestFunctions: what each function comes to. <x> is a symbol; unknown is what
// may be equal to anything.
func TestFunctions(t *testing.T) {
	const arn = "arn:<partition of stack>:sns:<region of stack>:<account of stack>:"
	for expression, want := range map[string]string{
		`plain`:                            "plain",
		`!Ref Name`:                        "alerts",
		`{Ref: Name}`:                      "alerts",
		`!Ref Unset`:                       "unknown <Unset>",
		`!Ref Stored`:                      "unknown <Stored>",
		`!Ref Secret`:                      "hunter2-hunter2",
		`!Ref AWS::Region`:                 "<region of stack>",
		`!Ref AWS::StackName`:              "<name of the stack>",
		`!Ref AWS::StackId`:                "arn:<partition of stack>:cloudformation:<region of stack>:<account of stack>:stack/<name of the stack>/<id of the stack>",
		`!Ref AWS::NoValue`:                "",
		`!Ref Named`:                       arn + "alerts",
		`!Ref Plain`:                       arn + "<generated name of Plain>",
		`!Ref Group`:                       "/aws/trail",
		`!Ref Role`:                        "r",
		`!Ref Key`:                         "<generated name of Key>",
		`!Ref Function`:                    "<generated name of Function>",
		`!Ref Custom`:                      "unknown <Custom>",
		`!Ref Scaling`:                     "arn:<partition of stack>:autoscaling:<region of stack>:<account of stack>:<Scaling>",
		`!GetAtt Plain.TopicName`:          "<generated name of Plain>",
		`!GetAtt [Named, TopicName]`:       "alerts",
		`{"Fn::GetAtt": "Named.TopicArn"}`: arn + "alerts",
		`!GetAtt Group.Arn`:                "arn:<partition of stack>:logs:<region of stack>:<account of stack>:log-group:/aws/trail:*",
		`!GetAtt Role.Arn`:                 "arn:<partition of stack>:iam::<account of stack>:role/service/r",
		`!GetAtt Key.Arn`:                  "arn:<partition of stack>:kms:<region of stack>:<account of stack>:key/<generated name of Key>",
		`!GetAtt Function.Arn`:             "arn:<partition of stack>:lambda:<region of stack>:<account of stack>:function:<generated name of Function>",
		`!GetAtt Custom.Some.Thing`:        "unknown <Custom.Some.Thing>",
		`!Sub 'arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:${Name}'`: arn + "alerts",
		`!Sub '${Named.TopicName}-${!Literal} $.x ${ Name }'`:                       "alerts-${Literal} $.x alerts",
		`!Sub ['${a}-${Name}', {a: !Ref Stage}]`:                                    "prod-alerts",
		`!Sub '${Unset}-x'`:                                                         "unknown <Unset>-x",
		`!Sub 'no placeholder ${'`:                                                  "no placeholder ${",
		`!Join ['-', [a, !Ref Name, 3, true]]`:                                      "a-alerts-3-true",
		`!Join ['', !Ref Items]`:                                                    "abc",
		`!Join [',', [x, !Ref AWS::NoValue, y]]`:                                    "x,y",
		`!Join [':', !Split ['-', a-b-c]]`:                                          "a:b:c",
		`!Select [1, !Ref Items]`:                                                   "b",
		`!Select ["0", [!Ref Name, x]]`:                                             "alerts",
		`!Select [5, !Split [":", !Ref Named]]`:                                     "alerts",
		`!Select [6, !Split [":", !GetAtt Group.Arn]]`:                              "/aws/trail",
		`!FindInMap [Stages, !Ref Stage, name]`:                                     "production",
		`!Select [1, !FindInMap [Stages, prod, list]]`:                              "y",
		`!FindInMap [Stages, dev, list, {DefaultValue: none}]`:                      "none",
		`!FindInMap [Same, !Ref AWS::AccountId, k]`:                                 "equal",
		`!If [IsProd, yes it is, no]`:                                               "yes it is",
		`!If [IsNot, a, !If [Both, b, c]]`:                                          "b",
		`!If [Either, !Ref AWS::NoValue, c]`:                                        "",
		`{"Fn::Length": !Ref Items}`:                                                "3",
		`{"Fn::ToJsonString": {b: [1, true], a: !Ref Name}}`:                        `{"a":"alerts","b":[1,true]}`,
		`!ImportValue other`:                                                        "unknown <import of other>",
		`!Base64 x`:                                                                 `unknown <Fn∶∶Base64 ["x"]>`,
		`'{{resolve:ssm:/x/y:1}}'`:                                                  "unknown <{{resolve∶ssm∶∕x∕y∶1}}>",
		`!Sub 'a{{resolve:ssm:x}}b'`:                                                "unknown a<{{resolve∶ssm∶x}}>b",
	} {
		doc, err := read(header+expression+"\n", nil)
		if err != nil {
			t.Errorf("%s: %v", expression, err)
			continue
		}
		if got := shown(find(t, doc, "Test").Attr("display_name")); got != want {
			t.Errorf("%s\n got %s\nwant %s", expression, got, want)
		}
	}
}

func TestGivenParameters(t *testing.T) {
	doc := mustRead(t, header+"!Sub '${Unset} ${Stored} ${AWS::Region} ${AWS::Partition} ${AWS::StackName} ${Items}'\n", map[string]string{
		"Unset": "set", "Stored": "/other/path", "AWS::Region": "cn-north-1", "AWS::StackName": "audit", "Items": "x,y", "Name": "n",
	})
	if got, want := shown(find(t, doc, "Test").Attr("display_name")), "unknown set <Stored> cn-north-1 aws-cn audit x,y"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if r := find(t, doc, "Test"); r.Scope.Region != "cn-north-1" || r.Scope.Account != "" {
		t.Errorf("scope %+v", r.Scope)
	}
}

// Values that are not to be echoed are marked and collected, whatever text they
// are in.
func TestNoEcho(t *testing.T) {
	for _, expression := range []string{"!Ref Secret", "!Sub 'https://x/${Secret}'", "!Join ['', [a, !Ref Secret]]"} {
		doc := mustRead(t, header+expression+"\n", nil)
		if v := find(t, doc, "Test").Attr("display_name"); !v.IsSensitive() || !slices.Contains(doc.Secrets, "hunter2-hunter2") {
			t.Errorf("%s: sensitive %v, secrets %q", expression, v.IsSensitive(), doc.Secrets)
		}
	}
	_, err := read("Parameters: {P: {Type: String, NoEcho: true, MinLength: 20}}\nResources: {T: {Type: AWS::SNS::Topic}}\n", map[string]string{"P": "hunter2-hunter2"})
	if err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("error %v", err)
	}
}

// TestRefused: what cannot be read is said with its place.
func TestRefused(t *testing.T) {
	const topic = "Resources:\n  T:\n    Type: AWS::SNS::Topic\n"
	for name, tt := range map[string]struct{ template, want string }{
		"empty":                   {"  \n", "empty"},
		"a list":                  {"- a\n", "line 1, column 1: a template must be an object, not a list"},
		"no resources":            {"Description: x\n", "line 1, column 1: the template has no Resources"},
		"a section":               {topic + "Resource: {}\n", `line 4, column 1: unknown section "Resource"`},
		"resources as a list":     {"Resources: [a]\n", "line 1, column 12: Resources must be an object, not a list"},
		"no type":                 {"Resources:\n  T:\n    Properties: {}\n", "line 2, column 3: the resource T has no Type"},
		"a duplicate":             {topic + "    Type: AWS::SNS::Topic\n", `line 4, column 5: duplicate key "Type", first used on line 3`},
		"a duplicate in JSON":     {"{\"Resources\": {\"T\": {\"Type\": \"a\",\n \"Type\": \"b\"}}}", `line 2, column 2: duplicate key "Type", first used on line 1`},
		"a short form":            {topic + "    Properties: {TopicName: !Reff x}\n", "line 4, column 29: unknown function !Reff"},
		"a function":              {topic + "    Properties: {TopicName: {'Fn::Subb': x}}\n", "line 4, column 30: unknown function Fn::Subb"},
		"a shape":                 {topic + "    Properties: {TopicName: !Join [a]}\n", "line 4, column 29: Fn::Join takes [delimiter, list]"},
		"neighbours":              {topic + "    Properties: {TopicName: {'Fn::Sub': x, y: z}}\n", "line 4, column 30: Fn::Sub must be the only key of its object"},
		"a name":                  {topic + "    Properties: {TopicName: !Ref Nme}\n", `line 4, column 29: "Nme" is neither a parameter nor a resource`},
		"a name in a text":        {topic + "    Properties: {TopicName: !Sub '${T.TopicName}${U.Arn}'}\n", `line 4, column 29: "U" is neither a parameter nor a resource`},
		"a dependency":            {topic + "    DependsOn: U\n", `line 4, column 16: unknown resource "U"`},
		"a circle":                {topic + "    DependsOn: U\n  U:\n    Type: AWS::SNS::Topic\n    Properties: {TopicName: !GetAtt T.TopicName}\n", "line 2, column 3: cycle of resources: T -> U -> T"},
		"conditions":              {"Conditions:\n  A: !Not [!Condition B]\n  B: !Not [!Condition A]\n" + topic, "line 2, column 6: cycle: the condition A refers to itself: A -> B -> A"},
		"no condition":            {topic + "    Condition: C\n", "line 4, column 16: unknown condition C"},
		"no mapping":              {topic + "    Properties: {TopicName: !FindInMap [M, a, b]}\n", `line 4, column 41: unknown mapping "M"`},
		"no key":                  {"Mappings: {M: {a: {b: c}}}\n" + topic + "    Properties: {TopicName: !FindInMap [M, a, x]}\n", `line 5, column 47: unknown key "x"`},
		"an unquoted pattern":     {"Resources:\n  F:\n    Type: AWS::Logs::MetricFilter\n    Properties:\n      FilterPattern: { $.errorCode = \"AccessDenied*\" }\n", "line 5, column 7: F: FilterPattern is not a string: quote the pattern"},
		"an unquoted list":        {"Resources:\n  F:\n    Type: AWS::Logs::MetricFilter\n    Properties:\n      FilterPattern: [w=\"*x*\"]\n", "line 5, column 7: F: FilterPattern is not a string: quote the pattern"},
		"a boolean":               {topic + "    Properties: {FifoTopic: maybe}\n", "line 4, column 18: T: FifoTopic must be true or false"},
		"a number":                {"Resources: {A: {Type: AWS::CloudWatch::Alarm, Properties: {Period: five}}}\n", "line 1, column 60: A: Period must be a number"},
		"a text for a list":       {"Resources: {A: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmActions: x}}}\n", "line 1, column 60: A: AlarmActions must be a list"},
		"two documents":           {topic + "---\n" + topic, "line 4, column 1: a second YAML document begins here; a template is a single one"},
		"no YAML":                 {"Resources: [\n", "line 1, column 1: no YAML: did not find expected node content"},
		"half of JSON":            {`{"Resources": {`, "line 1, column 16: the template ends too early"},
		"a comma in JSON":         {"{\"Resources\": {},}", "line 1, column 18: no JSON: invalid character '}' looking for beginning of object key string"},
		"an alias in itself":      {"Resources: &r {T: *r}\n", "line 1, column 19: cycle: the alias *r contains itself"},
		"a binary tag":            {"Resources: {T: {Type: !!binary aGk=}}\n", "line 1, column 23: CloudFormation does not know the YAML tag !!binary"},
		"a loop":                  {"Resources:\n  Fn::ForEach::L: [x, [a], {'T${x}': {Type: AWS::SNS::Topic}}]\n", "line 2, column 3: Fn::ForEach::L needs a transform"},
		"a loop over text":        {"Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::L: [x, a, {'T${x}': {Type: AWS::SNS::Topic}}]\n", "line 3, column 23: Fn::ForEach loops over a list, not a string"},
		"a loop without name":     {"Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::L: [x, [a, b], {T: {Type: AWS::SNS::Topic}}]\n", `line 3, column 32: duplicate key "T", first used on line 3`},
		"a function in a mapping": {"Mappings: {M: {a: {b: !FindInMap [M, a, b]}}}\n" + topic, "line 1, column 23: the mapping M must map to strings and lists of strings, not to an object"},
		"no UTF-8":                {"Resources: \xff\n", "not UTF-8"},
		"a default of a lookup":   {"Mappings: {M: {a: {b: c}}}\n" + topic + "    Properties: {TopicName: !FindInMap [M, a, x, {DefaultValue: d}]}\n", "line 5, column 29: Fn::FindInMap with a default or another function than Ref inside needs a transform"},
		"a key that is joined":    {"Mappings: {M: {a: {b: c}}}\n" + topic + "    Properties: {TopicName: !FindInMap [M, !Join ['', [a]], b]}\n", "line 5, column 29: Fn::FindInMap with a default or another function than Ref inside needs a transform"},
		"an attribute":            {topic + "    DeletePolicy: Retain\n", `line 4, column 5: T: unknown resource attribute "DeletePolicy"`},
		"a condition misspelt":    {"Conditions: {C: !Equals [a, b]}\n" + topic + "    Conditions: C\n", `line 5, column 5: T: unknown resource attribute "Conditions"`},
		"a parameter's attribute": {"Parameters:\n  P: {Type: String, Defualt: a}\n" + topic, `line 2, column 21: P: unknown parameter attribute "Defualt"`},
		"a parameter's type":      {"Parameters:\n  P: {Type: Boolean, Default: true}\n" + topic, `line 2, column 13: P: unknown parameter type "Boolean"`},
		"SAM without its macro":   {"Resources:\n  F: {Type: AWS::Serverless::Function}\n", "line 2, column 13: AWS::Serverless::Function needs a transform"},
	} {
		_, err := read(tt.template, nil)
		var e *diag.Diagnostic
		if !errors.As(err, &e) || e.Error() != tt.want {
			t.Errorf("%s: error %v\n want %s", name, err, tt.want)
		}
	}
}

func TestRefusedParameters(t *testing.T) {
	const template = "Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}, N: {Type: String, AllowedPattern: '[a-z]+'}}\nResources: {T: {Type: AWS::SNS::Topic}}\n"
	for name, want := range map[string]string{"Stage": `line 1, column 14: the parameter Stage does not allow "X1"`, "N": `line 1, column 65: the parameter N does not allow "X1"`} {
		if _, err := read(template, map[string]string{name: "X1"}); err == nil || err.Error() != want {
			t.Errorf("%s: error %v, want %s", name, err, want)
		}
	}
}

// TestCases: what is assumed of parameters without a value.
func TestCases(t *testing.T) {
	const template = `
Parameters:
  Email: {Type: String}
  Stage: {Type: String, AllowedValues: [dev, prod]}
  Filled: {Type: String, MinLength: 1}
  Other: {Type: String}
Conditions:
  HasEmail: !Not [!Equals [!Ref Email, ""]]
  IsProd: !Equals [!Ref Stage, prod]
  IsStaging: !Equals [!Ref Stage, staging]
  IsFilled: !Not [!Equals [!Ref Filled, ""]]
  Same: !Equals [!Ref Email, !Ref Other]
  Here: !Equals [!Ref AWS::Region, us-east-1]
Resources:
  Bucket: {Type: AWS::S3::Bucket, Condition: Same}
  T: {Type: AWS::SNS::Topic, Condition: `
	for condition, want := range map[string][]string{
		"HasEmail":  {`Email is "": `, `Email is not "": T`},
		"IsProd":    {`Stage is "dev": `, `Stage is "prod": T`},
		"IsStaging": {`Stage is "dev": `, `Stage is "prod": `},
		"IsFilled":  {": T"},
		"Same":      {`"${Email}" = "${Other}": T`, `not "${Email}" = "${Other}": `},
		"Here":      {`region of stack is "us-east-1": T`, `region of stack is not "us-east-1": `},
	} {
		doc := mustRead(t, template+condition+"}\n", nil)
		cases := doc.Cases
		if cases == nil {
			cases = []resource.Case{{Resources: doc.Resources}}
		}
		var got []string
		for _, c := range cases {
			var there []string
			for _, r := range c.Resources {
				there = append(there, r.Address)
			}
			got = append(got, strings.Join(c.When, " and ")+": "+strings.Join(there, " "))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", condition, got, want)
		}
	}
}

// What a region is assumed to be is the region of the stack.
func TestAssumedRegion(t *testing.T) {
	doc := mustRead(t, "Conditions: {Here: !Equals [!Ref AWS::Region, us-east-1]}\nResources: {T: {Type: AWS::SNS::Topic, Properties: {TopicName: !If [Here, a, b]}}}\n", nil)
	if len(doc.Cases) != 2 || doc.Cases[0].Resources[0].Scope.Region != "us-east-1" || doc.Cases[1].Resources[0].Scope.Region != "" {
		t.Errorf("%+v", doc.Cases)
	}
}

// Too many cases are not enumerated, and nothing is taken for granted.
func TestTooManyCases(t *testing.T) {
	var b strings.Builder
	b.WriteString("Parameters:\n")
	for _, l := range "ABCDEFGH" {
		b.WriteString("  " + string(l) + ": {Type: String}\n")
	}
	b.WriteString("Conditions:\n")
	for _, l := range "ABCDEFGH" {
		b.WriteString("  Has" + string(l) + ": !Equals [!Ref " + string(l) + ", x]\n")
	}
	b.WriteString("Resources:\n")
	for _, l := range "ABCDEFGH" {
		b.WriteString("  T" + string(l) + ": {Type: AWS::SNS::Topic, Condition: Has" + string(l) + "}\n")
	}
	doc := mustRead(t, b.String(), nil)
	if len(doc.Cases) == 0 || len(doc.Cases) > maxCases {
		t.Errorf("%d cases", len(doc.Cases))
	}
	unsure := slices.ContainsFunc(doc.Cases, func(c resource.Case) bool { return len(c.Incomplete) > 0 })
	if !unsure {
		t.Error("no case says that it is incomplete")
	}
}

func TestForEach(t *testing.T) {
	const template = `
Transform: [AWS::LanguageExtensions]
Parameters:
  Names: {Type: CommaDelimitedList, Default: "one, two-x"}
Mappings:
  Texts: {one: {text: first}, two-x: {text: second}}
Conditions:
  Fn::ForEach::Conditions:
    - Name
    - !Ref Names
    - 'Has&{Name}': !Equals [!Ref Name, one]
Resources:
  Fn::ForEach::Topics:
    - Name
    - !Ref Names
    - 'Topic&{Name}':
        Type: AWS::SNS::Topic
        Properties:
          TopicName: !Sub '${Name}-topic'
          DisplayName: !If [!Sub 'Has&{Name}', !FindInMap [Texts, !Ref Name, text], other]
          Fn::ForEach::Flags:
            - Flag
            - [FifoTopic, ContentBasedDeduplication]
            - '${Flag}': true
      'Sub&{Name}':
        Type: AWS::SNS::Subscription
        Condition: !Sub 'Has&{Name}'
        Properties: {Protocol: email, Endpoint: a@example.org, TopicArn: !Ref 'Topic&{Name}'}
`
	doc := mustRead(t, template, nil)
	if got := shown(find(t, doc, "Topicone").Attr("display_name")); got != "first" {
		t.Errorf("display name %s", got)
	}
	second := find(t, doc, "Topictwox")
	if shown(second.Attr("name")) != "two-x-topic" || shown(second.Attr("display_name")) != "other" || shown(second.Attr("fifo_topic")) != "true" {
		t.Errorf("%s %s %s", shown(second.Attr("name")), shown(second.Attr("display_name")), shown(second.Attr("fifo_topic")))
	}
	if got := shown(find(t, doc, "Subone").Attr("topic_arn")); !strings.HasSuffix(got, ":one-topic") || len(doc.Resources) != 3 {
		t.Errorf("topic %s, %d resources", got, len(doc.Resources))
	}
	open := mustRead(t, strings.Replace(template, `, Default: "one, two-x"`, "", 1), nil)
	if len(open.Resources) != 0 || len(open.Incomplete) != 1 || len(open.Gaps) != 1 || !slices.Equal(open.Gaps[0].Types, []string{"aws_sns_topic", "aws_sns_topic_subscription"}) {
		t.Errorf("%d resources, gaps %v", len(open.Resources), open.Gaps)
	}
}

// YAML 1.1, as CloudFormation reads it.
func TestScalars(t *testing.T) {
	for scalar, want := range map[string]struct {
		kind kind
		text string
	}{
		"yes": {boolean, "true"}, "Off": {boolean, "false"}, "y": {text, "y"}, "N": {text, "N"}, "TRUE": {boolean, "true"},
		"012": {number, "10"}, "1_000": {number, "1000"}, "0x1F": {number, "31"}, "-5": {number, "-5"}, "+5": {number, "5"}, "1.50": {number, "1.50"}, "1e3": {number, "1e3"}, ".5": {number, ".5"},
		"012345678901": {text, "012345678901"}, "111122223333": {number, "111122223333"}, "2010-09-09": {text, "2010-09-09"}, "~": {null, ""}, "": {null, ""}, "null": {null, ""},
		"1.2.3": {text, "1.2.3"}, ".": {text, "."}, "_": {text, "_"}, "-": {text, "-"}, "e5": {text, "e5"},
	} {
		if gotKind, got := resolve(scalar); gotKind != want.kind || got != want.text {
			t.Errorf("%q: %s %q, want %s %q", scalar, gotKind, got, want.kind, want.text)
		}
	}
}

func TestAliases(t *testing.T) {
	doc := mustRead(t, `
Resources:
  A: {Type: AWS::SNS::Topic, Properties: &p {DisplayName: shared, FifoTopic: false}}
  B: {Type: AWS::SNS::Topic, Properties: *p}
  C: {Type: AWS::SNS::Topic, Properties: {<<: *p, DisplayName: own}}
`, nil)
	if shown(find(t, doc, "B").Attr("display_name")) != "shared" || shown(find(t, doc, "C").Attr("display_name")) != "own" || shown(find(t, doc, "C").Attr("fifo_topic")) != "false" {
		t.Error("aliases are not followed")
	}
	if len(doc.Notes) != 1 || !strings.Contains(doc.Notes[0], "aliases") {
		t.Errorf("notes %q", doc.Notes)
	}
}

func TestJSONEscapes(t *testing.T) {
	doc := mustRead(t, "\xEF\xBB\xBF"+`{"Resources": {"T": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": "a\/b \ud83d\ude00", "TopicName": {"Fn::Sub": "x"}}}}}`, nil)
	if got := shown(find(t, doc, "T").Attr("display_name")); got != "a/b 😀" {
		t.Errorf("display name %q", got)
	}
}

// The places of properties are those of their keys, by Terraform's names.
func TestPositions(t *testing.T) {
	doc := mustRead(t, `Resources:
  F:
    Type: AWS::Logs::MetricFilter
    Properties:
      FilterPattern: 'x'
      MetricTransformations:
        - MetricName: n
          MetricNamespace: !Ref AWS::StackName
  T:
    Type: AWS::SNS::Topic
    Properties:
      Subscription:
        - {Protocol: email, Endpoint: a@example.org}
`, nil)
	f := find(t, doc, "F")
	for attribute, want := range map[string]resource.Position{
		"": {File: "-", Line: 2, Column: 3}, "pattern": {File: "-", Line: 5, Column: 7},
		"metric_transformation.0.name": {File: "-", Line: 7, Column: 11}, "metric_transformation.0.namespace": {File: "-", Line: 8, Column: 11},
	} {
		if got := *f.PositionOf(attribute); got != want {
			t.Errorf("%q: %+v, want %+v", attribute, got, want)
		}
	}
	if got := *find(t, doc, "T.subscription[0]").Position; got.Line != 13 {
		t.Errorf("inline subscription in line %d", got.Line)
	}
}

// What CloudFormation takes for granted is not what Terraform does.
func TestDefaults(t *testing.T) {
	doc := mustRead(t, "Resources: {T: {Type: AWS::CloudTrail::Trail, Properties: {S3BucketName: b, Unheard: 1}}}\n", nil)
	r := find(t, doc, "T")
	for _, name := range []string{"enable_logging", "include_global_service_events"} {
		if truth, ok := r.Attr(name).Truth(); !ok || truth {
			t.Errorf("%s is %s", name, shown(r.Attr(name)))
		}
	}
	if !slices.Contains(doc.Notes, "T: Unheard is not read") {
		t.Errorf("notes %q", doc.Notes)
	}
}

func TestServerless(t *testing.T) {
	doc := mustRead(t, `
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Timeout: 3}}
Resources:
  Topic: {Type: AWS::SNS::Topic}
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Alarm: {Type: SNS, Properties: {Topic: !Ref Topic, FilterPolicy: {a: [b]}}}
        Tick: {Type: Schedule, Properties: {Schedule: rate(1 day)}}
  Alias: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref FunctionRole}}
`, nil)
	r := find(t, doc, "Function.Alarm")
	if r.Type != "aws_sns_topic_subscription" || !strings.HasSuffix(shown(r.Attr("topic_arn")), ":<generated name of Topic>") || !strings.Contains(shown(r.Attr("endpoint")), ":lambda:") || shown(r.Attr("filter_policy")) != `{"a":["b"]}` {
		t.Errorf("%s %s %s", shown(r.Attr("topic_arn")), shown(r.Attr("endpoint")), shown(r.Attr("filter_policy")))
	}
}

func files(t *testing.T, contents map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range contents {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func readFiles(t *testing.T, paths ...string) (*resource.Document, error) {
	t.Helper()
	var inputs []Input
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		inputs = append(inputs, Input{Path: path, Reader: strings.NewReader(string(raw))})
	}
	return Read(context.Background(), inputs, Options{})
}

func TestNested(t *testing.T) {
	dir := files(t, map[string]string{
		"root.yaml": `
Resources:
  Alerts: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: children/alerts.yaml, Parameters: {Label: !Ref AWS::StackName, Names: !Join [",", [a, b]]}}}
  Away: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: https://example.org/t.yaml}}
  T: {Type: AWS::SNS::Topic, Properties: {DisplayName: !GetAtt Alerts.Outputs.Arn, TopicName: !GetAtt Away.Outputs.Name}}
`,
		"children/alerts.yaml": `
Parameters: {Label: {Type: String}, Names: {Type: CommaDelimitedList}}
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Sub '${Label}-${AWS::StackName}', TopicName: !Select [1, !Ref Names]}}
Outputs: {Arn: {Value: !Ref Topic}}
`,
		"lost.yaml":         "Resources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: none.yaml}}}\n",
		"loop.yaml":         "Resources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./loop.yaml}}}\n",
		"bad.yaml":          "Resources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: children/bad.yaml}}}\n",
		"output.yaml":       "Resources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: children/alerts.yaml}}, T: {Type: AWS::SNS::Topic, Properties: {TopicName: !GetAtt N.Outputs.Nme}}}\n",
		"children/bad.yaml": "Resources:\n  T: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref X}}\n",
	})
	doc, err := readFiles(t, filepath.Join(dir, "root.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	child := find(t, doc, "Alerts.Topic")
	if got := shown(child.Attr("display_name")); got != "<name of the stack>-<name of the stack>-Alerts-<generated name of Alerts>" || shown(child.Attr("name")) != "b" {
		t.Errorf("child: %s, %s", got, shown(child.Attr("name")))
	}
	if child.Position.File != filepath.Join(dir, "children/alerts.yaml") || child.Module != "Alerts" {
		t.Errorf("position %+v, module %s", child.Position, child.Module)
	}
	top := find(t, doc, "T")
	if !strings.HasSuffix(shown(top.Attr("display_name")), ":b") || !top.Attr("name").IsUnknown() || len(doc.Gaps) != 1 {
		t.Errorf("%s, %s, gaps %q", shown(top.Attr("display_name")), shown(top.Attr("name")), doc.Gaps)
	}
	for name, want := range map[string]string{
		"lost.yaml":   "line 1, column 77: none.yaml: no such file or directory",
		"loop.yaml":   "line 1, column 77: ./loop.yaml: a nested stack contains itself, or stacks are nested more than 8 deep",
		"bad.yaml":    filepath.Join(dir, "children/bad.yaml") + `:2:54: "X" is neither a parameter nor a resource`,
		"output.yaml": "line 1, column 13: the nested stack N has no output Nme",
	} {
		if _, err := readFiles(t, filepath.Join(dir, name)); err == nil || err.Error() != want {
			t.Errorf("%s: error %v\n want %s", name, err, want)
		}
	}
}

// What lies beside a template is a file below or beside it, and nothing else.
func TestReadBeside(t *testing.T) {
	dir := files(t, map[string]string{"t.yaml": "x", "sub/u.yaml": "y"})
	within, err := boundary(filepath.Join(dir, "t.yaml"), "")
	if err != nil {
		t.Fatal(err)
	}
	from := &template{path: filepath.Join(dir, "t.yaml"), boundary: within}
	for location, want := range map[string]string{
		"sub/u.yaml": "", "./sub/../sub/u.yaml": "", "/etc/hostname": "not a path relative to the template", "sub": "not a regular file", "../": "outside the directories that are read", "none": "no such file or directory",
	} {
		_, _, err := from.readBeside(location)
		if got := map[bool]string{true: ""}[err == nil]; err != nil && err.Error() != want || err == nil && got != want {
			t.Errorf("%s: error %v, want %q", location, err, want)
		}
	}
	if _, _, err := (&template{}).readBeside("t.yaml"); err == nil {
		t.Error("the standard input has neighbours")
	}
}

func TestInclude(t *testing.T) {
	const call = "Fn::Transform: {Name: AWS::Include, Parameters: {Location: %s}}"
	local, away := strings.Replace(call, "%s", "part.yaml", 1), strings.Replace(call, "%s", "s3://bucket/part.yaml", 1)
	dir := files(t, map[string]string{
		"part.yaml":      "DisplayName: included\n",
		"resources.yaml": "Included: {Type: AWS::SNS::Topic}\n",
		"local.yaml":     "Resources: {T: {Type: AWS::SNS::Topic, Properties: {TopicName: n, " + local + "}}, " + strings.Replace(local, "part", "resources", 1) + "}\n",
		"away.yaml":      "Resources: {T: {Type: AWS::SNS::Topic, Properties: {TopicName: n, " + away + "}}}\n",
		"top.yaml":       "Transform: {Name: AWS::Include, Parameters: {Location: whole.yaml}}\nResources: {T: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref P}}}\n",
		"whole.yaml":     "Parameters: {}\nResources: {U: {Type: AWS::SNS::Topic}}\n",
	})
	doc, err := readFiles(t, filepath.Join(dir, "local.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if r := find(t, doc, "T"); shown(r.Attr("display_name")) != "included" || shown(r.Attr("name")) != "n" {
		t.Errorf("%s, %s", shown(r.Attr("display_name")), shown(r.Attr("name")))
	}
	find(t, doc, "Included")
	if doc, err = readFiles(t, filepath.Join(dir, "away.yaml")); err != nil {
		t.Fatal(err)
	}
	if r := find(t, doc, "T"); !r.Attr("display_name").IsUnknown() || !r.Attr("kms_master_key_id").IsUnknown() || shown(r.Attr("name")) != "n" || len(doc.Gaps) != 1 {
		t.Errorf("%v, gaps %q", r.Attributes, doc.Gaps)
	}
	if doc, err = readFiles(t, filepath.Join(dir, "top.yaml")); err != nil {
		t.Fatal(err)
	}
	find(t, doc, "U")
}

func TestMacro(t *testing.T) {
	doc := mustRead(t, "Transform: [Company::Macro]\nResources: {T: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref Made}}}\n", nil)
	if len(doc.Incomplete) != 1 || !strings.Contains(doc.Incomplete[0], "Company::Macro") {
		t.Errorf("incomplete %q", doc.Incomplete)
	}
}

func TestExports(t *testing.T) {
	dir := files(t, map[string]string{
		"alert.yaml": `
Parameters: {Email: {Type: String, Default: ""}}
Resources: {Topic: {Type: AWS::SNS::Topic}}
Outputs:
  Arn: {Value: !Ref Topic, Export: {Name: !Sub '${AWS::StackName}-TopicARN'}}
  Fixed: {Value: !GetAtt Topic.TopicName, Export: {Name: fixed}}
`,
		"trail.yaml": "Resources: {Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: !ImportValue fixed, DisplayName: !ImportValue alert-TopicARN, KmsMasterKeyId: !ImportValue none}}}\n",
	})
	alert, trail := filepath.Join(dir, "alert.yaml"), filepath.Join(dir, "trail.yaml")
	doc, err := readFiles(t, trail, alert)
	if err != nil {
		t.Fatal(err)
	}
	theirs := "<generated name of " + symbolSafe(alert+":Topic") + ">"
	r := find(t, doc, trail+":Topic")
	if shown(r.Attr("name")) != theirs || !strings.HasSuffix(shown(r.Attr("display_name")), ":"+theirs) || !r.Attr("kms_master_key_id").IsUnknown() {
		t.Errorf("%s, %s", shown(r.Attr("name")), shown(r.Attr("display_name")))
	}
	if len(doc.Notes) != 1 || !strings.Contains(doc.Notes[0], "its stack is assumed to be named alert") {
		t.Errorf("notes %q", doc.Notes)
	}
	if find(t, doc, alert+":Topic").Position.File != alert {
		t.Error("a resource of one template has its place in another")
	}
}

func TestReadParameters(t *testing.T) {
	dir := files(t, map[string]string{
		"list.json":   `[{"ParameterKey": "A", "ParameterValue": "1"}, {"ParameterKey": "B", "UsePreviousValue": true}, "C=x=y"]`,
		"object.json": `{"Parameters": {"A": 1, "C": ["x", "y"]}, "Tags": {}}`,
		"yaml.yaml":   "Parameters:\n  A: '1'\n",
		"lines.txt":   "# given\nA=1\nC=\"x y\"\n",
		"bad.json":    `{"A": "1"}`,
		"bad.list":    `[{"ParameterValue": "1"}]`,
	})
	for name, want := range map[string]string{"list.json": "1 x=y", "object.json": "1 x,y", "yaml.yaml": "1 ", "lines.txt": "1 x y"} {
		given, err := ReadParameters(filepath.Join(dir, name), intake.Any)
		if got := given["A"] + " " + given["C"]; err != nil || got != want {
			t.Errorf("%s: %q, %v, want %q", name, got, err, want)
		}
	}
	for name, want := range map[string]string{
		"bad.json": filepath.Join(dir, "bad.json") + ":1:1: no parameters",
		"bad.list": filepath.Join(dir, "bad.list") + ":1:2: an element without ParameterKey",
		"none":     filepath.Join(dir, "none") + ": no such file or directory",
	} {
		if _, err := ReadParameters(filepath.Join(dir, name), intake.Any); err == nil || err.Error() != want {
			t.Errorf("%s: error %v, want %s", name, err, want)
		}
	}
}

func TestAssembly(t *testing.T) {
	const artifact = `{"type": "aws:cloudformation:stack", "environment": "aws://111122223333/eu-central-1", "properties": {"templateFile": "Audit.template.json", "stackName": "audit-prod"}}`
	dir := files(t, map[string]string{
		"cdk.out/manifest.json":                `{"version": "36.0.0", "artifacts": {"Tree": {"type": "cdk:tree"}, "Audit": ` + artifact + `, "Stage": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "assembly-Stage"}}}}`,
		"cdk.out/assembly-Stage/manifest.json": `{"artifacts": {"Inner": {"type": "aws:cloudformation:stack", "environment": "aws://unknown-account/unknown-region", "properties": {"templateFile": "Inner.template.json"}}}}`,
		"leaves/manifest.json":                 `{"artifacts": {"Out": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "../../etc/passwd"}}}}`,
		"plain/manifest.json":                  `{"name": "web app"}`,
	})
	got, err := Stacks(filepath.Join(dir, "cdk.out"))
	want := []Input{
		{Path: filepath.Join(dir, "cdk.out/Audit.template.json"), Name: "audit-prod", Account: "111122223333", Region: "eu-central-1"},
		{Path: filepath.Join(dir, "cdk.out/assembly-Stage/Inner.template.json"), Name: "Inner"},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := Stacks(filepath.Join(dir, "leaves")); err == nil || !strings.HasSuffix(err.Error(), `Out: "../../etc/passwd" is outside of it`) {
		t.Errorf("%+v, %v", got, err)
	}
	if !IsAssembly(filepath.Join(dir, "cdk.out")) || IsAssembly(filepath.Join(dir, "plain")) || IsAssembly(dir) {
		t.Error("assemblies are not told from other directories")
	}
}

func TestRoots(t *testing.T) {
	const topic = "Resources: {T: {Type: AWS::SNS::Topic}}\n"
	dir := files(t, map[string]string{
		"a/template.yaml": "Resources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./child.yaml}}}\n",
		"a/child.yaml":    topic, "b.json": `{"Resources": {"T": {"Type": "AWS::SNS::Topic"}}}`, "c.template": topic,
		"k8s.yaml": "kind: Deployment\nResources: {}\n", "other.yaml": "service: x\nresources:\n  Resources: {T: {Type: AWS::SNS::Topic}}\n",
		"broken.yaml": "Resources: [\n", "meant.yaml": "Resources:\n  T: {Type: AWS::SNS::Topic\n", "plan.json": `{"format_version": "1.2"}`,
		".hidden/t.yaml": topic, "node_modules/x/t.yaml": topic, "notes.txt": topic,
		"cdk.out/manifest.json": `{"artifacts": {"S": {"type": "aws:cloudformation:stack"}}}`, "cdk.out/S.template.json": topic,
	})
	found, err := Roots(dir)
	var got []string
	for _, path := range append(found.Templates, found.Assemblies...) {
		rel, _ := filepath.Rel(dir, path)
		got = append(got, filepath.ToSlash(rel))
	}
	if want := []string{"a/template.yaml", "b.json", "c.template", "meant.yaml", "cdk.out"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v, want %q", got, err, want)
	}
}

// TestNotationsReadAlike: YAML and JSON of one template are the same resources.
func TestNotationsReadAlike(t *testing.T) {
	paths, err := filepath.Glob("../../testdata/agree/*/template.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatalf("%d templates: %v", len(paths), err)
	}
	for _, path := range paths {
		yaml, err := readFiles(t, path)
		if err != nil {
			t.Fatal(err)
		}
		json, err := readFiles(t, strings.TrimSuffix(path, "yaml")+"json")
		if err != nil {
			t.Fatal(err)
		}
		if len(yaml.Resources) != len(json.Resources) || yaml.Total != json.Total {
			t.Fatalf("%s: %d and %d resources", path, len(yaml.Resources), len(json.Resources))
		}
		for i, y := range yaml.Resources {
			if j := json.Resources[i]; y.Address != j.Address || !reflect.DeepEqual(y.Attributes, j.Attributes) {
				t.Errorf("%s: %s is\n%v in YAML and\n%v in JSON", path, y.Address, y.Attributes, j.Attributes)
			}
		}
	}
}
