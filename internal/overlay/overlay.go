// Package overlay has texts that are read in the place of files, so that an input can be
// judged as it would be after an edit that nobody has written yet.
package overlay

import (
	"maps"
	"path/filepath"

	"github.com/iacgate/iacgate/internal/repository"
)

// Files are the texts, by the files in whose place they are read. They do not change; nil
// has none.
type Files struct{ texts map[string][]byte }

// With returns the files with one text more, or another one, and leaves f as it is.
func (f *Files) With(path string, text []byte) *Files {
	out := Files{texts: map[string][]byte{}}
	if f != nil {
		maps.Copy(out.texts, f.texts)
	}
	out.texts[Key(path)] = text
	return &out
}

// Text returns the text that is read in the place of a file; ok is false where the file
// itself is.
func (f *Files) Text(path string) (text []byte, ok bool) {
	if f == nil || len(f.texts) == 0 {
		return nil, false
	}
	text, ok = f.texts[Key(path)]
	return text, ok
}

// Key is the same for every name of a file.
func Key(path string) string {
	real, err := repository.Real(path)
	if err != nil {
		return filepath.Clean(path)
	}
	return real
}
