package logfile

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
)

// headSize is how far a scanner looks ahead: a row of column names, or the time and
// the stream before a message.
const headSize = 4 << 10

// MaxRecord is the size in bytes of the largest record that Records reads.
// CloudTrail's own limit for CloudWatch Logs is 256 KB.
const MaxRecord = 1 << 20

// maxWrapper bounds what is read at once, in bytes: an element of a list, or an
// object that is not a list. The largest are payloads of subscriptions, of some MB.
const maxWrapper = 16 << 20

// A scanner walks the outer structure of a text byte by byte and cuts out one value
// at a time.
type scanner struct {
	in      *bufio.Reader
	records func() int // how many there were, for errors
}

func (s *scanner) skipMark() {
	if bom, _ := s.in.Peek(3); bytes.Equal(bom, []byte("\xef\xbb\xbf")) {
		s.in.Discard(3)
	}
}

// skipTime steps over what comes before a message: its time and, as aws logs tail
// writes it, its stream.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/S3ExportTasks.html
func (s *scanner) skipTime() (logged time.Time, ok bool) {
	head, _ := s.in.Peek(headSize)
	at := bytes.IndexByte(head, '{')
	when, _, found := bytes.Cut(head[:max(at, 0)], []byte(" "))
	logged, err := time.Parse(time.RFC3339, string(when))
	if !found || err != nil || bytes.ContainsAny(head[:at], "\n\r") {
		return time.Time{}, false
	}
	s.in.Discard(at)
	return logged, true
}

// array reads the elements of an array.
func (s *scanner) array(visit func(json.RawMessage) error) error {
	s.in.Discard(1)
	for first := true; ; first = false {
		c, err := s.next(']', first)
		if err != nil || c == ']' {
			return err
		}
		if c != '{' && c != '[' && c != '"' {
			return s.unexpected(c)
		}
		raw, err := s.cut()
		if err == nil {
			err = visit(raw)
		}
		if err != nil {
			return err
		}
	}
}

// next returns the first byte of the next element or member, the comma before it skipped,
// or the closing bracket, which is skipped as well.
func (s *scanner) next(closing byte, first bool) (byte, error) {
	c, err := s.need()
	if err != nil {
		return 0, err
	}
	if c == closing {
		s.in.Discard(1)
		return c, nil
	}
	if !first {
		if c != ',' {
			return 0, s.unexpected(c)
		}
		s.in.Discard(1)
		return s.need()
	}
	return c, nil
}

// object reads an object. Who reads it may ask for the elements of a member as they
// come; the others are kept.
func (s *scanner) object(stream func(name string, before members) (func(json.RawMessage) error, error)) (json.RawMessage, error) {
	s.in.Discard(1)
	whole, seen := []byte{'{'}, members{}
	for first := true; ; first = false {
		c, err := s.next('}', first)
		if err != nil || c == '}' {
			return append(whole, '}'), err
		}
		key, c, err := s.key(c)
		if err != nil {
			return nil, err
		}
		var name string
		_ = json.Unmarshal(key, &name)
		var visit func(json.RawMessage) error
		if c == '[' {
			if visit, err = stream(name, seen); err != nil {
				return nil, err
			}
		}
		if visit != nil {
			if err := s.array(visit); err != nil {
				return nil, err
			}
			continue
		}
		value, err := s.value(c)
		if err != nil {
			return nil, err
		}
		if len(whole)+len(key)+len(value) > maxWrapper {
			return nil, s.large()
		}
		if len(whole) > 1 {
			whole = append(whole, ',')
		}
		whole = append(append(append(whole, key...), ':'), value...)
		seen[name] = value
	}
}

// key returns the name of a member, and the first byte of its value.
func (s *scanner) key(c byte) (key json.RawMessage, value byte, err error) {
	if c != '"' {
		return nil, 0, s.unexpected(c)
	}
	if key, err = s.cut(); err != nil {
		return nil, 0, err
	}
	if c, err = s.need(); err != nil {
		return nil, 0, err
	}
	if c != ':' {
		return nil, 0, s.unexpected(c)
	}
	s.in.Discard(1)
	value, err = s.need()
	return key, value, err
}

// value cuts a value of any kind out.
func (s *scanner) value(c byte) (json.RawMessage, error) {
	if c == '{' || c == '[' || c == '"' {
		return s.cut()
	}
	var raw []byte
	for {
		c, err := s.in.ReadByte()
		if err != nil {
			return nil, s.ended(err)
		}
		if c == ',' || c == '}' || isBlank(c) {
			return raw, s.in.UnreadByte()
		}
		if raw = append(raw, c); len(raw) > MaxRecord {
			return nil, s.large()
		}
	}
}

// cut returns the bytes up to the bracket or quote that closes the one at the
// current place.
func (s *scanner) cut() (json.RawMessage, error) {
	var raw []byte
	depth, quoted, escaped := 0, false, false
	for {
		c, err := s.in.ReadByte()
		if err != nil {
			return nil, s.ended(err)
		}
		if len(raw) == maxWrapper {
			return nil, s.large()
		}
		raw = append(raw, c)
		switch {
		case escaped:
			escaped = false
		case quoted:
			escaped = c == '\\'
			quoted = c != '"'
		case c == '"':
			quoted = true
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		}
		if depth == 0 && !quoted {
			return raw, nil
		}
	}
}

// peek returns the next byte that is not blank, without consuming it.
func (s *scanner) peek() (byte, error) {
	for {
		c, err := s.in.ReadByte()
		if err != nil {
			return 0, err
		}
		if !isBlank(c) {
			return c, s.in.UnreadByte()
		}
	}
}

// need is peek where the input may not end.
func (s *scanner) need() (byte, error) {
	c, err := s.peek()
	if err != nil {
		return 0, s.ended(err)
	}
	return c, nil
}

func (s *scanner) ended(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("ends inside record %d", s.records()+1)
	}
	return err
}

func (s *scanner) large() error {
	return fmt.Errorf("record %d: larger than %d bytes", s.records()+1, maxWrapper)
}

func (s *scanner) unexpected(c byte) error {
	return fmt.Errorf("not a CloudTrail file: expected record %d, got %q", s.records()+1, c)
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
