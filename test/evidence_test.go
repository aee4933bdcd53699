package test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEvidenceNamesTests: go test says ok where no test has the name, so the page
// would promise what nobody runs.
func TestEvidenceNamesTests(t *testing.T) {
	inRoot(t)
	commands := regexp.MustCompile("`go test [^`]*? \\./(\\S+)`").FindAllStringSubmatch(readFile(t, "docs/evidence.md"), -1)
	if len(commands) < 10 {
		t.Fatalf("%d commands", len(commands))
	}
	for _, command := range commands {
		files, err := filepath.Glob(filepath.Join(command[1], "*_test.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no tests: %v", command[0], err)
		}
		var tests strings.Builder
		for _, file := range files {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			tests.Write(raw)
		}
		for _, name := range regexp.MustCompile(`(?:Test|Fuzz)\w+`).FindAllString(command[0], -1) {
			if !strings.Contains(tests.String(), "\nfunc "+name+"(") {
				t.Errorf("%s has no %s", command[1], name)
			}
		}
	}
}
