package policy

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/diag"
)

func loadFiles(t *testing.T, o UserOptions, files ...string) (*User, error) {
	t.Helper()
	dir := t.TempDir()
	for i, text := range files {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("p%d.rego", i)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	o.Paths = []string{dir}
	return LoadUser(o)
}

// declaring returns a package with a declaration and a rule.
func declaring(name, types, body string) string {
	head := "package " + name + "\n\n"
	if types != "" {
		head = "# METADATA\n# custom:\n#   resource_types: " + types + "\n" + head
	}
	return head + "deny contains \"x\" if " + body + "\n"
}

// TestResourceTypes: the raw document is cut down only where everything that can
// see it says what it reads.
func TestResourceTypes(t *testing.T) {
	const whole, judged = `count(data.iacgate.document) > 0`, `count(input.topics) > 0`
	raw := UserOptions{Raw: true}
	for name, tt := range map[string]struct {
		o     UserOptions
		files []string
		want  string // of aws_s3_bucket, aws_instance and AWS::S3::Bucket those that are read; "all"
	}{
		"declared":                     {UserOptions{}, []string{declaring("main", "[aws_s3_bucket]", whole)}, "aws_s3_bucket"},
		"not declared":                 {UserOptions{}, []string{declaring("main", "", whole)}, "all"},
		"globs":                        {UserOptions{}, []string{declaring("main", "['aws_s3_*', 'AWS::S3::*']", whole)}, "aws_s3_bucket AWS::S3::Bucket"},
		"any":                          {UserOptions{}, []string{declaring("main", "['*']", whole)}, "aws_s3_bucket aws_instance AWS::S3::Bucket"},
		"none":                         {UserOptions{}, []string{declaring("main", "[]", whole)}, ""},
		"case":                         {UserOptions{}, []string{declaring("main", "[aws_S3_bucket, s3_bucket, aws_s3]", whole)}, ""},
		"two":                          {UserOptions{}, []string{declaring("main", "[aws_s3_bucket]", whole), declaring("b", "[aws_instance]", whole)}, "aws_s3_bucket aws_instance"},
		"one of two":                   {UserOptions{}, []string{declaring("main", "[aws_s3_bucket]", whole), declaring("b", "", whole)}, "all"},
		"another file":                 {UserOptions{}, []string{declaring("main", "[aws_s3_bucket]", "true"), "package main\n\nwarn contains 1 if " + whole + "\n"}, "aws_s3_bucket"},
		"judged beside":                {UserOptions{}, []string{declaring("main", "[aws_s3_bucket]", whole), declaring("b", "", judged)}, "aws_s3_bucket"},
		"declared and read by another": {UserOptions{}, []string{declaring("main", "[aws_s3_bucket]", judged), declaring("b", "", whole)}, "all"},
		"input raw":                    {raw, []string{declaring("main", "[aws_s3_bucket]", judged)}, "aws_s3_bucket"},
		"input raw, not declared":      {raw, []string{declaring("main", "", judged)}, "all"},
		"input raw, helper":            {raw, []string{declaring("main", "[aws_s3_bucket]", "data.b.changes"), "package b\n\nchanges := input.resource_changes\n"}, "all"},
		"input raw, whole input":       {raw, []string{declaring("main", "[aws_s3_bucket]", "data.b.f(1)"), "package b\n\nf(_) if { x := input; x.a }\n"}, "all"},
		"input raw, imported":          {raw, []string{declaring("main", "[aws_s3_bucket]", "data.b.f(1)"), "package b\n\nimport input.resource_changes as all\n\nf(_) if all\n"}, "all"},
		"input raw, walked":            {raw, []string{declaring("main", "[aws_s3_bucket]", "data.b.f(1)"), "package b\n\nf(_) if walk(input, [_, 1])\n"}, "all"},
		"input raw, pure helper":       {raw, []string{declaring("main", "[aws_s3_bucket]", "data.b.f(input)"), "package b\n\nf(x) if x.a\n"}, "aws_s3_bucket"},
	} {
		u, err := loadFiles(t, tt.o, tt.files...)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got := "all"
		if has := u.ResourceTypes(); has != nil {
			var read []string
			for _, typ := range []string{"aws_s3_bucket", "aws_instance", "AWS::S3::Bucket"} {
				if has(typ) {
					read = append(read, typ)
				}
			}
			got = strings.Join(read, " ")
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

// TestMisdeclaredTypes: a declaration that is not a list of types is an error, with its place.
func TestMisdeclaredTypes(t *testing.T) {
	for types, want := range map[string]string{
		"5":                          "p0.rego:3:5: resource_types: it must be a list of types",
		"aws_s3_bucket":              "p0.rego:3:5: resource_types: it must be a list of types",
		"":                           "",
		"null":                       "p0.rego:3:5: resource_types: it must be a list of types",
		"{a: b}":                     "p0.rego:3:5: resource_types: it must be a list of types",
		"[1]":                        "p0.rego:3:5: resource_types: it must be a list of types",
		"['']":                       `p0.rego:3:5: resource_types: "" is not a resource type`,
		"['aws_[a-z]']":              `p0.rego:3:5: resource_types: "aws_[a-z]" is not a resource type`,
		"[aws_s3_bucket.logs]":       `p0.rego:3:5: resource_types: "aws_s3_bucket.logs" is not a resource type`,
		"[aws_s3_bucket, \"a\\nb\"]": `p0.rego:3:5: resource_types: "a\nb" is not a resource type`,
	} {
		_, err := loadFiles(t, UserOptions{}, declaring("main", types, "true"))
		if want == "" {
			if err != nil {
				t.Errorf("%s: %v", types, err)
			}
			continue
		}
		var problem *diag.Diagnostic
		if !errors.As(err, &problem) || !strings.HasSuffix(problem.Error(), want) || problem.Hint == "" {
			t.Errorf("%s: %v, want %s", types, err, want)
		}
	}
	_, err := loadFiles(t, UserOptions{}, "package main\n\n# METADATA\n# custom: {resource_types: [aws_s3_bucket]}\ndeny contains 1 if true\n")
	if err == nil || !strings.HasSuffix(err.Error(), "p0.rego:4:12: resource_types: it applies to packages, not to a rule") {
		t.Errorf("on a rule: %v", err)
	}
}
