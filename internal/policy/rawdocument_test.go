package policy

import (
	"os"
	"path/filepath"
	"testing"
)

// TestReadsRaw: the raw document is asked for by those alone that can see it.
func TestReadsRaw(t *testing.T) {
	for rule, want := range map[string]bool{
		`deny contains "a" if input.alarms`:                                  false,
		`deny contains "a" if data.prefix`:                                   false,
		`deny contains "a" if data.iacgate.other`:                            false,
		`deny contains "a" if data.iacgate.document.resource_changes`:        true,
		`deny contains "a" if data.iacgate`:                                  true,
		`deny contains "a" if data.iacgate[input.path].resource_changes`:     true,
		`deny contains "a" if data[input.path].document`:                     true,
		`deny contains "a" if walk(data.iacgate.document, [_, "x"])`:         true,
		"import data.iacgate.document as plan\ndeny contains 1 if plan.a":    true,
		"import data.acme\ndeny contains \"a\" if acme.document":             false,
		`deny contains "a" if { a := {"iacgate": {}}; a.iacgate == {} }`:     false,
		`deny contains "a" if every c in data.iacgate.document { c == "x" }`: true,
	} {
		file := filepath.Join(t.TempDir(), "p.rego")
		if err := os.WriteFile(file, []byte("package main\n\n"+rule+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		u, err := LoadUser(UserOptions{Paths: []string{file}})
		if err != nil {
			t.Fatalf("%s: %v", rule, err)
		}
		if u.ReadsRaw() != want {
			t.Errorf("%s: reads the raw document: %t, want %t", rule, !want, want)
		}
	}
}
