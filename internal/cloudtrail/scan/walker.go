package scan

import (
	"bytes"
	"encoding/json"
	"errors"
)

// errShort says that the text ends inside the value.
var errShort = errors.New("the text ends inside the value")

var errSyntax = errors.New("not JSON")

// maxDepth is how deep values may lie inside each other, as in encoding/json.
const maxDepth = 10_000

// kind is what there is at a field.
type kind uint8

const (
	absent  kind = iota
	object       // whose members are known by their own slots
	written      // any other value, and objects that are looked into as a whole
)

// A value is what a record has at a field: where it lies in the text.
type value struct {
	kind       kind
	start, end int
}

// A walker walks one record and notes where the values of the fields lie. It checks the
// structure of what it skips, not what single words and texts hold.
type walker struct {
	root   *node
	values []value
	shapes []shape // of the objects that are looked into, by node
	text   []byte  // the record, and what comes behind it
	words  vocabulary
	open   []byte // the brackets that close those that are open
}

func newWalker(p *Program) walker {
	return walker{root: p.root, values: make([]value, p.slots), shapes: make([]shape, p.nodes)}
}

// record walks a record at the beginning of a text, and returns its length.
func (w *walker) record(text []byte) (int, error) {
	clear(w.values)
	w.text = text
	if len(text) == 0 {
		return 0, errShort
	}
	if text[0] != '{' {
		return 0, errSyntax
	}
	return w.members(1, w.root, 1)
}

// members walks the members of an object whose brace lies before i, and returns the place
// behind the object.
func (w *walker) members(i int, n *node, depth int) (int, error) {
	if depth > maxDepth {
		return 0, errSyntax
	}
	shape := &w.shapes[n.id]
	last := &shape.start
	for first := true; ; first = false {
		next, i2 := w.expected(last, i, first)
		if next == nil {
			c, quote, err := w.separator(i, first)
			if err != nil || c == '}' {
				return quote, err
			}
			var name []byte
			if name, i2, err = w.name(quote); err != nil {
				return 0, err
			}
			next = shape.learn(last, w.text[quote:i2], name, n.find(name))
		}
		var err error
		if next.child != nil {
			i, err = w.keep(i2, next.child, depth)
		} else {
			i, err = w.skip(i2)
		}
		if err != nil {
			return 0, err
		}
		last = next
	}
}

// expected returns the member that comes after another and the place of its value, nil if
// it has not come there before or blanks are between.
func (w *walker) expected(last *step, i int, first bool) (*step, int) {
	if !first {
		if i >= len(w.text) || w.text[i] != ',' {
			return nil, i
		}
		i++
	}
	for _, next := range last.next {
		if next == nil {
			break
		}
		if end := i + len(next.name); end < len(w.text) && w.text[end] > ' ' && string(w.text[i:end]) == next.name {
			return next, end
		}
	}
	return nil, i
}

// separator moves to the quote of the next name, or behind the brace that ends the
// object.
func (w *walker) separator(i int, first bool) (byte, int, error) {
	c, i, err := w.blank(i)
	switch {
	case err != nil:
		return 0, 0, err
	case c == '}':
		return c, i + 1, nil
	case !first && c != ',':
		return 0, 0, errSyntax
	case !first:
		if c, i, err = w.blank(i + 1); err != nil {
			return 0, 0, err
		}
	}
	if c != '"' {
		return 0, 0, errSyntax
	}
	return c, i, nil
}

// name reads a name and the colon behind it, and moves to the value.
func (w *walker) name(i int) (name []byte, after int, err error) {
	end, err := w.skipText(i + 1)
	if err != nil {
		return nil, 0, err
	}
	if name = w.text[i+1 : end-1]; bytes.IndexByte(name, '\\') >= 0 {
		var plain string
		if json.Unmarshal(w.text[i:end], &plain) != nil {
			return nil, 0, errSyntax
		}
		name = []byte(plain)
	}
	c, i, err := w.blank(end)
	if err != nil {
		return nil, 0, err
	}
	if c != ':' {
		return nil, 0, errSyntax
	}
	_, i, err = w.blank(i + 1)
	return name, i, err
}

// keep notes the value of a field. Of two members of one name the last one counts, as
// in encoding/json.
func (w *walker) keep(i int, n *node, depth int) (int, error) {
	if n.slot >= 0 && w.values[n.slot].kind != absent {
		n.each(func(below *node) { w.forget(below) })
	}
	kind := written
	var end int
	var err error
	if w.text[i] == '{' {
		end, err = w.members(i+1, n, depth+1)
		if !n.whole {
			kind = object
		}
	} else {
		end, err = w.skip(i)
	}
	if err == nil {
		w.note(n, kind, i, end)
	}
	return end, err
}

func (w *walker) forget(n *node) {
	if n.slot >= 0 {
		w.values[n.slot] = value{}
	}
}

func (w *walker) note(n *node, k kind, start, end int) {
	if n.slot >= 0 {
		w.values[n.slot] = value{k, start, end}
	}
}

// raw returns the JSON of a value, nil for none and for an object.
func (w *walker) raw(slot int) []byte {
	v := w.values[slot]
	if v.kind != written {
		return nil
	}
	return w.text[v.start:v.end]
}

// blank moves to the next byte that is not blank.
func (w *walker) blank(i int) (byte, int, error) {
	for ; i < len(w.text); i++ {
		if c := w.text[i]; c > ' ' || c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			return c, i, nil
		}
	}
	return 0, 0, errShort
}

// skip returns the place behind a value.
func (w *walker) skip(i int) (int, error) {
	switch c := w.text[i]; {
	case c == '"':
		return w.skipText(i + 1)
	case c == '{':
		w.open = append(w.open[:0], '}')
		return w.skipRest(w.text, i+1)
	case c == '[':
		w.open = append(w.open[:0], ']')
		return w.skipRest(w.text, i+1)
	case c == 't', c == 'f', c == 'n', c == '-', '0' <= c && c <= '9':
		return w.skipWord(i + 1)
	}
	return 0, errSyntax
}

// skipText returns the place behind a text whose quote lies before i.
func (w *walker) skipText(i int) (int, error) { return skipText(w.text, i) }

func skipText(text []byte, i int) (int, error) {
	start := i
	for {
		n := bytes.IndexByte(text[i:], '"')
		if n < 0 {
			return 0, errShort
		}
		i += n
		escapes := 0
		for at := i - 1; at >= start && text[at] == '\\'; at-- {
			escapes++
		}
		if i++; escapes%2 == 0 {
			return i, nil
		}
	}
}

// skipWord returns the place behind a number, true, false or null.
func (w *walker) skipWord(i int) (int, error) {
	for ; i < len(w.text); i++ {
		switch w.text[i] {
		case ',', '}', ']', ' ', '\n', '\t', '\r':
			return i, nil
		}
	}
	return 0, errShort
}

// skipRest returns the place behind the bracket that closes the first of those that are
// open.
func (w *walker) skipRest(text []byte, i int) (int, error) {
	for i < len(text) {
		switch c := text[i]; c {
		case '"':
			end, err := skipText(text, i+1)
			if err != nil {
				return 0, err
			}
			i = end
			continue
		case '{', '[':
			if len(w.open) == maxDepth {
				return 0, errSyntax
			}
			w.open = append(w.open, c+2) // in ASCII the closing bracket comes two later
		case '}', ']':
			last := len(w.open) - 1
			if w.open[last] != c {
				return 0, errSyntax
			}
			if w.open = w.open[:last]; last == 0 {
				return i + 1, nil
			}
		}
		i++
	}
	return 0, errShort
}
