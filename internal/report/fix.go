package report

import (
	"regexp"
	"strings"
	"sync"
)

// A block is some lines of a fix that are all advice, or all code.
type block struct {
	code bool
	text string
}

// advice begins with two words; code does not, in any language that fixes are
// written in: pattern = "...", resource "aws_sns_topic" "x" {, external:.
var advice = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z]+ [A-Za-z_]+[ ,]`) })

// blocks splits a fix. One without any code is one block.
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

// writeFix writes a fix as Markdown, the code in fences. Code for
// iacgate's own configuration is YAML.
func writeFix(b *strings.Builder, fix, language string) {
	b.WriteString("\n  Fix:")
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

// isCode reports whether a change is written as code: several lines of it, or one
// assignment in HCL, YAML or JSON.
func isCode(fix string) bool {
	for _, assigns := range []string{" = ", ": "} {
		if name, _, ok := strings.Cut(fix, assigns); ok && !strings.Contains(name, " ") {
			return true
		}
	}
	return strings.Contains(fix, "\n")
}
