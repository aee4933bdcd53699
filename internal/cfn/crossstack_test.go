package cfn

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/resource"
)

const net = `
Conditions: {Never: !Equals [a, b]}
Resources: {T: {Type: AWS::SNS::Topic, Properties: {TopicName: alerts}}}
Outputs:
  Topic: {Value: !Ref T}
  Name: {Value: !GetAtt T.TopicName, Export: {Name: alerts-name}}
  Unmade: {Value: x, Condition: Never}
  Round: {Value: !GetStackOutput {StackName: watch, OutputName: Round}}
`

// asks are the outputs that one stack asks another for, and what it gets.
var asks = map[string]struct {
	call, want string
	near       []Input // the stacks beside it; one named net of its own region and account by itself
}{
	"its own region by itself":   {call: `{StackName: net, OutputName: Name}`, want: "alerts"},
	"its own region by name":     {call: `{StackName: net, OutputName: Name, Region: !Ref "AWS::Region"}`, want: "alerts"},
	"its own region, written":    {call: `{StackName: net, OutputName: Name, Region: eu-west-1}`, want: "alerts"},
	"an ARN with where it is":    {call: `{StackName: net, OutputName: Topic}`, want: "arn:aws:sns:eu-west-1:111122223333:alerts"},
	"another region's":           {call: `{StackName: net, OutputName: Topic, Region: us-east-1}`, want: "arn:aws:sns:us-east-1:111122223333:alerts", near: []Input{{Name: "net", Region: "us-east-1", Account: "111122223333"}}},
	"of two the one there":       {call: `{StackName: net, OutputName: Topic, Region: us-east-1}`, want: "arn:aws:sns:us-east-1:111122223333:alerts", near: []Input{{Name: "net", Region: "eu-west-1", Account: "111122223333"}, {Name: "net", Region: "us-east-1", Account: "111122223333"}}},
	"another account's":          {call: `{StackName: net, OutputName: Topic, RoleArn: "arn:aws:iam::444455556666:role/r"}`, want: "arn:aws:sns:eu-west-1:444455556666:alerts", near: []Input{{Name: "net", Region: "eu-west-1", Account: "444455556666"}, {Name: "net", Region: "eu-west-1", Account: "111122223333"}}},
	"of a stack without a name":  {call: `{StackName: other, OutputName: Name}`, want: "alerts", near: []Input{{Region: "eu-west-1"}}},
	"a region that may be its":   {call: `{StackName: net, OutputName: Name}`, want: "alerts", near: []Input{{Name: "net"}}},
	"no stack in the region":     {call: `{StackName: net, OutputName: Name, Region: us-east-1}`, want: "unknown <output net∶Name us-east-1 111122223333>"},
	"a region that nobody knows": {call: `{StackName: net, OutputName: Name, Region: us-east-1}`, want: "unknown <output net∶Name us-east-1 111122223333>", near: []Input{{Name: "net"}}},
	"no stack of the account":    {call: `{StackName: net, OutputName: Name, RoleArn: "arn:aws:iam::444455556666:role/r"}`, want: "unknown <output net∶Name eu-west-1 444455556666>"},
	"no stack of the name":       {call: `{StackName: other, OutputName: Name}`, want: "unknown <output other∶Name eu-west-1 111122223333>"},
	"no output of the name":      {call: `{StackName: net, OutputName: Other}`, want: "unknown <output net∶Other eu-west-1 111122223333>"},
	"an output that is not made": {call: `{StackName: net, OutputName: Unmade}`, want: "unknown <output net∶Unmade eu-west-1 111122223333>"},
	"one that leads back":        {call: `{StackName: net, OutputName: Round}`, want: "unknown <output net∶Round eu-west-1 111122223333>"},
	"a name that is not known":   {call: `{StackName: !Ref Unset, OutputName: Name}`, want: "unknown <output ‹watch.yaml%25252236Unset›∶Name eu-west-1 111122223333>", near: []Input{{Region: "eu-west-1"}}},
}

