package edit

import (
	"strings"
	"testing"
)

// TestSetLiteral: each place that holds a value can be changed, and nothing else changes.
func TestSetLiteral(t *testing.T) {
	for name, c := range map[string]struct {
		file, text, old, value string
		want                   []string // the file with each of the literals changed
	}{
		"an entry of a map": {"main.tf", "locals {\n  patterns = {\n    a = \"x\" # a\n    b = \"y\"\n  }\n}\n", "y", "z\"",
			[]string{"locals {\n  patterns = {\n    a = \"x\" # a\n    b = \"z\\\"\"\n  }\n}\n"}},
		"a number, and a text that looks like one": {"main.tf", "locals {\n  a = 5\n  b = \"5\"\n}\n", "5", "1",
			[]string{"locals {\n  a = 1\n  b = \"5\"\n}\n", "locals {\n  a = 5\n  b = \"1\"\n}\n"}},
		"a truth value": {"main.tf", "module \"m\" {\n  on = [false, !false]\n}\n", "false", "true",
			[]string{"module \"m\" {\n  on = [true, !false]\n}\n"}},
		"a key": {"main.tf", "locals {\n  m = { old-name = 1, \"x\" = 2 }\n}\n", "old-name", "new name",
			[]string{"locals {\n  m = { \"new name\" = 1, \"x\" = 2 }\n}\n"}},
		"a long text": {"main.tf", "locals {\n  a = <<EOT\nx\nEOT\n}\n", "x\n", "y",
			[]string{"locals {\n  a = \"y\"\n}\n"}},
		"no template": {"main.tf", "locals {\n  a = \"x${local.b}\"\n}\n", "x", "y", nil},
		"inside calls and conditionals": {"main.tf", "locals {\n  a = merge({ p = \"x\" }, { for k, v in { q = \"x\" } : k => v }, true ? { r = (\"x\") } : {})\n}\n", "x", "y",
			[]string{
				"locals {\n  a = merge({ p = \"y\" }, { for k, v in { q = \"x\" } : k => v }, true ? { r = (\"x\") } : {})\n}\n",
				"locals {\n  a = merge({ p = \"x\" }, { for k, v in { q = \"y\" } : k => v }, true ? { r = (\"x\") } : {})\n}\n",
				"locals {\n  a = merge({ p = \"x\" }, { for k, v in { q = \"x\" } : k => v }, true ? { r = (\"y\") } : {})\n}\n",
			}},
		"a variable file":      {"prod.tfvars", "pattern = \"x\" # p\n", "x", "y", []string{"pattern = \"y\" # p\n"}},
		"code that is broken":  {"main.tf", "locals {", "x", "y", nil},
		"a default in YAML":    {"t.yaml", "Parameters:\n  P: {Default: 'x y', Type: String} # p\n", "x y", "z", []string{"Parameters:\n  P: {Default: 'z', Type: String} # p\n"}},
		"plain text in YAML":   {"t.yaml", "A:\n  - x y # p\n", "x y", "z", []string{"A:\n  - 'z' # p\n"}},
		"a number in YAML":     {"t.yaml", "Threshold: 5\n", "5", "1", []string{"Threshold: 1\n"}},
		"a folded text":        {"t.yaml", "A: >-\n  x\n  y\nB: 1\n", "x y", "z", []string{"A: 'z'\nB: 1\n"}},
		"an entry of JSON":     {"t.json", "{\n  \"a\": [1, \"x\"]\n}\n", "x", "y", []string{"{\n  \"a\": [1, \"y\"]\n}\n"}},
		"Terraform's JSON":     {"main.tf.json", "{\"locals\": {\"a\": \"x\"}}", "x", "y", []string{"{\"locals\": {\"a\": \"y\"}}"}},
		"YAML that is no YAML": {"t.yaml", "a: [", "x", "y", nil},
	} {
		t.Run(name, func(t *testing.T) {
			found := Literals(c.file, []byte(c.text), c.old)
			if len(found) != len(c.want) {
				t.Fatalf("%d literals, want %d: %+v", len(found), len(c.want), found)
			}
			for i, l := range found {
				got, err := SetLiteral(c.file, []byte(c.text), l, c.value)
				if err != nil || string(got) != c.want[i] {
					t.Errorf("%+v: %v\n%s\nwant\n%s", l, err, got, c.want[i])
				}
			}
		})
	}
}

