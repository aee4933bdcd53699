package load

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/hcl/value"
	"github.com/iacgate/iacgate/internal/intake"
	"github.com/iacgate/iacgate/internal/overlay"
	"github.com/iacgate/iacgate/internal/repository"
)

// MaxFile bounds the size of one file. Real ones rarely reach 1 MiB.
const MaxFile = 4 << 20

// maxCode bounds the code of all modules of a directory together, in bytes.
const maxCode = 32 << 20

// A Tree is the part of the file system that may be read. Paths in it are
// relative to the boundary, with slashes.
type Tree struct {
	root  *os.Root
	Base  string // the boundary, absolute and without symbolic links
	Dir   string // the root module in the tree
	Shown string // the root module as the user names it
	above bool   // code of modules may lie above the boundary
	total int    // bytes of code that were read

	overlay *overlay.Files
}

// openTree opens the tree of a root module. Without a boundary, it is the repository
// around the module, else the named directory, else the module.
func openTree(shown, boundary, named string) (*Tree, error) {
	if shown == "" {
		shown = "."
	}
	dir, err := repository.Real(shown)
	if err != nil {
		return nil, diag.New("", "%s: %s", shown, Cause(err))
	}
	var base string
	marked := true
	if boundary == "" {
		base, marked = repository.Boundary(dir, named)
	} else if base, err = repository.Real(boundary); err != nil {
		return nil, diag.New("", "%s: %s", boundary, Cause(err))
	}
	rel, ok := inside(base, dir)
	if !ok {
		return nil, diag.New("", "%s: outside %s", shown, boundary)
	}
	root, err := os.OpenRoot(base)
	if err != nil {
		return nil, diag.New("", "%s: %s", shown, Cause(err))
	}
	return &Tree{root: root, Base: base, Dir: rel, Shown: shown, above: !marked}, nil
}

func (t *Tree) close() { t.root.Close() }

// inside returns the path of a directory relative to another that holds it.
func inside(base, dir string) (string, bool) {
	rel, err := filepath.Rel(base, dir)
	if err != nil || !filepath.IsLocal(rel) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}

// Name is how the user sees a path of the tree.
func (t *Tree) Name(p string) string {
	rel, err := filepath.Rel(filepath.FromSlash(t.Dir), filepath.FromSlash(p))
	if err != nil {
		return p
	}
	return filepath.ToSlash(filepath.Join(t.Shown, rel))
}

// find turns a path that the code names, relative to the root module as for
// Terraform, into one of the tree.
func (t *Tree) find(name string) (string, error) {
	if strings.HasPrefix(name, "~") { // a home directory
		return "", repository.ErrOutside
	}
	if filepath.IsAbs(name) {
		rel, ok := inside(t.Base, filepath.Clean(name))
		if !ok {
			return "", repository.ErrOutside
		}
		return rel, nil
	}
	p := path.Join(t.Dir, filepath.ToSlash(name))
	if leaves(p) {
		return "", repository.ErrOutside
	}
	return p, nil
}

var errMuchCode = errors.New("with it the modules have more than 32 MiB of code")

// leaves reports whether a path is outside the tree.
func leaves(p string) bool { return p == ".." || strings.HasPrefix(p, "../") }

// Reaches reports whether code may be read in a directory.
func (t *Tree) Reaches(dir string) bool { return !leaves(dir) || t.above }

// code returns the directory in which code of the tree is read, and the path in it:
// above the boundary, that is the directory of the module, which no link leaves.
func (t *Tree) code(dir string) (root *os.Root, in string, err error) {
	if !leaves(dir) {
		return t.root, dir, nil
	}
	if !t.above {
		return nil, "", repository.ErrOutside
	}
	root, err = os.OpenRoot(filepath.Join(t.Base, filepath.FromSlash(dir)))
	return root, ".", err
}

// Read reads a file of the repository. A pipe or device would block or never end.
func (t *Tree) Read(p string) ([]byte, error) {
	if text, ok := t.overlay.Text(filepath.Join(t.Base, filepath.FromSlash(p))); ok {
		return text, nil
	}
	return readIn(t.root, p)
}

// readCode reads a file of a module's code, which may lie above the boundary.
func (t *Tree) readCode(p string) ([]byte, error) {
	if text, ok := t.overlay.Text(filepath.Join(t.Base, filepath.FromSlash(p))); ok {
		return text, nil
	}
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
	return intake.All(f, MaxFile)
}

// List returns the names in a directory of code, in order.
func (t *Tree) List(p string) ([]string, error) {
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

// Cause returns what went wrong, without the path that the caller names anyway.
func Cause(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// FromRoot returns a directory of the tree relative to the root module, as
// path.module has it.
func (t *Tree) FromRoot(p string) string {
	rel, err := filepath.Rel(filepath.FromSlash(t.Dir), filepath.FromSlash(p))
	if err != nil {
		return p
	}
	return filepath.ToSlash(rel)
}

// ReadNamed reads a file that the code names.
func (t *Tree) ReadNamed(name string) ([]byte, error) {
	p, err := t.find(name)
	if err != nil {
		return nil, value.LimitError{Err: err}
	}
	raw, err := t.Read(p)
	if err != nil {
		said := errors.New(t.Name(p) + ": " + Cause(err))
		if failsInTerraform(err) {
			return nil, said
		}
		return nil, value.LimitError{Err: said}
	}
	return raw, nil
}

// failsInTerraform reports whether Terraform gets the same error: there is no such file, or it is
// a directory. Terraform reads a file that is outside the tree or too large for us.
func failsInTerraform(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, repository.ErrIrregular)
}
