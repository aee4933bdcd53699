package cfn

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/resource"
)

// What cannot be seen is the same where function and arguments are, on whatever
// lines, and different if they are not, although on one line.
func TestUnseenValuesAreTold(t *testing.T) {
	doc := mustRead(t, `{"Parameters": {"Names": {"Type": "CommaDelimitedList"}}, "Resources": {
"A": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": {"Fn::Select": [0, {"Ref": "Names"}]}}}, "B": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": {"Fn::Select": [1, {"Ref": "Names"}]}}},
"C": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": {"Fn::Select": [0, {"Ref": "Names"}]}}}}}`, nil)
	a, b, c := shown(find(t, doc, "A").Attr("name")), shown(find(t, doc, "B").Attr("name")), shown(find(t, doc, "C").Attr("name"))
	if a == b || a != c {
		t.Errorf("%s, %s, %s", a, b, c)
	}
}

// Names of different things never become one.
func TestSymbolsAreTold(t *testing.T) {
	names := []string{"a:b", "a/b", "a.b", "a∶b", "a%2236b", "a%b", "a%25b", resource.Symbol("ab"), "‹ab›"}
	seen := map[string]string{}
	for _, name := range names {
		safe := symbolSafe(name)
		if other, taken := seen[safe]; taken || strings.ContainsAny(safe, ":/\uFFF9\uFFFB") {
			t.Errorf("%q and %q are %q", name, other, safe)
		}
		seen[safe] = name
	}
}

func TestReferenceToWhatIsNotMade(t *testing.T) {
	doc := mustRead(t, `
Conditions: {Never: !Equals [a, b]}
Resources:
  T: {Type: AWS::SNS::Topic, Condition: Never, Properties: {TopicName: t}}
  S: {Type: AWS::SNS::Subscription, Properties: {Protocol: email, Endpoint: a@example.org, TopicArn: !Ref T}}
`, nil)
	if v := find(t, doc, "S").Attr("topic_arn"); !v.IsNull() {
		t.Errorf("topic %s", shown(v))
	}
	if !slices.ContainsFunc(doc.Notes, func(n string) bool { return strings.HasPrefix(n, "something refers to T, which is not created") }) {
		t.Errorf("notes %q", doc.Notes)
	}
}

// Constraints of a stored parameter are on the name that it is stored under.
func TestStoredParameterIsOpen(t *testing.T) {
	doc := mustRead(t, `
Parameters: {Email: {Type: "AWS::SSM::Parameter::Value<String>", Default: /soc/email, AllowedPattern: "^/.+"}}
Conditions: {Has: !Not [!Equals [!Ref Email, none]]}
Resources: {T: {Type: AWS::SNS::Topic, Condition: Has}}
`, nil)
	if len(doc.Cases) != 2 {
		t.Errorf("%d cases", len(doc.Cases))
	}
}

// A default that its own parameter does not take is none.
func TestImpossibleDefault(t *testing.T) {
	doc := mustRead(t, `
Parameters: {Email: {Type: String, MinLength: 1, Default: ""}}
Conditions: {Has: !Not [!Equals [!Ref Email, ""]]}
Resources: {T: {Type: AWS::SNS::Topic, Condition: Has}}
`, nil)
	if len(doc.Resources) != 1 || len(doc.Cases) != 0 {
		t.Errorf("%d resources, %d cases", len(doc.Resources), len(doc.Cases))
	}
}

// A case that cannot be deployed is none; if none can, that is an error.
func TestCasesThatCannotBeDeployed(t *testing.T) {
	const template = `
Parameters: {Stage: {Type: String}}
Mappings: {M: {dev: {n: a-dev}, prod: {n: a-prod}}}
Conditions: {IsTest: !Equals [!Ref Stage, test]}
Resources:
  T: {Type: AWS::SNS::Topic, Properties: {TopicName: !FindInMap [M, !Ref Stage, %s], FifoTopic: !If [IsTest, true, false]}}
`
	doc := mustRead(t, fmt.Sprintf(template, "n"), nil)
	if len(doc.Cases) != 2 {
		t.Errorf("%d cases", len(doc.Cases))
	}
	if _, err := read(fmt.Sprintf(template, "none"), nil); err == nil || !strings.Contains(err.Error(), `unknown key "none"`) {
		t.Errorf("error %v", err)
	}
}

