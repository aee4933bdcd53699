package cfn

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/iacgate/iacgate/internal/inline"
)

// A comment is the part of a line of a YAML file after #.
type comment struct {
	place
	text  string
	alone bool // nothing is before it on its line
}

// inComments returns the comments of a template in YAML, if a waiver may be among
// them. The parser keeps the text of comments but not their places, so they are
// looked for outside the scalars, whose places it does keep.
func inComments(file string, raw []byte) (found []comment) {
	raw = bytes.TrimPrefix(raw, []byte("\xEF\xBB\xBF"))
	if !bytes.Contains(raw, []byte(inline.Marker)) || isJSON(raw) {
		return nil
	}
	var doc yaml.Node
	if yaml.Unmarshal(raw, &doc) != nil {
		return nil
	}
	lines := strings.SplitAfter(string(raw), "\n")
	m := masker{lines: lines, hidden: make([]int, len(lines))}
	m.visit(&doc)
	for n, line := range lines {
		at := commentIn(line, m.hidden[n])
		if at < 0 {
			continue
		}
		found = append(found, comment{
			place: place{file, n + 1, utf8.RuneCountInString(line[:at]) + 1},
			text:  strings.TrimLeft(line[at:], "#"), alone: strings.TrimSpace(line[:at]) == "",
		})
	}
	return found
}

// commentIn returns where the comment of a line begins, from an offset on; -1 if it
// has none. A # inside a word begins none.
func commentIn(line string, from int) int {
	for at := from; at < len(line); at++ {
		if line[at] == '#' && (at == 0 || line[at-1] == ' ' || line[at-1] == '\t') {
			return at
		}
	}
	return -1
}

// A masker notes how far each line is covered by scalars that may contain something like
// a comment: those in quotes, and blocks of text.
type masker struct {
	lines  []string
	hidden []int
}

func (m *masker) visit(n *yaml.Node) {
	if n.Kind == yaml.ScalarNode && n.Line > 0 && n.Line <= len(m.lines) {
		switch {
		case n.Style&yaml.DoubleQuotedStyle != 0:
			m.quoted(n, '"')
		case n.Style&yaml.SingleQuotedStyle != 0:
			m.quoted(n, '\'')
		case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
			m.block(n)
		}
	}
	for _, c := range n.Content {
		m.visit(c)
	}
}

// offset returns the byte at which a node begins in its line.
func (m *masker) offset(n *yaml.Node) int {
	line, at := m.lines[n.Line-1], 0
	for range n.Column - 1 {
		_, size := utf8.DecodeRuneInString(line[at:])
		at += size
	}
	return at
}

// quoted hides a scalar in quotes, after its tag.
func (m *masker) quoted(n *yaml.Node, quote byte) {
	opened := false
	at := m.offset(n)
	for l := n.Line - 1; l < len(m.lines); l++ {
		line := m.lines[l]
		for ; at < len(line); at++ {
			switch {
			case !opened:
				opened = line[at] == quote
			case quote == '"' && line[at] == '\\':
				at++
			case quote == '\'' && line[at] == quote && at+1 < len(line) && line[at+1] == quote:
				at++
			case line[at] == quote:
				m.hidden[l] = max(m.hidden[l], at+1)
				return
			}
		}
		m.hidden[l], at = len(line), 0
	}
}

// block hides a block of text: the lines after its header as long as they are
// empty or indented like the first.
// https://yaml.org/spec/1.2.2/#81-block-scalar-styles
func (m *masker) block(n *yaml.Node) {
	first := n.Line - 1
	for first < len(m.lines) && !strings.ContainsAny(m.lines[first], "|>") {
		first++ // after a tag on a line of its own
	}
	if first == len(m.lines) {
		return
	}
	parent, indent := indentation(m.lines[first]), -1
	for l := first + 1; l < len(m.lines); l++ {
		line := strings.TrimRight(m.lines[l], "\r\n")
		depth := indentation(line)
		switch {
		case strings.TrimSpace(line) == "":
			continue
		case indent < 0:
			if indent = depth; indent <= parent { // an empty one
				return
			}
		case depth < indent:
			return
		}
		m.hidden[l] = len(m.lines[l])
	}
}

func indentation(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }
