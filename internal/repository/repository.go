// Package repository knows where the code of an input ends and which of its files may be
// read: regular files inside the repository, through no link that leads out, and nothing
// of Git or the system. It checks files that the code or a discovered configuration
// names, because the author of the change wrote those. A file that a flag names is the
// user's and is not checked.
//
// It does not bound how much is read; package intake does.
package repository

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// git is the directory of a repository that says that it is one; in a work tree or
// a submodule it is a file.
const git = ".git"

// Root returns the top of the Git repository around a directory; ok is false if there
// is none.
func Root(dir string) (root string, ok bool) {
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Lstat(filepath.Join(d, git)); err == nil {
			return d, true
		}
		if d == filepath.Dir(d) {
			return "", false
		}
	}
}

// Boundary returns the directory in which files may be read that code in dir names; all
// are absolute and without links. It is the repository around dir, else what the user
// named if that holds dir, else dir itself; never a directory above that merely happens
// to be the working directory. marked reports whether it is a repository.
func Boundary(dir, named string) (base string, marked bool) {
	if root, ok := Root(dir); ok {
		return root, true
	}
	if named, err := Real(named); err == nil && named != filepath.Dir(named) && Holds(named, dir) {
		return named, false
	}
	return dir, false
}

// Real returns a path, absolute and without links.
func Real(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(abs)
}

// Holds reports whether a path lies in a directory, or is it.
func Holds(dir, path string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && filepath.IsLocal(rel)
}

// Why a file is not read.
var (
	ErrOutside   = errors.New("outside the directories that are read")
	ErrGit       = errors.New("a file of Git, which is not read")
	ErrSystem    = errors.New("a file of the system, which is not read")
	ErrIrregular = errors.New("not a regular file")
)

// system are directories whose files are not on a disk: they tell of the machine and its
// processes, or are devices.
var system = []string{"/proc", "/sys", "/dev"}

// Admits returns why a file that code inside a boundary names may not be read; nil if it
// may. Links are followed first.
func Admits(base, path string) error {
	real, err := Real(path)
	if err != nil {
		return cause(err)
	}
	switch {
	case !Holds(base, real):
		return ErrOutside
	case slices.ContainsFunc(strings.Split(filepath.ToSlash(real), "/"), func(part string) bool { return strings.EqualFold(part, git) }):
		return ErrGit
	case slices.ContainsFunc(system, func(dir string) bool { return Holds(dir, real) }):
		return ErrSystem
	}
	info, err := os.Stat(real)
	switch {
	case err != nil:
		return cause(err)
	case !info.Mode().IsRegular():
		return ErrIrregular
	}
	return nil
}

// cause leaves out the operation and path that the system's errors repeat.
func cause(err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	return err
}
