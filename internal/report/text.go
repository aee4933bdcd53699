package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

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
	p.inputs(r.Inputs, shown, o.Quiet)
	p.withoutInput(r.Inputs, shown)
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

// configuration writes the configuration of the run, if it differs from the default.
func (p *page) configuration(c *verdict.Configuration) {
	if text := c.Text(); text != "" {
		p.line(terminal.Clean(text))
		p.line()
	}
}

// inputs writes the results of each input.
func (p *page) inputs(inputs []verdict.Input, results []verdict.Result, quiet bool) {
	for _, in := range inputs {
		own := slices.DeleteFunc(slices.Clone(results), func(r verdict.Result) bool { return r.Input != in.Path })
		if len(own) == 0 && quiet || p.several && len(own) > 0 && len(in.Notes) == 0 && !p.hasBlocks(own) {
			continue // the table says it
		}
		p.header(in)
		p.line()
		p.results(own)
	}
}

// hasBlocks reports whether results have more to say than a line of the table.
func (p *page) hasBlocks(results []verdict.Result) bool {
	found := newCauses(results)
	return slices.ContainsFunc(results, func(r verdict.Result) bool {
		return len(r.Candidates) > 0 || found.isOwn(r) || slices.ContainsFunc(r.Findings, func(f verdict.Finding) bool { return found.shared(r, f) != nil })
	})
}

// withoutInput writes the results without a single input.
func (p *page) withoutInput(inputs []verdict.Input, results []verdict.Result) {
	p.results(slices.DeleteFunc(slices.Clone(results), func(r verdict.Result) bool {
		return slices.ContainsFunc(inputs, func(in verdict.Input) bool { return in.Path == r.Input })
	}))
}

