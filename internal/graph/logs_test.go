package graph

import (
	"testing"

	"github.com/iacgate/iacgate/internal/resource"
)

func TestGroupOfTrail(t *testing.T) {
	checkJoins(t, []joinCase{
		{"a reference", `
aws_cloudwatch_log_group "g" {}
aws_cloudtrail "t" { cloud_watch_logs_group_arn = aws_cloudwatch_log_group.g.arn }`, `
aws_cloudtrail.t group known aws_cloudwatch_log_group.g`},
		{"an ARN with :*", `
aws_cloudwatch_log_group "g" { name = "audit" }
aws_cloudtrail "t" { cloud_watch_logs_group_arn = "arn:aws:logs:us-east-1:111122223333:log-group:audit:*" }`, `
aws_cloudtrail.t group known aws_cloudwatch_log_group.g`},
		{"an ARN without :*", `
aws_cloudwatch_log_group "g" { name = "audit" }
aws_cloudtrail "t" { cloud_watch_logs_group_arn = "arn:aws:logs:us-east-1:111122223333:log-group:audit" }`, `
aws_cloudtrail.t group known aws_cloudwatch_log_group.g`},
		{"an ARN of another name", `
aws_cloudwatch_log_group "g" { name = "audit" }
aws_cloudtrail "t" { cloud_watch_logs_group_arn = "arn:aws:logs:us-east-1:111122223333:log-group:audit2:*" }`, `
aws_cloudtrail.t group external audit2`},
		{"an ARN in another region", `
aws_cloudwatch_log_group "g" { name = "audit" }
aws_cloudtrail "t" { cloud_watch_logs_group_arn = "arn:aws:logs:eu-west-1:111122223333:log-group:audit:*" }`, `
aws_cloudtrail.t group external audit`},
		{"an ARN in another account", `
aws_cloudwatch_log_group "g" { name = "audit" }
aws_cloudtrail "t" { cloud_watch_logs_group_arn = "arn:aws:logs:us-east-1:999988887777:log-group:audit:*" }`, `
aws_cloudtrail.t group external audit`},
		{"an ARN, and the group's region is not known", `
aws_cloudwatch_log_group "g" {
  name = "audit"
  at   = " 111122223333"
}
aws_cloudtrail "t" { cloud_watch_logs_group_arn = "arn:aws:logs:us-east-1:111122223333:log-group:audit:*" }`, `
aws_cloudtrail.t group inferred aws_cloudwatch_log_group.g`},
		{"an ARN, and the group's account is not known", `
aws_cloudwatch_log_group "g" {
  name = "audit"
  at   = "us-east-1 "
}
aws_cloudtrail "t" { cloud_watch_logs_group_arn = "arn:aws:logs:us-east-1:111122223333:log-group:audit:*" }`, `
aws_cloudtrail.t group inferred aws_cloudwatch_log_group.g`},
		{"an ARN with a variable for a name, as the group has it", `
aws_cloudwatch_log_group "g" { name = "${var.stage}-audit" }
aws_cloudtrail "t" { cloud_watch_logs_group_arn = "arn:aws:logs:us-east-1:111122223333:log-group:${var.stage}-audit:*" }`, `
aws_cloudtrail.t group known aws_cloudwatch_log_group.g`},
		{"an ARN of something else", `
aws_cloudwatch_log_group "g" { name = "audit" }
aws_cloudtrail "t" { cloud_watch_logs_group_arn = "arn:aws:s3:::audit" }`, `
aws_cloudtrail.t group unknown`},
		{"an ARN of another part of the service", `
aws_cloudwatch_log_group "g" { name = "audit" }
aws_cloudtrail "t" { cloud_watch_logs_group_arn = "arn:aws:logs:us-east-1:111122223333:destination:audit" }`, `
aws_cloudtrail.t group unknown`},
		{"a name, which a trail does not take", `
aws_cloudwatch_log_group "g" { name = "audit" }
aws_cloudtrail "t" { cloud_watch_logs_group_arn = "audit" }`, ``},
		{"the ARN of another kind of resource", `
aws_cloudtrail "t" { cloud_watch_logs_group_arn = aws_sns_topic.t.arn }`, `
aws_cloudtrail.t group unknown foreign aws_sns_topic`},
	})
}

