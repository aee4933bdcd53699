package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/iacgate/iacgate/internal/terminal"
)

// escapeMarkdown makes a text from the input plain in the Markdown of GitHub and
// GitLab: no markup, no HTML, no formula, no link, no mention and no reference to
// an issue (https://github.github.com/gfm/). Addresses keep their underscores,
// which mean nothing inside a word.
func escapeMarkdown(s string) string {
	s = terminal.Clean(s)
	var b strings.Builder
	previous := ' '
	for i, r := range s {
		switch {
		case r == '|':
			b.WriteString("&#124;") // a backslash before it is not safe in a table
		case r == '@' || r == '#':
			b.WriteString("<span>" + string(r) + "</span>") // these are looked for in the rendered text
		case r == '_' && inWord(previous, s[i+1:]):
			b.WriteRune(r)
		case strings.ContainsRune("\\`*_[]<>&~$", r), r == ':' && strings.HasPrefix(s[i:], "://"), r == '.' && strings.HasSuffix(strings.ToLower(s[:i]), "www"):
			b.WriteString(`\` + string(r))
		default:
			b.WriteRune(r)
		}
		previous = r
	}
	return b.String()
}

func inWord(before rune, rest string) bool {
	after, _ := utf8.DecodeRuneInString(rest)
	return isWord(before) && isWord(after)
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// codeSpan writes a name in code, where nothing is markup.
func codeSpan(s string) string {
	s = terminal.Clean(s)
	if strings.TrimSpace(s) == "" {
		return ""
	}
	mark := strings.Repeat("`", longestRun(s)+1)
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return mark + s + mark
}

// codeCell is codeSpan for tables, whose cells are cut at | even in code.
func codeCell(s string) string {
	if strings.ContainsAny(s, "|`\\") {
		return "<code>" + escapeMarkdown(s) + "</code>"
	}
	return codeSpan(s)
}

// longestRun returns the length of the longest run of backticks.
func longestRun(s string) int {
	longest, run := 0, 0
	for _, r := range s {
		if r != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}

func indented(block string) string {
	var b strings.Builder
	for l := range strings.Lines(block) {
		b.WriteString("  " + l)
	}
	return b.String()
}

// fence makes a block of code whose fence is longer than any in the text.
func fence(language, text string) string {
	var lines []string
	for l := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		lines = append(lines, terminal.Clean(l))
	}
	cleaned := strings.Join(lines, "\n") // what was taken out may have parted backticks
	mark := strings.Repeat("`", max(3, longestRun(cleaned)+1))
	return mark + language + "\n" + cleaned + "\n" + mark + "\n"
}
