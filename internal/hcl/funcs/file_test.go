package funcs_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/hcl"
	"github.com/iacgate/iacgate/internal/hcl/load"
)

// TestNotOurs: what we refuse to read, or is too much for us, Terraform may well have
// a value for. No can, try or fileexists decides on that.
func TestNotOurs(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		".git/HEAD": "ref", "here.txt": "x", "big.txt": strings.Repeat("x", load.MaxFile+1), "sub/here.txt": "x", "latin.txt": "\xff",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	rows := map[string]string{
		`fileexists("here.txt")`: "true", `fileexists("sub/here.txt")`: "true", `fileexists("none.txt")`: "false",
		`can(file("none.txt"))`: "false", `can(file("sub"))`: "false", `can(file("here.txt"))`: "true", `can(file("latin.txt"))`: "false",
		`can(tonumber("x"))`: "false", `can(jsondecode("{"))`: "false", `can(regex("(", "x"))`: "false", `try(file("none.txt"), "") == ""`: "true",

		`fileexists("/etc/hostname")`: "unknown", `fileexists("big.txt")`: "unknown", `fileexists(".git/HEAD")`: "unknown", `fileexists("../x")`: "unknown", `fileexists("~/.bashrc")`: "unknown",
		`can(file("/etc/hostname"))`: "unknown", `can(filesha256("big.txt"))`: "unknown", `can(filemd5(".git/HEAD"))`: "unknown", `can(templatefile("/etc/hostname", {}))`: "unknown",
		`try(file("/etc/hostname"), "") == ""`: "unknown", `try(file(".git/HEAD"), "") == ""`: "unknown", `core::fileexists("/etc/hostname")`: "unknown",
		`alltrue([for f in ["/etc/hostname"] : fileexists(f)])`: "unknown",

		`can(regex(join("", [for i in range(1000) : "aaaaa"]), "a"))`: "unknown",
		`can(tonumber(join("", [for i in range(1000) : "11"])))`:      "unknown",
		`can(tonumber("1e70000"))`:                                    "unknown",
		`can(1 + join("", [for i in range(1000) : "11"]))`:            "unknown",
		`can(jsondecode(join("", [for i in range(300) : "["])))`:      "unknown",
		`can(setproduct(range(600), range(600)))`:                     "unknown",
		`can(format("%500000d", 1))`:                                  "unknown",
		`try(tonumber("1e70000"), 0) == 0`:                            "unknown",
	}
	var code strings.Builder
	names := map[string]string{}
	n := 0
	for expr := range rows {
		name := "aws_sns_topic.t" + string(rune('a'+n/26)) + string(rune('a'+n%26))
		names[name] = expr
		code.WriteString("resource \"aws_sns_topic\" \"" + strings.TrimPrefix(name, "aws_sns_topic.") + "\" {\n fifo_topic = " + expr + "\n}\n")
		n++
	}
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(code.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	doc, err := hcl.Read(t.Context(), hcl.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range doc.Resources {
		got := "unknown"
		if v, known := r.Attr("fifo_topic").Truth(); known {
			got = map[bool]string{true: "true", false: "false"}[v]
		}
		if expr := names[r.Address]; got != rows[expr] {
			t.Errorf("%s is %s, want %s", expr, got, rows[expr])
		}
	}
	if len(doc.Resources) != n {
		t.Errorf("%d resources, want %d", len(doc.Resources), n)
	}
}
