package plan

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"
)

// object reads an object, or null, and calls member with each key, which is
// valid until the next read. The member function reads the value.
func (s *scanner) object(member func(key []byte) error) error {
	if s.peek() == 'n' {
		return s.skip()
	}
	return s.members(member)
}

func (s *scanner) members(member func(key []byte) error) error {
	return s.sequence('{', '}', "an object", func() error {
		if s.peek() != '"' {
			return s.unexpected("a key")
		}
		key, err := s.text()
		if err != nil {
			return err
		}
		if s.pos == len(s.buf) || s.buf[s.pos] != ':' {
			key = bytes.Clone(key) // what comes next may move the buffer
		}
		if s.peek() != ':' {
			return s.unexpected("a colon")
		}
		s.pos++
		return member(key)
	})
}

// array reads an array, or null, and calls element before each element.
func (s *scanner) array(element func() error) error {
	if s.peek() == 'n' {
		return s.skip()
	}
	return s.sequence('[', ']', "an array", element)
}

// sequence reads items between brackets, with commas between them.
func (s *scanner) sequence(open, end byte, what string, item func() error) error {
	if s.peek() != open {
		return s.unexpected(what)
	}
	s.pos++
	if s.depth++; s.depth > maxDepth {
		return s.fault("nested more than %d levels deep", maxDepth)
	}
	if s.peek() == end {
		s.pos++
		s.depth--
		return nil
	}
	for {
		if err := item(); err != nil {
			return err
		}
		switch s.peek() {
		case ',':
			s.pos++
		case end:
			s.pos++
			s.depth--
			return nil
		default:
			return s.unexpected("a comma or the end of " + what)
		}
	}
}

// text reads a string and returns its decoded bytes, valid until the next read.
func (s *scanner) text() ([]byte, error) {
	if s.peek() != '"' {
		return nil, s.unexpected("a string")
	}
	s.hold = s.pos
	escaped, err := s.quoted()
	start := s.hold
	s.hold = -1
	if err != nil {
		return nil, err
	}
	if start < 0 {
		return nil, s.fault("a single value of more than %d MB", maxElement>>20)
	}
	raw := s.buf[start:s.pos]
	if !escaped && utf8.Valid(raw) {
		return raw[1 : len(raw)-1], nil
	}
	var decoded string
	if err := json.Unmarshal(raw, &decoded); err != nil {
		return nil, s.fault("not JSON: %v", err)
	}
	return []byte(decoded), nil
}

// raw reads one value and returns a copy of its text.
func (s *scanner) raw() ([]byte, error) {
	s.capture()
	if err := s.skip(); err != nil {
		return nil, err
	}
	text, ok := s.captured()
	if !ok {
		return nil, s.fault("a single value of more than %d MB", maxElement>>20)
	}
	return bytes.Clone(text), nil
}

// decode reads one value into v. Numbers keep their text.
func (s *scanner) decode(v any) error {
	raw, err := s.raw()
	if err != nil {
		return err
	}
	return s.unmarshal(raw, v)
}

func (s *scanner) unmarshal(raw []byte, v any) error {
	if key := repeated(raw); key != "" {
		return s.fault("%q appears twice in one object", key)
	}
	if err := unmarshal(raw, v); err != nil {
		return s.fault("not a plan: %s", complaint(err))
	}
	return nil
}

// complaint says what encoding/json says, in words of JSON.
func complaint(err error) string {
	e, ok := errors.AsType[*json.UnmarshalTypeError](err)
	if !ok {
		return strings.TrimPrefix(err.Error(), "json: ")
	}
	want := "an object"
	switch e.Type.Kind() {
	case reflect.String:
		want = "a string"
	case reflect.Bool:
		want = "true or false"
	case reflect.Slice:
		want = "an array"
	}
	kind, _, _ := strings.Cut(e.Value, " ") // the value itself may be a secret
	return strings.TrimPrefix(fmt.Sprintf("%s: %s expected, not %s", e.Field, want, kind), ": ")
}

// unmarshal is json.Unmarshal with numbers as they are written.
func unmarshal(raw []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	return d.Decode(v)
}

// repeated returns a key that appears twice in one object of a well-formed
// text, "" if none does. JSON readers disagree on such a text.
func repeated(text []byte) string {
	s := scanBytes(text)
	var found string
	var walk func() error
	walk = func() error {
		switch s.peek() {
		case '{':
			seen := map[string]bool{}
			return s.members(func(key []byte) error {
				if seen[string(key)] && found == "" {
					found = string(key)
				}
				seen[string(key)] = true
				return walk()
			})
		case '[':
			return s.array(walk)
		}
		return s.skip()
	}
	_ = walk() // the text was scanned before
	return found
}
