package iampolicy

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// What a policy text may not exceed. AWS's largest policies have some 32 kB and eight levels.
const (
	MaxSize  = 1 << 20
	MaxDepth = 32
)

// SyntaxError says why a text is not a policy, and where.
type SyntaxError struct {
	Offset       int // in bytes
	Line, Column int // from 1
	Message      string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("policy, line %d column %d: %s", e.Line, e.Column, e.Message)
}

func syntaxError(text string, offset int, format string, args ...any) *SyntaxError {
	offset = min(max(offset, 0), len(text))
	before := text[:offset]
	return &SyntaxError{
		Offset:  offset,
		Line:    1 + strings.Count(before, "\n"),
		Column:  offset - strings.LastIndexByte(before, '\n'),
		Message: fmt.Sprintf(format, args...),
	}
}

// node is a JSON value that remembers its place and the order of its members.
type node struct {
	offset  int
	scalar  any // string, json.Number, bool or nil
	items   []node
	members []member
	kind    byte // '{', '[' or 's' for a scalar
}

type member struct {
	name   string
	offset int
	value  node
}

// reader turns tokens into nodes.
type reader struct {
	text    string
	decoder *json.Decoder
}

// readJSON reads exactly one JSON value.
func readJSON(text string) (node, error) {
	if len(text) > MaxSize {
		return node{}, syntaxError(text, 0, "the text has %d bytes, more than %d", len(text), MaxSize)
	}
	r := reader{text: text, decoder: json.NewDecoder(strings.NewReader(text))}
	r.decoder.UseNumber()
	root, err := r.value(0)
	if err != nil {
		return node{}, err
	}
	if _, err := r.decoder.Token(); err != io.EOF {
		return node{}, r.fail("text after the policy")
	}
	return root, nil
}

// fail points at the next thing that is neither blank nor a separator.
func (r reader) fail(format string, args ...any) error {
	return syntaxError(r.text, r.next(), format, args...)
}

func (r reader) next() int {
	at := int(r.decoder.InputOffset())
	for at < len(r.text) && strings.IndexByte(" \t\r\n,:", r.text[at]) >= 0 {
		at++
	}
	return at
}

func (r reader) value(depth int) (node, error) {
	out := node{offset: r.next(), kind: 's'}
	if depth > MaxDepth {
		return out, r.fail("nested deeper than %d", MaxDepth)
	}
	token, err := r.token()
	if err != nil {
		return out, err
	}
	delim, isDelim := token.(json.Delim)
	if !isDelim {
		out.scalar = token
		return out, nil
	}
	out.kind = byte(delim)
	for r.decoder.More() {
		if err := r.child(&out, depth); err != nil {
			return out, err
		}
	}
	_, err = r.token()
	return out, err
}

func (r reader) child(parent *node, depth int) error {
	if parent.kind == '[' {
		item, err := r.value(depth + 1)
		parent.items = append(parent.items, item)
		return err
	}
	m := member{offset: r.next()}
	token, err := r.token()
	if err != nil {
		return err
	}
	m.name, _ = token.(string)
	if m.value, err = r.value(depth + 1); err != nil {
		return err
	}
	parent.members = append(parent.members, m)
	return nil
}

func (r reader) token() (json.Token, error) {
	token, err := r.decoder.Token()
	switch {
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return nil, syntaxError(r.text, len(r.text), "the text ends too early")
	case err != nil:
		return nil, r.fail("not JSON: %s", strings.TrimPrefix(err.Error(), "json: "))
	}
	return token, nil
}
