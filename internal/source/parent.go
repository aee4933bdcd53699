package source

import (
	"path/filepath"
	"strings"
)

// parent is the directory that all named inputs lie in: of one directory it is that
// itself, "" where there is none.
func parent(paths []string) string {
	common := ""
	for _, p := range paths {
		if p == Stdin {
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
			continue // what is not there is told elsewhere
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
