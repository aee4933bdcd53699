package filterpattern

import (
	"slices"
	"strings"
)

// match gives the message's words to the fields. Each field takes one word,
// the ellipsis any number, and a last field that no ellipsis precedes takes
// all that remain (recorded).
func (l line) match(m *Message) bool {
	message := m.text()
	if len(l) == 0 {
		return true
	}
	values, ok := l.assign(splitWords(string(message)), string(message))
	if !ok {
		return false
	}
	for i, f := range l {
		if f.test != nil && !holds(f.test, func(c *condition) bool { return c.holdsInWord(values[i]) }) {
			return false
		}
	}
	return true
}

// assign returns one text per field, empty for the ellipsis; ok is false where
// the message has fewer words than the pattern has fields.
func (l line) assign(words []word, message string) (values []string, ok bool) {
	values = make([]string, len(l))
	before := slices.IndexFunc(l, func(f field) bool { return f.ellipsis })
	if before >= 0 {
		after := len(l) - before - 1
		if len(words) < before+after {
			return nil, false
		}
		for i := range before {
			values[i] = words[i].text
		}
		for i := range after {
			values[len(l)-1-i] = words[len(words)-1-i].text
		}
		return values, true
	}
	if len(words) < len(l) {
		return nil, false
	}
	for i := range l {
		values[i] = words[i].text
	}
	if last := len(l) - 1; len(words) > len(l) {
		values[last] = message[words[last].start:words[len(words)-1].end]
	}
	return values, true
}

// holdsInWord compares a field's text. A number without quotes compares by
// value (recorded); a text that is no number differs from every number.
func (c *condition) holdsInWord(text string) bool {
	if c.value.kind != numberLiteral {
		return c.value.matchesText(text) == (c.op == equal)
	}
	d, ok := parseDecimal(text)
	if !ok {
		return c.op == notEqual
	}
	return c.op.admits(d.cmp(c.value.number))
}

// A word is one field of a message: text between blanks, or what stands in
// quotes or square brackets, without them.
type word struct {
	text       string
	start, end int // in the message, with quotes and brackets
}

// splitWords splits at blanks. A quote or bracket groups only where a word
// starts and only if its partner follows (recorded: in 'x "y z' there are
// three words).
func splitWords(message string) []word {
	lastPartner := map[byte]int{
		'"': strings.LastIndexByte(message, '"'),
		'[': strings.LastIndexByte(message, ']'),
	}
	var words []word
	for i := 0; i < len(message); {
		if isBlank(message[i]) {
			i++
			continue
		}
		w := plainWord(message, i)
		if last, groups := lastPartner[message[i]]; groups && last > i {
			w = groupedWord(message, i)
		}
		words = append(words, w)
		i = w.end
	}
	return words
}

func plainWord(message string, start int) word {
	end := len(message)
	if n := strings.IndexAny(message[start:], blanks); n >= 0 {
		end = start + n
	}
	return word{message[start:end], start, end}
}

func groupedWord(message string, start int) word {
	partner := byte('"')
	if message[start] == '[' {
		partner = ']'
	}
	n := strings.IndexByte(message[start+1:], partner)
	return word{message[start+1 : start+1+n], start, start + n + 2}
}
