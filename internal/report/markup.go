package report

import (
	"html"
	"strings"

	"github.com/iacgate/iacgate/internal/terminal"
)

// markup writes HTML so that nothing of a report can become part of it: the
// names of elements and attributes are words of this program, by their type, and
// everything else is escaped where it is written.
//
// It is not html/template: templates call methods by name, which keeps the
// linker from leaving out any, and the program would be an eighth larger.
type markup struct{ strings.Builder }

// A word is a part of HTML: always a constant, which no other text becomes
// without being converted.
type word string

// An attr is an attribute with its value.
type attr struct {
	name  word
	value string
}

// in writes an element with what body writes, on lines of their own.
func (m *markup) in(element word, body func(), attrs ...attr) {
	m.open(element, attrs)
	m.WriteByte('\n')
	body()
	m.shut(element)
	m.WriteByte('\n')
}

// line writes an element on a line.
func (m *markup) line(element word, text string, attrs ...attr) {
	m.put(element, text, attrs...)
	m.WriteByte('\n')
}

// put writes an element within a line.
func (m *markup) put(element word, text string, attrs ...attr) {
	m.open(element, attrs)
	m.text(text)
	m.shut(element)
}

func (m *markup) open(element word, attrs []attr) {
	m.WriteString("<" + string(element))
	for _, a := range attrs {
		m.WriteString(" " + string(a.name) + `="`)
		m.text(a.value)
		m.WriteByte('"')
	}
	m.WriteByte('>')
}

func (m *markup) shut(element word) { m.WriteString("</" + string(element) + ">") }

// text writes a text from anywhere, line by line. What moves a cursor, changes
// the direction of text or is an order to a CI system is disarmed: nothing in a
// page needs it, and pages are written to logs, too.
func (m *markup) text(text string) {
	for i, line := range strings.Split(strings.ReplaceAll(text, "\t", "  "), "\n") {
		if i > 0 {
			m.WriteByte('\n')
		}
		m.WriteString(html.EscapeString(terminal.Clean(line)))
	}
}
