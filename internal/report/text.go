package report

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/iacgate/iacgate/internal/parallel"
	"github.com/iacgate/iacgate/internal/terminal"
	"github.com/iacgate/iacgate/internal/verdict"
)

func writeText(w io.Writer, r verdict.Report, o Options) error {
	p := &page{w: w, color: o.Color, several: len(r.Results) > 1, baseline: r.Configuration != nil && r.Configuration.Baseline != nil}
	shown := r.Results
	if o.Quiet {
		shown = withoutQuiet(shown)
	}
	p.configuration(r.Configuration)
	ofInput := resultsByInput(shown)
	p.inputs(r.Inputs, ofInput, o.Quiet)
	p.withoutInput(r.Inputs, shown, ofInput)
	p.table(r.Inputs, shown)
	if !o.Quiet || len(shown) > 0 {
		p.line(summary(r))
	}
	return p.err
}

// withoutQuiet returns the results that --quiet shows.
func withoutQuiet(results []verdict.Result) []verdict.Result {
	return slices.DeleteFunc(slices.Clone(results), func(r verdict.Result) bool {
		return r.Verdict == verdict.Pass || r.Verdict == verdict.Skip || r.Verdict == verdict.Waived
	})
}

// resultsByInput returns the results of each input, in order.
func resultsByInput(results []verdict.Result) map[string][]verdict.Result {
	of := map[string][]verdict.Result{}
	for _, r := range results {
		of[r.Input] = append(of[r.Input], r)
	}
	return of
}

// configuration writes the configuration of the run, if it differs from the default.
func (p *page) configuration(c *verdict.Configuration) {
	if text := c.Text(); text != "" {
		p.line(terminal.Clean(text))
		p.line()
	}
}

// inputs writes the results of each input, in their order.
func (p *page) inputs(inputs []verdict.Input, ofInput map[string][]verdict.Result, quiet bool) {
	name := func(in verdict.Input) string { return in.Path }
	for _, text := range parallel.Map(inputs, name, func(in verdict.Input) []byte {
		own := ofInput[in.Path]
		found := p.causesOf(own)
		if len(own) == 0 && quiet || p.several && len(own) > 0 && len(in.Notes) == 0 && !found.hasBlocks(own) {
			return nil // the table says it
		}
		var text bytes.Buffer
		text.Grow(len(own) * ResultSize)
		one := &page{w: &text, color: p.color, several: p.several, baseline: p.baseline}
		one.header(in)
		one.line()
		one.results(own, found)
		return text.Bytes()
	}) {
		p.text(text)
	}
}

// causesOf finds what results share: nothing where the report has one.
func (p *page) causesOf(results []verdict.Result) causes {
	if !p.several {
		return nil
	}
	return newCauses(results)
}

// hasBlocks reports whether results have more to say than a line of the table.
func (c causes) hasBlocks(results []verdict.Result) bool {
	return slices.ContainsFunc(results, func(r verdict.Result) bool {
		return len(r.Candidates) > 0 || c.isOwn(r) || slices.ContainsFunc(r.Findings, func(f verdict.Finding) bool { return c.shared(r, f) != nil })
	})
}

// withoutInput writes the results without a single input.
func (p *page) withoutInput(inputs []verdict.Input, results []verdict.Result, ofInput map[string][]verdict.Result) {
	for _, in := range inputs {
		delete(ofInput, in.Path)
	}
	rest := slices.DeleteFunc(slices.Clone(results), func(r verdict.Result) bool { return ofInput[r.Input] == nil })
	p.results(rest, p.causesOf(rest))
}

// results writes the results of one input. Where the report has several, what controls
// share is written once, and a result that has nothing else to say is in the table only.
func (p *page) results(results []verdict.Result, found causes) {
	p.causes = found
	for _, g := range p.causes.sharedGroups(results) {
		p.shared(g, len(g.controls) == len(results))
	}
	for _, r := range results {
		if !p.several || len(r.Candidates) > 0 || p.causes.isOwn(r) {
			p.block(r)
		}
	}
}

