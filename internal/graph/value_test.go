package graph

import (
	"testing"

	"github.com/iacgate/iacgate/internal/resource"
	"github.com/iacgate/iacgate/internal/resource/resourcetest"
	"github.com/iacgate/iacgate/internal/truth"
)

// valueOf returns a value in the notation.
func valueOf(t *testing.T, text string) resource.Value {
	t.Helper()
	return resourcetest.World(t, `aws_sns_topic "t" { v = `+text+` }`)[0].Attr("v")
}

func TestEqual(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want truth.Truth
	}{
		{`"x"`, `"x"`, truth.Yes},
		{`"x"`, `"y"`, truth.No},
		{`"1"`, `1`, truth.Yes},
		{`true`, `"true"`, truth.Yes},
		{`secret("x")`, `"x"`, truth.Yes},
		{`null`, `null`, truth.Yes},
		{`null`, `"x"`, truth.No},
		{`null`, `""`, truth.No},
		{`null`, `var.x`, truth.Unknown},
		{`var.x`, `var.x`, truth.Yes},
		{`var.x`, `var.y`, truth.Unknown},
		{`var.x`, `"x"`, truth.Unknown},
		{`"${var.x}-a"`, `"${var.x}-b"`, truth.No},
		{`"${var.x}-a"`, `"prod-a"`, truth.Unknown},
		{`"${var.x}-a"`, `"prod-b"`, truth.No},
		{`aws_kms_key.k.arn`, `aws_kms_key.k.arn`, truth.Yes},
		{`aws_kms_key.k.arn`, `aws_kms_key.k.id`, truth.Unknown},
		{`aws_kms_key.k.arn`, `"x"`, truth.Unknown},
		{`hidden()`, `hidden()`, truth.Unknown},
		{`unset()`, `unset()`, truth.Unknown},
		{`unset()`, `null`, truth.Unknown},
		{`one(aws_kms_key.k.arn)`, `one(aws_kms_key.k.arn)`, truth.Unknown},
		{`[]`, `null`, truth.No},
		{`["x"]`, `["x"]`, truth.Unknown},
	} {
		if got := Equal(valueOf(t, c.a), valueOf(t, c.b)); got != c.want {
			t.Errorf("%s and %s: %s, want %s", c.a, c.b, sure(got), sure(c.want))
		}
		if got := Equal(valueOf(t, c.b), valueOf(t, c.a)); got != c.want {
			t.Errorf("%s and %s: %s, want %s", c.b, c.a, sure(got), sure(c.want))
		}
	}
}

// Readers that know of an equal attribute and no text of it say so, too.
func TestEqualReferences(t *testing.T) {
	reference := func(attribute string, exact bool) resource.Value {
		return resource.UnknownValue(resource.Origin{
			Cause: resource.Referenced, Refs: []resource.Ref{ref("aws_kms_key.k", attribute)}, Certain: true, Exact: exact,
		})
	}
	known := resource.StringValue("x").WithOrigin(resource.Origin{Exact: true, Refs: []resource.Ref{ref("aws_kms_key.k", "arn")}})
	for _, c := range []struct {
		name string
		a, b resource.Value
		want truth.Truth
	}{
		{"one attribute", reference("arn", true), reference("arn", true), truth.Yes},
		{"two attributes", reference("arn", true), reference("id", true), truth.Unknown},
		{"one may be a text around it", reference("arn", true), reference("arn", false), truth.Unknown},
		{"a known text of it", reference("arn", true), known, truth.Unknown},
	} {
		if got := Equal(c.a, c.b); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, sure(got), sure(c.want))
		}
	}
}

// A reference has the value of its resource, if the world has it.
func TestDeref(t *testing.T) {
	const world = `
aws_cloudwatch_log_group "g" { name = "audit" }
aws_cloudwatch_log_group "u" { name = unset() }
aws_sqs_queue "q" {
  name = "inbox"
  url  = "https://example.com"
}
aws_kms_alias "a" { name = "alias/a" }
aws_s3_bucket "b" { name = "logs" }
aws_lambda_permission "p" {}
`
	for _, c := range []struct{ name, value, want string }{
		{"a name", `aws_cloudwatch_log_group.g.name`, "audit"},
		{"an id that is the name", `aws_cloudwatch_log_group.g.id`, "audit"},
		{"an attribute that is not", `aws_cloudwatch_log_group.g.arn`, "unknown"},
		{"a name that AWS makes up", `aws_cloudwatch_log_group.u.name`, "unknown"},
		{"an id that is something else", `aws_sqs_queue.q.id`, "unknown"},
		{"a name beside such an id", `aws_sqs_queue.q.name`, "inbox"},
		{"nothing of the world", `aws_cloudwatch_log_group.gone.name`, "unknown"},
		{"a type that is not in the catalog", `aws_s3_bucket.b.name`, "unknown"},
		{"an id of what has no name", `aws_lambda_permission.p.id`, "unknown"},
		{"one of two", `one(aws_cloudwatch_log_group.g.name, aws_kms_alias.a.name)`, "unknown"},
		{"made of a name", `made(aws_cloudwatch_log_group.g.name)`, "unknown"},
		{"a text around a name", `"${aws_cloudwatch_log_group.g.name}-x"`, "unknown"},
		{"a text", `"x"`, "x"},
		{"a variable", `var.x`, "unknown"},
	} {
		g := Build(resourcetest.World(t, world+"aws_sns_topic \"t\" { v = "+c.value+" }"))
		if got := shown(g.deref(g.Resource("aws_sns_topic.t").Attr("v"))); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestRefersTo(t *testing.T) {
	for _, c := range []struct {
		value string
		want  bool
	}{
		{`aws_kms_key.k.arn`, true},
		{`aws_kms_key.k.id`, false},
		{`aws_kms_key.l.arn`, false},
		{`one(aws_kms_key.k.arn, aws_kms_key.l.arn)`, false},
		{`made(aws_kms_key.k.arn)`, false},
		{`"${aws_kms_key.k.arn}"`, true},
		{`"${aws_kms_key.k.arn}x"`, false},
		{`"aws_kms_key.k.arn"`, false},
		{`var.x`, false},
	} {
		if got := refersTo(valueOf(t, c.value), "aws_kms_key.k", "arn"); got != c.want {
			t.Errorf("%s: %v", c.value, got)
		}
	}
}
