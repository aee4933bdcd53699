package source

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/iacgate/iacgate/internal/format"
)

// An input is one input to read, or the reason why there is none.
type input struct {
	format.Input
	reader format.Reader // of a directory; files are recognised when they are opened
	err    error
}

func inputsOf(r format.Reader, found []format.Input) (inputs []input) {
	for _, in := range found {
		inputs = append(inputs, input{Input: in, reader: r})
	}
	return inputs
}

func failed(path string, err error) input {
	return input{Input: format.Input{Path: path}, err: err}
}

// dedup keeps the first of inputs that are named several times, as x, ./x and x/ or
// below a directory that is named, too. A link is another name, because the
// configuration may have its own entries for it.
func dedup(inputs []input) []input {
	seen := map[string]bool{}
	var out []input
	for _, in := range inputs {
		if key := in.dedupKey(); !seen[key] {
			seen[key] = true
			out = append(out, in)
		}
	}
	return out
}

// dedupKey returns the same key for all names of an input.
func (in input) dedupKey() string {
	if in.err != nil {
		return in.err.Error()
	}
	if full, err := filepath.Abs(in.Path); err == nil && in.Path != format.Stdin {
		return full
	}
	return in.Path
}

// commonParent returns the directory that holds all paths: one directory is its own. It is ""
// if there is none.
func commonParent(paths []string) string {
	common := ""
	for _, p := range paths {
		if p == format.Stdin {
			continue
		}
		dir, err := filepath.Abs(p)
		if err != nil {
			return ""
		}
		if !isDir(p) {
			dir = filepath.Dir(dir)
		}
		if dir, err = filepath.EvalSymlinks(dir); err != nil {
			continue // whoever reads it says so
		}
		if common == "" {
			common = dir
		}
		for !liesIn(common, dir) {
			common = filepath.Dir(common)
		}
	}
	return common
}

func liesIn(dir, path string) bool {
	separator := string(filepath.Separator)
	return dir == path || strings.HasPrefix(path, strings.TrimSuffix(dir, separator)+separator)
}

func isDir(path string) bool {
	if path == format.Stdin {
		return false
	}
	info, err := os.Stat(filepath.Clean(path))
	return err == nil && info.IsDir()
}
