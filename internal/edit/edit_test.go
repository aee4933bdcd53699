package edit

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/verdict"
)

// TestApply: what a change is about becomes as it says, and nothing else changes.
func TestApply(t *testing.T) {
	for name, c := range map[string]struct {
		file         string
		text, change string // change: language|resource|set|remove|into|append|add
		want         string
	}{
		"an argument, its alignment and a comment": {"main.tf",
			"resource \"a\" \"b\" { # why\n  name   = \"x\"\n  period = 60 # seconds\n}\n\n\n# end\n",
			"hcl|a.b|period = 300||||",
			"resource \"a\" \"b\" { # why\n  name   = \"x\"\n  period = 300 # seconds\n}\n\n\n# end\n"},
		"a new argument, aligned": {"main.tf",
			"resource \"a\" \"b\" {\n  name = \"x\"\n}\n",
			"hcl|a.b|threshold = 1||||",
			"resource \"a\" \"b\" {\n  name      = \"x\"\n  threshold = 1\n}\n"},
		"a block that nobody formatted stays so": {"main.tf",
			"resource \"a\" \"b\" {\n name=\"x\"\n}\n",
			"hcl|a.b|name = \"y\"||||",
			"resource \"a\" \"b\" {\n name= \"y\"\n}\n"},
		"an argument in a block": {"main.tf",
			"resource \"a\" \"b\" {\n  metric {\n    name  = \"x\"\n    value = \"0\"\n  }\n}\n",
			"hcl|a.b|metric {\n  value = \"1\"\n}||||",
			"resource \"a\" \"b\" {\n  metric {\n    name  = \"x\"\n    value = \"1\"\n  }\n}\n"},
		"removed": {"main.tf",
			"resource \"a\" \"b\" {\n  name = \"x\"\n  old  = 1\n}\n",
			"hcl|a.b||old|||",
			"resource \"a\" \"b\" {\n  name = \"x\"\n}\n"},
		"a statement": {"main.tf",
			"resource \"a\" \"b\" {\n  policy = jsonencode({\n    Statement = [{ Sid = \"a\" }]\n  })\n}\n",
			"hcl|a.b|||policy.Statement|{ Sid = \"b\" }|",
			"resource \"a\" \"b\" {\n  policy = jsonencode({\n    Statement = [{ Sid = \"a\" }, { Sid = \"b\" }]\n  })\n}\n"},
		"a statement beside one that is no list": {"main.tf",
			"resource \"a\" \"b\" {\n  policy = jsonencode({ \"Statement\" : { Sid = \"a\" } })\n}\n",
			"hcl|a.b|||policy.Statement|{ Sid = \"b\" }|",
			"resource \"a\" \"b\" {\n  policy = jsonencode({ \"Statement\" : [{ Sid = \"a\" }, { Sid = \"b\" }] })\n}\n"},
		"a resource": {"main.tf",
			"resource \"a\" \"b\" {}\n\n",
			"hcl||||||resource \"c\" \"d\" {\n}",
			"resource \"a\" \"b\" {}\n\nresource \"c\" \"d\" {\n}\n"},

		"a property in YAML": {"t.yaml",
			"# top\nResources:\n  A:\n    Type: T\n    Properties: # p\n      Name: x   # name\n\n      Period: 60\n  B:\n    Type: T\n",
			"yaml|A|Name: 'y: z'||||",
			"# top\nResources:\n  A:\n    Type: T\n    Properties: # p\n      Name: 'y: z'   # name\n\n      Period: 60\n  B:\n    Type: T\n"},
		"a new property in YAML": {"t.yaml",
			"Resources:\n  A:\n    Type: T\n    Properties:\n      Name: !Sub 'x'  # n\n\n  B:\n    Type: T\n",
			"yaml|A|Threshold: 1\nTags:\n  - Key: a\n||||",
			"Resources:\n  A:\n    Type: T\n    Properties:\n      Name: !Sub 'x'  # n\n      Threshold: 1\n      Tags:\n        - Key: a\n\n  B:\n    Type: T\n"},
		"properties that nobody wrote": {"t.yaml",
			"Resources:\n  A:\n    Type: T\n  B:\n    Type: T\n",
			"yaml|A|Threshold: 1||||",
			"Resources:\n  A:\n    Type: T\n    Properties:\n      Threshold: 1\n  B:\n    Type: T\n"},
		"a value of several lines": {"t.yaml",
			"Resources:\n  A:\n    Properties:\n      Pattern: >-\n        { $.a = 1 }\n        # no comment\n      Name: x\n",
			"yaml|A|Pattern: 'p'||||",
			"Resources:\n  A:\n    Properties:\n      Pattern: 'p'\n      Name: x\n"},
		"a plain value of several lines": {"t.yaml",
			"Resources:\n  A:\n    Properties:\n      Pattern: one\n        two\n      Name: x\n",
			"yaml|A|Pattern: 'p'||||",
			"Resources:\n  A:\n    Properties:\n      Pattern: 'p'\n      Name: x\n"},
		"an object in a flow": {"t.yaml",
			"Resources:\n  A: {Type: T, Properties: {Name: 'x, }', N: [1, 2]}}\n",
			"yaml|A|Period: 300||||",
			"Resources:\n  A: {Type: T, Properties: {Name: 'x, }', N: [1, 2], Period: 300}}\n"},
		"an item of a list": {"t.yaml",
			"Resources:\n  A:\n    Properties:\n      Actions:\n      - !Ref X # x\n      Name: y\n",
			"yaml|A|||Actions|!Ref Z|",
			"Resources:\n  A:\n    Properties:\n      Actions:\n      - !Ref X # x\n      - !Ref Z\n      Name: y\n"},
		"an item beside one that is no list": {"t.yaml",
			"Resources:\n  A:\n    Properties:\n      Doc:\n        Statement:\n          Effect: Allow\n          Action: a\n      Name: y\n",
			"yaml|A|||Doc.Statement|Effect: Allow\nAction: b|",
			"Resources:\n  A:\n    Properties:\n      Doc:\n        Statement:\n          - Effect: Allow\n            Action: a\n          - Effect: Allow\n            Action: b\n      Name: y\n"},
		"a property is removed": {"t.yaml",
			"Resources:\n  A:\n    Properties:\n      Old: 1 # o\n      Name: x\n      Last: 2 # l\n  B: {}\n",
			"yaml|A||Last|||",
			"Resources:\n  A:\n    Properties:\n      Old: 1 # o\n      Name: x\n  B: {}\n"},
		"the first property is removed": {"t.yaml",
			"Resources:\n  A:\n    Properties:\n      Old: 1\n      Name: x\n",
			"yaml|A||Old|||",
			"Resources:\n  A:\n    Properties:\n      Name: x\n"},
		"the only property is removed": {"t.yaml",
			"Resources:\n  A:\n    Properties:\n      Old: 1\n",
			"yaml|A||Old|||",
			"Resources:\n  A:\n    Properties:\n      {}\n"},
		"resources and a parameter": {"t.yaml",
			"Parameters:\n  P: {Type: String}\nResources:\n  A:\n    Type: T\n# end\n",
			"yaml||||||Parameters:\n  Email:\n    Type: String\nResources:\n  B:\n    Type: U\n",
			"Parameters:\n  P: {Type: String}\n  Email:\n    Type: String\nResources:\n  A:\n    Type: T\n  B:\n    Type: U\n# end\n"},
		"a parameter where there was none": {"t.yaml",
			"Resources:\n  A:\n    Type: T\n",
			"yaml||||||Parameters:\n  Email:\n    Type: String\n",
			"Resources:\n  A:\n    Type: T\nParameters:\n  Email:\n    Type: String\n"},

		"a property in JSON of four blanks": {"t.json",
			"{\n    \"Resources\": {\n        \"A\": {\n            \"Properties\": {\n                \"Name\": \"x\"\n            }\n        }\n    }\n}\n",
			"json|A|\"Name\": \"y\",\n\"Tags\": [{\"a\": 1}]||||",
			"{\n    \"Resources\": {\n        \"A\": {\n            \"Properties\": {\n                \"Name\": \"y\",\n                \"Tags\": [\n                    {\n                        \"a\": 1\n                    }\n                ]\n            }\n        }\n    }\n}\n"},
		"JSON on one line": {"t.json",
			`{"Resources":{"A":{"Properties":{"Name":"}"}}}}`,
			`json|A|"Name": "y", "B": [1]||||`,
			`{"Resources":{"A":{"Properties":{"Name":"y", "B": [1]}}}}`},
		"an item in JSON": {"t.json",
			"{\n\t\"Resources\": {\n\t\t\"A\": {\"Properties\": {\"Actions\": [\n\t\t\t{\"Ref\": \"X\"}\n\t\t]}}\n\t}\n}\n",
			`json|A|||Actions|{"Ref": "Y"}|`,
			"{\n\t\"Resources\": {\n\t\t\"A\": {\"Properties\": {\"Actions\": [\n\t\t\t{\"Ref\": \"X\"},\n\t\t\t{\n\t\t\t\t\"Ref\": \"Y\"\n\t\t\t}\n\t\t]}}\n\t}\n}\n"},
		"a member of JSON is removed": {"t.json",
			"{\n  \"Resources\": {\n    \"A\": {\n      \"Properties\": {\n        \"A\": 1,\n        \"B\": 2\n      }\n    }\n  }\n}\n",
			"json|A||B|||",
			"{\n  \"Resources\": {\n    \"A\": {\n      \"Properties\": {\n        \"A\": 1\n      }\n    }\n  }\n}\n"},
		"Terraform in JSON": {"main.tf.json",
			"{\n  \"resource\": {\n    \"a\": {\n      \"b\": [\n        {\n          \"name\": \"x\"\n        }\n      ]\n    }\n  }\n}\n",
			"json|a.b|\"name\": \"y\"||||\"variable\": {\"e\": {}}",
			"{\n  \"resource\": {\n    \"a\": {\n      \"b\": [\n        {\n          \"name\": \"y\"\n        }\n      ]\n    }\n  },\n  \"variable\": {\n    \"e\": {}\n  }\n}\n"},
		"a statement in an expression": {"main.tf.json",
			`{"resource": {"a": {"b": {"policy": "${jsonencode({Statement = [{Sid = \"a\"}]})}"}}}}`,
			`json|a.b|||policy.Statement|{"Sid": "b"}|`,
			`{"resource": {"a": {"b": {"policy": "${jsonencode({Statement = [{Sid = \"a\"}, {\"Sid\":\"b\"}]})}"}}}}`},
		"a statement in a text": {"main.tf.json",
			`{"resource": {"a": {"b": {"policy": "{\"Statement\":[{\"Sid\":\"a\"}]}"}}}}`,
			`json|a.b|||policy.Statement|{"Sid": "b"}|`,
			`{"resource": {"a": {"b": {"policy": "{\"Statement\":[{\"Sid\":\"a\"}, {\"Sid\":\"b\"}]}"}}}}`},
	} {
		t.Run(name, func(t *testing.T) {
			p := strings.SplitN(c.change, "|", 7)
			change := verdict.Change{Language: p[0], Resource: p[1], Set: p[2], Into: p[4], Append: p[5], Add: p[6]}
			if p[3] != "" {
				change.Remove = strings.Split(p[3], ",")
			}
			got, err := Apply(c.file, []byte(c.text), change)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// TestApplyRefuses: what cannot be edited where it is asked for is an error.
func TestApplyRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		file, text string
		change     verdict.Change
		want       string
	}{
		"another resource": {"main.tf", "resource \"a\" \"b\" {}\n", verdict.Change{Language: "hcl", Resource: "a.c", Set: "x = 1"}, "no block of a.c"},
		"a dynamic block":  {"main.tf", "resource \"a\" \"b\" {\n  dynamic \"metric\" {\n    for_each = []\n    content {}\n  }\n}\n", verdict.Change{Language: "hcl", Resource: "a.b", Set: "metric {\n}"}, "is dynamic"},
		"several blocks":   {"main.tf", "resource \"a\" \"b\" {\n  metric {}\n  metric {}\n}\n", verdict.Change{Language: "hcl", Resource: "a.b", Set: "metric {\n}"}, "several blocks metric"},
		"a policy from elsewhere": {"main.tf", "resource \"a\" \"b\" {\n  policy = local.policy\n}\n",
			verdict.Change{Language: "hcl", Resource: "a.b", Into: "policy.Statement", Append: "{}"}, "not written here"},
		"code that does not parse": {"main.tf", "resource {", verdict.Change{Language: "hcl", Resource: "a.b", Set: "x = 1"}, "main.tf"},
		"no such resource":         {"t.yaml", "Resources: {}\n", verdict.Change{Language: "yaml", Resource: "A", Set: "X: 1"}, "no Resources.A"},
		"an alias":                 {"t.yaml", "X: &x {a: 1}\nResources:\n  A:\n    Properties:\n      P: *x\n", verdict.Change{Language: "yaml", Resource: "A", Set: "P: {b: 1}"}, "an alias"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Apply(c.file, []byte(c.text), c.change)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %s\n%s", err, c.want, got)
			}
		})
	}
}
