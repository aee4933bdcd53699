// Package excerpt returns the few lines of code that a finding is about: the line itself
// and its neighbours in the same block.
//
// It reads nothing outside its directory, follows no link out of it, and reads no large
// file. It does not know which code is secret: package present removes that.
package excerpt

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"unicode/utf8"
)

const (
	around  = 2       // lines before and after
	widest  = 200     // bytes of a line; nothing is shown of code that has no lines, such as minified JSON
	maxFile = 4 << 20 // bytes of a file
)

// A Reader reads excerpts of files below a directory, each file once. Several
// goroutines may use it at once.
type Reader struct {
	root *os.Root // nil if there is none
	dir  string

	mu    sync.Mutex
	files map[string][]string
}

// Here reads below the working directory.
func Here() *Reader {
	dir, err := os.Getwd()
	if err != nil {
		return &Reader{}
	}
	return In(dir)
}

// In reads below a directory. If that cannot be opened there is nothing to
// show.
func In(dir string) *Reader {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return &Reader{}
	}
	return &Reader{root: root, dir: dir, files: map[string][]string{}}
}

// Around returns the lines around one, which counts from 1, and the number of
// the first of them. It returns none if the file cannot or may not be shown.
func (r *Reader) Around(file string, line int) (first int, lines []string) {
	all := r.read(file)
	if line < 1 || line > len(all) {
		return 0, nil
	}
	from, to := block(all, line-1)
	for _, l := range all[from:to] {
		if len(l) > widest || !utf8.ValidString(l) {
			return 0, nil
		}
		lines = append(lines, strings.ReplaceAll(strings.TrimRight(l, "\r"), "\t", "  "))
	}
	return from + 1, lines
}

// read returns the lines of a file, none if it is not to be shown.
func (r *Reader) read(file string) []string {
	if r.root == nil {
		return nil
	}
	name := file
	if filepath.IsAbs(file) {
		rel, err := filepath.Rel(r.dir, file)
		if err != nil {
			return nil
		}
		name = rel
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	lines, known := r.files[name]
	if !known {
		lines = r.open(filepath.Clean(name))
		r.files[name] = lines
	}
	return lines
}

func (r *Reader) open(name string) []string {
	info, err := r.root.Stat(name) // before it is opened: opening a pipe waits
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxFile {
		return nil
	}
	f, err := r.root.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil || len(raw) > maxFile {
		return nil
	}
	return strings.Split(string(raw), "\n")
}

// block returns the part of the lines around one that belongs to the same block, by
// indentation: what is next to it belongs to somebody else, whose secrets
// nobody has asked for. A line that opens a block is shown with what it opens.
func block(lines []string, at int) (from, to int) {
	own := indent(lines[at])
	from, to = at, at+1
	opens := to < len(lines) && indent(lines[to]) > own
	belongs := func(l string) bool {
		if opens {
			return indent(l) > own
		}
		return indent(l) >= own && own > 0
	}
	for to < len(lines) && to-at <= around && belongs(lines[to]) {
		to++
	}
	for !opens && from > 0 && at-from < around && belongs(lines[from-1]) {
		from--
	}
	return from, to
}

// indent returns the width of the white space before a line, -1 for an empty one.
func indent(line string) int {
	rest := strings.TrimLeft(line, " \t")
	if strings.TrimSpace(rest) == "" {
		return -1
	}
	return len(line) - len(rest)
}
