package report

import (
	"io"
	"path"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/verdict"
)

// Options are the settings of a writer.
type Options struct {
	Version string       // of iacgate
	Color   bool         // the reader is a terminal that wants colour
	Quiet   bool         // leave out what holds, where readers are people
	Gate    verdict.Gate // what counts as failing, for formats that know nothing between
	Summary io.Writer    // takes the job summary of a CI system, where there is one
	// Dir is the working directory and Root that of the repository: absolute paths
	// with slashes, or "". CI systems name files by their paths from the root.
	Dir, Root string
}

// place returns where a finding is shown: in the source, else at the first line of
// the input. Several inputs in one are shown at the first of them.
func (o Options) place(f verdict.Finding, r verdict.Result, inputs []verdict.Input) verdict.Location {
	if f.Location != nil && f.Location.File != "" {
		l := *f.Location
		l.File, l.Line = o.fromRoot(l.File), max(1, l.Line)
		return l
	}
	file := r.Input
	if known := slices.ContainsFunc(inputs, func(in verdict.Input) bool { return in.Path == file }); !known && len(inputs) > 0 {
		file = inputs[0].Path
	}
	return verdict.Location{File: o.fromRoot(file), Line: 1}
}

// fromRoot returns a path relative to the root of the repository, if it is below.
func (o Options) fromRoot(file string) string {
	name := slashed(file)
	if o.Root == "" || file == "-" {
		return name
	}
	full := name
	if !absolute(name) {
		full = path.Join(o.Dir, name)
	}
	if below, ok := strings.CutPrefix(full, strings.TrimSuffix(o.Root, "/")+"/"); ok {
		return below
	}
	return name
}

// absolute also accepts Windows paths with slashes: C:/work.
func absolute(file string) bool {
	return path.IsAbs(file) || len(file) > 2 && file[1] == ':' && file[2] == '/'
}

// slashed returns a path as CI systems compare it: with slashes, without ./. The
// standard input, which has no path, gets a name.
func slashed(file string) string {
	if file == "-" {
		return "stdin"
	}
	return path.Clean(strings.ReplaceAll(file, `\`, "/"))
}

func toolName(o Options) string {
	if o.Version == "" {
		return "iacgate"
	}
	return "iacgate " + o.Version
}
