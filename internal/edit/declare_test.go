package edit

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/iacgate/iacgate/internal/verdict"
)

func TestDeclared(t *testing.T) {
	for file, c := range map[string]struct{ text, want string }{
		"main.tf":      {"variable \"v\" {}\nmodule \"m\" {}\nresource \"t\" \"n\" {}\ndata \"d\" \"x\" {}\noutput \"o\" {}\n", "data.d.x module.m output.o t.n var.v"},
		"main.tf.json": {`{"variable": {"v": {}}, "module": [{"m": {}}], "resource": {"t": [{"n": {}}, {"o": {}}]}, "data": {"d": {"x": {}}}}`, "data.d.x module.m t.n t.o var.v"},
		"t.yaml":       {"Parameters: {P: {Type: String}}\nResources:\n  R: {}\n", "P R"},
		"t.json":       {`{"Resources": {"R": {}}}`, "R"},
		"broken.tf":    {"variable \"v\" {}\nresource {", " var.v"},
		"broken.json":  {"[", ""},
	} {
		got := strings.Join(slices.Sorted(maps.Keys(Declared(file, []byte(c.text)))), " ")
		if got != c.want {
			t.Errorf("%s: %q, want %q", file, got, c.want)
		}
	}
}

// TestWithoutDeclared: what is declared already is not declared twice, and resources are
// never taken for it.
func TestWithoutDeclared(t *testing.T) {
	c := verdict.Change{Language: "hcl", Add: "variable \"v\" {\n  type = string\n}\n\nresource \"t\" \"n\" {\n  x = var.v\n}"}
	for _, tt := range []struct {
		declared []string
		want     string
	}{
		{nil, c.Add},
		{[]string{"t.n"}, c.Add},
		{[]string{"var.v"}, "resource \"t\" \"n\" {\n  x = var.v\n}"},
	} {
		declared := map[string]string{}
		for _, address := range tt.declared {
			declared[address] = "main.tf"
		}
		if got := WithoutDeclared(c, declared).Add; got != tt.want {
			t.Errorf("%v: %s\nwant\n%s", tt.declared, got, tt.want)
		}
	}
}
