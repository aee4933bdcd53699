package hcl

import (
	"path/filepath"
	"slices"

	"github.com/iacgate/iacgate/internal/hcl/load"
	"github.com/iacgate/iacgate/internal/repository"
)

// A layout is which modules there are below a directory, and which call which.
type layout struct {
	dir      string
	modules  []string            // in order
	callers  map[string][]string // of a module, by its directory
	calls    map[string][]string // what a module calls
	settled  map[string]bool     // can only be a root
	followed map[string]bool     // those whose calls are known, and whether they can only be roots
}

func survey(dir string, recursive bool) (layout, error) {
	found, err := withCode(dir, recursive)
	l := layout{dir: dir, modules: found, callers: map[string][]string{}, calls: map[string][]string{}, settled: map[string]bool{}, followed: map[string]bool{}}
	for _, d := range found {
		l.settled[d] = l.follow(d)
	}
	l.settleCycles()
	return l, err
}

// maxBehind bounds the modules that only calls lead to: through links there may be any
// number of ways to one.
const maxBehind = 1000

// follow notes what a module calls, and says whether it can only be a root. What a
// walk does not come to, because it lies behind a link or is hidden, is called, too.
func (l layout) follow(d string) (isRoot bool) {
	if known, ok := l.followed[d]; ok {
		return known
	}
	calls, isRoot := skim(l.dir, d)
	l.followed[d] = isRoot
	for _, c := range calls {
		callee := filepath.Join(d, c)
		if callee == d {
			continue
		}
		l.callers[callee], l.calls[d] = append(l.callers[callee], d), append(l.calls[d], callee)
		if len(l.followed) < len(l.modules)+maxBehind && repository.Holds(l.dir, callee) && Claims(callee) {
			l.follow(callee)
		}
	}
	return isRoot
}

// settleCycles makes roots of modules that nothing calls but what they call
// themselves: none of them would be judged.
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

// A Change is what changed below a directory.
type Change struct {
	Dirs  []string // that have code which the files are part of
	Files []string
	// Also are the other names that a path has through links.
	Also func(path string) []string
}

// RootsOf returns those of the root modules below a directory that a change is part
// of: they have code in one of its directories, or call what is there, however far
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

// names says whether a root module, or what it calls, names one of some files.
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
