package load

import (
	"os"
	"path/filepath"
	"testing"
)

// What code may read is told from its texts: of what is not known of a path any
// characters do, and a name that merely has a file's letters is not a path.
func TestPathsThatCodeNames(t *testing.T) {
	for code, tt := range map[string]struct{ reads, not string }{
		`x = file("a.json")`:                                                        {"root/a.json", "root/mod/a.json"},
		`x = file("${path.module}/a.json")`:                                         {"root/mod/a.json", "root/a.json"},
		`x = file("${path.root}/a.json")`:                                           {"root/a.json", "root/mod/a.json"},
		`x = file("${path.cwd}/a.json")`:                                            {"root/a.json", "root/mod/a.json"},
		`x = file("../a.json")`:                                                     {"a.json", "root/a.json"},
		`x = yamldecode(file("${path.module}/../a.yaml"))`:                          {"root/a.yaml", "root/mod/a.yaml"},
		`x = templatefile("a.tftpl", {})`:                                           {"root/a.tftpl", "a.tftpl"},
		`x = filesha256("a.zip")`:                                                   {"root/a.zip", "a.zip"},
		`x = fileset(path.module, "*")`:                                             {"root/mod/a", "root/a"},
		`x = fileset("${path.module}/rules", "**/*.yaml")`:                          {"root/mod/rules/b/a.yaml", "root/mod/rules/a.json"},
		`x = [for k in var.names : file("${path.module}/${k}.json")]`:               {"root/mod/a.json", "root/a.json"},
		`x = file("${var.dir}/a.json")`:                                             {"elsewhere/a.json", "elsewhere/b.json"},
		`x = file(join("/", [path.module, "a.json"]))`:                              {"root/mod/a.json", "root/b.json"},
		`x = file(format("%s/a-%03d.json", path.module, var.n))`:                    {"root/mod/a-007.json", "root/mod/b-007.json"},
		"x = file(local.p)\n}\nlocals {\n p = \"${local.d}/a.json\"\n d = \"../d\"": {"d/a.json", "root/d/a.json"},
		`x = var.y ? "a.json" : "b.json"`:                                           {"root/b.json", "root/c.json"},
		`x = "alerts"`:                                                              {"", "root/alerts"},
		`x = ["*", ".", "/", "${var.a}.${var.b}"]`:                                  {"", "root/mod/a.b"},
		`source = "./a.d"`:                                                          {"", "root/a.d"},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte("module \"m\" {\n"+code+"\n}\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		covers := func(file string) bool {
			for _, p := range PathsIn(dir, dir) {
				if p.Covers("root", "root/mod", file) {
					return true
				}
			}
			return false
		}
		if tt.reads != "" && !covers(tt.reads) || covers(tt.not) {
			t.Errorf("%s: %v", code, PathsIn(dir, dir))
		}
	}
}
