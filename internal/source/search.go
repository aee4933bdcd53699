package source

import (
	"context"
	"errors"
	"os"
	gopath "path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/format"
	"github.com/iacgate/iacgate/internal/glob"
)

// A Search finds the inputs in paths.
type Search struct {
	From      string // name of the format; "" recognises it
	Recursive bool   // look for inputs below directories, too
	Changed   bool   // paths are files that changed: what they are part of is read
	// Exclude are globs of paths that a search leaves out, and all that is below them.
	Exclude []string
	// Configured are the paths of the roots for which the configuration may name files.
	Configured []string
}

// inputs returns the inputs in the paths. The search of a path has the time of one input.
func (s Search) inputs(ctx context.Context, paths []string, limit time.Duration, given format.Options) []input {
	if s.Changed {
		return within(ctx, limit, ".", func() []input {
			return s.withoutExcluded(rootsOfChanged(paths, readersFrom(s.From), s.Configured, given))
		})
	}
	var all []input
	for _, path := range paths {
		for _, match := range s.expandGlob(path) {
			all = append(all, within(ctx, limit, match, func() []input { return s.expandPath(match) })...)
		}
	}
	return all
}

// expandGlob returns the paths that match a glob which the shell left alone, or the path
// itself: a name may hold the same characters.
func (s Search) expandGlob(path string) []string {
	if _, err := os.Lstat(path); err == nil || !strings.ContainsAny(path, "*?[") || path == format.Stdin {
		return []string{path}
	}
	matches, err := doublestar.FilepathGlob(path)
	if err != nil || len(matches) == 0 {
		return []string{path}
	}
	return slices.DeleteFunc(matches, s.excludes)
}

// excludes reports whether a path is left out: by a glob of it, of its name, or of a
// directory above it.
func (s Search) excludes(path string) bool {
	path = filepath.ToSlash(filepath.Clean(path))
	for at := path; at != "." && at != "/"; at = gopath.Dir(at) {
		for _, pattern := range s.Exclude {
			if pattern = strings.TrimSuffix(strings.TrimSuffix(filepath.ToSlash(pattern), "/**"), "/"); glob.Match(pattern, at) || !strings.Contains(pattern, "/") && glob.Match(pattern, gopath.Base(at)) {
				return true
			}
		}
	}
	return false
}

// withoutExcluded leaves out inputs that a search found. What went wrong stays.
func (s Search) withoutExcluded(found []input) []input {
	return slices.DeleteFunc(found, func(in input) bool { return in.err == nil && s.excludes(in.Path) })
}

func within(ctx context.Context, limit time.Duration, path string, search func() []input) []input {
	inputs, err := inTime(ctx, limit, path, func(context.Context) ([]input, error) { return search(), nil })
	if err != nil {
		return []input{failed(path, err)}
	}
	return inputs
}

// expandPath replaces a path by the inputs in it.
func (s Search) expandPath(path string) []input {
	found := s.find(path)
	searched := len(found) > 0
	if s.Recursive {
		found = s.withoutExcluded(found)
	}
	switch {
	case searched:
		return found
	case !isDir(path):
		return []input{{Input: format.Input{Path: path}}}
	}
	return []input{failed(path, diag.New(path, "a directory without Terraform code").WithHint("%s", s.hint(path)))}
}

// find asks the formats for the inputs in a path.
func (s Search) find(path string) (all []input) {
	for _, r := range readersFrom(s.From) {
		found, err := r.Find(path, s.Recursive)
		inputs := inputsOf(r, found.Inputs)
		switch {
		case errors.Is(err, format.ErrFilesOnly) && s.From != "" && isDir(path):
			return Search{Recursive: s.Recursive}.find(path)
		case err != nil && !errors.Is(err, format.ErrFilesOnly):
			inputs = append(inputs, failed(path, err))
		}
		if found.Whole {
			return inputs
		}
		all = append(all, inputs...)
	}
	return all
}

// hint says what to judge instead of a directory without inputs.
func (s Search) hint(path string) string {
	for _, r := range Readers() {
		if found, err := r.Find(path, false); err == nil && found.Hint != "" {
			return found.Hint
		}
	}
	if s.Recursive {
		return "name a plan, a state, a template or a directory with *.tf files"
	}
	return "name a plan, a template or a directory with *.tf files, or let --recursive look below"
}
