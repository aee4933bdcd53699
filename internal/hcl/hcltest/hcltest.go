// Package hcltest reads code that tests hold as text. Only tests import it.
package hcltest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/resource"
)

// Unpack writes the files of an archive into a new directory. A text without
// file names is main.tf.
func Unpack(t testing.TB, text string) string {
	t.Helper()
	dir := t.TempDir()
	a := txtar.Parse([]byte(text))
	if len(a.Files) == 0 {
		a.Files = []txtar.File{{Name: "main.tf", Data: []byte(text)}}
	}
	for _, f := range a.Files {
		p := filepath.Join(dir, f.Name)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// ReadText reads an archive whose root module is at its top.
func ReadText(t testing.TB, text string) *resource.Document {
	t.Helper()
	return ReadOptions(t, text, hcl.Options{})
}

func ReadOptions(t testing.TB, text string, o hcl.Options) *resource.Document {
	t.Helper()
	dir := Unpack(t, text)
	o.Boundary = dir
	o.Dir = filepath.Join(dir, o.Dir)
	doc, err := hcl.Read(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// Failure reads an archive that cannot be read.
func Failure(t testing.TB, text string, o hcl.Options) error {
	t.Helper()
	dir := Unpack(t, text)
	o.Boundary = dir
	o.Dir = filepath.Join(dir, o.Dir)
	doc, err := hcl.Read(t.Context(), o)
	if err == nil {
		t.Fatalf("no error; %d resources, notes %q", len(doc.Resources), doc.Notes)
	}
	return err
}

// steps reads alarm_actions.0 as the arguments of Attr.
func steps(text string) []any {
	var list []any
	for part := range strings.SplitSeq(text, ".") {
		if n, err := strconv.Atoi(part); err == nil {
			list = append(list, n)
			continue
		}
		list = append(list, part)
	}
	return list
}

func Find(t testing.TB, doc *resource.Document, address string) *resource.Resource {
	t.Helper()
	for _, r := range doc.Resources {
		if r.Address == address {
			return r
		}
	}
	t.Fatalf("no %s in %q", address, Addresses(doc))
	return nil
}

func Addresses(doc *resource.Document) []string {
	var list []string
	for _, r := range doc.Resources {
		list = append(list, r.Address)
	}
	return list
}

// Describe writes a value with its sources: known texts as they are, unknown
// values as what they are made of, with ~ before a choice and " made" after
// a value that is made from its source.
func Describe(v resource.Value) string {
	switch v.Kind() {
	case resource.Unknown:
		o, _ := v.Origin()
		var refs []string
		for _, r := range o.Refs {
			refs = append(refs, strings.TrimPrefix(r.String(), "aws_sns_topic."))
		}
		text := strings.Join(refs, "+")
		switch o.Cause {
		case resource.Variable:
			return "unset(" + strings.Join(append(o.Deciders, o.Via...), ",") + ")" + text
		case resource.Outside:
			text = "outside " + text
		case resource.Opaque:
			return "opaque(" + strings.Join(o.Via, ",") + ")"
		}
		if !o.Certain {
			text = "~" + text
		} else if len(o.Refs) == 1 && !o.Exact {
			text += " made"
		}
		return text
	case resource.List:
		var parts []string
		for _, e := range v.List() {
			parts = append(parts, Describe(e))
		}
		return "[" + strings.Join(parts, " ") + "]"
	case resource.Map:
		var parts []string
		for _, k := range v.Keys() {
			parts = append(parts, k+"="+Describe(v.Get(k)))
		}
		return "{" + strings.Join(parts, " ") + "}"
	case resource.Null:
		return "null"
	}
	text, _ := v.Text()
	if v.Kind() == resource.String {
		return fmt.Sprintf("%q", text)
	}
	return text
}

// Check compares attributes: address, attribute, value as describe writes it.
func Check(t *testing.T, doc *resource.Document, want [][3]string) {
	t.Helper()
	for _, w := range want {
		r := Find(t, doc, w[0])
		if got := Describe(r.Attr(steps(w[1])...)); got != w[2] {
			t.Errorf("%s.%s\n got %s\nwant %s", w[0], w[1], got, w[2])
		}
	}
	if len(doc.Notes)+len(doc.Incomplete) > 0 {
		t.Errorf("notes %q, incomplete %q", doc.Notes, doc.Incomplete)
	}
}

func KeepTests(_ resource.Mode, typ string) bool { return typ == "aws_test" || typ == "aws_sns_topic" }

// Refused reads code that is refused: place, message and hint of each error.
func Refused(t *testing.T, code string) []string {
	t.Helper()
	dir := Unpack(t, code)
	_, err := hcl.Read(t.Context(), hcl.Options{Dir: dir, Boundary: dir})
	var all []string
	var list interface{ Unwrap() []error }
	if errors.As(err, &list) {
		for _, e := range list.Unwrap() {
			all = append(all, described(e, dir))
		}
	} else if err != nil {
		all = append(all, described(err, dir))
	}
	return all
}

func described(err error, dir string) string {
	var e *diag.Diagnostic
	if !errors.As(err, &e) {
		return err.Error()
	}
	text := strings.ReplaceAll(e.Error(), dir+"/", "")
	if e.Hint != "" {
		text += " (" + e.Hint + ")"
	}
	return text
}

// Declarations is code that the tests may refer to.
const Declarations = `
-- base.tf --
variable "topic" { default = "t" }
variable "unset" { type = string }
locals { names = ["a"] }
resource "aws_sns_topic" "t" { name = "t" }
resource "aws_sns_topic" "c" {
  count = 2
  name  = "c"
}
resource "aws_sns_topic" "f" {
  for_each = toset(["k"])
  name     = "f"
}
data "aws_region" "here" {}
module "m" {
  source = "./m"
  in     = 1
}
module "mc" {
  source = "./m"
  count  = 1
  in     = 1
}
module "mf" {
  source   = "./m"
  for_each = toset(["k"])
  in       = 1
}
module "gone" { source = "terraform-aws-modules/vpc/aws" }
-- m/main.tf --
variable "in" {}
output "out" { value = "x" }
-- main.tf --
`

// Infrastructure is the code that the expressions of the tests refer to.
const Infrastructure = `
variable "unset" {}
variable "list" {
  type    = list(string)
  default = []
}
variable "create" { default = true }
variable "hidden" { type = bool }
variable "map" {
  type    = map(string)
  default = {}
}
locals {
  topics = [aws_sns_topic.a.arn, aws_sns_topic.b.arn]
  maybe  = var.create ? aws_sns_topic.a.arn : null
}
resource "aws_sns_topic" "a" { name = "a" }
resource "aws_sns_topic" "b" { name = "b" }
resource "aws_sns_topic" "n" {
  count = 2
  name  = "n${count.index}"
}
resource "aws_sns_topic" "one" {
  count = var.create ? 1 : 0
}
resource "aws_sns_topic" "none" {
  count = var.create ? 0 : 1
}
resource "aws_sns_topic" "e" {
  for_each = toset(["x", "y"])
  name     = each.key
}
resource "aws_sqs_queue" "q" { name = "q" }
data "aws_sns_topic" "d" { name = "d" }
data "aws_ssm_parameter" "p" { name = "p" }
data "terraform_remote_state" "r" { backend = "s3" }
`
