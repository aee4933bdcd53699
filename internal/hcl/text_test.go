package hcl

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/iacgate/iacgate/internal/resource"
)

// unpack writes the files of an archive into a new directory. A text without
// file names is main.tf.
func unpack(t testing.TB, text string) string {
	t.Helper()
	dir := t.TempDir()
	a := txtar.Parse([]byte(text))
	if len(a.Files) == 0 {
		a.Files = []txtar.File{{Name: "main.tf", Data: []byte(text)}}
	}
	for _, f := range a.Files {
		p := filepath.Join(dir, f.Name)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// readText reads an archive whose root module is at its top.
func readText(t testing.TB, text string) *resource.Document {
	t.Helper()
	return readOptions(t, text, Options{})
}

func readOptions(t testing.TB, text string, o Options) *resource.Document {
	t.Helper()
	dir := unpack(t, text)
	o.Boundary = dir
	o.Dir = filepath.Join(dir, o.Dir)
	doc, err := Read(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// failure reads an archive that cannot be read.
func failure(t testing.TB, text string, o Options) error {
	t.Helper()
	dir := unpack(t, text)
	o.Boundary = dir
	o.Dir = filepath.Join(dir, o.Dir)
	doc, err := Read(t.Context(), o)
	if err == nil {
		t.Fatalf("no error; %d resources, notes %q", len(doc.Resources), doc.Notes)
	}
	return err
}

// steps reads alarm_actions.0 as the arguments of Attr.
func steps(text string) []any {
	var list []any
	for part := range strings.SplitSeq(text, ".") {
		if n, err := strconv.Atoi(part); err == nil {
			list = append(list, n)
			continue
		}
		list = append(list, part)
	}
	return list
}
