package report

import (
	"regexp"
	"strings"
	"sync"
)

// A block is some lines of a mend that are all advice, or all code.
type block struct {
	code bool
	text string
}

// advice begins with two words; code does not, in any language that mends are
// written in: pattern = "...", resource "aws_sns_topic" "x" {, external:.
var advice = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z]+ [a-z]+[ ,]`) })

// blocks takes a mend apart. One that is no code at all is one block.
func blocks(fix string) []block {
	if !isCode(fix) {
		return []block{{false, fix}}
	}
	var all []block
	for line := range strings.SplitSeq(fix, "\n") {
		code := !advice().MatchString(line)
		if n := len(all); n > 0 && all[n-1].code && code {
			all[n-1].text += "\n" + line
		} else {
			all = append(all, block{code, line})
		}
	}
	return all
}

// writeMend writes a mend as Markdown, the code in fences. What belongs into
// iacgate's own configuration is YAML.
func writeMend(b *strings.Builder, fix, language string) {
	b.WriteString("\n  Mend:")
	for n, part := range blocks(fix) {
		switch {
		case part.code:
			b.WriteString("\n\n" + strings.TrimRight(indented(fence(language, part.text)), "\n"))
		case n == 0:
			b.WriteString(" " + escapeMarkdown(part.text))
		default:
			b.WriteString("\n\n  " + capital(escapeMarkdown(part.text)))
		}
		if !part.code && strings.Contains(part.text, ".iacgate.yaml") {
			language = "yaml"
		}
	}
	b.WriteString("\n")
}