// Whether a tag has a value decides nothing.
func TestTagsAreNoCases(t *testing.T) {
	doc := mustRead(t, `
Parameters: {Owner: {Type: String, AllowedValues: [a, b, c]}, Env: {Type: String}}
Conditions: {IsProd: !Equals [!Ref Env, prod]}
Resources:
  T: {Type: AWS::SNS::Topic, Properties: {DisplayName: !If [IsProd, x, y], Tags: [{Key: owner, Value: !Ref Owner}]}}
`, nil)
	if len(doc.Cases) != 0 {
		t.Errorf("%d cases", len(doc.Cases))
	}
	deciding := mustRead(t, `
Parameters: {Env: {Type: String}}
Conditions: {IsProd: !Equals [!Ref Env, prod]}
Resources:
  T: {Type: AWS::SNS::Topic, Properties: {DisplayName: !If [IsProd, x, y]}}
  U: {Type: AWS::SNS::Topic, Condition: IsProd}
`, nil)
	if len(deciding.Cases) != 2 {
		t.Errorf("%d cases", len(deciding.Cases))
	}
}

func TestUnseenCorners(t *testing.T) {
	for expression, want := range map[string]string{
		`!ImportValue {"Fn::Sub": "${Unset}-x"}`:                          "unknown <import of ‹Unset›-x>",
		`!Join ["", ["{{resolve:ssm:", !Ref Name, "}}"]]`:                 "unknown <{{resolve∶ssm∶alerts}}>",
		`!Select [4, !Split [":", !Ref AWS::StackId]]`:                    "<account of stack>",
		`!Select [0, !Split [",", !Ref Plain]]`:                           "arn:<partition of stack>:sns:<region of stack>:<account of stack>:<generated name of Plain>",
		`!Select [3, !Split [":", !Ref Function]]`:                        `unknown <Fn∶∶Select ["3","‹Fn∶∶Split [\"∶\",\"\uFFF9Function\uFFFB\"]›"]>`,
		`!If [IsProd, !Sub "arn:aws:sns:${AWS::Region}:1:x", b]`:          "arn:aws:sns:<region of stack>:1:x",
		`!Sub "arn:${AWS::Partition}:iam::aws:policy/x arn:aws:is:named"`: "arn:aws:iam::aws:policy/x arn:aws:is:named",
	} {
		doc, err := read(header+expression+"\n", nil)
		if err != nil {
			t.Errorf("%s: %v", expression, err)
			continue
		}
		got := shown(find(t, doc, "Test").Attr("display_name"))
		if strings.Contains(want, "Split") {
			if !strings.HasPrefix(got, "unknown ") {
				t.Errorf("%s: %s", expression, got)
			}
			continue
		}
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", expression, got, want)
		}
	}
}

func TestRulesHaveTheirFunctionsAndMetadataAnything(t *testing.T) {
	mustRead(t, `
Metadata: {Tool: !Own {a: b}}
Rules: {R: {Assertions: [{Assert: !Contains [[a, b], !Ref P]}]}}
Parameters: {P: {Type: String, Default: a}}
Resources: {T: {Type: AWS::SNS::Topic, Metadata: {x: !Other y}}}
`, nil)
}

func TestStackSetsAreGaps(t *testing.T) {
	doc := mustRead(t, "Resources: {S: {Type: AWS::CloudFormation::StackSet, Properties: {TemplateURL: https://example.org/t.yaml}}}\n", nil)
	if len(doc.Gaps) != 1 {
		t.Errorf("gaps %q", doc.Gaps)
	}
}

