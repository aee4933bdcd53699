package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/iacgate/iacgate/internal/nearest"
	"github.com/iacgate/iacgate/internal/report"
	"github.com/iacgate/iacgate/internal/verdict"
)

// An output is one --output: a format, and the file that it goes to.
type output struct {
	format report.Format
	file   string // "" is the standard output
}

// parseOutputs reads FORMAT[=FILE] and --output-file. Without any, text goes to
// the standard output.
func parseOutputs(specs []string, file string) ([]output, error) {
	if len(specs) == 0 {
		specs = []string{"text"}
	}
	var outputs []output
	streams := 0
	for _, spec := range specs {
		name, target, named := strings.Cut(spec, "=")
		format, ok := report.Lookup(name)
		if !ok {
			return nil, usagef("no output format %q; known are %s", name, nearest.List(report.Names()))
		}
		if named && target == "" {
			return nil, usagef("--output %s: no file behind =", spec)
		}
		if target == "" {
			streams++
			target = file
		}
		outputs = append(outputs, output{format, target})
	}
	if streams > 1 {
		return nil, usagef("two outputs want the same place; give one a file: --output %s=FILE", outputs[0].format.Name)
	}
	if streams == 0 && file != "" {
		return nil, usagef("--output-file %s: every --output has a file of its own", file)
	}
	return outputs, nil
}

// write renders every output before it writes one, files before the standard
// output: where something goes wrong, nothing looks judged.
func (p *program) write(outputs []output, r verdict.Report, o report.Options) error {
	var summary bytes.Buffer
	if p.getenv(summaryVariable) != "" {
		o.Summary = &summary
	}
	rendered := make([][]byte, len(outputs))
	for i, out := range outputs {
		options := o
		options.Color = o.Color && out.file == ""
		var b bytes.Buffer
		if err := out.format.Write(&b, r, options); err != nil {
			return err
		}
		rendered[i] = b.Bytes()
	}
	for i, out := range outputs {
		if out.file != "" {
			if err := writeFile(out.file, rendered[i]); err != nil {
				return err
			}
		}
	}
	if err := appendFile(p.getenv(summaryVariable), summary.Bytes()); err != nil {
		return err
	}
	for i, out := range outputs {
		if out.file == "" {
			if _, err := p.stdout.Write(rendered[i]); err != nil {
				return usagef("standard output: %v", cause(err))
			}
		}
	}
	return nil
}

// summaryVariable names the file that takes the job summary of a step of GitHub
// Actions (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary).
const summaryVariable = "GITHUB_STEP_SUMMARY"

// appendFile writes behind what others wrote into a file.
func appendFile(name string, data []byte) error {
	if len(data) == 0 {
		return nil
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return named(name, err)
	}
	_, err = f.Write(data)
	return named(name, errors.Join(err, f.Close()))
}

// writeFile replaces a file at once, so that a reader sees the old contents or
// the new. What is no regular file, such as /dev/stdout or a pipe, is written
// to.
func writeFile(name string, data []byte) error {
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target
	}
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return named(name, os.WriteFile(name, data, 0))
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return named(name, err)
	}
	defer os.Remove(f.Name()) // gone already where all went well
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	return named(name, err)
}

func named(name string, err error) error {
	if err == nil {
		return nil
	}
	return errors.New(name + ": " + cause(err).Error())
}

// cause leaves out the operation and path that the system's errors repeat.
func cause(err error) error {
	var pathErr *fs.PathError
	var linkErr *os.LinkError
	switch {
	case errors.As(err, &pathErr):
		return pathErr.Err
	case errors.As(err, &linkErr):
		return linkErr.Err
	}
	return err
}

// colored says whether the standard output wants colour: NO_COLOR
// (https://no-color.org) and --no-color refuse it, CLICOLOR_FORCE
// (https://bixense.com/clicolors) demands it, otherwise a terminal that is not
// dumb has it.
func (p *program) colored(refused bool) bool {
	if refused || p.getenv("NO_COLOR") != "" {
		return false
	}
	if force := p.getenv("CLICOLOR_FORCE"); force != "" && force != "0" {
		return true
	}
	return p.getenv("TERM") != "dumb" && terminalOf(p.stdout)
}