// results writes the results of one input. Where the report has several, what controls
// share is written once, and a result that has nothing else to say is in the table only.
func (p *page) results(results []verdict.Result) {
	p.causes = causes{}
	if p.several {
		p.causes = newCauses(results)
	}
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

// block writes one result.
func (p *page) block(r verdict.Result) {
	p.fixes, p.waived, p.current = map[string]bool{}, r.Verdict == verdict.Waived, &r
	p.title(r)
	if r.Verdict == verdict.Skip {
		for _, f := range r.Findings {
			p.unlinked(f)
		}
		p.line()
		return
	}
	p.line()
	rows := newRows(r)
	for _, row := range rows {
		p.row(row)
	}
	p.partners(r)
	for _, f := range r.Findings {
		if !slices.ContainsFunc(rows, func(row row) bool { return slices.Contains(row.links, f.Link) }) {
			p.unlinked(f)
		}
	}
	p.candidates(r)
	p.line()
}

// candidates lists every chain that was considered, if requested.
func (p *page) candidates(r verdict.Result) {
	for i, c := range r.Candidates {
		if i == 0 {
			p.line()
			p.line("  ", p.paint(bold, "chains that were considered"))
		}
		var steps []string
		for _, step := range []string{c.Chain.Trail, c.Chain.LogGroup, c.Chain.MetricFilter, c.Chain.Alarm, c.Chain.CompositeAlarm, c.Chain.Topic} {
			if step != "" {
				steps = append(steps, terminal.Clean(step))
			}
		}
		p.prose(wordColumn, strings.ToUpper(string(c.Verdict))+"  "+strings.Join(steps, " -> "))
		if c.Fault != nil {
			p.prose(wordColumn+4, terminal.Clean(string(c.Fault.Link))+": "+terminal.Clean(c.Fault.Message))
		}
	}
}

// partners writes the further paths that cover the control together with the shown
// one.
func (p *page) partners(r verdict.Result) {
	if r.Chain == nil {
		return
	}
	for _, c := range r.Chain.With {
		p.row(row{word: "with", links: []verdict.Link{"metric_filter"}, text: []string{
			terminal.Clean(c.MetricFilter), terminal.Clean(c.Alarm), terminal.Clean(c.Topic),
		}})
	}
}

func (p *page) title(r verdict.Result) {
	label := strings.ToUpper(string(r.Verdict))
	text := terminal.Clean(r.Control) + "  " + terminal.Clean(r.Title)
	if r.Severity != "" {
		text = pad(text, width-len(label)-3-len(r.Severity)) + " " + terminal.Clean(r.Severity)
	}
	p.line(p.paint(verdictTint(r.Verdict), label), "  ", p.paint(bold, text))
	indent := len(label) + 2
	if r.Verdict != verdict.Skip && len(r.References) > 0 {
		p.prose(indent, references(r.References, 2))
	}
	if change := changeText(r); change != "" {
		p.prose(indent, change)
	}
	if r.Waiver != nil {
		p.prose(indent, waiverText(*r.Waiver))
		for _, w := range r.Waiver.With {
			p.prose(indent, waiverText(w))
		}
	}
}

func verdictTint(v verdict.Verdict) tint {
	switch v {
	case verdict.Fail:
		return red
	case verdict.Unknown, verdict.Waived:
		return yellow
	case verdict.Pass:
		return green
	}
	return faint
}

func (p *page) row(r row) {
	left := strings.Repeat(" ", wordColumn) + pad(r.word, linkColumn-wordColumn)
	head := pad(r.name(), textColumn-linkColumn)
	if len(head) > textColumn-linkColumn {
		head += "  "
	}
	lines := []string{strings.Join(r.text, "  ")}
	if utf8.RuneCountInString(left+head+lines[0]) > width {
		lines = r.foldText()
	}
	p.line(p.paint(wordTint(r.word), left), head, lines[0])
	for _, l := range lines[1:] {
		p.line(strings.Repeat(" ", textColumn), l)
	}
	for _, f := range r.findings {
		p.finding(f, r)
	}
}

func wordTint(word string) tint {
	switch word {
	case wordFail:
		return red
	case wordUnknown, wordWarn:
		return yellow
	case wordOK:
		return green
	}
	return faint
}

// finding writes a finding under its link.
func (p *page) finding(f verdict.Finding, under row) {
	if p.saidAbove(f) {
		return
	}
	message := f.Message
	if f.Resource != "" && f.Resource != under.resource {
		message = f.Resource + ": " + message
	}
	if w := levelWord(f.Level); w != under.word {
		message = w + ": " + message
	}
	p.prose(findingIndent, message)
	p.evidence(f)
}

// saidAbove refers to a cause that several controls share.
func (p *page) saidAbove(f verdict.Finding) bool {
	if p.current == nil {
		return false // the block of what is shared
	}
	c := p.causes.shared(*p.current, f)
	if c == nil || p.apart && c.controls[0] == p.current.Control {
		return false
	}
	where := "as above"
	if p.apart {
		where = "as in " + terminal.Clean(c.controls[0])
	}
	p.line(strings.Repeat(" ", findingIndent), p.paint(faint, terminal.Clean(f.Code)+", "+where))
	return true
}

// unlinked writes a finding that belongs to no shown link.
func (p *page) unlinked(f verdict.Finding) {
	if p.saidAbove(f) {
		return
	}
	word := levelWord(f.Level)
	text := f.Message
	if f.Resource != "" {
		text = f.Resource + ": " + text
	}
	lines := wrap(terminal.Clean(text), width-linkColumn)
	p.line(p.paint(wordTint(word), strings.Repeat(" ", wordColumn)+pad(word, linkColumn-wordColumn)), lines[0])
	for _, l := range lines[1:] {
		p.line(strings.Repeat(" ", linkColumn), l)
	}
	p.evidence(f)
}

// evidence writes the event, the cause, the place and the fix. Notes have none of them.
func (p *page) evidence(f verdict.Finding) {
	if len(f.Witness) > 0 {
		p.line(strings.Repeat(" ", findingIndent), witnessText(f))
		p.line(strings.Repeat(" ", findingIndent+2), ShortEvent(f.Witness, f.Telling))
	}
	if f.Cause != "" {
		p.prose(findingIndent, causeText(f.Cause))
	}
	if f.Level == verdict.Note {
		return
	}
	if f.Waiver != nil && !p.waived {
		p.prose(findingIndent, waiverText(*f.Waiver))
	}
	place := terminal.Clean(f.Code)
	if p.baseline && isFault(f) && f.Waiver == nil && !p.waived {
		place += "  new"
	}
	if f.Location != nil {
		place = location(*f.Location) + "  " + place
	}
	p.line(strings.Repeat(" ", findingIndent), p.paint(faint, place))
	p.calls(f.Location)
	if f.Fix != "" && !p.fixes[f.Fix] {
		p.fix(f.Fix)
		p.fixes[f.Fix] = true
	}
}

// calls writes the module calls that lead to a place.
func (p *page) calls(l *verdict.Location) {
	if l == nil {
		return
	}
	for _, c := range l.Calls {
		p.line(strings.Repeat(" ", findingIndent), p.paint(faint, "called at "+location(c)))
	}
}

// fix writes a change. Code keeps its lines.
func (p *page) fix(fix string) {
	first, rest, more := strings.Cut(fix, "\n")
	if !isCode(fix) {
		p.prose(findingIndent, "fix: "+first)
		return
	}
	indent := strings.Repeat(" ", findingIndent)
	p.line(indent, "fix: ", terminal.Clean(first))
	if more {
		for l := range strings.SplitSeq(rest, "\n") {
			p.line(indent, "     ", terminal.Clean(l))
		}
	}
}
