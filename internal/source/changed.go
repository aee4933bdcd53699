package source

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/iacgate/iacgate/internal/cfn"
	"github.com/iacgate/iacgate/internal/hcl"
)

// touched are the root modules, templates and stacks below the working directory
// that files which changed are part of. Files that are part of none are not
// spoken of: who names them, a hook, names whatever changed.
func touched(paths []string, o Options) []input {
	var out []input
	var dirs, templates []string
	for _, path := range paths {
		local, err := here(path)
		if err != nil {
			out = append(out, input{path: path, err: err})
			continue
		}
		dirs = append(dirs, modulesOf(local)...)
		if cfn.MayBe(local) {
			templates = append(templates, local)
		}
	}
	if len(dirs) > 0 && (o.From == "" || o.From == "hcl") {
		roots, err := hcl.RootsOf(".", dirs)
		if err != nil {
			out = append(out, input{path: ".", err: describe(".", err)})
		}
		for _, root := range roots {
			out = append(out, input{path: root, dir: true})
		}
	}
	if len(templates) > 0 && (o.From == "" || o.From == "cfn") {
		found, err := cfn.RootsOf(".", templates)
		if err != nil {
			out = append(out, input{path: ".", err: describe(".", err)})
		}
		for _, template := range found.Templates {
			out = append(out, input{path: template})
		}
		for _, assembly := range found.Assemblies {
			out = append(out, stacks(assembly)...)
		}
	}
	return out
}

// here returns a path relative to the working directory, which what it is part
// of is looked for in.
func here(path string) (string, error) {
	if path == Stdin {
		return "", &Error{path, "the standard input is no file that changed", ""}
	}
	local := filepath.Clean(path)
	if filepath.IsAbs(local) {
		wd, err := os.Getwd()
		if err == nil {
			local, err = filepath.Rel(wd, local)
		}
		if err != nil {
			return "", describe(path, err)
		}
	}
	if local == ".." || strings.HasPrefix(local, ".."+string(filepath.Separator)) {
		return "", &Error{path, "outside the working directory", "run iacgate at the top of the repository"}
	}
	return local, nil
}

// modulesOf returns the directory whose module a file may be part of: its own
// or, because modules read files that lie below them, the nearest one above that
// has code.
func modulesOf(path string) []string {
	dir := filepath.Dir(path)
	if isDir(path) {
		dir = path
	}
	for {
		if hcl.Claims(dir) {
			return []string{dir}
		}
		if dir == "." {
			return nil
		}
		dir = filepath.Dir(dir)
	}
}
