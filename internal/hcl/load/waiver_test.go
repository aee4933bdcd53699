package load_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/iacgate/iacgate/internal/hcl/hcltest"
	"github.com/iacgate/iacgate/internal/hcl/load"
	"github.com/iacgate/iacgate/internal/hcl/syntax"
	"github.com/iacgate/iacgate/internal/resource"
)

// waivers tells the waivers of every resource, then those of the input as a
// whole, then what is wrong with the rest.
func waivers(doc *resource.Document) (told []string) {
	for _, r := range doc.Resources {
		for _, i := range r.InlineWaivers {
			told = append(told, fmt.Sprintf("%s: %s %d:%d", r.Address, i.Reason, i.Position.Line, i.Position.Column))
		}
	}
	if doc.InlineWaivers == nil {
		return told
	}
	for _, i := range doc.InlineWaivers() {
		if i.Whole {
			told = append(told, "whole: "+i.Reason)
		}
		if i.Problem != "" {
			told = append(told, fmt.Sprintf("%d: %s", i.Position.Line, i.Problem))
		}
	}
	return told
}

func TestIgnores(t *testing.T) {
	for name, tc := range map[string]struct {
		text string
		want []string
	}{
		"above": {"# iacgate:ignore c r1\n# more words\n// iacgate:ignore c r2\nresource \"aws_sns_topic\" \"t\" {}\n",
			[]string{"aws_sns_topic.t: r1 1:1", "aws_sns_topic.t: r2 3:1"}},
		"beside and inside": {"resource \"aws_sns_topic\" \"t\" { # iacgate:ignore c r1\n  name = \"x\" // iacgate:ignore c r2\n  # iacgate:ignore c r3\n} /* iacgate:ignore c r4 */\n",
			[]string{"aws_sns_topic.t: r1 1:32", "aws_sns_topic.t: r2 2:14", "aws_sns_topic.t: r3 3:3", "aws_sns_topic.t: r4 4:3"}},
		"several lines": {"/*\n * iacgate:ignore c r1\n * prose\n   iacgate:ignore c r2\n */\nresource \"aws_sns_topic\" \"t\" {}\n",
			[]string{"aws_sns_topic.t: r1 2:1", "aws_sns_topic.t: r2 4:1"}},
		"behind a resource is above the next": {"resource \"aws_sns_topic\" \"s\" {\n}\n# iacgate:ignore c r\nresource \"aws_sns_topic\" \"t\" {}\n",
			[]string{"aws_sns_topic.t: r 3:1"}},
		"every instance": {"# iacgate:ignore c r\nresource \"aws_sns_topic\" \"t\" { count = 2 }\n",
			[]string{"aws_sns_topic.t[0]: r 1:1", "aws_sns_topic.t[1]: r 1:1"}},
		"no comments": {"resource \"aws_sns_topic\" \"t\" {\n  name = \"# iacgate:ignore c r\"\n  display_name = <<EOT\n# iacgate:ignore c r\n// iacgate:ignore c r\n${\"# iacgate:ignore c r\"}\nEOT\n}\n", nil},
		"behind a heredoc": {"locals {\n  x = <<EOT\na\nEOT\n}\n# iacgate:ignore c r\nresource \"aws_sns_topic\" \"t\" {}\n",
			[]string{"aws_sns_topic.t: r 6:1"}},
		"a blank line between": {"# iacgate:ignore c r\n\nresource \"aws_sns_topic\" \"t\" {}\n", []string{"1: it belongs to no block"}},
		"behind other code":    {"locals { a = 1 } \n variable \"x\" {} # iacgate:ignore c r\nresource \"aws_sns_topic\" \"t\" {}\n", []string{"2: a variable block has nothing to waive"}},
		"without a reason":     {"# iacgate:ignore c\nresource \"aws_sns_topic\" \"t\" {}\n", []string{"1: a reason is missing"}},
		"the whole root":       {"terraform {\n  # iacgate:ignore c r\n}\nresource \"aws_sns_topic\" \"t\" {}\n", []string{"whole: r"}},
		"windows":              {"# iacgate:ignore c r\r\nresource \"aws_sns_topic\" \"t\" {}\r\n", []string{"aws_sns_topic.t: r 1:1"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, waivers(hcltest.ReadText(t, "-- main.tf --\n"+tc.text))); diff != "" {
				t.Errorf("waivers (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTooManyIgnores(t *testing.T) {
	line := "# iacgate:ignore c r\n"
	got := waivers(hcltest.ReadText(t, "-- main.tf --\nresource \"aws_sns_topic\" \"t\" {\n"+strings.Repeat(line, 300)+"}\n"))
	if want := "202: more than 200 waivers in one file"; len(got) != 201 || got[200] != want {
		t.Errorf("%d, the last %q, want %q", len(got), got[len(got)-1], want)
	}
}

func TestIgnoresOfModules(t *testing.T) {
	doc := hcltest.ReadText(t, `
-- main.tf --
module "a" { source = "./m" }
# iacgate:ignore c call
module "b" { source = "./m" }
module "far" { source = "x/y/z" }
-- main_override.tf --
module "a" {
  # iacgate:ignore c override
}
-- m/main.tf --
terraform {
  # iacgate:ignore c inner
}
# iacgate:ignore c own
resource "aws_sns_topic" "t" {}
-- .terraform/modules/modules.json --
{"Modules":[{"Key":"far","Source":"registry.terraform.io/x/y/z","Dir":".terraform/modules/far"}]}
-- .terraform/modules/far/main.tf --
# iacgate:ignore c strangers
resource "aws_sns_topic" "t" {}
`)
	want := []string{
		"module.a.aws_sns_topic.t: override 2:3", "module.a.aws_sns_topic.t: own 4:1",
		"module.b.aws_sns_topic.t: call 2:1", "module.b.aws_sns_topic.t: own 4:1",
	}
	if diff := cmp.Diff(want, waivers(doc)); diff != "" {
		t.Errorf("waivers (-want +got):\n%s", diff)
	}
	if len(doc.Notes) != 1 || !strings.HasSuffix(doc.Notes[0], ".terraform/modules/far/main.tf:1: a waiver in an installed module has no effect; write it at the module call") {
		t.Errorf("notes %q", doc.Notes)
	}
}

// TestIgnoresOfInstalledModules: code of elsewhere waives nothing, wherever the
// manifest says that it lies and whatever it calls; the call of it does.
func TestIgnoresOfInstalledModules(t *testing.T) {
	doc := hcltest.ReadText(t, `
-- main.tf --
# iacgate:ignore c call
module "far" { source = "x/y/z" }
module "near" { source = "./near" }
module "cached" { source = "./.terraform/modules/cached" }
-- .terraform/modules/modules.json --
{"Modules":[{"Key":"far","Source":"registry.terraform.io/x/y/z","Version":"1.0.0","Dir":"vendored"},
{"Key":"far.inner","Source":"./inner","Dir":"vendored/inner"}]}
-- vendored/main.tf --
# iacgate:ignore c, c2
module "inner" { source = "./inner" }
-- vendored/inner/main.tf --
# iacgate:ignore c strangers
resource "aws_sns_topic" "t" {}
-- near/main.tf --
# iacgate:ignore c near
resource "aws_sns_topic" "t" {}
-- .terraform/modules/cached/main.tf --
# iacgate:ignore c cached
resource "aws_sns_topic" "t" {}
`)
	want := []string{"module.far.module.inner.aws_sns_topic.t: call 1:1", "module.near.aws_sns_topic.t: near 1:1"}
	if diff := cmp.Diff(want, waivers(doc)); diff != "" {
		t.Errorf("waivers (-want +got):\n%s", diff)
	}
	if len(doc.Notes) != 3 || len(doc.InlineWaivers()) != 2 {
		t.Errorf("notes %q, waivers %d", doc.Notes, len(doc.InlineWaivers()))
	}
}

// FuzzIgnores: whatever surrounds a comment, it is found once, or the code
// is none.
func FuzzIgnores(f *testing.F) {
	f.Add("resource \"aws_sns_topic\" \"t\" {\n", "}\n")
	f.Add("", "resource \"aws_sns_topic\" \"t\" {}\n")
	f.Add("locals { x = <<EOT\n", "EOT\n}\n")
	f.Add("/* ", " */\n")
	f.Fuzz(func(t *testing.T, before, after string) {
		if strings.Contains(before+after, "iacgate") {
			return
		}
		source := []byte(before + "# iacgate:ignore c r\n" + after)
		body, diags := syntax.ParseConfig(source, "main.tf")
		if diags.HasErrors() {
			return
		}
		g := load.NewWaivers()
		g.Note(source, "main.tf", "main.tf", body)
		if len(g.All) > 1 {
			t.Errorf("%d waivers of one", len(g.All))
		}
		for _, i := range g.All {
			if want := 1 + strings.Count(before, "\n"); i.Position.Line != want {
				t.Errorf("line %d, want %d", i.Position.Line, want)
			}
		}
	})
}
