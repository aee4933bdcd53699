package source

import (
	"context"
	"errors"
	"time"

	"github.com/iacgate/iacgate/internal/diag"
	"github.com/iacgate/iacgate/internal/format"
)

// A Search finds the inputs in paths.
type Search struct {
	From      string // name of the format; "" recognises it
	Recursive bool   // look for inputs below directories, too
	Changed   bool   // paths are files that changed: what they are part of is read
	// Configured are the paths of the roots for which the configuration may name files.
	Configured []string
}

// inputs returns the inputs in the paths. The search of a path has the time of one input.
func (s Search) inputs(ctx context.Context, paths []string, limit time.Duration, given format.Options) []input {
	if s.Changed {
		return within(ctx, limit, ".", func() []input { return rootsOfChanged(paths, readersFrom(s.From), s.Configured, given) })
	}
	var all []input
	for _, path := range paths {
		all = append(all, within(ctx, limit, path, func() []input { return s.expandPath(path) })...)
	}
	return all
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
	switch {
	case len(found) > 0:
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
