package hcl

import (
	"path/filepath"
	"slices"
)

// A layout is which modules there are below a directory, and which call which.
type layout struct {
	dir     string
	modules []string            // in order
	callers map[string][]string // of a module, by its directory
	calls   map[string][]string // what a module calls
	settled map[string]bool     // can only be a root
}

func survey(dir string, recursive bool) (layout, error) {
	found, err := withCode(dir, recursive)
	l := layout{dir: dir, modules: found, callers: map[string][]string{}, calls: map[string][]string{}, settled: map[string]bool{}}
	for _, d := range found {
		calls, isRoot := skim(d)
		l.settled[d] = isRoot
		for _, c := range calls {
			if callee := filepath.Join(d, c); callee != d {
				l.callers[callee], l.calls[d] = append(l.callers[callee], d), append(l.calls[d], callee)
			}
		}
	}
	l.settleCycles()
	return l, err
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
	return d == l.dir || l.settled[d] || len(l.callers[d]) == 0 && !inModules(l.dir, d)
}

func (l layout) roots() []string {
	return slices.DeleteFunc(slices.Clone(l.modules), func(d string) bool { return !l.isRoot(d) })
}

// RootsOf returns those of the root modules below a directory that have code in
// one of some directories, or call what is there, however far away.
func RootsOf(dir string, dirs []string) ([]string, error) {
	l, err := survey(dir, true)
	if err != nil {
		return nil, err
	}
	touched := map[string]bool{}
	queue := slices.Clone(dirs)
	for len(queue) > 0 {
		d := filepath.Clean(queue[0])
		queue = queue[1:]
		if !touched[d] {
			touched[d] = true
			queue = append(queue, l.callers[d]...)
		}
	}
	return slices.DeleteFunc(l.roots(), func(d string) bool { return !touched[d] }), nil
}
