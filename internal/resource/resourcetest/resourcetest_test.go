package resourcetest

import (
	"testing"

	"github.com/iacgate/iacgate/internal/resource"
)

func TestWorld(t *testing.T) {
	world := World(t, `
aws_sns_topic "b" {
  name    = "alerts"
  numbers = [1, 2.5, true, null]
  inner   = { deep = var.x }
  block { of = one(aws_sns_topic.a.arn, aws_sns_topic.c.arn) }
  block { of = made(aws_sns_topic.a.arn) }
  text    = "${aws_sns_topic.a.arn}:*"
  plain   = "${"no"}thing"
  unset   = unset()
  hidden  = hidden()
  local   = local.x
  away    = outside("data.x.y")
  secret  = secret("s3cret")
  at      = "eu-west-1 999988887777"
  uncertain = "count is not known"
}
data "aws_sns_topic" "a" { name = "a" }
`)
	if len(world) != 2 || world[1].Address != "data.aws_sns_topic.a" || world[1].Mode != resource.Data || world[1].Scope.Region != Region {
		t.Fatalf("%+v", world)
	}
	r := world[0]
	if r.Scope.Region != "eu-west-1" || r.Scope.Account != "999988887777" || r.Uncertain == "" || !r.Attr("at").IsNull() {
		t.Errorf("place: %+v", r)
	}
	if text, _ := r.Attr("numbers", 1).Text(); text != "2.5" || !r.Attr("numbers", 3).IsNull() {
		t.Errorf("numbers: %v", r.Attr("numbers"))
	}
	origin := func(path ...any) resource.Origin {
		o, _ := r.Attr(path...).Origin()
		return o
	}
	if o := origin("inner", "deep"); o.Cause != resource.Variable || o.Text() != "what var.x decides" {
		t.Errorf("variable: %+v", o)
	}
	if o := origin("block", 0, "of"); len(o.Refs) != 2 || o.Certain || o.Exact {
		t.Errorf("one: %+v", o)
	}
	if o := origin("block", 1, "of"); !o.Made {
		t.Errorf("made: %+v", o)
	}
	if o := origin("text"); o.Cause != resource.Referenced || o.Exact || o.Symbolic != resource.Symbol("aws_sns_topic.a.arn")+":*" {
		t.Errorf("text: %+v", o)
	}
	if text, ok := r.Attr("plain").Text(); !ok || text != "nothing" {
		t.Errorf("plain: %q", text)
	}
	for name, cause := range map[string]resource.Cause{"unset": resource.Computed, "hidden": resource.Opaque, "local": resource.Local, "away": resource.Outside} {
		if o := origin(name); o.Cause != cause {
			t.Errorf("%s: %+v", name, o)
		}
	}
	if !r.Attr("secret").IsSensitive() {
		t.Error("secret is told")
	}
}

// A wrong notation is an error, not another world.
func TestMistakes(t *testing.T) {
	for _, text := range []string{
		`aws_sns_topic "a" { at = "nowhere" }`, `aws_sns_topic { }`, `data "aws_sns_topic" { }`, `aws_sns_topic "a" { x = nothing() }`,
		`aws_sns_topic "a" { x = aws_sns_topic.b }`, `aws_sns_topic "a" { x = "a ${hidden()}" }`, `aws_sns_topic "a" { x = 1 + }`,
	} {
		silent := &recorder{TB: t}
		func() {
			defer func() { _ = recover() }()
			World(silent, text)
		}()
		if !silent.failed {
			t.Errorf("%s: accepted", text)
		}
	}
}

type recorder struct {
	testing.TB
	failed bool
}

func (r *recorder) Helper() {}

func (r *recorder) Fatal(...any) { r.failed = true; panic("stop") }

func (r *recorder) Fatalf(string, ...any) { r.failed = true; panic("stop") }
