package cfn

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/iacgate/iacgate/internal/diag"
)

// FuzzRead: whatever the bytes, there is a document or an error with words.
func FuzzRead(f *testing.F) {
	for _, pattern := range []string{"../../testdata/agree/*/template.yaml", "../../testdata/agree/*/template.json", "../../testdata/hostile/cfn/*"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, path := range paths {
			raw, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(raw)
		}
	}
	f.Add([]byte(header + "!Sub ['${a}', {a: !Select [0, !Split [':', !Ref Named]]}]"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		doc, err := Read(context.Background(), []Input{{Path: "-", Reader: bytes.NewReader(raw)}}, Options{})
		var e *diag.Diagnostic
		switch {
		case err == nil && doc == nil, err != nil && !errors.As(err, &e), err != nil && err.Error() == "":
			t.Errorf("document %v, error %v", doc, err)
		}
	})
}

// FuzzSub: what is between the placeholders of a text is kept.
func FuzzSub(f *testing.F) {
	for _, text := range []string{"a${b}c", "${!x}", "${", "}${}${ y }"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		size := 0
		for _, p := range placeholders(text) {
			size += len(p.text)
		}
		if size > len(text) {
			t.Errorf("%q: the parts have %d bytes", text, size)
		}
	})
}
