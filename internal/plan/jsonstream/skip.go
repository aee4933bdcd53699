package jsonstream

import (
	"encoding/binary"
	"math/bits"
)

// Skip reads one value and forgets it. It does not recurse: nearly all of a
// large plan passes through here.
func (s *Scanner) Skip() error {
	var nesting brackets
	for {
		c := s.Peek()
		switch c {
		case '{', '[':
			s.pos++
			if s.depth+nesting.len() >= MaxDepth {
				return s.Fault("nested more than %d levels deep", MaxDepth)
			}
			nesting.push(c == '{')
			if s.Peek() != c+2 { // '{' and '}', '[' and ']' are two apart
				if err := s.key(&nesting); err != nil {
					return err
				}
				continue
			}
			s.pos++
			nesting.pop()
		default:
			if err := s.scalar(c); err != nil {
				return err
			}
		}
		if more, err := s.after(&nesting); err != nil || !more {
			return err
		}
	}
}

// after reads what may follow a value: closing brackets and a comma. It reports whether another value follows.
func (s *Scanner) after(nesting *brackets) (more bool, err error) {
	for nesting.len() > 0 {
		c := s.Peek()
		if c == ',' {
			s.pos++
			return true, s.key(nesting)
		}
		if c != nesting.end() {
			return false, s.unexpected("a comma or " + string(nesting.end()))
		}
		s.pos++
		nesting.pop()
	}
	return false, nil
}

// key reads a key and its colon where the innermost bracket is an object's.
func (s *Scanner) key(nesting *brackets) error {
	if nesting.end() != '}' {
		return nil
	}
	if s.Peek() != '"' {
		return s.unexpected("a key")
	}
	if _, err := s.quoted(); err != nil {
		return err
	}
	if s.Peek() != ':' {
		return s.unexpected("a colon")
	}
	s.pos++
	return nil
}

func (s *Scanner) scalar(c byte) error {
	switch c {
	case '"':
		_, err := s.quoted()
		return err
	case 't':
		return s.word("true")
	case 'f':
		return s.word("false")
	case 'n':
		return s.word("null")
	}
	if c == '-' || '0' <= c && c <= '9' {
		return s.number()
	}
	return s.unexpected("a value")
}

func (s *Scanner) word(w string) error {
	for i := range len(w) {
		if s.next() != w[i] {
			return s.unexpected(w)
		}
		s.pos++
	}
	return nil
}

func (s *Scanner) number() error {
	if s.next() == '-' {
		s.pos++
	}
	if s.next() == '0' {
		s.pos++
	} else if err := s.digits(); err != nil {
		return err
	}
	if s.next() == '.' {
		s.pos++
		if err := s.digits(); err != nil {
			return err
		}
	}
	if s.next()|0x20 != 'e' {
		return nil
	}
	s.pos++
	if c := s.next(); c == '+' || c == '-' {
		s.pos++
	}
	return s.digits()
}

func (s *Scanner) digits() error {
	if c := s.next(); c < '0' || '9' < c {
		return s.unexpected("a digit")
	}
	for c := s.next(); '0' <= c && c <= '9'; c = s.next() {
		s.pos++
	}
	return nil
}

// brackets is a stack of open brackets, one bit each: set for an object.
type brackets struct {
	first uint64 // the outermost 64, which is nearly always all
	more  []bool
	n     int
}

func (b *brackets) len() int { return b.n }

func (b *brackets) push(object bool) {
	switch {
	case b.n >= 64:
		b.more = append(b.more, object)
	case object:
		b.first |= 1 << b.n
	default:
		b.first &^= 1 << b.n
	}
	b.n++
}

func (b *brackets) pop() {
	if b.n--; b.n >= 64 {
		b.more = b.more[:b.n-64]
	}
}

// end returns the bracket that closes the innermost one.
func (b *brackets) end() byte {
	object := b.first&(1<<max(b.n-1, 0)) != 0
	if b.n > 64 {
		object = b.more[b.n-65]
	}
	if object {
		return '}'
	}
	return ']'
}

// quoted reads a string, and reports whether it has escapes.
func (s *Scanner) quoted() (escaped bool, err error) {
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

func (s *Scanner) escape() error {
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
