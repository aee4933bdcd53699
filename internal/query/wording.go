package query

import (
	"fmt"
	"strings"
	"time"
	"unicode"
)

// A head is the comment above a query. Each line begins with the engine's mark, and
// nothing of the input can end it.
type head struct {
	mark string
	b    strings.Builder
}

func (h *head) say(format string, args ...any) {
	text := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, fmt.Sprintf(format, args...))
	h.b.WriteString(strings.TrimRight(h.mark+" "+text, " ") + "\n")
}

// columns lists the columns, with their patterns where there is room.
func (h *head) columns(q Query, patterns bool) {
	h.say("Columns: minute (seconds since 1970, UTC), total (all records), and")
	for _, c := range q.Columns {
		text := ""
		for _, p := range c.All {
			text += " AND " + p.String()
		}
		for _, p := range c.None {
			text += " AND NOT " + p.String()
		}
		h.say("  %s: %s", c.Name, c.Title)
		if patterns {
			h.say("    %s", strings.TrimPrefix(text, " AND "))
		}
	}
}

// notes says between which times the query asks, and which flag takes the answer.
func (h *head) notes(q Query, flag string) {
	if !q.Since.IsZero() || !q.Until.IsZero() {
		h.say("Asked with%s%s: give the same with %s.", bound(" --since ", q.Since), bound(" --until ", q.Until), flag)
	}
	for _, n := range q.Notes {
		h.say("%s", n)
	}
}

func (h *head) String() string { return h.b.String() }

// quote returns a text as a string of SQL.
func quote(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// name returns an identifier of SQL.
func name(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }

// like returns the parts between the stars of a text as a pattern of LIKE ... ESCAPE '\'.
func like(parts []string) string {
	escape := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)
	var escaped []string
	for _, part := range parts {
		escaped = append(escaped, escape.Replace(part))
	}
	return strings.Join(escaped, "%")
}

// shell returns a word of a POSIX shell.
func shell(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

// bound is a flag with its time.
func bound(flag string, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return flag + t.UTC().Format(time.RFC3339)
}