// TestLiteralNames: the names around a literal tell which of several is meant.
func TestLiteralNames(t *testing.T) {
	found := Literals("main.tf", []byte("resource \"t\" \"n\" {\n  inner {\n    table = { key = { pattern = \"x\" } }\n  }\n}\n"), "x")
	if len(found) != 1 || strings.Join(found[0].Names, " ") != "resource t n inner table key pattern" {
		t.Errorf("%+v", found)
	}
	found = Literals("t.yaml", []byte("Mappings:\n  M:\n    key:\n      - {Pattern: x}\n"), "x")
	if len(found) != 1 || strings.Join(found[0].Names, " ") != "Mappings M key 0 Pattern" {
		t.Errorf("%+v", found)
	}
}

// TestArgument: where an argument has its value from.
func TestArgument(t *testing.T) {
	const code = "resource \"t\" \"n\" {\n  here   = \"x\"\n  number = 1\n  there  = var.x\n  text   = \"a${var.x}\"\n  block {\n    inner = true\n  }\n  dynamic \"many\" {\n    for_each = []\n    content {}\n  }\n}\n"
	const template = "Resources:\n  N:\n    Properties:\n      Here: x\n      There: !Ref P\n      Long: {Ref: P}\n      Nested:\n        - {Inner: 1}\n"
	const inJSON = `{"resource": {"t": {"n": {"here": "x", "there": "${var.x}"}}}}`
	for path, want := range map[string]Source{
		"main.tf here": Here, "main.tf number": Here, "main.tf there": Elsewhere, "main.tf text": Elsewhere, "main.tf none": Unset,
		"main.tf block.0.inner": Here, "main.tf block.other": Unset, "main.tf many.x": Elsewhere, "main.tf missing.x": Unset,
		"t.yaml Here": Here, "t.yaml There": Elsewhere, "t.yaml Long": Elsewhere, "t.yaml Nested.Inner": Here, "t.yaml None": Unset,
		"main.tf.json here": Here, "main.tf.json there": Elsewhere,
	} {
		file, argument, _ := strings.Cut(path, " ")
		text, address := code, "module.m.t.n"
		switch file {
		case "t.yaml":
			text, address = template, "N"
		case "main.tf.json":
			text = inJSON
		}
		if got := Argument(file, []byte(text), address, argument); got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
	if got := Argument("main.tf", []byte(code), "t.other", "here"); got != Elsewhere {
		t.Errorf("a resource of another file: %d", got)
	}
}

func TestSetArgument(t *testing.T) {
	for _, c := range []struct{ file, text, path, value, want string }{
		{"main.tf", "resource \"t\" \"n\" {\n  a = 5\n}\n", "a", "1", "resource \"t\" \"n\" {\n  a = 1\n}\n"},
		{"main.tf", "resource \"t\" \"n\" {\n  a = 5\n}\n", "b", "x", "resource \"t\" \"n\" {\n  a = 5\n  b = \"x\"\n}\n"},
		{"main.tf", "resource \"t\" \"n\" {\n  m {\n    v = 0\n  }\n}\n", "m.0.v", "1", "resource \"t\" \"n\" {\n  m {\n    v = 1\n  }\n}\n"},
		{"t.yaml", "Resources:\n  n:\n    Properties:\n      A: '5' # a\n", "A", "1", "Resources:\n  n:\n    Properties:\n      A: '1' # a\n"},
		{"t.yaml", "Resources:\n  n:\n    Properties:\n      A: 5\n", "B", "x", "Resources:\n  n:\n    Properties:\n      A: 5\n      B: 'x'\n"},
		{"t.json", "{\"Resources\": {\"n\": {\"Properties\": {\"A\": 5}}}}", "A", "1", "{\"Resources\": {\"n\": {\"Properties\": {\"A\": 1}}}}"},
	} {
		got, err := SetArgument(c.file, []byte(c.text), "t.n", c.path, c.value)
		if err != nil || string(got) != c.want {
			t.Errorf("%s of %s: %v\n%s\nwant\n%s", c.path, c.file, err, got, c.want)
		}
	}
}
