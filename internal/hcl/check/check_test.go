package check_test

import (
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/hcl/hcltest"
)

// TestReferences holds what Terraform 1.11 says of names, in local values: they
// are verified whether or not anybody reads them.
func TestReferences(t *testing.T) {
	for expr, want := range map[string]string{
		`var.topc`:                         `var.topc: no such variable (did you mean var.topic?)`,
		`var.nothing_like_it`:              `var.nothing_like_it: no such variable (declare it: variable "nothing_like_it" {})`,
		`local.name`:                       `local.name: no such local value (did you mean local.names?)`,
		`module.mm.out`:                    `module.mm: no such module call (did you mean module.m?)`,
		`module.m.outt`:                    `module.m.outt: the module has no such output (did you mean out?)`,
		`module.mc[0].nope`:                `module.mc.nope: the module has no such output (declare it in the module: output "nope" { value = ... })`,
		`module.mf["k"].nope`:              `module.mf.nope: the module has no such output (declare it in the module: output "nope" { value = ... })`,
		`module.mc[var.topic].nope`:        `module.mc.nope: the module has no such output (declare it in the module: output "nope" { value = ... })`,
		`module.mc.out`:                    `module.mc.out: module.mc has count (write module.mc[0].out or module.mc[*].out)`,
		`aws_sns_topic.tt.arn`:             `aws_sns_topic.tt: no such resource (did you mean aws_sns_topic.t?)`,
		`data.aws_region.her.name`:         `data.aws_region.her: no such data source (did you mean data.aws_region.here?)`,
		`aws_region.here.name`:             `aws_region.here: no such resource (did you mean data.aws_region.here?)`,
		`vars.topic`:                       `vars.topic: no such resource (did you mean var.topic?)`,
		`aws_sns_topic.t[0].arn`:           `aws_sns_topic.t[0].arn: aws_sns_topic.t has neither count nor for_each (write aws_sns_topic.t.arn)`,
		`aws_sns_topic.c.arn`:              `aws_sns_topic.c.arn: aws_sns_topic.c has count (write aws_sns_topic.c[0].arn or aws_sns_topic.c[*].arn)`,
		`aws_sns_topic.f.arn`:              `aws_sns_topic.f.arn: aws_sns_topic.f has for_each (write aws_sns_topic.f[each.key].arn or the key of an instance)`,
		`aws_sns_topic.t.arnn`:             `aws_sns_topic.t.arnn: no such attribute (did you mean arn?)`,
		`nothing`:                          `nothing: no value has this name (write it in quotes, or var.nothing or local.nothing)`,
		`var`:                              `var: not a value by itself (write var.name)`,
		`each.key`:                         `each.key: no for_each here (it is allowed only in a resource or module call with for_each)`,
		`count.index`:                      `count.index: no count here (it is allowed only in a resource or module call with count)`,
		`self.arn`:                         `self: allowed only in provisioners, connections and postconditions (write the address of the resource)`,
		`path.modul`:                       `path.modul: no such value (did you mean module?)`,
		`terraform.workspac`:               `terraform.workspac: no such value (did you mean workspace?)`,
		`uper("x")`:                        `uper(): no such function (did you mean upper?)`,
		`true ? 1 : local.nope`:            `local.nope: no such local value (did you mean local.names?)`,
		`try(var.nope, 1)`:                 `var.nope: no such variable (declare it: variable "nope" {})`,
		`can(aws_sns_topic.x.arn)`:         `aws_sns_topic.x: no such resource (did you mean aws_sns_topic.c?)`,
		`[for x in [1] : y]`:               `y: no value has this name (write it in quotes, or var.y or local.y)`,
		`"a${local.nope}b"`:                `local.nope: no such local value (did you mean local.names?)`,
		`convert(local.nope, set(string))`: `local.nope: no such local value (did you mean local.names?)`,
		`{ (local.nope) = 1 }`:             `local.nope: no such local value (did you mean local.names?)`,
		`{ nope = 1 }`:                     ``,
		`try(module.m.nope, foo(), 1)`:     ``,
		`true ? 1 : module.m.nope`:         ``,
		`true ? 1 : foo()`:                 ``,
		`[for x in [] : module.m.nope]`:    ``,
		`[for k, v in { a = 1 } : "${k}${v}" if k != "b"]`:    ``,
		`"%{ for x in local.names ~}${x}%{ endfor ~}"`:        ``,
		`convert(["a"], set(string))`:                         ``,
		`convert({}, object({ a = optional(list(string)) }))`: ``,
		`module.gone.whatever`:                                ``,
		`module.gone[0].whatever`:                             ``,
		`module.mf.k.out`:                                     ``,
		`aws_sns_topic.c[*].arn`:                              ``,
		`aws_sns_topic.c.*.arn`:                               ``,
		`aws_sns_topic.t.of_a_newer_provider`:                 ``,
		`resource.aws_sns_topic.t.arn`:                        ``,
		`provider::aws::arn_parse(aws_sns_topic.t.arn)`:       ``,
		`ephemeral.aws_secret.x.value`:                        ``,
		`[path.module, path.root, path.cwd]`:                  ``,
		`terraform.workspace`:                                 ``,
		`core::upper("x")`:                                    ``,
	} {
		got := strings.Join(hcltest.Refused(t, hcltest.Declarations+"locals {\n  x = "+expr+"\n}\n"), "; ")
		if _, said, ok := strings.Cut(got, " "); got != "" && ok && strings.HasPrefix(got, "main.tf:2:") {
			got = said
		}
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", expr, got, want)
		}
	}
}

