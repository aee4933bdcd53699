package report

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/verdict"
)

// Bounds of Markdown in bytes. A comment holds 65,536 characters
// (https://docs.github.com/en/rest/issues/comments), a job summary 1 MiB for a
// step (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary),
// of which other steps need some.
const (
	commentLimit = 65536
	summaryLimit = 1000 * 1024
)

func writeMarkdown(w io.Writer, r verdict.Report, o Options) error {
	return writeMarkdownPage(w, r, o, commentLimit)
}

// writeMarkdownPage writes a table of all results and then the details of each, the most
// severe first. The page says how many did not fit.
func writeMarkdownPage(w io.Writer, r verdict.Report, o Options, limit int) error {
	results := slices.Clone(r.Results)
	slices.SortStableFunc(results, func(a, b verdict.Result) int {
		return cmp.Compare(slices.Index(verdict.Verdicts, a.Verdict), slices.Index(verdict.Verdicts, b.Verdict))
	})
	if o.Quiet {
		results = withoutQuiet(results)
	}
	m := &markdown{limit: limit - 200} // for the count of the rest
	m.write("## iacgate: " + string(r.Summary.Verdict) + "\n\n" + escapeMarkdown(summary(r)) + "\n")
	if text := r.Configuration.Text(); text != "" {
		m.write("\n" + capital(escapeMarkdown(text)) + ".\n")
	}
	m.notes(r.Inputs)
	m.table(results)
	m.sections(results, r.Inputs)
	_, err := w.Write(m.Bytes())
	return err
}

// markdown is a page that grows up to a limit.
type markdown struct {
	bytes.Buffer
	limit int
}

func (m *markdown) write(text string) { m.WriteString(text) }

// fits reports whether a text fits below a part of the limit.
func (m *markdown) fits(text string, limit int) bool { return m.Len()+len(text) <= limit }

// writeFitting writes those of the texts that fit, and returns how many do not.
func (m *markdown) writeFitting(texts []string, limit int) int {
	for n, t := range texts {
		if !m.fits(t, limit) {
			return len(texts) - n
		}
		m.write(t)
	}
	return 0
}

// notes are remarks about the inputs that readers need.
func (m *markdown) notes(inputs []verdict.Input) {
	var lines []string
	for _, in := range inputs {
		for _, n := range in.Notes {
			lines = append(lines, "* "+codeSpan(slashed(in.Path))+": "+escapeMarkdown(n)+"\n")
		}
	}
	if len(lines) > 0 {
		m.write("\n")
		if left := m.writeFitting(lines, m.limit/4); left > 0 {
			m.write("* " + verdict.Plural(left, "more note") + "\n")
		}
	}
}

func (m *markdown) table(results []verdict.Result) {
	if len(results) == 0 {
		return
	}
	m.write("\n| Verdict | Control | Severity | Input | Findings |\n|---|---|---|---|---|\n")
	var rows []string
	for _, r := range results {
		cells := []string{verdictWord(r.Verdict), codeCell(r.Control), escapeMarkdown(r.Severity), codeCell(slashed(r.Input)), codes(r)}
		rows = append(rows, "| "+strings.Join(cells, " | ")+" |\n")
	}
	if left := m.writeFitting(rows, m.limit/2); left > 0 {
		m.write("\n" + verdict.Plural(left, "more result") + " beside these.\n")
	}
}

func verdictWord(v verdict.Verdict) string {
	switch v {
	case verdict.Fail, verdict.Unknown:
		return "**" + string(v) + "**"
	}
	return escapeMarkdown(string(v))
}

// codes returns the codes of the findings that are not notes, each once.
func codes(r verdict.Result) string {
	var cells []string
	for _, f := range findingsOrPlaceholder(r) {
		cell := codeCell(f.Code)
		if f.Level != verdict.Note && !slices.Contains(cells, cell) {
			cells = append(cells, cell)
		}
	}
	return strings.Join(cells, ", ")
}

// sections returns the details of the results that have more than a row.
func (m *markdown) sections(results []verdict.Result, inputs []verdict.Input) {
	causes := causes{}
	if len(results) > 1 {
		causes = newCauses(results)
	}
	var sections []string
	for _, g := range causes.sharedGroups(results) {
		i := slices.IndexFunc(results, func(r verdict.Result) bool { return r.Control == g.controls[0] })
		sections = append(sections, sharedSection(g, language(results[i], inputs)))
	}
	for _, r := range results {
		if causes.isOwn(r) {
			sections = append(sections, section(r, language(r, inputs), causes))
		}
	}
	if left := m.writeFitting(sections, m.limit); left > 0 {
		m.write("\n" + fmt.Sprintf("%s not fit here; `--output text` tells everything.\n", resultsDo(left)))
	}
}