func TestGroupOfFilter(t *testing.T) {
	checkJoins(t, []joinCase{
		{"a name", `
aws_cloudwatch_log_group "g" { name = "audit" }
aws_cloudwatch_log_metric_filter "f" { log_group_name = "audit" }`, `
aws_cloudwatch_log_metric_filter.f group known aws_cloudwatch_log_group.g`},
		{"a reference to the name", `
aws_cloudwatch_log_group "g" { name = unset() }
aws_cloudwatch_log_metric_filter "f" { log_group_name = aws_cloudwatch_log_group.g.name }`, `
aws_cloudwatch_log_metric_filter.f group known aws_cloudwatch_log_group.g`},
		{"a reference to the id", `
aws_cloudwatch_log_group "g" { name = "audit" }
aws_cloudwatch_log_metric_filter "f" { log_group_name = aws_cloudwatch_log_group.g.id }`, `
aws_cloudwatch_log_metric_filter.f group known aws_cloudwatch_log_group.g`},
		{"a reference to the id of a group whose name AWS makes up", `
aws_cloudwatch_log_group "g" { name = unset() }
aws_cloudwatch_log_metric_filter "f" { log_group_name = aws_cloudwatch_log_group.g.id }`, `
aws_cloudwatch_log_metric_filter.f group known aws_cloudwatch_log_group.g`},
		{"a reference to the ARN, which a filter does not take", `
aws_cloudwatch_log_group "g" { name = "audit" }
aws_cloudwatch_log_metric_filter "f" { log_group_name = aws_cloudwatch_log_group.g.arn }`, `
aws_cloudwatch_log_metric_filter.f group unknown`},
		{"an ARN, which a filter does not take", `
aws_cloudwatch_log_group "g" { name = "audit" }
aws_cloudwatch_log_metric_filter "f" { log_group_name = "arn:aws:logs:us-east-1:111122223333:log-group:audit" }`, ``},
		{"the name of something else that is called alike", `
aws_cloudwatch_log_group "g" { name = "audit" }
aws_cloudtrail "t" { name = "audit" }
aws_cloudwatch_log_metric_filter "f" { log_group_name = aws_cloudtrail.t.name }`, `
aws_cloudwatch_log_metric_filter.f group known aws_cloudwatch_log_group.g`},
		{"a name in another region", `
aws_cloudwatch_log_group "g" { name = "audit" }
aws_cloudwatch_log_metric_filter "f" {
  log_group_name = "audit"
  at             = "eu-west-1 111122223333"
}`, `
aws_cloudwatch_log_metric_filter.f group external audit`},
		{"a name in a region that is not known", `
aws_cloudwatch_log_group "g" { name = "audit" }
aws_cloudwatch_log_metric_filter "f" {
  log_group_name = "audit"
  at             = " 111122223333"
}`, `
aws_cloudwatch_log_metric_filter.f group inferred aws_cloudwatch_log_group.g`},
		{"the same variable", `
aws_cloudwatch_log_group "g" { name = "${var.stage}-audit" }
aws_cloudwatch_log_metric_filter "f" { log_group_name = "${var.stage}-audit" }`, `
aws_cloudwatch_log_metric_filter.f group known aws_cloudwatch_log_group.g`},
		{"a variable that may be anything", `
aws_cloudwatch_log_group "g" { name = "prod-audit" }
aws_cloudwatch_log_metric_filter "f" { log_group_name = "${var.stage}-audit" }`, `
aws_cloudwatch_log_metric_filter.f group external`},
		{"nothing", `
aws_cloudwatch_log_group "g" { name = "" }
aws_cloudwatch_log_metric_filter "f" { log_group_name = "" }`, ``},
	})
}

