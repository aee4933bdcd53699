package hcl

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// maxFile is how large one file may be. Real ones rarely reach 1 MiB.
const maxFile = 4 << 20

// A tree is the part of the file system that may be read. Paths in it are
// relative to the boundary, with slashes.
type tree struct {
	root  *os.Root
	base  string // the boundary, absolute and without symbolic links
	dir   string // the root module in the tree
	shown string // the root module as the user names it
}

func openTree(o Options) (*tree, error) {
	shown := o.Dir
	if shown == "" {
		shown = "."
	}
	dir, err := real(shown)
	if err != nil {
		return nil, &Error{Msg: shown + ": " + cause(err)}
	}
	base := o.Boundary
	if base == "" {
		base = boundaryOf(dir)
	}
	if base, err = real(base); err != nil {
		return nil, &Error{Msg: o.Boundary + ": " + cause(err)}
	}
	rel, ok := inside(base, dir)
	if !ok {
		return nil, &Error{Msg: shown + ": outside " + o.Boundary}
	}
	root, err := os.OpenRoot(base)
	if err != nil {
		return nil, &Error{Msg: shown + ": " + cause(err)}
	}
	return &tree{root: root, base: base, dir: rel, shown: shown}, nil
}

func (t *tree) close() { t.root.Close() }

// real is a path without symbolic links.
func real(p string) (string, error) {
	abs, err := filepath.Abs(p)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(abs)
}

// boundaryOf is the repository around a directory, else the working directory
// if it holds the directory, else the directory itself.
func boundaryOf(dir string) string {
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Lstat(filepath.Join(d, ".git")); err == nil {
			return d
		}
		if d == filepath.Dir(d) {
			break
		}
	}
	if wd, err := real("."); err == nil {
		if _, ok := inside(wd, dir); ok {
			return wd
		}
	}
	return dir
}

// inside returns the path of a directory relative to another that holds it.
func inside(base, dir string) (string, bool) {
	rel, err := filepath.Rel(base, dir)
	if err != nil || !filepath.IsLocal(rel) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}

// name is how the user sees a path of the tree.
func (t *tree) name(p string) string {
	rel, err := filepath.Rel(filepath.FromSlash(t.dir), filepath.FromSlash(p))
	if err != nil {
		return p
	}
	return filepath.ToSlash(filepath.Join(t.shown, rel))
}

// find turns a path that the code names, relative to the root module as for
// Terraform, into one of the tree.
func (t *tree) find(name string) (string, error) {
	if filepath.IsAbs(name) {
		rel, ok := inside(t.base, filepath.Clean(name))
		if !ok {
			return "", errOutside
		}
		return rel, nil
	}
	p := path.Join(t.dir, filepath.ToSlash(name))
	if p == ".." || strings.HasPrefix(p, "../") {
		return "", errOutside
	}
	return p, nil
}

var (
	errOutside   = errors.New("outside the directories that are read")
	errIrregular = errors.New("not a regular file")
	errLarge     = errors.New("larger than 4 MiB")
)

// read reads a regular file. A pipe or device would block or never end.
func (t *tree) read(p string) ([]byte, error) {
	info, err := t.root.Stat(filepath.FromSlash(p))
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errIrregular
	}
	f, err := t.root.Open(filepath.FromSlash(p))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = errLarge
	}
	return data, err
}

// list returns the names in a directory, in order.
func (t *tree) list(p string) ([]string, error) {
	entries, err := fs.ReadDir(t.root.FS(), p)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// cause is what went wrong, without the path that the caller names anyway.
func cause(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// fromRoot is a directory of the tree relative to the root module, as
// path.module has it.
func (t *tree) fromRoot(p string) string {
	rel, err := filepath.Rel(filepath.FromSlash(t.dir), filepath.FromSlash(p))
	if err != nil {
		return p
	}
	return filepath.ToSlash(rel)
}
