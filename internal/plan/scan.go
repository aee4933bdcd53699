package plan

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"math/bits"
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

// quoted reads a string, and says whether it has escapes.
func (s *scanner) quoted() (escaped bool, err error) {
	s.pos++
	for {
		s.pos += ordinary(s.buf[s.pos:])
		switch c := s.next(); {
		case c == '"':
			s.pos++
			return escaped, nil
		case c == '\\':
			escaped = true
			if err := s.escape(); err != nil {
				return escaped, err
			}
		case c < ' ':
			return escaped, s.unexpected("the end of a string")
		}
	}
}

func (s *scanner) escape() error {
	s.pos++
	switch s.next() {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		s.pos++
		return nil
	case 'u':
		s.pos++
		for range 4 {
			if c := s.next(); !('0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f') {
				return s.unexpected("a hexadecimal digit")
			}
			s.pos++
		}
		return nil
	}
	return s.unexpected("an escape")
}

// ordinary returns how many bytes of b come before a quote, a backslash or a
// control character. It looks at eight at a time: strings are most of a plan.
func ordinary(b []byte) int {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	i := 0
	for ; i+8 <= len(b); i += 8 {
		w := binary.LittleEndian.Uint64(b[i:])
		quote, slash := w^(ones*'"'), w^(ones*'\\')
		// A borrow can only raise a false alarm above a true one, and the
		// lowest is what counts.
		if m := ((quote-ones)&^quote | (slash-ones)&^slash | (w-ones*' ')&^w) & highs; m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
	}
	for ; i < len(b); i++ {
		if c := b[i]; c == '"' || c == '\\' || c < ' ' {
			break
		}
	}
	return i
}
