package source

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
)

// links maps the symbolic links below a directory to their targets, both relative to the
// directory. Links that leave it lead to no changed file.
type links map[string]string

// maxLinks bounds the links of a repository, and the names that they give to one path.
const maxLinks = 10_000

// linksBelow walks through a directory.
func linksBelow(dir string) (links, error) {
	top, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return nil, err
	}
	if top, err = filepath.Abs(top); err != nil {
		return nil, err
	}
	found := links{}
	err = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil // whoever reads it says so
		case e.IsDir() && path != dir && (e.Name() == ".git" || e.Name() == ".terraform" || e.Name() == "node_modules"):
			return fs.SkipDir
		case e.Type()&fs.ModeSymlink != 0:
			found.add(top, path)
		}
		if len(found) > maxLinks {
			return fmt.Errorf("more than %d links below it", maxLinks)
		}
		return nil
	})
	return found, err
}

// add notes a link. One to a parent directory gives no path a new name that the walk
// does not reach.
func (l links) add(top, path string) {
	full, err := filepath.EvalSymlinks(filepath.Join(top, path))
	if err != nil {
		return
	}
	target, err := filepath.Rel(top, full)
	if err == nil && filepath.IsLocal(target) && !liesIn(target, filepath.Clean(path)) && target != "." {
		l[filepath.Clean(path)] = target
	}
}

// aliases returns the other names of a path, through one link each.
func (l links) aliases(path string) []string {
	var names []string
	for link, target := range l {
		if liesIn(target, path) {
			names = append(names, link+strings.TrimPrefix(path, target))
		}
	}
	slices.Sort(names)
	return names
}

// withAliases returns some paths with all their names.
func (l links) withAliases(paths []string) []string {
	seen := map[string]bool{}
	var names []string
	for queue := slices.Clone(paths); len(queue) > 0 && len(names) < maxLinks; queue = queue[1:] {
		if p := queue[0]; !seen[p] {
			seen[p] = true
			names, queue = append(names, p), append(queue, l.aliases(p)...)
		}
	}
	return names
}
