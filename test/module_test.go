package test

import (
	"testing"

	"golang.org/x/mod/zip"
)

// TestModule: go install takes the repository as a module's zip, which has rules
// for names and sizes, and is refused whole where one file breaks them:
// https://go.dev/ref/mod#zip-path-size-constraints.
func TestModule(t *testing.T) {
	inRoot(t)
	files, err := zip.CheckDir(".")
	if err != nil {
		t.Fatal(err)
	}
	if err := files.Err(); err != nil {
		t.Error(err)
	}
	if len(files.Valid) < 100 {
		t.Errorf("the module has %d files", len(files.Valid))
	}
}
