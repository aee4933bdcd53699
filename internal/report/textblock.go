package report

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/iacgate/iacgate/internal/terminal"
	"github.com/iacgate/iacgate/internal/verdict"
)

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
