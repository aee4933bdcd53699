package source

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/format"
)

// rootsOfChanged returns the inputs below the working directory that changed files are part
// of, by any of their names. Files that are part of none are not an error, because a
// hook names all files that changed.
func rootsOfChanged(paths []string, readers []format.Reader, configured []string, given format.Options) []input {
	var out []input
	var files []string
	for _, path := range paths {
		local, err := localPath(path)
		if err != nil {
			out = append(out, failed(path, err))
			continue
		}
		files = append(files, local)
	}
	if len(files) == 0 {
		return out
	}
	links, err := linksBelow(".")
	if err != nil {
		return append(out, failed(".", diag.At(".", err)))
	}
	files = links.withAliases(files)
	change := format.Change{Files: files, Aliases: links.aliases, Options: given, Includes: func(path string) bool {
		local, err := localPath(path)
		return err == nil && slices.Contains(files, local)
	}}
	change.Roots = rootsThatName(change, configured)
	for _, r := range readers {
		inputs, err := r.FindChanged(change)
		if err != nil {
			out = append(out, failed(".", err))
		}
		out = append(out, inputsOf(r, inputs)...)
	}
	return out
}

// rootsThatName returns the roots for which the configuration names a file that changed. A
// file that may not be read is an error when the root is judged.
func rootsThatName(c format.Change, configured []string) (roots []string) {
	for _, root := range configured {
		path, err := localPath(root)
		if err != nil {
			continue // not below the working directory
		}
		for _, filesOf := range []func(string) ([]string, error){c.Options.Variables.FilesOf, c.Options.Parameters.FilesOf} {
			if filesOf == nil {
				continue
			}
			if files, err := filesOf(path); err == nil && slices.ContainsFunc(files, c.Includes) {
				roots = append(roots, path)
				break
			}
		}
	}
	return roots
}

// localPath returns a path relative to the working directory, below which its inputs are.
func localPath(path string) (string, error) {
	if path == format.Stdin {
		return "", diag.New(path, "the standard input is not a changed file")
	}
	local := filepath.Clean(path)
	if filepath.IsAbs(local) {
		wd, err := os.Getwd()
		if err == nil {
			local, err = filepath.Rel(wd, local)
		}
		if err != nil {
			return "", diag.At(path, err)
		}
	}
	if local == ".." || strings.HasPrefix(local, ".."+string(filepath.Separator)) {
		return "", diag.New(path, "outside the working directory").WithHint("run iacgate at the top of the repository")
	}
	return local, nil
}