// shared writes what several controls share.
func (p *page) shared(g *sharedGroup, all bool) {
	p.fixes, p.waived, p.current = map[string]bool{}, false, nil
	label, count := levelLabel(g.level()), verdict.Plural(len(g.controls), "control")
	switch {
	case all && len(g.controls) == 2:
		count = "both controls"
	case all:
		count = "all " + count
	}
	p.line(p.paint(wordTint(levelWord(g.level())), label), "  ", p.paint(bold, "in "+count))
	if !all {
		p.prose(len(label)+2, strings.Join(g.controls, ", "))
	}
	p.line()
	for _, c := range g.causes {
		if c.Link == "" {
			p.unlinked(c.Finding)
			continue
		}
		shown := row{word: levelWord(c.Level), links: []verdict.Link{c.Link}, resource: c.Resource, findings: []verdict.Finding{c.Finding}}
		if c.Resource != "" {
			shown.text = []string{terminal.Clean(c.Resource)}
		} else {
			shown.text = []string{""}
		}
		p.row(shown)
	}
	p.line()
}

// levelLabel is the word that a block of several controls begins with.
func levelLabel(l verdict.Level) string {
	switch l {
	case verdict.Error:
		return "FAIL"
	case verdict.Unclear:
		return "UNKNOWN"
	}
	return "WARN"
}

// table sums several results up, a line each: the verdict, the control, the input if there
// are several, and the first thing that is wrong.
func (p *page) table(inputs []verdict.Input, results []verdict.Result) {
	if !p.several || len(results) == 0 {
		return
	}
	controls, names := 0, 0
	for _, r := range results {
		controls = max(controls, utf8.RuneCountInString(terminal.Clean(r.Control)))
		names = max(names, utf8.RuneCountInString(terminal.Clean(r.Input)))
	}
	for _, r := range results {
		line := pad(terminal.Clean(r.Control), controls) + "  "
		if len(inputs) > 1 {
			line += pad(terminal.Clean(r.Input), names) + "  "
		}
		room := width - 9 - utf8.RuneCountInString(line)
		p.line(p.paint(verdictTint(r.Verdict), pad(strings.ToUpper(string(r.Verdict)), 7)), "  ", line, firstFitting(room, firstFault(r)))
	}
	p.line()
}

// firstFitting is the first text that has room, "" if none has.
func firstFitting(room int, texts []string) string {
	for _, t := range texts {
		if utf8.RuneCountInString(t) < room {
			return t
		}
	}
	return ""
}

// firstFault says what is wrong with a result, or why it does not apply, in several lengths.
func firstFault(r verdict.Result) []string {
	if r.Verdict == verdict.Skip {
		reasons := []string{"no trail and no filter for these events in the input", "no trail and no filter", "not in the input"}
		if len(r.Findings) > 0 {
			reasons = append([]string{terminal.Clean(withResource(r.Findings[0]))}, reasons...)
		}
		return reasons
	}
	for _, level := range verdict.Levels {
		for _, f := range r.Findings {
			if f.Level != level || level == verdict.Note || f.Waiver != nil {
				continue
			}
			text := terminal.Clean(f.Code)
			if level == verdict.Warning {
				text = "warning: " + text
			}
			if f.Location == nil {
				return []string{text}
			}
			return []string{text + "  " + location(verdict.Location{File: f.Location.File, Line: f.Location.Line}), text}
		}
	}
	if r.Waiver != nil {
		return []string{terminal.Clean(r.Waiver.Reason), "waived"}
	}
	return nil
}

func (p *page) header(in verdict.Input) {
	line := fmt.Sprintf("%s  %s, %s", terminal.Clean(in.Path), formatName(in.Format), verdict.Plural(in.Resources, "resource"))
	if in.Changed > 0 {
		line += fmt.Sprintf(" (%d changed)", in.Changed)
	}
	p.line(line)
	for _, n := range in.Notes {
		p.prose(wordColumn, "note: "+n)
	}
}
