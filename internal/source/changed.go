package source

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/cfn"
	"github.com/iacgate/iacgate/internal/hcl"
)

// touched are the root modules, templates and stacks below the working directory
// that files which changed are part of, by any of their names. Files that are part of
// none are not spoken of: who names them, a hook, names whatever changed.
func touched(paths []string, o Options) []input {
	var out []input
	var files []string
	for _, path := range paths {
		local, err := here(path)
		if err != nil {
			out = append(out, input{path: path, err: err})
			continue
		}
		files = append(files, local)
	}
	if len(files) == 0 {
		return out
	}
	links, err := linksBelow(".")
	if err != nil {
		return append(out, input{path: ".", err: describe(".", err)})
	}
	files = links.all(files)
	if o.From == "" || o.From == "hcl" {
		out = append(out, o.touchedModules(files, links)...)
	}
	if o.From == "" || o.From == "cfn" {
		out = append(out, touchedTemplates(files, links)...)
	}
	return append(out, o.configured(files)...)
}

// touchedModules are all root modules where a file of variables changed that a flag
// names for each.
func (o Options) touchedModules(files []string, l links) (out []input) {
	var dirs []string
	for _, file := range files {
		dirs = append(dirs, modulesOf(file)...)
	}
	find := func() ([]string, error) { return hcl.RootsOf(".", hcl.Change{Dirs: dirs, Files: files, Also: l.also}) }
	if named(func(string) ([]string, error) { return o.Directory.VarFiles, nil }, "", files) {
		find = func() ([]string, error) { return hcl.Roots(".", true) }
	}
	roots, err := find()
	if err != nil {
		out = append(out, input{path: ".", err: describe(".", err)})
	}
	for _, root := range roots {
		out = append(out, input{path: root, dir: true})
	}
	return out
}

func touchedTemplates(files []string, l links) (out []input) {
	if !slices.ContainsFunc(files, cfn.MayBe) {
		return nil
	}
	found, err := cfn.RootsOf(".", files, l.also)
	if err != nil {
		out = append(out, input{path: ".", err: describe(".", err)})
	}
	for _, template := range found.Templates {
		out = append(out, input{path: template})
	}
	for _, assembly := range found.Assemblies {
		out = append(out, stacks(assembly)...)
	}
	return out
}

// configured are the roots for which the configuration, or a flag, names one of the
// files. One that may not be read is told of where the root is judged.
func (o Options) configured(files []string) (out []input) {
	for _, root := range o.Configured {
		path, err := here(root)
		if err != nil {
			continue // not below the working directory
		}
		dir := isDir(path)
		if dir && o.From != "" && o.From != "hcl" || !dir && o.From != "" && o.From != "cfn" {
			continue
		}
		if named(o.Directory.FilesOf, path, files) || named(o.Template.FilesOf, path, files) {
			out = append(out, input{path: path, dir: dir})
		}
	}
	return out
}

// named says whether one of some files is among those of a root.
func named(of func(string) ([]string, error), root string, files []string) bool {
	if of == nil {
		return false
	}
	theirs, err := of(root)
	return err == nil && slices.ContainsFunc(theirs, func(file string) bool {
		local, err := here(file)
		return err == nil && slices.Contains(files, local)
	})
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
