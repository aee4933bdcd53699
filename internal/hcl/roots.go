package hcl

import (
	"context"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/hcl/eval"
	"github.com/iacgate/iacgate/internal/hcl/load"
	"github.com/iacgate/iacgate/internal/parallel"
	"github.com/iacgate/iacgate/internal/repository"
)

// Claims reports whether a directory holds Terraform or OpenTofu code.
func Claims(dir string) bool {
	entries, err := os.ReadDir(dir)
	return err == nil && slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return !e.IsDir() && load.Extension(e.Name()) != "" })
}

// IsTerragrunt reports whether a directory is for Terragrunt, which makes the code
// that Terraform sees.
func IsTerragrunt(dir string) bool {
	for _, name := range []string{"terragrunt.hcl", "terragrunt.stack.hcl", "root.hcl"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return true
		}
	}
	return false
}

// maxDirectories bounds a walk.
const maxDirectories = 20_000

// Roots returns the root modules in a directory, in order: itself, or if it has no
// code those right below it. Recursive walks all directories below. A module that
// another one calls is not a root, nor is one in a directory modules without a
// provider or backend.
func Roots(dir string, recursive bool) ([]string, error) {
	if Claims(dir) && !recursive {
		return []string{dir}, nil
	}
	l, err := survey(dir, recursive)
	return l.roots(), err
}

// withCode returns the directories below a directory that hold code.
func withCode(dir string, recursive bool) ([]string, error) {
	var found []string
	seen := 0
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && p == dir:
			return err
		case err != nil || !d.IsDir():
			return nil
		case p != dir && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules" || d.Name() == "vendor"):
			return fs.SkipDir
		}
		if seen++; seen > maxDirectories {
			return diag.New(dir, "more than %d directories", maxDirectories)
		}
		if Claims(p) {
			found = append(found, p)
		}
		if !recursive && p != dir {
			return fs.SkipDir
		}
		return nil
	})
	return found, err
}

// skimmed is what the code of a directory says without being evaluated.
type skimmed struct {
	calls  []string // local modules
	isRoot bool     // it can only be a root: it has a backend, a lock file or values
}

// skim reads the code of a directory. Code that does not parse is reported when it is
// evaluated. A file may be a link to one of the same repository or, without one, below the
// base of the walk.
func skim(base, dir string) (s skimmed) {
	l, err := load.New(context.Background(), load.Options{Dir: dir, Named: base})
	if err != nil {
		return skimmed{isRoot: true}
	}
	defer l.Close()
	names, _ := l.Tree.List(l.Tree.Dir)
	s.isRoot = len(load.VariableFiles(names)) > 0 || slices.Contains(names, ".terraform.lock.hcl")
	// A file that only OpenTofu reads hides no root from Terraform.
	primary, override := load.ConfigFiles(names, !onlyTofu(names))
	for _, name := range slices.Concat(primary, override) {
		f, err := l.Skim(path.Join(l.Tree.Dir, name), "module", "backend", "cloud")
		if err != nil {
			continue
		}
		for _, b := range f.Body.Blocks {
			if source, ok := eval.Literal(b, "source"); ok && b.Type == "module" && strings.HasPrefix(source, ".") {
				s.calls = append(s.calls, path.Clean(source))
			}
			s.isRoot = s.isRoot || hasBackend(b)
		}
	}
	return s
}

// onlyTofu reports whether a directory has no code but OpenTofu's.
func onlyTofu(names []string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { return load.Extension(name) != "" && !load.IsTofu(name) })
}

func hasBackend(b *hclsyntax.Block) bool {
	return b.Type == "terraform" && slices.ContainsFunc(b.Body.Blocks, func(inner *hclsyntax.Block) bool {
		return inner.Type == "backend" || inner.Type == "cloud"
	})
}

// A layout has the modules below a directory, and their calls.
type layout struct {
	dir      string
	modules  []string            // in order
	skimmed  map[string]skimmed  // of the modules
	callers  map[string][]string // of a module, by its directory
	calls    map[string][]string // what a module calls
	settled  map[string]bool     // can only be a root
	followed map[string]bool     // those whose calls are known, and whether they can only be roots
}

