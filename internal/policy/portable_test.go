package policy

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestShipped(t *testing.T) {
	shipped, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"lib/chain.rego", "lib/links.rego", "lib/links_alarm.rego", "lib/links_events.rego", "lib/remarks.rego", "main.rego", "server/report.rego"}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(shipped))); diff != "" {
		t.Error(diff)
	}
}

// policyFiles writes files below a directory and returns it.
func policyFiles(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestPortable: names say nothing of the machine, a file that is named twice is there once, and
// only the packages that are asked for have rules.
func TestPortable(t *testing.T) {
	dir := policyFiles(t, map[string]string{
		"acme/tags.rego":  "package acme.tags\n\nimport data.acme.names\n\ndeny contains \"x\" if names.odd\n\nexception contains [\"\"]\n",
		"acme/names.rego": "package acme.names\n\nodd := true\n", "acme/tags_test.rego": "package acme.tags_test\n",
		"main.rego": "package main\n\nwarn contains \"y\"\n",
	})
	file := filepath.Join(dir, "main.rego")
	p, err := LoadPortable(UserOptions{Paths: []string{dir, file}, Namespaces: []string{"acme.tags"}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"1/acme/names.rego", "1/acme/tags.rego", "1/main.rego"}, slices.Sorted(maps.Keys(p.Files))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Rules{{"acme.tags", []string{"exception", "deny"}}}, p.Packages); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"acme", "main"}, p.Roots); diff != "" {
		t.Error(diff)
	}
	alone, err := LoadPortable(UserOptions{Paths: []string{file}})
	if err != nil || alone.Files["1/main.rego"] == nil {
		t.Errorf("%v, %v", alone, err)
	}
}

// TestPortableNeedsNoPlan: a server has the document alone.
func TestPortableNeedsNoPlan(t *testing.T) {
	for name, text := range map[string]string{
		"reads data.iacgate.document": "package main\n\ndeny contains \"x\" if data.iacgate.document.resource_changes\n",
		"no package":                  "package other\n\ndeny contains \"x\"\n",
		"unexpected":                  "package main\n\ndeny contains {\n",
	} {
		dir := policyFiles(t, map[string]string{"x.rego": text})
		if _, err := LoadPortable(UserOptions{Paths: []string{dir}}); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%v, want %s", err, name)
		}
	}
}
