package excerpt_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/excerpt"
)

const code = `resource "aws_sns_topic" "t" {
  name = "t"

  tags = {
    a = "b"
  }
  kms_master_key_id = "k"
}
resource "aws_db_instance" "d" {
	password = "hunter2hunter2"
}

x = 1
y = 2
`

const template = `Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: t
  Database:
    Type: AWS::RDS::DBInstance
`

func TestAround(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("main.tf", code)
	write("windows.tf", strings.ReplaceAll(code, "\n", "\r\n"))
	write("t.yaml", template)
	write("min.json", `{"Resources": {"A": "`+strings.Repeat("x", 300)+`"}}`)
	write("binary", "  a\xff\n")
	r := excerpt.In(dir)
	for _, tc := range []struct {
		file  string
		line  int
		first int
		lines []string
	}{
		{"main.tf", 1, 1, []string{`resource "aws_sns_topic" "t" {`, `  name = "t"`}},
		{"main.tf", 2, 2, []string{`  name = "t"`}},
		{"main.tf", 7, 5, []string{`    a = "b"`, "  }", `  kms_master_key_id = "k"`}},
		{"main.tf", 5, 5, []string{`    a = "b"`}},
		{"main.tf", 8, 8, []string{"}"}},       // the next block is not its own
		{"main.tf", 13, 13, []string{"x = 1"}}, // nor is a line without indent
		{"windows.tf", 2, 2, []string{`  name = "t"`}},
		{"main.tf", 10, 10, []string{`  password = "hunter2hunter2"`}},
		{"t.yaml", 2, 2, []string{"  Topic:", "    Type: AWS::SNS::Topic", "    Properties:"}},
		{"t.yaml", 5, 5, []string{"      TopicName: t"}},
		{filepath.Join(dir, "main.tf"), 2, 2, []string{`  name = "t"`}},
		{"main.tf", 0, 0, nil},
		{"main.tf", 1000, 0, nil},
		{"absent.tf", 1, 0, nil},
		{"", 1, 0, nil},
		{".", 1, 0, nil},
		{"min.json", 1, 0, nil},
		{"binary", 1, 0, nil},
	} {
		first, lines := r.Around(tc.file, tc.line)
		if diff := cmp.Diff(tc.lines, lines); diff != "" || first != tc.first {
			t.Errorf("%s:%d: from %d, want %d (-want +got):\n%s", tc.file, tc.line, first, tc.first, diff)
		}
	}
}
