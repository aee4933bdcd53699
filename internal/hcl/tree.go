package hcl

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/intake"
	"github.com/iacgate/iacgate/internal/repository"
)

// maxFile is how large one file may be. Real ones rarely reach 1 MiB.
const maxFile = 4 << 20

// maxCode is how much code all modules of a directory have together, in bytes.
const maxCode = 32 << 20

// A tree is the part of the file system that may be read. Paths in it are
// relative to the boundary, with slashes.
type tree struct {
	root  *os.Root
	base  string // the boundary, absolute and without symbolic links
	dir   string // the root module in the tree
	shown string // the root module as the user names it
	above bool   // code of modules may lie above the boundary
	total int    // bytes of code that were read
}

func openTree(o loadOptions) (*tree, error) {
	shown := o.Dir
	if shown == "" {
		shown = "."
	}
	dir, err := repository.Real(shown)
	if err != nil {
		return nil, diag.New("", "%s: %s", shown, cause(err))
	}
	base, above := o.Boundary, false
	if base == "" {
		var marked bool
		base, marked = repository.Boundary(dir, o.Named)
		above = !marked
	}
	if base, err = repository.Real(base); err != nil {
		return nil, diag.New("", "%s: %s", o.Boundary, cause(err))
	}
	rel, ok := inside(base, dir)
	if !ok {
		return nil, diag.New("", "%s: outside %s", shown, o.Boundary)
	}
	root, err := os.OpenRoot(base)
	if err != nil {
		return nil, diag.New("", "%s: %s", shown, cause(err))
	}
	return &tree{root: root, base: base, dir: rel, shown: shown, above: above}, nil
}

func (t *tree) close() { t.root.Close() }

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
	if strings.HasPrefix(name, "~") { // a home directory
		return "", repository.ErrOutside
	}
	if filepath.IsAbs(name) {
		rel, ok := inside(t.base, filepath.Clean(name))
		if !ok {
			return "", repository.ErrOutside
		}
		return rel, nil
	}
	p := path.Join(t.dir, filepath.ToSlash(name))
	if leaves(p) {
		return "", repository.ErrOutside
	}
	return p, nil
}

var errMuchCode = errors.New("with it the modules have more than 32 MiB of code")

// leaves says whether a path is outside the tree.
func leaves(p string) bool { return p == ".." || strings.HasPrefix(p, "../") }

// reaches says whether code may be read in a directory.
func (t *tree) reaches(dir string) bool { return !leaves(dir) || t.above }

// code is the directory in which code of the tree is read, and the path in it: of
// what lies above the boundary the directory of the module, which no link leaves.
func (t *tree) code(dir string) (root *os.Root, in string, err error) {
	if !leaves(dir) {
		return t.root, dir, nil
	}
	if !t.above {
		return nil, "", repository.ErrOutside
	}
	root, err = os.OpenRoot(filepath.Join(t.base, filepath.FromSlash(dir)))
	return root, ".", err
}

// read reads a file of the repository. A pipe or device would block or never end.
func (t *tree) read(p string) ([]byte, error) { return readIn(t.root, p) }

// readCode reads a file of a module's code, which may lie above the boundary.
func (t *tree) readCode(p string) ([]byte, error) {
	root, in, err := t.code(path.Dir(p))
	if err != nil {
		return nil, err
	}
	if root != t.root {
		defer root.Close()
	}
	raw, err := readIn(root, path.Join(in, path.Base(p)))
	if t.total += len(raw); err == nil && t.total > maxCode {
		return nil, errMuchCode
	}
	return raw, err
}

func readIn(root *os.Root, p string) ([]byte, error) {
	if err := repository.Admits(root.Name(), filepath.Join(root.Name(), filepath.FromSlash(p))); err != nil {
		return nil, err
	}
	f, err := root.Open(filepath.FromSlash(p))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return intake.All(f, maxFile)
}

// list returns the names in a directory of code, in order.
func (t *tree) list(p string) ([]string, error) {
	root, in, err := t.code(p)
	if err != nil {
		return nil, err
	}
	if root != t.root {
		defer root.Close()
	}
	entries, err := fs.ReadDir(root.FS(), in)
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