// A list that is not known is not known in a nested stack, and neither are
// parameters that a transform may give.
func TestWhatNestedStacksAreNotTold(t *testing.T) {
	dir := files(t, map[string]string{
		"list.yaml":  "Parameters: {Names: {Type: CommaDelimitedList}}\nResources: {C: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Names: !Join [',', !Ref Names]}}}}\n",
		"given.yaml": "Resources: {C: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://b/x}}}}}}\n",
		"child.yaml": "Parameters: {Names: {Type: CommaDelimitedList, Default: 'a,b'}}\nResources: {T: {Type: AWS::SNS::Topic, Properties: {TopicName: !Select [1, !Ref Names]}}}\n",
	})
	for _, name := range []string{"list.yaml", "given.yaml"} {
		doc, err := readFiles(t, filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if v := find(t, doc, "C.T").Attr("name"); !v.IsUnknown() {
			t.Errorf("%s: %s", name, shown(v))
		}
	}
}

// Nothing that is not to be echoed is in an error.
func TestErrorsKeepSecrets(t *testing.T) {
	const head = "Parameters: {S: {Type: String, NoEcho: true}, L: {Type: String, NoEcho: true, AllowedValues: [hunter2-b]}}\nMappings: {M: {a: {b: c}}}\nResources: {T: {Type: AWS::SNS::Topic, Properties: {TopicName: "
	for _, expression := range []string{"!FindInMap [M, !Ref S, k]", "!Select [!Ref S, [a]]", "!Select [0, !Split ['-', !Ref S]], FifoTopic: !Ref S"} {
		_, err := read(head+expression+"}}}\n", map[string]string{"S": "hunter2-hunter3", "L": "hunter2-b"})
		if err == nil || strings.Contains(err.Error(), "hunter2-hunter3") {
			t.Errorf("%s: error %v", expression, err)
		}
	}
	_, err := read(head+"x}}}\n", map[string]string{"L": "hunter2-a"})
	if e, ok := err.(*diag.Diagnostic); !ok || strings.Contains(e.Message+e.Hint, "hunter2") {
		t.Errorf("error %v", err)
	}
	if _, _, err := ParseParameter("Db-Password=hunter2"); err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("error %v", err)
	}
	open := mustRead(t, "Parameters: {S: {Type: String, NoEcho: true}}\nConditions: {C: !Equals [!Ref S, hunter2]}\nResources: {T: {Type: AWS::SNS::Topic, Condition: C}}\n", nil)
	for _, c := range open.Cases {
		if strings.Contains(strings.Join(c.When, " "), "hunter2") {
			t.Errorf("case %q", c.When)
		}
	}
}

// Pieces of what is not to be echoed are secrets as well.
func TestPiecesAreSecrets(t *testing.T) {
	doc := mustRead(t, "Parameters: {S: {Type: String, NoEcho: true}}\nResources: {T: {Type: AWS::SNS::Topic, Properties: {TopicName: !Select [1, !Split [':', !Ref S]]}}}\n", map[string]string{"S": "user:hunter2-hunter3"})
	if v := find(t, doc, "T").Attr("name"); !v.IsSensitive() || !slices.Contains(doc.Secrets, "hunter2-hunter3") {
		t.Errorf("sensitive %v, secrets %q", v.IsSensitive(), doc.Secrets)
	}
	if v := find(t, doc, "T").Attr("arn"); !v.IsSensitive() {
		t.Error("the ARN tells the name")
	}
}

// Small templates whose parts expand each other many times over end at once.
// They are counted by what they allocate, as the test has no clock.
func TestRepetition(t *testing.T) {
	chain := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i, i+1)
		}
		return b.String()
	}
	keys := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "k%d: 1, ", i)
		}
		return strings.TrimSuffix(b.String(), ", ")
	}
	merges := "Metadata:\n  a: &a {" + keys(2000) + "}\n  b: {<<: [" + strings.TrimSuffix(strings.Repeat("*a, ", 2000), ", ") + "]}\nResources: {T: {Type: AWS::SNS::Topic}}\n"
	if _, err := read(merges, nil); err == nil || !strings.Contains(err.Error(), "<< bring in more than") {
		t.Errorf("error %v", err)
	}
	resolve := "Resources: {T: {Type: AWS::SNS::Topic, Properties: {TopicName: '" + strings.Repeat("{{resolve:ssm:/a}}", 50_000) + "'}}}\n"
	mustRead(t, resolve, nil)

	dir := files(t, map[string]string{
		"a.yaml": "Resources: {T: {Type: AWS::SNS::Topic, Properties: {TopicName: !ImportValue e0}}}\n",
		"b.yaml": "Resources: {T: {Type: AWS::SNS::Topic}}\nOutputs:\n" + chain(40, "  O%d: {Value: x, Export: {Name: !Sub ['${v}-e', {v: !ImportValue z%d}]}}\n"),
	})
	if _, err := readFiles(t, filepath.Join(dir, "a.yaml"), filepath.Join(dir, "b.yaml")); err != nil {
		t.Error(err)
	}
}