func survey(dir string, recursive bool) (layout, error) {
	found, err := withCode(dir, recursive)
	l := layout{dir: dir, modules: found, callers: map[string][]string{}, calls: map[string][]string{}, settled: map[string]bool{}, followed: map[string]bool{}, skimmed: map[string]skimmed{}}
	for i, s := range parallel.Map(found, func(d string) string { return d }, func(d string) skimmed { return skim(dir, d) }) {
		l.skimmed[found[i]] = s
	}
	for _, d := range found {
		l.settled[d] = l.follow(d)
	}
	l.settleCycles()
	return l, err
}

// maxBehind bounds the modules that are only reached by calls: links can give a module
// any number of paths.
const maxBehind = 1000

// follow notes what a module calls, and reports whether it can only be a root. A module
// that a walk does not reach, because it is hidden or behind a link, counts as called.
func (l layout) follow(d string) bool {
	if known, ok := l.followed[d]; ok {
		return known
	}
	s, ok := l.skimmed[d]
	if !ok {
		s = skim(l.dir, d)
	}
	l.followed[d] = s.isRoot
	for _, c := range s.calls {
		callee := filepath.Join(d, c)
		if callee == d {
			continue
		}
		l.callers[callee], l.calls[d] = append(l.callers[callee], d), append(l.calls[d], callee)
		if len(l.followed) < len(l.modules)+maxBehind && repository.Holds(l.dir, callee) && Claims(callee) {
			l.follow(callee)
		}
	}
	return s.isRoot
}

// settleCycles makes roots of modules that only call each other: otherwise none of
// them would be judged.
func (l layout) settleCycles() {
	reached := map[string]bool{}
	for _, d := range l.modules {
		if l.isRoot(d) || len(l.callers[d]) == 0 {
			l.reach(d, reached)
		}
	}
	for _, d := range l.modules {
		if !reached[d] {
			l.settled[d] = true
			l.reach(d, reached)
		}
	}
}

// reach notes what a module calls, however far away.
func (l layout) reach(d string, reached map[string]bool) {
	if reached[d] {
		return
	}
	reached[d] = true
	for _, callee := range l.calls[d] {
		l.reach(callee, reached)
	}
}

func (l layout) isRoot(d string) bool {
	return d == l.dir || l.settled[d] || len(l.callers[d]) == 0 && !load.InModulesDir(l.dir, d)
}

func (l layout) roots() []string {
	return slices.DeleteFunc(slices.Clone(l.modules), func(d string) bool { return !l.isRoot(d) })
}

// A Change lists the files that changed below a directory.
type Change struct {
	Dirs  []string // that have code which the files are part of
	Files []string
	// Also are the other names that a path has through links.
	Also func(path string) []string
}

// RootsOf returns those of the root modules below a directory that a change is part
// of: they have code in one of its directories, or call a module there, however far
// away, or name one of its files.
func RootsOf(dir string, c Change) ([]string, error) {
	l, err := survey(dir, true)
	if err != nil {
		return nil, err
	}
	touched := map[string]bool{}
	queue := slices.Clone(c.Dirs)
	for len(queue) > 0 {
		d := filepath.Clean(queue[0])
		queue = queue[1:]
		if !touched[d] {
			touched[d] = true
			queue = append(append(queue, l.callers[d]...), c.Also(d)...)
		}
	}
	paths := map[string][]load.Path{}
	return slices.DeleteFunc(l.roots(), func(d string) bool { return !touched[d] && !l.names(d, c.Files, paths) }), nil
}

// names reports whether a root module, or what it calls, names one of some files.
func (l layout) names(root string, files []string, known map[string][]load.Path) bool {
	reached := map[string]bool{}
	l.reach(root, reached)
	for module := range reached {
		paths, ok := known[module]
		if !ok {
			paths = load.PathsIn(l.dir, module)
			known[module] = paths
		}
		if slices.ContainsFunc(files, func(file string) bool {
			return slices.ContainsFunc(paths, func(p load.Path) bool { return p.Covers(root, module, file) })
		}) {
			return true
		}
	}
	return false
}
