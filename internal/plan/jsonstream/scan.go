package jsonstream

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// Object is Members for an object or null, which has none.
func (s *Scanner) Object(member func(key []byte) error) error {
	if s.Peek() == 'n' {
		return s.Skip()
	}
	return s.Members(member)
}

// Members reads an object, and calls member with each key, which is valid until the
// next read. The member function reads the value.
func (s *Scanner) Members(member func(key []byte) error) error {
	return s.sequence('{', '}', "an object", func() error {
		if s.Peek() != '"' {
			return s.unexpected("a key")
		}
		key, err := s.Text()
		if err != nil {
			return err
		}
		if s.pos == len(s.buf) || s.buf[s.pos] != ':' {
			key = bytes.Clone(key) // what comes next may move the buffer
		}
		if s.Peek() != ':' {
			return s.unexpected("a colon")
		}
		s.pos++
		return member(key)
	})
}

// Array reads an array, or null, and calls element before each element.
func (s *Scanner) Array(element func() error) error {
	if s.Peek() == 'n' {
		return s.Skip()
	}
	return s.sequence('[', ']', "an array", element)
}

// sequence reads items between brackets, with commas between them.
func (s *Scanner) sequence(open, end byte, what string, item func() error) error {
	if s.Peek() != open {
		return s.unexpected(what)
	}
	s.pos++
	if s.depth++; s.depth > MaxDepth {
		return s.Fault("nested more than %d levels deep", MaxDepth)
	}
	if s.Peek() == end {
		s.pos++
		s.depth--
		return nil
	}
	for {
		if err := item(); err != nil {
			return err
		}
		switch s.Peek() {
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

// Text reads a string and returns its decoded bytes, valid until the next read.
func (s *Scanner) Text() ([]byte, error) {
	if s.Peek() != '"' {
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
		return nil, s.Fault("a single value of more than %d MB", MaxElement>>20)
	}
	raw := s.buf[start:s.pos]
	if !escaped && utf8.Valid(raw) {
		return raw[1 : len(raw)-1], nil
	}
	var decoded string
	if err := json.Unmarshal(raw, &decoded); err != nil {
		return nil, s.Fault("not JSON: %v", err)
	}
	return []byte(decoded), nil
}

// Raw reads one value and returns a copy of its text.
func (s *Scanner) Raw() ([]byte, error) {
	s.Capture()
	if err := s.Skip(); err != nil {
		return nil, err
	}
	text, ok := s.Captured()
	if !ok {
		return nil, s.Fault("a single value of more than %d MB", MaxElement>>20)
	}
	return bytes.Clone(text), nil
}

// Unmarshal is json.Unmarshal with numbers as they are written.
func Unmarshal(raw []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	return d.Decode(v)
}

// RepeatedKey returns a key that appears twice in one object of a well-formed
// text, "" if there is none. JSON readers disagree on such a text.
func RepeatedKey(text []byte) string {
	s := FromBytes(text)
	var found string
	var walk func() error
	walk = func() error {
		switch s.Peek() {
		case '{':
			seen := map[string]bool{}
			return s.Members(func(key []byte) error {
				if seen[string(key)] && found == "" {
					found = string(key)
				}
				seen[string(key)] = true
				return walk()
			})
		case '[':
			return s.Array(walk)
		}
		return s.Skip()
	}
	_ = walk() // the text was scanned before
	return found
}