// What groups of instances override counts, as far as they agree.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudformation-stackset-stackinstances.html
func TestParameterOverridesOfStackSets(t *testing.T) {
	group := func(overrides string) string {
		return "{Regions: [us-east-1], DeploymentTargets: {Accounts: [x]}" + overrides + "}"
	}
	to := func(value string) string {
		return ", ParameterOverrides: [{ParameterKey: Name, ParameterValue: " + value + "}]"
	}
	for name, tt := range map[string]struct{ groups, want string }{
		"no override":          {group(""), "base"},
		"the only group":       {group(to("other")), "other"},
		"groups that agree":    {group(to("other")) + ", " + group(to("other")), "other"},
		"one as it is":         {group(to("base")) + ", " + group(""), "base"},
		"groups that disagree": {group(to("one")) + ", " + group(to("two")), "?"},
		"one without":          {group(to("one")) + ", " + group(""), "?"},
		"a list not known":     {group(", ParameterOverrides: !Ref AWS::NotificationARNs"), "?"},
	} {
		doc := mustRead(t, `
Resources:
  S:
    Type: AWS::CloudFormation::StackSet
    Properties:
      Parameters: [{ParameterKey: Name, ParameterValue: base}]
      StackInstancesGroup: [`+tt.groups+`]
      TemplateBody: |
        Parameters: {Name: {Type: String}}
        Resources: {T: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref Name}}}
`, nil)
		v := find(t, doc, "S.T").Attr("display_name")
		got, ok := v.Text()
		if !ok && v.IsUnknown() {
			got = "?"
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// A stack does not import what it or a stack around it exports: those exports are made
// after it.
func TestOwnExportsAreNotImported(t *testing.T) {
	doc := mustRead(t, `
Resources:
  T: {Type: AWS::SNS::Topic, Properties: {DisplayName: !ImportValue own}}
Outputs: {Own: {Value: here, Export: {Name: own}}}
`, nil)
	if v := find(t, doc, "T").Attr("display_name"); !v.IsUnknown() {
		t.Error(v.Text())
	}
}

// A name that begins like that of a module may be a resource inside it.
func TestResourcesOfModules(t *testing.T) {
	for _, name := range []string{"ModTopic", "Mod.Topic"} {
		doc := mustRead(t, `
Resources:
  Mod: {Type: A::B::C::MODULE}
  T: {Type: AWS::SNS::Topic, DependsOn: `+name+`, Properties: {DisplayName: !Ref `+name+`}}
`, nil)
		if v := find(t, doc, "T").Attr("display_name"); !v.IsUnknown() {
			t.Error(name, v.Display())
		}
	}
}

// What a function makes is held to a list as what is written out is.
func TestOneTextForAList(t *testing.T) {
	const template = `
Parameters: {Topics: {Type: CommaDelimitedList, Default: "arn:aws:sns:eu-west-1:111122223333:t"}, One: {Type: String, Default: x}}
Conditions: {Never: !Equals [a, b]}
Resources:
  T: {Type: AWS::SNS::Topic}
  A: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmActions: %s}}
`
	for value, refused := range map[string]bool{
		`!Ref T`:                           true,
		`!GetAtt T.TopicArn`:               true,
		`!Sub "${T}"`:                      true,
		`!Join [",", [!Ref T]]`:            true,
		`!ImportValue topic`:               true,
		`!If [Never, [!Ref T], !Ref T]`:    true,
		`!If [Never, !Ref T, [!Ref T]]`:    false,
		`!If [Never, !Ref T, !Ref Topics]`: false,
		`[!Ref T]`:                         false,
		`!Ref Topics`:                      false,
		`!Ref AWS::NotificationARNs`:       false,
		`!Split [",", !Ref T]`:             false,
	} {
		_, err := read(fmt.Sprintf(template, value), nil)
		if (err != nil) != refused || err != nil && err.Error() != "line 6, column 50: A: AlarmActions must be a list" {
			t.Errorf("%s: error %v", value, err)
		}
	}
}

// A macro may take any attribute and any type.
func TestAttributesForMacros(t *testing.T) {
	mustRead(t, "Transform: Mine\nResources: {T: {Type: AWS::SNS::Topic, Repeat: 3}, F: {Type: AWS::Serverless::Function}}\n", nil)
	mustRead(t, "Resources: {T: {Type: AWS::SNS::Topic, Repeat: 3, Fn::Transform: {Name: Mine}}}\n", nil)
}

// A list that is left empty has one empty element, by which templates find out.
func TestEmptyList(t *testing.T) {
	doc := mustRead(t, `
Transform: AWS::LanguageExtensions
Parameters: {Emails: {Type: CommaDelimitedList, Default: ""}}
Conditions: {Has: !Not [!Equals [!Select [0, !Ref Emails], ""]]}
Resources:
  T: {Type: AWS::SNS::Topic, Properties: {DisplayName: {"Fn::Length": !Ref Emails}}}
  S: {Type: AWS::SNS::Subscription, Condition: Has, Properties: {Protocol: email, Endpoint: !Select [0, !Ref Emails], TopicArn: !Ref T}}
`, nil)
	if got := shown(find(t, doc, "T").Attr("display_name")); got != "1" || len(doc.Resources) != 1 {
		t.Errorf("length %s, %d resources", got, len(doc.Resources))
	}
}
