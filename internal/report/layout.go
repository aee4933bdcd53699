package report

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/iacgate/iacgate/internal/terminal"
	"github.com/iacgate/iacgate/internal/verdict"
)

// width is the column that lines end before, unless a word is longer.
const width = 80

// A page collects lines and keeps the first error of its writer.
type page struct {
	w     io.Writer
	err   error
	color bool
	fixes map[string]bool // those that the current block has shown
	// waived says that the title of the current block names the waivers.
	waived bool
	// several: the report has more than one result.
	several bool
	// baseline: what the report finds and nothing accepts is not in the baseline.
	baseline bool
	causes   causes          // of the current input
	apart    bool            // the blocks are read one by one: the first one says a cause
	current  *verdict.Result // of the current block; nil in one of several controls
	written  []byte          // the last line
}

func (p *page) line(parts ...string) {
	if p.err != nil {
		return
	}
	p.written = p.written[:0]
	for _, part := range parts {
		p.written = append(p.written, part...)
	}
	p.written = append(bytes.TrimRight(p.written, " "), '\n')
	_, p.err = p.w.Write(p.written)
}

// text writes lines that are made already.
func (p *page) text(lines []byte) {
	if p.err == nil {
		_, p.err = p.w.Write(lines)
	}
}

// prose writes text with line breaks between words, every line indented. The
// text's own line breaks stay.
func (p *page) prose(indent int, text string) {
	for part := range strings.SplitSeq(text, "\n") {
		for _, l := range wrap(terminal.Clean(part), width-indent) {
			p.line(strings.Repeat(" ", indent), l)
		}
	}
}

// wrap breaks text between words into lines of at most n characters. Words
// that are longer stay whole, and so does the text's own leading blank.
func wrap(text string, n int) []string {
	lead := text[:len(text)-len(strings.TrimLeft(text, " "))]
	var lines []string
	line := lead
	for _, word := range strings.Fields(text) {
		switch {
		case strings.TrimSpace(line) == "":
			line += word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= n:
			line += " " + word
		default:
			lines = append(lines, line)
			line = lead + word
		}
	}
	return append(lines, line)
}

func pad(s string, n int) string {
	return s + strings.Repeat(" ", max(0, n-utf8.RuneCountInString(s)))
}

// A tint is an SGR parameter of ECMA-48.
type tint string

const (
	plain  tint = ""
	red    tint = "1;31"
	green  tint = "32"
	yellow tint = "33"
	faint  tint = "2"
	bold   tint = "1"
)

func (p *page) paint(t tint, s string) string {
	if !p.color || t == plain || s == "" {
		return s
	}
	return "\x1b[" + string(t) + "m" + s + "\x1b[0m"
}
