package cfn

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// parseJSON reads a template in JSON. It has a reader of its own because a YAML
// parser refuses escapes that JSON has: \/ and surrogate pairs.
func parseJSON(file string, raw []byte) (*node, error) {
	r := &jsonReader{raw: raw, dec: json.NewDecoder(bytes.NewReader(raw)), lines: lines{raw: raw, at: place{file, 1, 1}}}
	r.dec.UseNumber()
	n, err := r.value(0)
	if err != nil {
		return nil, err
	}
	if _, err := r.dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errorAt(r.next(), "data after the end of the template")
	}
	return n, nil
}

type jsonReader struct {
	raw   []byte
	dec   *json.Decoder
	lines lines
}

// next returns the place of the next token.
func (r *jsonReader) next() place {
	at := int(r.dec.InputOffset())
	for at < len(r.raw) && strings.IndexByte(" \t\r\n,:", r.raw[at]) >= 0 {
		at++
	}
	return r.lines.place(at)
}

func (r *jsonReader) token() (json.Token, place, error) {
	at := r.next()
	t, err := r.dec.Token()
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return nil, at, errorAt(at, "no JSON: %s", syntax.Error())
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return nil, at, errorAt(at, "the template ends too early")
	}
	return t, at, err
}

func (r *jsonReader) value(depth int) (*node, error) {
	t, at, err := r.token()
	if err != nil {
		return nil, err
	}
	if depth > maxDepth {
		return nil, tooDeep(at)
	}
	n := &node{place: at}
	switch t := t.(type) {
	case json.Delim:
		if t == '[' {
			n.kind = list
			return n, r.items(n, depth)
		}
		n.kind = object
		return n, r.members(n, depth)
	case string:
		n.kind, n.text = text, t
	case json.Number:
		n.kind, n.text = number, t.String()
	case bool:
		n.kind, n.text = boolean, "false"
		if t {
			n.text = "true"
		}
	}
	return n, nil
}

func (r *jsonReader) items(n *node, depth int) error {
	for r.dec.More() {
		item, err := r.value(depth + 1)
		if err != nil {
			return err
		}
		n.items = append(n.items, item)
	}
	_, _, err := r.token()
	return err
}

func (r *jsonReader) members(n *node, depth int) error {
	for r.dec.More() {
		key, at, err := r.token()
		if err != nil {
			return err
		}
		name, ok := key.(string)
		if !ok {
			return errorAt(at, "a key must be a string")
		}
		value, err := r.value(depth + 1)
		if err != nil {
			return err
		}
		n.members = append(n.members, member{name, value, at})
	}
	if _, _, err := r.token(); err != nil {
		return err
	}
	return duplicates(n)
}

// lines counts lines and columns; offsets have to be asked for in order.
type lines struct {
	raw    []byte
	offset int
	at     place
}

func (l *lines) place(offset int) place {
	for ; l.offset < offset; l.offset++ {
		switch c := l.raw[l.offset]; {
		case c == '\n':
			l.at.line, l.at.column = l.at.line+1, 1
		case utf8.RuneStart(c):
			l.at.column++
		}
	}
	return l.at
}