func resultsDo(n int) string {
	if n == 1 {
		return "1 more result does"
	}
	return fmt.Sprintf("%d more results do", n)
}

// language returns the language of the fixes of a result.
func language(r verdict.Result, inputs []verdict.Input) string {
	for _, in := range inputs {
		if in.Path == r.Input && in.Format == "cfn" {
			return "yaml"
		}
	}
	return "hcl"
}

// sharedSection is what several controls share.
func sharedSection(g *sharedGroup, language string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n### %s: in %s\n\n", escapeMarkdown(string(g.level())), verdict.Plural(len(g.controls), "control"))
	names := make([]string, len(g.controls))
	for i, c := range g.controls {
		names[i] = codeSpan(c)
	}
	b.WriteString(strings.Join(names, ", ") + "\n")
	fixes := map[string]bool{}
	for _, c := range g.causes {
		writeFinding(&b, c.Finding, language, fixes)
	}
	return b.String()
}

func section(r verdict.Result, language string, causes causes) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n### %s: %s\n\n", escapeMarkdown(string(r.Verdict)), escapeMarkdown(cmp.Or(r.Title, r.Control)))
	b.WriteString(strings.Join(circumstances(r), ", ") + "\n")
	if change := changeText(r); change != "" {
		b.WriteString("\n" + capital(escapeMarkdown(change)) + ".\n")
	}
	if r.Waiver != nil {
		b.WriteString("\n" + capital(escapeMarkdown(waiverText(*r.Waiver))) + ".\n")
	}
	fixes := map[string]bool{}
	for _, f := range findingsOrPlaceholder(r) {
		if causes.shared(r, f) != nil {
			b.WriteString("\n* " + codeSpan(f.Code) + ", as above\n")
			continue
		}
		writeFinding(&b, f, language, fixes)
	}
	if chain := chainRows(r); chain != "" {
		b.WriteString("\n<details><summary>The chain, link by link</summary>\n\n" + fence("text", chain) + "\n</details>\n")
	}
	return b.String()
}

func circumstances(r verdict.Result) []string {
	about := []string{codeSpan(r.Control) + " on " + codeSpan(slashed(r.Input))}
	if r.Severity != "" {
		about = append(about, "severity "+escapeMarkdown(r.Severity))
	}
	if len(r.References) > 0 {
		about = append(about, escapeMarkdown(references(r.References, 2)))
	}
	return about
}

// writeFinding writes one finding as an entry of a list. A fix that
// the result has shown is not repeated.
func writeFinding(b *strings.Builder, f verdict.Finding, language string, fixes map[string]bool) {
	fmt.Fprintf(b, "\n* **%s**", escapeMarkdown(string(f.Level)))
	if f.Link != "" {
		b.WriteString(", " + escapeMarkdown(strings.ReplaceAll(string(f.Link), "_", " ")))
	}
	if f.Resource != "" {
		b.WriteString(", " + codeSpan(f.Resource))
	}
	b.WriteString(": " + escapeMarkdown(f.Message) + " (" + codeSpan(f.Code))
	if f.Location != nil {
		b.WriteString(", " + codeSpan(location(*f.Location)))
	}
	b.WriteString(")\n")
	if f.Cause != "" {
		b.WriteString("\n  " + capital(escapeMarkdown(causeText(f.Cause))) + ".\n")
	}
	if len(f.Witness) > 0 {
		b.WriteString("\n  " + capital(witnessText(f)) + "\n\n" + indented(fence("", ShortEvent(f.Witness, f.Telling))))
	}
	if f.Fix == "" || f.Level == verdict.Note || fixes[f.Fix] {
		return
	}
	fixes[f.Fix] = true
	if f.Change != nil {
		language = f.Change.Language
	}
	writeFix(b, f.Fix, language)
}

// chainRows returns the rows of the text form without the findings below them.
func chainRows(r verdict.Result) string {
	var b bytes.Buffer
	p := &page{w: &b}
	for _, row := range newRows(r) {
		row.findings = nil
		p.row(row)
	}
	p.partners(r)
	return b.String()
}
