package plan

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/plan/jsonstream"
	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/widetest"
)

func TestRefusals(t *testing.T) {
	tests := []struct {
		name, input, msg, hint string
		line, column           int
	}{
		{"empty", "", "empty", hintShow, 0, 0},
		{"blank", " \n\t", "empty", hintShow, 0, 0},
		{"binary", "PK\x03\x04\x00", "binary plan: iacgate reads its JSON", hintShow, 0, 0},
		{"log", `{"@level":"info","@message":"Terraform 1.11.4"}` + "\n" + `{"@level":"info"}`,
			"a log of terraform plan -json, not a plan", hintShow, 0, 0},
		{"text", "Terraform used the selected providers", `not JSON: expected an object, got 'T'`,
			"a plan is one JSON object; " + hintShow, 1, 1},
		{"array", "[]", `not JSON: expected an object, got '['`, "a plan is one JSON object; " + hintShow, 1, 1},
		{"major", `{"format_version":"2.0"}`, "format_version 2.0: iacgate reads 1.x", "write the plan with a Terraform or OpenTofu 1.x", 0, 0},
		{"nonsense version", `{"format_version":"x"}`, "format_version x: iacgate reads 1.x", "write the plan with a Terraform or OpenTofu 1.x", 0, 0},
		{"no version", `{"resource_changes":[]}`, "format_version is missing: not a plan", hintShow, 0, 0},
		{"template", `{"Resources":{}}`, "format_version is missing: not a plan", "it looks like a CloudFormation template: use --from cfn", 0, 0},
		{"raw state", `{"version":4,"serial":1,"lineage":"x"}`, "format_version is missing: not a plan", "it looks like a raw state file; " + hintState, 0, 0},
		{"schema", `{"format_version":"1.0","provider_schemas":{}}`, "neither a plan nor a state",
			"it looks like terraform providers schema -json; " + hintShow, 0, 0},
		{"redacted", `{"plan_format_version":"1.2","resource_changes":[]}`, "redacted plan: its values are removed",
			"download the unredacted JSON output of the run, or " + hintShow, 0, 0},
		{"truncated", `{"format_version":"1.2","resource_ch`, "ends in the middle: expected the end of a string",
			"the file is truncated; " + hintShow, 1, 37},
		{"truncated array", "{\n \"resource_changes\": [\n", "ends in the middle: expected an object", "the file is truncated; " + hintShow, 3, 1},
		{"trailing", `{"format_version":"1.2"} {}`, "data after the end of the plan", "", 1, 26},
		{"repeated section", `{"configuration":{},"configuration":{}}`, `"configuration" appears twice at the top level`, "", 1, 37},
		{"repeated key", `{"resource_changes":[{"address":"x","mode":"managed","type":"aws_sns_topic","change":{"after":{"a":1,"a":2}}}]}`,
			`"a" appears twice in one object`, "", 1, 110},
		{"repeated type", `{"resource_changes":[{"type":"aws_sns_topic","type":"x"}]}`, `"type" appears twice in one object`, "", 1, 53},
		{"no change", `{"resource_changes":[{"address":"aws_sns_topic.x","mode":"managed","type":"aws_sns_topic"}]}`,
			"aws_sns_topic.x has no change", "", 1, 91},
		{"bad number", "{\"a\":\n01}", `not JSON: expected a comma or the end of an object, got '1'`, "", 2, 2},
		{"bad literal", `{"a":nul}`, `not JSON: expected null, got '}'`, "", 1, 9},
		{"bad escape", `{"a":"\x"}`, `not JSON: expected an escape, got 'x'`, "", 1, 8},
		{"control character", "{\"a\":\"\x01\"}", `not JSON: expected the end of a string, got '\x01'`, "", 1, 7},
		{"NUL", "{\x00}", `not JSON: expected a key, got '\x00'`, "", 1, 2},
		{"trailing comma", `{"a":[1,]}`, `not JSON: expected a value, got ']'`, "", 1, 9},
		{"wrong type", `{"format_version":1.2}`, "not a plan: a string expected, not number", "", 1, 22},
		{"deep", `{"a":` + strings.Repeat("[", 20000), "nested more than 10000 levels deep", "", 1, 10006},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Read(strings.NewReader(tt.input), Options{})
			e, ok := errors.AsType[*diag.Diagnostic](err)
			if !ok {
				t.Fatalf("%v", err)
			}
			want := &diag.Diagnostic{Message: tt.msg, Hint: tt.hint, Line: tt.line, Column: tt.column}
			if diff := cmp.Diff(want, e); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// An error of the reader is not a fault of the input.
func TestReaderFails(t *testing.T) {
	broken := errors.New("disk on fire")
	for _, head := range []string{"", `{"format_version":`} {
		_, err := Read(io.MultiReader(strings.NewReader(head), iotest.ErrReader(broken)), Options{})
		if !errors.Is(err, broken) {
			t.Errorf("after %q: %v", head, err)
		}
	}
}

func TestEmptyState(t *testing.T) {
	doc := readText(t, `{"format_version":"1.0"}`)
	if doc.Format != resource.State || len(doc.Resources) != 0 || doc.Tool != "" {
		t.Errorf("%+v", doc)
	}
}

// Old plans are plans, too: terraform-json decides.
func TestOldFormat(t *testing.T) {
	doc := readText(t, `{"format_version":"0.1","terraform_version":"0.13.5","resource_changes":[],"configuration":{}}`)
	if doc.Format != resource.Plan || doc.Tool != "Terraform 0.13.5" {
		t.Errorf("%+v", doc)
	}
}

// allPlans returns all real plans and states at hand.
func allPlans(t testing.TB) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for _, dir := range []string{plans, "testdata"} {
		err := walk(dir, func(path string) error {
			text, err := os.ReadFile(path)
			all[path] = text
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(all) < 25 {
		t.Fatalf("only %d plans", len(all))
	}
	return all
}

// everything keeps what any of the plans at hand has.
func everything(resource.Mode, string) bool { return true }

// same reports whether a text is read as the same document as another.
func same(t *testing.T, want *resource.Document, r io.Reader) {
	t.Helper()
	got, err := Read(r, Options{Keep: everything})
	if err != nil {
		t.Error(err)
		return
	}
	if diff := cmp.Diff(readThrough(want), readThrough(got), cmp.Exporter(func(reflect.Type) bool { return true })); diff != "" {
		t.Error(diff)
	}
}

// through is a document with what it reads later.
type through struct {
	resource.Document
	Configuration []resource.Written
	Variables     map[string]any
}

func readThrough(doc *resource.Document) through {
	all := through{Document: *doc}
	if doc.Configuration != nil {
		all.Configuration = doc.Configuration()
		slices.SortFunc(all.Configuration, func(a, b resource.Written) int { return strings.Compare(a.Address, b.Address) })
	}
	if doc.Variables != nil {
		all.Variables = doc.Variables()
	}
	all.Document.Configuration, all.Document.Variables = nil, nil
	return all
}

func TestEncodings(t *testing.T) {
	units := func(text []byte, order binary.AppendByteOrder, mark bool) []byte {
		var out []byte
		if mark {
			out = order.AppendUint16(out, 0xFEFF)
		}
		for _, u := range utf16.Encode([]rune(string(text))) {
			out = order.AppendUint16(out, u)
		}
		return out
	}
	all := allPlans(t)
	for _, path := range []string{plans + "modules/plan.json", plans + "deletes-the-alarm/plan.json", "testdata/actions/state.json"} {
		text := bytes.Replace(all[path], []byte(`"name":"kept"`), []byte("\"name\":\"k\U0001F6A8ept\""), 1)
		text = bytes.Replace(text, []byte(`"denied"`), []byte("\"d\U0001F6A8nied\""), 1)
		want, err := Read(bytes.NewReader(text), Options{Keep: everything})
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		for name, encoded := range map[string][]byte{
			"UTF-8 with mark":     append([]byte("\uFEFF"), text...),
			"UTF-16LE with mark":  units(text, binary.LittleEndian, true),
			"UTF-16BE with mark":  units(text, binary.BigEndian, true),
			"UTF-16LE":            units(text, binary.LittleEndian, false),
			"UTF-16BE":            units(text, binary.BigEndian, false),
			"Windows line ends":   bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n")),
			"blanks at both ends": []byte(" \n" + string(text) + "\n \t"),
		} {
			t.Run(path+"/"+name, func(t *testing.T) {
				same(t, want, bytes.NewReader(encoded))
				if !Claims(encoded[:min(len(encoded), 4096)]) {
					t.Error("not claimed")
				}
			})
		}
	}
}

// Neither how the bytes arrive nor the order of members changes the reading.
func TestArrivalAndOrder(t *testing.T) {
	texts := allPlans(t)
	for i, path := range slices.Sorted(maps.Keys(texts)) {
		if widetest.Skips(i) {
			continue
		}
		text := texts[path]
		t.Run(path, func(t *testing.T) {
			want, err := Read(bytes.NewReader(text), Options{Keep: everything})
			if err != nil {
				t.Fatal(err)
			}
			same(t, want, iotest.OneByteReader(bytes.NewReader(text)))
			same(t, want, iotest.DataErrReader(bytes.NewReader(text)))
			same(t, want, bytes.NewReader(sorted(t, text)))
			same(t, want, bytes.NewReader(compact(t, text)))
		})
	}
}

// sorted writes a JSON text as jq -S does: keys in order, indented.
func sorted(t *testing.T, text []byte) []byte {
	var v any
	if err := jsonstream.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	out, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func compact(t *testing.T, text []byte) []byte {
	var out bytes.Buffer
	if err := json.Compact(&out, text); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// No part of a plan is a plan, and none makes the reader panic.
func TestTruncated(t *testing.T) {
	text, err := os.ReadFile(plans + "replaces-the-topic/plan.json")
	if err != nil {
		t.Fatal(err)
	}
	text = bytes.TrimRight(text, "\n")
	for n := 0; n < len(text); n += 31 {
		if _, err := Read(bytes.NewReader(text[:n]), Options{}); err == nil {
			t.Fatalf("the first %d bytes are read", n)
		}
	}
}

func TestNumbersKeepTheirText(t *testing.T) {
	doc := readText(t, `{"format_version": "1.2", "configuration": {}, "resource_changes": [
		{"address": "aws_sns_topic.t", "mode": "managed", "type": "aws_sns_topic", "name": "t",
		 "change": {"actions": ["update"], "before": {"n": 0.10}, "after": {"n": 12345678901234567890.10, "e": 1E+2}}}],
		"prior_state": {"values": {"root_module": {"resources": [
		{"address": "aws_kms_key.k", "mode": "managed", "type": "aws_kms_key", "name": "k", "values": {"n": 9007199254740993}}]}}}}`)
	for _, tt := range []struct {
		list           []*resource.Resource
		address, field string
		want           string
	}{
		{doc.Resources, "aws_sns_topic.t", "n", "12345678901234567890.10"},
		{doc.Resources, "aws_sns_topic.t", "e", "1E+2"},
		{doc.Before, "aws_sns_topic.t", "n", "0.10"},
		{doc.Resources, "aws_kms_key.k", "n", "9007199254740993"},
	} {
		v := find(t, tt.list, tt.address).Attr(tt.field)
		if text, _ := v.Text(); text != tt.want || v.Kind() != resource.Number {
			t.Errorf("%s.%s = %q", tt.address, tt.field, text)
		}
	}
}

func TestClaims(t *testing.T) {
	for head, want := range map[string]bool{
		"PK\x03\x04rest":                                                     true,
		`{"format_version":"1.2","terraform_ver`:                             true,
		`{"applyable":true,"complete":true,"conf`:                            true,
		`{"configuration":{"root_module":{"resources":[{"address":"a"`:       true,
		`{"@level":"info","@message":`:                                       true,
		`{"plan_format_version":"1.2"`:                                       true,
		`{"version": 4, "terraform_version": "1.11.4", "lineage": "x"`:       true,
		`{"checks":[{"address":{"kind":"check"}}],"format_version":"1.2"`:    true,
		`{"AWSTemplateFormatVersion":"2010-09-09","Resources":{}}`:           false,
		`{"Resources":{"A":{"Type":"AWS::SNS::Topic","format_version":"x"}}`: false,
		"Resources:\n  A:\n":                                                 false,
		"":                                                                   false,
		"resource \"x\" \"y\"":                                               false,
		`["format_version"]`:                                                 false,
	} {
		if got := Claims([]byte(head)); got != want {
			t.Errorf("%s: %v", head, got)
		}
	}
}