func TestGroupsOutsideTheInput(t *testing.T) {
	checkJoins(t, []joinCase{
		{"a trail's ARN and a filter's name meet", `
aws_cloudtrail "t" { cloud_watch_logs_group_arn = "arn:aws:logs:us-east-1:111122223333:log-group:audit:*" }
aws_cloudwatch_log_metric_filter "f" { log_group_name = "audit" }`, `
aws_cloudtrail.t group external audit
aws_cloudwatch_log_metric_filter.f group external audit`},
		{"one name in two regions is two groups", `
aws_cloudtrail "t" { cloud_watch_logs_group_arn = "arn:aws:logs:us-east-1:111122223333:log-group:audit:*" }
aws_cloudwatch_log_metric_filter "f" {
  log_group_name = "audit"
  at             = "eu-west-1 111122223333"
}`, `
aws_cloudtrail.t group external audit
aws_cloudwatch_log_metric_filter.f group external audit in eu-west-1`},
		{"a data source is outside", `
data "aws_cloudwatch_log_group" "g" { name = "audit" }
aws_cloudwatch_log_metric_filter "f" { log_group_name = "audit" }`, `
aws_cloudwatch_log_metric_filter.f group external data.aws_cloudwatch_log_group.g`},
		{"what is managed comes before what reads it", `
aws_cloudwatch_log_group "z" { name = "audit" }
data "aws_cloudwatch_log_group" "a" { name = "audit" }
aws_cloudwatch_log_metric_filter "f" { log_group_name = "audit" }`, `
aws_cloudwatch_log_metric_filter.f group known aws_cloudwatch_log_group.z`},
		{"a data source that reads what is managed", `
aws_cloudwatch_log_group "z" { name = "audit" }
data "aws_cloudwatch_log_group" "a" { name = "audit" }
aws_cloudtrail "t" { cloud_watch_logs_group_arn = data.aws_cloudwatch_log_group.a.arn }`, `
aws_cloudtrail.t group known aws_cloudwatch_log_group.z`},
		{"a data source that reads another name", `
aws_cloudwatch_log_group "z" { name = "audit2" }
data "aws_cloudwatch_log_group" "a" { name = "audit" }
aws_cloudtrail "t" { cloud_watch_logs_group_arn = data.aws_cloudwatch_log_group.a.arn }`, `
aws_cloudtrail.t group known data.aws_cloudwatch_log_group.a`},
		{"a data source that reads another region", `
aws_cloudwatch_log_group "z" { name = "audit" }
data "aws_cloudwatch_log_group" "a" {
  name = "audit"
  at   = "eu-west-1 111122223333"
}
aws_cloudtrail "t" { cloud_watch_logs_group_arn = data.aws_cloudwatch_log_group.a.arn }`, `
aws_cloudtrail.t group known data.aws_cloudwatch_log_group.a`},
		{"a data source and another of the same name", `
data "aws_cloudwatch_log_group" "a" { name = "audit" }
data "aws_cloudwatch_log_group" "b" { name = "audit" }
aws_cloudtrail "t" { cloud_watch_logs_group_arn = data.aws_cloudwatch_log_group.b.arn }`, `
aws_cloudtrail.t group known data.aws_cloudwatch_log_group.b`},
	})
}

// A group outside the input lives where its ARN or its reader says.
func TestPlaceOfGroup(t *testing.T) {
	g := built(t, `
aws_cloudtrail "t" { cloud_watch_logs_group_arn = "arn:aws:logs:eu-west-1:999988887777:log-group:of-arn:*" }
aws_cloudwatch_log_metric_filter "f" { log_group_name = "of-name" }
aws_cloudwatch_log_group "g" { at = "eu-north-1 111122223333" }
`)
	for id, want := range map[string]resource.Scope{
		"of-arn":                     {Provider: "aws", Region: "eu-west-1", Account: "999988887777"},
		"of-name":                    {Provider: "aws", Region: "us-east-1", Account: "111122223333"},
		"aws_cloudwatch_log_group.g": g.Resource("aws_cloudwatch_log_group.g").Scope,
	} {
		if got := g.LogGroup(id).Place; got != want {
			t.Errorf("%s: %+v, want %+v", id, got, want)
		}
	}
	if class, _ := g.LogGroup("of-arn").Class.Text(); class != "STANDARD" {
		t.Errorf("class %q of a group outside the input", class)
	}
}

func TestKeyOfGroup(t *testing.T) {
	checkJoins(t, []joinCase{
		{"a key, and a group that only a name stands for", `
aws_kms_key "k" {}
aws_cloudwatch_log_group "g" { kms_key_id = aws_kms_key.k.arn }
aws_cloudwatch_log_metric_filter "f" { log_group_name = "away" }`, `
aws_cloudwatch_log_metric_filter.f group external away
aws_cloudwatch_log_group.g key known aws_kms_key.k`},
	})
}

func TestMetricFilter(t *testing.T) {
	f := built(t, `
aws_cloudwatch_log_metric_filter "f" {
  name    = "denied"
  pattern = "{ $.errorCode = \"AccessDenied\" }"
  metric_transformation {
    name          = "Denied"
    namespace     = "Audit"
    value         = "1"
    default_value = "0"
    dimensions    = { User = "$.userIdentity.arn" }
  }
}`).Filter("aws_cloudwatch_log_metric_filter.f")
	for _, c := range []struct {
		what string
		got  resource.Value
		want string
	}{
		{"name", f.Name, "denied"},
		{"pattern", f.Pattern, `{ $.errorCode = "AccessDenied" }`},
		{"transformed", f.Transformed, "false"},
		{"value", f.Value, "1"},
		{"default", f.Default, "0"},
		{"metric", f.Series.Name, "Denied"},
		{"namespace", f.Series.Namespace, "Audit"},
		{"unit", f.Series.Unit, "None"},
		{"dimension", f.Series.Dimensions["User"], "$.userIdentity.arn"},
	} {
		if got, _ := c.got.Text(); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
	if f.Series.Hidden || len(f.Series.Dimensions) != 1 {
		t.Errorf("dimensions: %v", f.Series)
	}
}