func TestStackOutputs(t *testing.T) {
	for name, tt := range asks {
		t.Run(name, func(t *testing.T) {
			v := find(t, readAsking(t, tt.call, tt.near), "watch.yaml:Asks").Attr("name")
			if got := shown(v); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

// readAsking reads a stack that asks for an output, with those beside it.
func readAsking(t *testing.T, call string, near []Input) *resource.Document {
	t.Helper()
	home := Input{Name: "watch", Region: "eu-west-1", Account: "111122223333", Path: "watch.yaml"}
	if near == nil {
		near = []Input{{Name: "net", Region: home.Region, Account: home.Account}}
	}
	home.Reader = strings.NewReader("Parameters: {Unset: {Type: String}}\nResources: {Asks: {Type: AWS::SNS::Topic, Properties: {TopicName: !GetStackOutput " + call + "}}}\n" +
		"Outputs: {Round: {Value: !GetStackOutput {StackName: net, OutputName: Round}}}\n")
	inputs := []Input{home}
	for i, in := range near {
		in.Path, in.Reader = fmt.Sprintf("net%d.yaml", i), strings.NewReader(net)
		inputs = append(inputs, in)
	}
	doc, err := Read(context.Background(), inputs, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// Two outputs that are not followed never pass for one, and are named as the
// configuration names them.
func TestStackOutputsOfElsewhere(t *testing.T) {
	doc := mustRead(t, `Resources:
  A: {Type: AWS::SNS::Topic, Properties: {TopicName: !GetStackOutput {StackName: net, OutputName: A}}}
  B: {Type: AWS::SNS::Topic, Properties: {TopicName: !GetStackOutput {StackName: net, OutputName: B}}}
  C: {Type: AWS::SNS::Topic, Properties: {TopicName: !GetStackOutput {StackName: net, OutputName: A, Region: us-east-1}}}
  D: {Type: AWS::SNS::Topic, Properties: {TopicName: !GetStackOutput {StackName: net, OutputName: A}}}
`, nil)
	text := func(address string) string { s, _ := find(t, doc, address).Attr("name").Symbolic(); return s }
	if text("A") == text("B") || text("A") == text("C") || text("A") != text("D") {
		t.Error(text("A"), text("B"), text("C"), text("D"))
	}
	if o, _ := find(t, doc, "A").Attr("name").Origin(); o.Text() != "Fn::GetStackOutput net:A" {
		t.Error(o.Text())
	}
}

func TestStackOutputsThatAreNone(t *testing.T) {
	for _, call := range []string{`net`, `[net, A]`, `{StackName: net}`, `{OutputName: A}`} {
		_, err := read("Resources: {T: {Type: AWS::SNS::Topic, Properties: {TopicName: !GetStackOutput "+call+"}}}\n", nil)
		if err == nil || !strings.Contains(err.Error(), "Fn::GetStackOutput takes an object with StackName and OutputName") {
			t.Errorf("%s: %v", call, err)
		}
	}
}

// An account has one export of a name in a region: which of several is imported is known
// only where their stacks are in different places.
func TestExportedTwice(t *testing.T) {
	const (
		exporter = "Resources: {Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: %s}}}\nOutputs: {Name: {Value: !GetAtt Topic.TopicName, Export: {Name: shared}}}\n"
		importer = "Resources: {T: {Type: AWS::SNS::Topic, Properties: {DisplayName: !ImportValue shared}}}\n"
	)
	for _, tt := range []struct {
		here, one, other string // regions
		want             string
	}{
		{"", "", "", "unknown <import of shared>"},
		{"eu-west-1", "eu-west-1", "", "unknown <import of shared>"},
		{"eu-west-1", "eu-west-1", "us-east-1", "first"},
		{"us-east-1", "eu-west-1", "us-east-1", "second"},
		{"eu-north-1", "eu-west-1", "us-east-1", "unknown <import of shared>"},
	} {
		doc, err := Read(t.Context(), []Input{
			{Path: "i.yaml", Reader: strings.NewReader(importer), Region: tt.here},
			{Path: "a.yaml", Reader: strings.NewReader(fmt.Sprintf(exporter, "first")), Region: tt.one},
			{Path: "b.yaml", Reader: strings.NewReader(fmt.Sprintf(exporter, "second")), Region: tt.other},
		}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := shown(find(t, doc, "i.yaml:T").Attr("display_name")); got != tt.want {
			t.Errorf("%q of %q, %q: %s, want %s", tt.here, tt.one, tt.other, got, tt.want)
		}
	}
}
