package report

import (
	"slices"
	"strings"

	"github.com/iacgate/iacgate/internal/terminal"
	"github.com/iacgate/iacgate/internal/verdict"
)

// The words that a row of the text form starts with.
const (
	wordOK        = "ok"
	wordNote      = "note"
	wordWarn      = "warn"
	wordUnknown   = "?"
	wordFail      = "FAIL"
	wordNotJudged = "-"
)

// A row is one line of the text form: a link, or several at one
// resource.
type row struct {
	word     string
	links    []verdict.Link
	resource string   // as the input has it
	text     []string // resource, detail
	findings []verdict.Finding
}

// name joins the links as a person reads them.
func (r row) name() string {
	names := make([]string, len(r.links))
	for i, l := range r.links {
		names[i] = strings.ReplaceAll(string(l), "_", " ")
	}
	return strings.Join(names, ", ")
}

// newRows makes one row per link, with its findings. Links that add nothing join the row
// before.
func newRows(r verdict.Result) []row {
	var rows []row
	resource := ""
	for _, s := range r.Links {
		next := newRow(s, resource, r.Findings)
		if n := len(rows); n > 0 && sameRow(rows[n-1], next, s.Resource == resource) {
			rows[n-1].links = append(rows[n-1].links, s.Link)
		} else {
			rows = append(rows, next)
		}
		resource = s.Resource
	}
	return rows
}

// newRow shows a resource, unless the row before shows it and this one has other text.
func newRow(s verdict.Step, previous string, findings []verdict.Finding) row {
	r := row{links: []verdict.Link{s.Link}, resource: s.Resource}
	for _, f := range findings {
		if f.Link == s.Link {
			r.findings = append(r.findings, f)
		}
	}
	if s.Resource != "" && (s.Resource != previous || s.Detail == "") {
		r.text = append(r.text, terminal.Clean(s.Resource))
	}
	if s.Detail != "" {
		r.text = append(r.text, terminal.Clean(s.Detail))
	}
	if s.State == verdict.Missing && len(r.text) == 0 {
		r.text = []string{"missing"}
	}
	r.word = stateWord(s.State, r.findings)
	return r.inlineNote()
}

// foldText splits a row that does not fit on one line: each text gets lines of its own.
// A pattern stays whole, so that it can be copied.
func (r row) foldText() []string {
	if len(r.text) == 0 {
		return []string{""}
	}
	if slices.Contains(r.links, "pattern") {
		return r.text
	}
	var lines []string
	for _, t := range r.text {
		lines = append(lines, wrap(t, width-textColumn)...)
	}
	return lines
}

// sameRow reports whether two rows can be one: the same resource, nothing to add.
func sameRow(a, b row, sameResource bool) bool {
	if a.word != b.word || len(a.findings)+len(b.findings) > 0 {
		return false
	}
	return a.word == wordNotJudged || sameResource && len(b.text) == 1 && slices.Contains(a.text, b.text[0])
}

// inlineNote moves a single short note from below the row into it.
func (r row) inlineNote() row {
	if len(r.findings) != 1 || r.findings[0].Level != verdict.Note || r.findings[0].Witness != nil || r.findings[0].Cause != "" {
		return r
	}
	message := terminal.Clean(r.findings[0].Message)
	text := append(r.text[:len(r.text):len(r.text)], message)
	if len(r.text) <= 1 && textColumn+len(strings.Join(text, "  ")) <= width {
		r.text, r.findings = text, nil
	}
	return r
}

// stateWord returns the state of a link, or the most severe remark on one that holds.
func stateWord(s verdict.State, findings []verdict.Finding) string {
	switch s {
	case verdict.Broken, verdict.Missing:
		return wordFail
	case verdict.Undecided:
		return wordUnknown
	case verdict.NotJudged:
		return wordNotJudged
	}
	for _, l := range []verdict.Level{verdict.Warning, verdict.Note} {
		if slices.ContainsFunc(findings, func(f verdict.Finding) bool { return f.Level == l }) {
			return levelWord(l)
		}
	}
	return wordOK
}

func levelWord(l verdict.Level) string {
	switch l {
	case verdict.Error:
		return wordFail
	case verdict.Unclear:
		return wordUnknown
	case verdict.Warning:
		return wordWarn
	}
	return wordNote
}

// The columns of the text form: a row is a word, the link, and what comes
// there; findings are indented below.
const (
	wordColumn    = 2
	linkColumn    = 8
	textColumn    = 23
	findingIndent = 10
)
