package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/nearest"
	"github.com/iacgate/iacgate/internal/report"
	"github.com/iacgate/iacgate/internal/terminal"
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
			return nil, usagef("no output format %q; known: %s", name, nearest.List(report.Names()))
		}
		if named && target == "" {
			return nil, usagef("--output %s: no file after =", spec)
		}
		if target == "" {
			streams++
			target = file
		}
		outputs = append(outputs, output{format, target})
	}
	if streams > 1 {
		return nil, usagef("two outputs go to the same place; give one a file: --output %s=FILE", outputs[0].format.Name)
	}
	if streams == 0 && file != "" {
		return nil, usagef("--output-file %s: every --output already has a file", file)
	}
	return outputs, nil
}

func formats() []string {
	var out []string
	for _, f := range report.Formats() {
		out = append(out, f.Name+"\t"+f.Description)
	}
	return out
}

// write renders every output before it writes one, files before the standard
// output, and the new baseline after the reports: after an error, no output looks
// complete, and the baseline is unchanged.
func (p *program) write(outputs []output, r verdict.Report, o report.Options, baseline replacement) error {
	var summary bytes.Buffer
	if p.getenv(summaryVariable) != "" {
		o.Summary = &summary
	}
	rendered := make([][]byte, len(outputs))
	for i, out := range outputs {
		options := o
		options.Color = o.Color && out.file == ""
		var b bytes.Buffer
		b.Grow(len(r.Results) * report.ResultSize)
		if err := out.format.Write(&b, r, options); err != nil {
			return err
		}
		rendered[i] = b.Bytes()
	}
	for i, out := range outputs {
		if out.file != "" {
			if err := p.replace(replacement{out.file, rendered[i]}); err != nil {
				return err
			}
		}
	}
	if err := p.replace(baseline); err != nil {
		return err
	}
	if text := r.Configuration.Text(); text != "" && slices.ContainsFunc(outputs, func(o output) bool { return o.format.Bare }) {
		fmt.Fprintf(p.stderr, "iacgate: %s\n", terminal.Clean(text))
	}
	if err := p.appendTo(p.getenv(summaryVariable), summary.Bytes()); err != nil {
		return err
	}
	for i, out := range outputs {
		if out.file == "" {
			return p.print(rendered[i]) // there is one at most
		}
	}
	return nil
}

// summaryVariable names the file that takes the job summary of a step of GitHub
// Actions (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary).
const summaryVariable = "GITHUB_STEP_SUMMARY"