// TestVerified holds what is refused, and what is not, besides names in local
// values.
func TestVerified(t *testing.T) {
	for _, tt := range []struct{ name, code, want string }{
		{"list", `variable "x" { type = list }`, ``},
		{"map", `variable "x" { type = map }`, ``},
		{"set", `variable "x" { type = set }`, `main.tf:1:23: type = set: the element type is missing (write type = set(any), or set(string))`},
		{"quoted", `variable "x" { type = "string" }`, `main.tf:1:23: type = "string": a type in quotes (write type = string)`},
		{"quoted list", `variable "x" { type = "list" }`, `main.tf:1:23: type = "list": a type in quotes (write type = list(string))`},
		{"no type", `variable "x" { type = strng }`, `main.tf:1:23: invalid type specification (The keyword "strng" is not a valid type specification.)`},
		{"default of names", `variable "x" { default = local.names }`, `main.tf:1:26: the default of var.x: variables not allowed: variables may not be used here (move it into a local value)`},
		{"default of another type", "variable \"x\" {\n  type    = number\n  default = \"a\"\n}", `main.tf:3:13: the default of var.x: a number is required (write a number)`},
		{"validation", "variable \"x\" {\n  validation {\n    condition     = var.xx != 1\n    error_message = \"\"\n  }\n}", `main.tf:3:21: var.xx: no such variable (did you mean var.x?)`},
		{"output", `output "o" {}`, `main.tf:1:1: output.o: no value (write value = ...)`},
		{"provider", "provider \"aws\" {\n  region = local.nope\n}", `main.tf:2:12: local.nope: no such local value (did you mean local.names?)`},
		{"argument of a module", "module \"x\" {\n  source = \"./m\"\n  in     = 1\n  inn    = 1\n}", `main.tf:4:3: module.x.inn: the module has no such variable (did you mean in?)`},
		{"without an argument", "module \"x\" {\n  source = \"./m\"\n}", `main.tf:1:1: module.x: no value for in, which has no default (write in = ...)`},
		{"without a source", "module \"x\" {}", `main.tf:1:1: module.x: no source (write source = "./directory")`},
		{"said once", "locals {\n  x = var.nope\n  y = var.nope\n}", `main.tf:2:7: var.nope: no such variable (declare it: variable "nope" {})`},
		{"in order", "locals {\n  z = var.p\n  y = var.q\n}", `main.tf:2:7: var.p: no such variable (declare it: variable "p" {}); main.tf:3:7: var.q: no such variable (declare it: variable "q" {})`},
		{"block as argument", "data \"aws_iam_policy_document\" \"d\" {\n  statement {\n    principals = {\n      type = \"AWS\"\n    }\n  }\n}",
			`main.tf:3:5: data.aws_iam_policy_document.d.principals: a block is written as an argument (write principals { ... }, without =)`},
		{"blocks as argument", "resource \"aws_cloudtrail\" \"t\" {\n  event_selector = [{}]\n}", `main.tf:2:3: aws_cloudtrail.t.event_selector: a block is written as an argument (write event_selector { ... }, without =)`},
		{"argument as block", "resource \"aws_cloudwatch_metric_alarm\" \"a\" {\n  alarm_actions {}\n}", `main.tf:2:3: aws_cloudwatch_metric_alarm.a.alarm_actions: an argument is written as a block (write alarm_actions = ...)`},
		{"attributes as blocks", "resource \"aws_security_group\" \"g\" {\n  ingress = []\n}\nresource \"aws_s3_bucket\" \"b\" {\n  grant = []\n}", ``},
		{"what is not an expression", `
resource "aws_sns_topic" "x" {
  provider   = aws.other
  depends_on = [aws_sns_topic.t, module.m]
  lifecycle {
    ignore_changes       = [policy, tags["x"]]
    replace_triggered_by = [aws_sns_topic.t.name]
    postcondition {
      condition     = self.arn != ""
      error_message = "${self.name}"
    }
    action_trigger {
      events  = [after_create]
      actions = [action.aws_lambda_invoke.x]
    }
  }
  provisioner "local-exec" {
    when       = destroy
    on_failure = continue
    command    = "echo ${self.arn}"
  }
  dynamic "of_another_provider" {
    for_each = local.names
    iterator = it
    content {
      name = it.value
      dynamic "inner" {
        for_each = [it.key]
        content { name = "${inner.value}${it.value}" }
      }
    }
  }
}
removed { from = aws_sns_topic.old }
moved {
  from = aws_sns_topic.a
  to   = aws_sns_topic.t
}
import {
  to = aws_sns_topic.imported
  id = "x"
}
check "c" {
  data "aws_region" "inner" {}
  assert {
    condition     = data.aws_region.inner.name != ""
    error_message = "x"
  }
}
`, ``},
		{"depends on", "resource \"aws_sns_topic\" \"x\" {\n  depends_on = [aws_sns_topic.zzzzz]\n}", `main.tf:2:17: aws_sns_topic.zzzzz: no such resource (did you mean aws_sns_topic.c?)`},
	} {
		if got := strings.Join(hcltest.Refused(t, hcltest.Declarations+tt.code+"\n"), "; "); got != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

// TestVerifiedJSON: what native syntax refuses in quotes is JSON's way to write.
func TestVerifiedJSON(t *testing.T) {
	for _, tt := range []struct{ code, want string }{
		{`{"variable": {"x": {"type": "list(string)"}, "y": {"type": "map"}}}`, ``},
		{`{"variable": {"x": {"type": "strng"}}}`, `x.tf.json:1:29: invalid type specification (The keyword "strng" is not a valid type specification.)`},
		{`{"locals": {"x": "${var.topc}"}}`, `x.tf.json:1:21: var.topc: no such variable (did you mean var.topic?)`},
		{`{"data": {"aws_iam_policy_document": {"d": {"statement": {"principals": {"type": "AWS", "identifiers": ["*"]}}}}}}`, ``},
		{`{"resource": {"x_y": {"z": {"a": {"dynamic": {"b": {"for_each": ["c"], "content": {"d": "${b.value}"}}}}}}}}`, ``},
		{`{"resource": {"x_y": {"z": {"dynamic": {"b": {"for_each": ["c"], "iterator": "it", "content": {"d": "${it.value}"}}}}}}}`, ``},
		{`{"resource": {"x_y": {"z": {"depends_on": ["aws_sns_topic.t"], "lifecycle": {"ignore_changes": ["all"]}}}}}`, ``},
	} {
		code := strings.Replace(hcltest.Declarations, "-- main.tf --", "-- x.tf.json --", 1) + tt.code + "\n"
		if got := strings.Join(hcltest.Refused(t, code), "; "); got != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.code, got, tt.want)
		}
	}
}

// TestVerifiedModules: every module that is called is verified, however often it
// is there.
func TestVerifiedModules(t *testing.T) {
	for _, tt := range []struct{ name, code, want string }{
		{"count 0", "-- main.tf --\nmodule \"m\" {\n  source = \"./m\"\n  count  = 0\n}\n-- m/m.tf --\nmodule \"n\" { source = \"./n\" }\n-- m/n/n.tf --\noutput \"x\" { value = local.x }\n",
			`m/n/n.tf:1:22: local.x: no such local value (declare it: locals { x = ... })`},
		{"not called", "-- main.tf --\n-- m/m.tf --\noutput \"x\" { value = local.x }\n", ``},
		{"itself", "-- main.tf --\nmodule \"m\" {\n  source = \"./\"\n  count  = 0\n}\n", ``},
		{"Terragrunt", "-- terragrunt.hcl --\n-- main.tf --\noutput \"x\" { value = var.generated }\n", ``},
		{"overridden", "-- main.tf --\nvariable \"x\" { type = list }\n-- x_override.tf --\nvariable \"x\" { default = [] }\n", ``},
	} {
		if got := strings.Join(hcltest.Refused(t, tt.code), "; "); got != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.name, got, tt.want)
		}
	}
}
